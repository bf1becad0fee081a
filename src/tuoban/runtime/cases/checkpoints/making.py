"""Making checkpoints, a stretch of the journal at a time, while everybody goes on working.

The rows of the journal are gone through once, in the order of their ids, so that the cost depends
on what has happened since and not on how many cases there are. Ids are given out before
transactions end: on PostgreSQL a lower one may appear later. So it is first seen how far the
journal reaches, and then waited until all transactions have ended that were under way at that
moment; what begins later gets higher ids, and is for the next checkpoint.
"""

from __future__ import annotations

from datetime import UTC, datetime

from django.db import IntegrityError, transaction
from django.db.models import Max

from tuoban.kernel.text import Text
from tuoban.runtime import under_way
from tuoban.runtime.cases import canonical
from tuoban.runtime.cases.checkpoints.record import BEGINNING, Head, digest_of
from tuoban.runtime.cases.models import Checkpoint, JournalEntry

STRETCH = 10_000
"""Rows of the journal that one checkpoint covers at most: on SQLite nobody writes meanwhile."""
PATIENCE_S = 20.0

_Row = tuple[int, str, int, str]
"""Id, number of the case, number and digest of the entry."""


class StillWritingError(Exception):
    """A transaction goes on for longer than anybody waits; `words` say what to do."""

    words = Text(
        f"数据库里有一个写事务超过 {PATIENCE_S:.0f} 秒还没结束，暂不能做检查点；请稍后再试",
        f"A transaction that writes has been open for more than {PATIENCE_S:.0f} seconds, so that "
        "no checkpoint can be made; try again later",
    )

    def __str__(self) -> str:
        return self.words.en


def make(at: datetime) -> int:
    """Put all that happened since the last checkpoint under new ones; how many those are, none
    where nothing has.

    Raises:
        StillWritingError: on PostgreSQL, where somebody writes all the while.
    """
    bound = JournalEntry.objects.aggregate(Max("pk"))["pk__max"] or 0
    # Each command locks its case before its journal entry gets its id, so that none is missed here
    # whose id is given out.
    if not under_way.have_ended(PATIENCE_S):
        raise StillWritingError
    made = 0
    while True:
        newest = _newest()
        try:
            if not _make_one(bound, at):
                return made
        except IntegrityError:
            if _newest() == newest:
                raise
            continue  # somebody else has made this one: what is left is for the next
        made += 1


def _newest() -> int:
    return Checkpoint.objects.aggregate(Max("number"))["number__max"] or 0


@transaction.atomic
def _make_one(bound: int, at: datetime) -> bool:
    """The next stretch of the journal, up to the row `bound`; False where there is none."""
    last = Checkpoint.objects.select_for_update().order_by("-number").first()
    rows = _stretch(last.through if last is not None else 0, bound)
    if not rows:
        return False
    number = last.number + 1 if last is not None else 1
    previous = last.digest if last is not None else BEGINNING
    heads = _heads(rows)
    Checkpoint.objects.create(
        number=number,
        at=at,
        previous=previous,
        digest=digest_of(number, at.astimezone(UTC).isoformat(), previous, heads),
        heads=canonical.dump([list(each) for each in heads]),
        through=rows[-1][0],
    )
    return True


def _stretch(after: int, bound: int) -> list[_Row]:
    rows = JournalEntry.objects.filter(pk__gt=after, pk__lte=bound).order_by("pk")
    return list(rows.values_list("pk", "case__number", "seq", "digest")[:STRETCH])


def _heads(rows: list[_Row]) -> tuple[Head, ...]:
    """The newest entry of each case in these rows, in the order of the case numbers."""
    newest: dict[str, Head] = {}
    for _, case, seq, digest in rows:
        if case not in newest or seq > newest[case].seq:
            newest[case] = Head(case, seq, digest)
    return tuple(newest[case] for case in sorted(newest))
