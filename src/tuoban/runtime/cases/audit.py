"""The audit: is every journal whole, and is everything else what the journal says?

Each case's journal must run from entry 1 without a gap, every entry must carry the digest of what
it holds and of the entry before, and the last one must be the case's head (`chain.py`). The events,
folded, must give the stored state; the rows must be the state's; and every personal value that is
not erased must open its seal. A case is read in one piece, so work may go on meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from tuoban.kernel.definition import Definition
from tuoban.kernel.engine import evolve
from tuoban.kernel.state import NEW, State
from tuoban.runtime.cases import canonical, definitions, journal, personal, projection, store
from tuoban.runtime.cases.chain import Break, check_chain
from tuoban.runtime.cases.models import (
    Case,
    JournalEntry,
    PersonalValue,
    PoolEntry,
    Timer,
    WorkItem,
)

# What reading a forged text of an entry or a state may raise.
_UNREADABLE = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it was written.

    `kind` is `tampered`, `missing`, `re-ordered`, `state-differs`, `rows-differ` or
    `commitment-broken`; `seq` is the journal entry it concerns, None for the case as a whole.
    """

    case: int
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


def audit(case_ids: Iterable[int] | None = None) -> AuditReport:
    """Audit these cases, or all."""
    wanted = Case.objects.order_by("pk").values_list("pk", flat=True)
    if case_ids is not None:
        wanted = wanted.filter(pk__in=list(case_ids))
    ids, entries = list(wanted), 0
    intact: dict[int, bool] = {}
    findings: list[Finding] = []
    for pk in ids:
        with transaction.atomic():
            files = _read(pk)
        entries += len(files.entries)
        findings += (
            Finding(pk, files.row.number, each.seq, each.kind, each.detail)
            for each in _check(files, intact)
        )
    return AuditReport(len(ids), entries, tuple(findings))


@dataclass(frozen=True, slots=True)
class _Files:
    """All that is kept of one case, as it stood at one moment."""

    row: Case
    entries: list[JournalEntry]
    items: list[WorkItem]
    pools: set[tuple[int, str, str]]
    timers: list[Timer]
    personal: dict[str, PersonalValue]


def _read(pk: int) -> _Files:
    rows = Case.objects.select_for_update(of=("self",)).select_related("definition", "unit")
    row = rows.defer("definition__text", "definition__translations").get(pk=pk)
    pools = PoolEntry.objects.filter(item__case=row)
    return _Files(
        row=row,
        entries=list(JournalEntry.objects.filter(case=row).order_by("seq")),
        items=list(WorkItem.objects.filter(case=row)),
        pools=set(pools.values_list("item__number", "role", "unit")),
        timers=list(Timer.objects.filter(case=row)),
        personal={each.ref: each for each in PersonalValue.objects.filter(case=row)},
    )


def _check(files: _Files, intact: dict[int, bool]) -> Iterator[Break]:
    published = files.row.definition
    if published.pk not in intact:
        intact[published.pk] = definitions.is_intact(published)
    if not intact[published.pk]:
        yield Break(None, "tampered", f"the text of {published} is not what was published")
    breaks = list(check_chain(files.row, files.entries))
    yield from breaks
    yield from _check_personal(files)
    if breaks or not intact[published.pk]:
        return  # what a broken journal says proves nothing about the rest
    definition = definitions.compiled(published)
    try:
        state = _fold(definition, files.entries)
    except _UNREADABLE as error:
        yield Break(None, "state-differs", f"the journal cannot be replayed: {error!r}")
        return
    yield from _check_case(files.row, definition, state)
    yield from _check_rows(files, state)


def _fold(definition: Definition, entries: Iterable[JournalEntry]) -> State:
    state = NEW
    for entry in entries:
        for event in journal.events_of(entry):
            state = evolve(definition, state, event)
    return state


def _check_case(row: Case, definition: Definition, state: State) -> Iterator[Break]:
    if row.state != canonical.to_text(state):
        yield Break(None, "state-differs", "the stored state is not the fold of the journal")
    wanted = store.case_columns(definition, state, row.unit.zone)
    yield from _differences("the case", row, wanted)


def _check_rows(files: _Files, state: State) -> Iterator[Break]:
    rank = files.row.priority_rank
    rows = {row.number: row for row in files.items}
    open_rows = {row.number for row in files.items if row.status == WorkItem.OPEN}
    for number in sorted(open_rows ^ state.items.keys()):
        side = "rows" if number in open_rows else "state"
        yield Break(None, "rows-differ", f"item {number} is open in the {side} only")
    for number in sorted(open_rows & state.items.keys()):
        wanted = projection.item_columns(state.items[number], rank)
        yield from _differences(f"item {number}", rows[number], wanted)
    pools = {
        (item.id, role, unit)
        for item in state.items.values()
        for role, unit in projection.open_pools(item)
    }
    for number, role, unit in sorted(files.pools ^ pools):
        yield Break(None, "rows-differ", f"item {number} and the pool {role}@{unit}")
    timers = {row.timer: row for row in files.timers}
    for timer in sorted(timers.keys() ^ state.timers.keys()):
        side = "rows" if timer in timers else "state"
        yield Break(None, "rows-differ", f"timer {timer} is set in the {side} only")
    for timer in sorted(timers.keys() & state.timers.keys()):
        wanted = projection.timer_columns(state.timers[timer])
        yield from _differences(f"timer {timer}", timers[timer], wanted)


def _differences(what: str, row: Any, wanted: Mapping[str, Any]) -> Iterator[Break]:
    for column, value in wanted.items():
        if getattr(row, column) != value:
            yield Break(None, "rows-differ", f"{what}: {column}")


def _check_personal(files: _Files) -> Iterator[Break]:
    for ref, row in sorted(files.personal.items()):
        opens = personal.commitment(row.salt, row.value) == row.commitment
        if row.erased_at is None and not opens:
            yield Break(None, "commitment-broken", f"the value {ref} of “{row.field}”")
    for entry in files.entries:
        try:
            seals = set(personal.seals_in(journal.events_of(entry)))
        except _UNREADABLE:
            continue  # the chain tells it
        for seal in sorted(seals, key=lambda each: each.ref):
            kept = files.personal.get(seal.ref)
            if kept is None or kept.commitment != seal.commitment:
                yield Break(entry.seq, "commitment-broken", f"no value fits the seal {seal.ref}")
