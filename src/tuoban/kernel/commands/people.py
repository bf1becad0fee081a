"""Work passes between people: taken, put back, handed over and delegated."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Claim:
    """Take work from the pool. `next` says that it was found to be next in line there."""

    by: str
    item: int
    next: bool = False


@dataclass(frozen=True, slots=True)
class Release:
    """Put work that one took back into the pool."""

    by: str
    item: int


@dataclass(frozen=True, slots=True)
class Transfer:
    """Hand work over to somebody else for good, for a reason."""

    by: str
    item: int
    to: str
    reason: str


@dataclass(frozen=True, slots=True)
class Open:
    """Whoever may do a work item has looked at it, so that it is known to have reached them."""

    by: str
    item: int


@dataclass(frozen=True, slots=True)
class Delegate:
    """Let somebody else do a work item that one holds; they hand it back."""

    by: str
    item: int
    to: str
    reason: str


@dataclass(frozen=True, slots=True)
class GetBack:
    """Take a work item back from whoever does it for one."""

    by: str
    item: int
