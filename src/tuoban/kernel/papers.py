"""Papers: the documents that a process asks for, makes, hands on and gives back.

What the pack says of them, and what came and went of them in a case. What a case demands, and what
of it is missing, is found by `engine/demands.py`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from tuoban.kernel.expressions import Expression
from tuoban.kernel.text import Text

MOST = 999
"""More than so many originals, or copies, of one paper are a slip of the finger."""


@dataclass(frozen=True, slots=True)
class Sheets:
    """So many originals and so many copies of one paper."""

    originals: int = 0
    copies: int = 0

    def __bool__(self) -> bool:
        return bool(self.originals or self.copies)

    def __add__(self, other: Sheets) -> Sheets:
        return Sheets(self.originals + other.originals, self.copies + other.copies)

    def without(self, other: Sheets) -> Sheets:
        """What is left when the other ones are taken away; never less than nothing."""
        return Sheets(max(0, self.originals - other.originals), max(0, self.copies - other.copies))

    @property
    def text(self) -> Text:
        """How many there are, in words."""
        zh, en = [], []
        for count, chinese, one, many in (
            (self.originals, "原件", "original", "originals"),
            (self.copies, "复印件", "copy", "copies"),
        ):
            if count:
                zh.append(f"{chinese} {count} 份")
                en.append(f"{count} {one if count == 1 else many}")
        return Text("、".join(zh) or "无", " and ".join(en) or "none")


NONE = Sheets()

Amount = int | Expression
"""How many: a number, or what gives it for the case, or for the row."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper as the pack declares it.

    Attributes:
        source: the role of whoever brings it.
        made_by: the step that makes it; once that is done it is there.
        when: whether it is asked for at all.
        per: the list of the case for each of whose rows it is asked for.
        hand_to: who gets how much of it; None: all there is.
        returned: its originals go back to whoever brought them.
        back_by: the step that cannot be completed before they have.
        call: the call whose process declares it; what the paper says of itself reads that.
    """

    name: str
    label: Text
    originals: Amount = 1
    copies: Amount = 0
    source: str | None = None
    made_by: str | None = None
    when: Expression | None = None
    per: str | None = None
    hand_to: tuple[tuple[str, Sheets | None], ...] = ()
    returned: bool = False
    back_by: str | None = None
    hint: Text | None = None
    call: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """One entry of a step's `papers`: a paper, or several of which one is enough."""

    papers: tuple[str, ...]
    when: Expression | None = None

    @property
    def is_choice(self) -> bool:
        return len(self.papers) > 1


def key_of(paper: str, row: int) -> str:
    """How a paper is called in a form: by its name, and by the row it is for, if any."""
    return f"{paper}.{row}" if row else paper


@dataclass(frozen=True, slots=True)
class PaperMove:
    """Something of a paper came in, or was handed on (`to` a role).

    `number` is drawn from the same row as those of work items; `row` is the key of the row that the
    paper is for, else 0; `item` the work item with which it came, else 0. It does not count once it
    is `struck`, and while the work it came with has been sent back.
    """

    number: int
    paper: str
    row: int
    originals: int
    copies: int
    by: str
    at: datetime
    to: str | None = None
    note: str = ""
    item: int = 0
    counts: bool = True
    struck: bool = False

    @property
    def sheets(self) -> Sheets:
        return Sheets(self.originals, self.copies)

    @property
    def is_draft(self) -> bool:
        """Whether the work it came with was sent back."""
        return not self.counts and not self.struck


def came(moves: Iterable[PaperMove]) -> Sheets:
    """What was received."""
    return _sum(each for each in moves if each.counts and each.to is None)


def went(moves: Iterable[PaperMove]) -> Sheets:
    """What was handed on, to whomever."""
    return _sum(each for each in moves if each.counts and each.to is not None)


def went_to(moves: Iterable[PaperMove], role: str | None) -> Sheets:
    return _sum(each for each in moves if each.counts and role is not None and each.to == role)


def drafted(moves: Iterable[PaperMove]) -> Sheets:
    """What came with work that was sent back."""
    return _sum(each for each in moves if each.is_draft)


def there(moves: Iterable[PaperMove], made: Sheets = NONE) -> Sheets:
    """What is there: made or received, and not handed on."""
    known = tuple(moves)
    return (made + came(known)).without(went(known))


def away(moves: Iterable[PaperMove]) -> Sheets:
    """What was handed on and has not come again."""
    known = tuple(moves)
    return went(known).without(came(known))


def to_give_back(paper: Paper, moves: Iterable[PaperMove]) -> Sheets:
    """The originals that came and have to go back to whoever brought them. What was handed to
    somebody else and has come again is what it was, and no other."""
    owed = elsewhere = 0
    for move in moves if paper.returned else ():
        if not move.counts:
            continue
        if move.to is None:
            again = min(move.originals, elsewhere)
            owed, elsewhere = owed + move.originals - again, elsewhere - again
        elif move.to == paper.source:
            owed -= move.originals
        else:
            elsewhere += move.originals
    return Sheets(max(owed, 0))


def _sum(moves: Iterable[PaperMove]) -> Sheets:
    total = NONE
    for each in moves:
        total += each.sheets
    return total
