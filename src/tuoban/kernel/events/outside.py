"""The case waits for outside parties alone, or no longer."""

from __future__ import annotations

from datetime import datetime

from tuoban.kernel.immutable import immutable


@immutable(frozen=True, slots=True)
class WaitsOutside:
    """Only outside parties have work in the case, those of `roles`; none: the organisation has
    work again, or nobody has any."""

    roles: tuple[str, ...]
    at: datetime
