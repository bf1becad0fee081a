"""What stands for a personal value in a command."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sealed:
    """A personal value's stand-in: where the value is kept, and a salted commitment to it.

    The value itself reaches the kernel only through `Surroundings.opened`, and never enters an
    event, so that erasing it leaves the journal whole and verifiable.
    """

    ref: str
    commitment: str
