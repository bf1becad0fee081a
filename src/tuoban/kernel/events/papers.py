"""What became of papers: they came in, were handed on, or had been put down by mistake."""

from __future__ import annotations

from datetime import datetime

from tuoban.kernel.immutable import immutable
from tuoban.kernel.text import Text


@immutable(frozen=True, slots=True)
class PaperReceived:
    """So many originals and copies of a paper came in; the fact's number is drawn from the same row
    as those of work items.

    `row` is the key of the row that it is for, else 0; `item` the work item with which it came,
    else 0. It counts as long as the completion of that item does not fall.
    """

    number: int
    paper: str
    row: int
    originals: int
    copies: int
    by: str
    at: datetime
    note: str = ""
    item: int = 0
    about: Text | None = None
    """How the row is called."""


@immutable(frozen=True, slots=True)
class PaperHandedOn:
    """So much of a paper was given to the role `to`: as it is to have it, or back again."""

    number: int
    paper: str
    row: int
    originals: int
    copies: int
    to: str
    by: str
    at: datetime
    note: str = ""
    about: Text | None = None


@immutable(frozen=True, slots=True)
class PaperStruck:
    """What was put down under the number `move` was a mistake, and counts no more."""

    move: int
    paper: str
    by: str
    at: datetime
    reason: str
