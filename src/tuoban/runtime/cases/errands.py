"""Errands between a case and those that it called: begin one, answer the other, end the one.

Each is carried out in a transaction of its own, together with the row that says that it is done.
So whatever dies in between, nothing is lost and nothing happens twice. One that fails does not stop
the others: why stands at its row, the head of the unit is told, and it is tried again with growing
pauses.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from tuoban.kernel.codec import decode
from tuoban.kernel.commands import Answer, BeginCalled, Recall, Sealed
from tuoban.kernel.definition import Definition
from tuoban.kernel.engine import linking as kernel
from tuoban.kernel.engine import start_place
from tuoban.kernel.names import Names
from tuoban.kernel.state import NEW
from tuoban.runtime.cases import definitions, notices, personal, states, store
from tuoban.runtime.cases.carrying import carry_out, lay_out
from tuoban.runtime.cases.homes import begin_at_home
from tuoban.runtime.cases.models import CalledCase, Case
from tuoban.runtime.cases.refusals import RuntimeRefused
from tuoban.runtime.jobs.duties import attempt
from tuoban.runtime.jobs.retry import back_off, told

_DEEPEST = 16
"""So many cases may have called one another in a row: packs may do so without end."""


def run_errands(at: datetime, limit: int = 100) -> int:
    """Carry out the errands that are due, the oldest first; how many were."""
    rows = due(at).values_list("pk", "errand")[:limit]
    return sum(carry_out_errand(pk, errand, at) for pk, errand in list(rows))


def due(at: datetime) -> QuerySet[CalledCase]:
    """The calls with an errand that is due, the oldest first."""
    rows = CalledCase.objects.exclude(errand="").filter(next_try_at__lte=at)
    return rows.order_by("next_try_at", "id")


def carry_out_errand(pk: int, errand: str, at: datetime) -> bool:
    """Try the errand of a call; whether it was carried out. If not, why stands at its row."""
    return attempt(
        f"the errand {errand} of call {pk}",
        lambda: _ERRANDS[errand](pk, at),
        lambda error: _record(pk, errand, error, at),
    )


def _record(pk: int, errand: str, error: Exception, at: datetime) -> None:
    row = CalledCase.objects.select_for_update(of=("self",)).filter(pk=pk, errand=errand).first()
    if row is None:
        return
    row.attempts += 1
    row.next_try_at = at + back_off(row.attempts)
    row.error = told(error)
    row.save(update_fields=["attempts", "next_try_at", "error"])
    if row.attempts == 1:
        notices.tell_head(row.parent, "call-failed", {"node": row.node}, at)


def _row(pk: int, errand: str) -> CalledCase | None:
    """The row, as long as it still has this errand and nobody else is at it."""
    free = CalledCase.objects.select_for_update(skip_locked=True, of=("self",))
    return free.filter(pk=pk, errand=errand).first()


# -- beginning ------------------------------------------------------------------------------------


def _begin(pk: int, at: datetime) -> bool:
    row = _row(pk, CalledCase.BEGIN)
    if row is None:
        return False
    parent = row.parent
    _check_depth(parent)
    published = definitions.latest(row.slug)
    definition = definitions.compiled(published)
    request = kernel.request_of(definition, row.request)
    desk = lay_out(store.new(published, parent.unit, ""), at)
    place = start_place(definition, NEW, request, desk.surroundings)
    data = personal.seal_data(place, _handed_in(row, definition), desk.envelope, personal.ANYBODY)
    by = row.by.person_id if row.by is not None else ""
    begin = BeginCalled(by, request, parent.unit_id, "", parent.number, data)
    row.case_id = begin_at_home(desk, place, begin).case_id
    # A case may end as soon as it has begun.
    ended = Case.objects.filter(pk=row.case_id, status="ended").exists()
    row.errand = CalledCase.ANSWER if ended and row.waits else ""
    row.error = ""
    row.save(update_fields=["case", "errand", "error"])
    return True


def _check_depth(case: Case) -> None:
    at: int | None = case.pk
    for _ in range(_DEEPEST):
        at = CalledCase.objects.filter(case=at).values_list("parent_id", flat=True).first()
        if at is None:
            return
    raise RuntimeRefused("called-too-deep", {"count": _DEEPEST})


def _handed_in(row: CalledCase, definition: Definition) -> dict[str, Any]:
    """The values handed in; personal ones in the clear, to be sealed anew.

    Raises:
        RuntimeRefused: `not-personal-there`.
    """
    given: Mapping[str, Any] = decode(json.loads(row.given))
    sealed = {name: each for name, each in given.items() if isinstance(each, Sealed)}
    for name in sealed:
        field = definition.fields.get(name)
        if field is not None and not field.personal:
            raise RuntimeRefused("not-personal-there", {"field": field.label})
    opened = personal.open_values([row.parent_id]) if sealed else {}
    plain = {name: each for name, each in given.items() if name not in sealed}
    clear = {name: opened[each.ref] for name, each in sealed.items() if each.ref in opened}
    return {**plain, **clear}


# -- answering and ending -------------------------------------------------------------------------


def _answer(pk: int, at: datetime) -> bool:
    parent_id = CalledCase.objects.values_list("parent_id", flat=True).get(pk=pk)
    held = store.lock(parent_id, skip_locked=True)
    row = _row(pk, CalledCase.ANSWER) if held is not None else None
    if held is None or row is None or row.case is None:
        return False
    wanted = held.definition.step_fields.get(_node_of(held, row), {})
    values = _values(row.case, tuple(wanted))
    answer = Answer(row.number, row.case.outcome or None, row.case.number, values)
    carry_out(lay_out(held, at), answer)
    _done(row)
    return True


def _node_of(held: store.Loaded, row: CalledCase) -> str:
    """The node of the call now; the case may have gone by another version since."""
    waiting = held.state.waits.get(row.number)
    return waiting.node if waiting is not None else row.node


def _values(case: Case, wanted: tuple[str, ...]) -> dict[str, Any]:
    """The fields of a case that are asked back; what is personal stays where it is."""
    definition = definitions.compiled(case.definition)
    names = Names(definition, states.read(case, definition), {}, case.unit.zone)
    return {name: names[name] for name in wanted if name in definition.fields}


def _recall(pk: int, at: datetime) -> bool:
    case_id, caller = CalledCase.objects.values_list("case_id", "parent__number").get(pk=pk)
    held = store.lock(case_id, skip_locked=True)
    row = _row(pk, CalledCase.RECALL) if held is not None else None
    if held is None or row is None:
        return False
    carry_out(lay_out(held, at), Recall(caller))
    _done(row)
    return True


def _done(row: CalledCase) -> None:
    row.errand, row.error = "", ""
    row.save(update_fields=["errand", "error"])


_ERRANDS: Mapping[str, Callable[[int, datetime], bool]] = {
    CalledCase.BEGIN: _begin,
    CalledCase.ANSWER: _answer,
    CalledCase.RECALL: _recall,
}
