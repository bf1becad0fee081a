"""The audit: is every journal whole, and is everything else what the journal says?

Each case's journal must run from entry 1 without a gap, every entry must carry the digest of what
it holds and of the entry before, and the last one must be the case's head (`chain.py`). The events,
replayed, must give the stored state and the rows, those of finished work (`row_checks.py`) and of
calls of other packs too (`call_checks.py`).
Every personal value must open its seal, or have been erased by an entry. A case is read in one
piece, so work may go on meanwhile. An audit of all cases also counts their numbers
(`number_check.py`) and holds the journals against the checkpoints (`checkpoints/checking.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db import transaction

from tuoban.runtime.cases import definitions
from tuoban.runtime.cases.chain import Break, check_chain
from tuoban.runtime.cases.checkpoints.checking import CheckpointBreak, check_checkpoints
from tuoban.runtime.cases.file_checks import Contents
from tuoban.runtime.cases.models import (
    CalledCase,
    Case,
    CaseComment,
    CaseCopy,
    CaseFile,
    CaseReference,
    FormerReference,
    JournalEntry,
    Listener,
    PersonalValue,
    PoolEntry,
    PublishedDefinition,
    Timer,
    WorkItem,
)
from tuoban.runtime.cases.number_check import check_numbers
from tuoban.runtime.cases.replay import replay
from tuoban.runtime.cases.row_checks import (
    UNREADABLE,
    Files,
    check_erasures,
    check_personal,
    check_rows,
    read_events,
)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it was written.

    `kind` is `tampered`, `missing`, `re-ordered`, `state-differs`, `rows-differ` or
    `commitment-broken`; `seq` is the journal entry it concerns, None for the case as a whole.
    `case` is None where a number belongs to no case, or it concerns a checkpoint.
    """

    case: int | None
    number: str
    seq: int | None
    kind: str
    detail: str


@dataclass(frozen=True, slots=True)
class AuditReport:
    cases: int
    entries: int
    findings: tuple[Finding, ...]

    @property
    def is_clean(self) -> bool:
        return not self.findings


def audit(case_ids: Iterable[int] | None = None, *, contents: bool = False) -> AuditReport:
    """Audit these cases, or all of them and their numbers.

    Args:
        contents: whether the files on disk are read whole, too; else it is enough that they are
            there.
    """
    wanted = Case.objects.order_by("pk").values_list("pk", flat=True)
    if case_ids is not None:
        wanted = wanted.filter(pk__in=list(case_ids))
    ids, entries = list(wanted), 0
    published: dict[int, tuple[Break, ...]] = {}
    findings: list[Finding] = []
    disk = Contents(are_read=contents)
    for pk in ids:
        with transaction.atomic():
            files = _read(pk)
        entries += len(files.entries)
        findings += (
            Finding(pk, files.row.number, each.seq, each.kind, each.detail)
            for each in _check(files, published, disk)
        )
    if case_ids is None:
        findings += (
            Finding(None, each.number, None, each.kind, each.detail) for each in check_numbers()
        )
        findings += of_checkpoints(check_checkpoints())
    return AuditReport(len(ids), entries, tuple(findings))


def of_checkpoints(breaks: Iterable[CheckpointBreak]) -> Iterator[Finding]:
    """What checkpoints have shown, as findings of an audit."""
    return (Finding(None, each.place, each.seq, each.kind, each.detail) for each in breaks)


def _read(pk: int) -> Files:
    rows = Case.objects.select_for_update(of=("self",)).select_related("definition", "unit")
    row = rows.defer("definition__text", "definition__translations", "definition__bases").get(pk=pk)
    entries = list(JournalEntry.objects.filter(case=row).order_by("seq"))
    pools = PoolEntry.objects.filter(item__case=row)
    held = CaseFile.objects.filter(case=row)
    return Files(
        row=row,
        entries=entries,
        events=[read_events(entry) for entry in entries],
        items=list(WorkItem.objects.filter(case=row)),
        pools=set(pools.values_list("item__number", "role", "unit")),
        copies=set(CaseCopy.objects.filter(case=row).values_list("user", flat=True)),
        references=set(CaseReference.objects.filter(case=row).values_list("field", "ref")),
        former=set(FormerReference.objects.filter(case=row).values_list("ref", flat=True)),
        listens=set(Listener.objects.filter(case=row).values_list("name", flat=True)),
        timers=list(Timer.objects.filter(case=row)),
        files={each.file.ref: each for each in held.select_related("file__blob")},
        comments=set(CaseComment.objects.filter(case=row).values_list("number", "ref")),
        calls=list(CalledCase.objects.filter(parent=row).select_related("case")),
        caller=CalledCase.objects.filter(case=row).select_related("parent").first(),
        personal={each.ref: each for each in PersonalValue.objects.filter(case=row)},
    )


def _check(
    files: Files, published: dict[int, tuple[Break, ...]], contents: Contents
) -> Iterator[Break]:
    row = files.row.definition
    if row.pk not in published:
        published[row.pk] = tuple(_check_definition(row))
    breaks = [*published[row.pk], *check_chain(files.row, files.entries)]
    yield from breaks
    yield from check_personal(files)
    if any(each.kind != "rows-differ" for each in breaks):
        return  # what a broken journal says proves nothing about the rest
    definition = definitions.compiled(row)
    try:
        played = replay(definition, files.entries)
    except UNREADABLE as error:
        yield Break(None, "state-differs", f"the journal cannot be replayed: {error!r}")
        return
    yield from check_rows(files, definition, played, contents)
    yield from check_erasures(files)


def _check_definition(row: PublishedDefinition) -> Iterator[Break]:
    if not definitions.is_intact(row):
        yield Break(None, "tampered", f"the text of {row} is not what was published")
    elif row.roles != definitions.roles_text(definitions.compiled(row)):
        yield Break(None, "rows-differ", f"{row}: roles")
