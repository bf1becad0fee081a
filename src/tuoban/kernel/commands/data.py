"""Values change outside the work they came with: corrected, or erased for good."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Correct:
    """Give a field another value after it was entered, for a reason.

    `activation` has the copy of the field that is meant, where a block declares it; 0: it is the
    case's.
    """

    by: str
    field: str
    value: Any
    reason: str
    activation: int = 0


@dataclass(frozen=True, slots=True)
class Erase:
    """Erase personal values for good, by the references of their seals; `reason` says why.

    Who may wish it, the shell decides. An ended case allows it too.
    """

    by: str
    refs: tuple[str, ...]
    reason: str
