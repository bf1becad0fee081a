"""The journal of a case as programs read it: each entry in words, with what its digest covers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, tzinfo

from tuoban.kernel.text import Text
from tuoban.runtime.cases import policy
from tuoban.runtime.cases.models import JournalEntry
from tuoban.runtime.cases.paging import PAGE_SIZE, behind, cut
from tuoban.runtime.cases.queries.scene import open_scene
from tuoban.runtime.cases.queries.timeline import Read, people_in, read_journal, tell_story
from tuoban.runtime.people import directory
from tuoban.runtime.people.models import User

ORDER = ("seq",)


@dataclass(frozen=True, slots=True)
class EntryView:
    """An entry of the journal.

    Attributes:
        who: the name of whoever asked for it; empty for the system.
        token: the name of the token by which a program did; empty: none.
        told: the sentences of the timeline about it, as the reader sees them.
        payload: the text that the digest covers; None for those who may not read it raw.
    """

    seq: int
    at: datetime
    who: str
    token: str
    command: str
    told: tuple[Text, ...]
    payload: str | None
    previous: str
    digest: str


@dataclass(frozen=True, slots=True)
class Entries:
    rows: tuple[EntryView, ...]
    next: str
    zone: tzinfo
    """Of the case's unit."""


def entries(
    user: User, case_id: int, at: datetime, *, page: str = "", most: int = PAGE_SIZE
) -> Entries:
    """A page of the journal of a case, from its beginning on.

    Raises:
        RuntimeRefused: `unknown-case` or `not-visible`.
    """
    scene = open_scene(user, case_id, at)
    read = read_journal(scene.row)
    names = {each: directory.name_of(each) for each in people_in(read, scene.state)}
    # What an entry tells of may have been named long before, so that the story begins at the first.
    told: dict[int, list[Text]] = {}
    for line in tell_story(scene.definition, read, names, scene.surroundings):
        told.setdefault(line.seq, []).insert(0, line.sentence)
    wanted = JournalEntry.objects.filter(behind(ORDER, page), case=scene.row).order_by(*ORDER)
    shown, following = cut(list(wanted[: most + 1]), ORDER, most)
    known = {each.entry.seq: each for each in read}
    is_raw = policy.is_administrator(user)
    rows = tuple(
        _view(known[row.seq], names, tuple(told.get(row.seq, ())), is_raw=is_raw)
        for row in shown
        if row.seq in known
    )
    return Entries(rows, following, scene.row.unit.zone)


def _view(read: Read, names: dict[str, str], told: tuple[Text, ...], *, is_raw: bool) -> EntryView:
    entry = read.entry
    return EntryView(
        seq=entry.seq,
        at=entry.at,
        who=names.get(entry.actor, entry.actor),
        token=read.token,
        command=entry.command,
        told=told,
        payload=entry.payload if is_raw else None,
        previous=entry.previous,
        digest=entry.digest,
    )
