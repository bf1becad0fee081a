"""Errands between a case and those that it called: begin one, answer the other, end the one.

Each is carried out in a transaction of its own, together with the row that says that it is done.
So whatever dies in between, nothing is lost and nothing happens twice. One that fails does not stop
the others: why stands at its row, the head of the unit is told, and it is tried again with growing
pauses.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from tuoban.kernel.codec import decode
from tuoban.kernel.commands import Answer, BeginCalled, Recall, Sealed
from tuoban.kernel.definition import Definition
from tuoban.kernel.engine import linking as kernel
from tuoban.kernel.engine import start_place
from tuoban.kernel.names import Names
from tuoban.kernel.refusals import Refused
from tuoban.kernel.state import NEW
from tuoban.runtime.cases import definitions, linking, notices, personal, states, store
from tuoban.runtime.cases.busy import is_passing
from tuoban.runtime.cases.carrying import carry_out, lay_out
from tuoban.runtime.cases.models import CalledCase, Case
from tuoban.runtime.cases.numbers import take_number
from tuoban.runtime.cases.refusals import RuntimeRefused
from tuoban.runtime.cases.retry import back_off

_DEEPEST = 16
"""So many cases may have called one another in a row: packs may do so without end."""

_log = logging.getLogger(__name__)


def run_errands(at: datetime, limit: int = 100) -> int:
    """Carry out the errands that are due, the oldest first; how many were."""
    due = CalledCase.objects.exclude(errand="").filter(next_try_at__lte=at)
    rows = due.order_by("next_try_at", "id").values_list("pk", "errand")[:limit]
    return sum(_try(pk, errand, at) for pk, errand in list(rows))


def _try(pk: int, errand: str, at: datetime) -> bool:
    try:
        with transaction.atomic():
            return _ERRANDS[errand](pk, at)
    except Exception as error:  # noqa: BLE001 - whatever it is, the others must go on
        if is_passing(error):
            _log.warning("the errand %s of call %s waits: %s", errand, pk, error)
            return False
        if isinstance(error, Refused):
            _log.warning("the errand %s of call %s was refused: %s", errand, pk, error)
        else:
            _log.exception("the errand %s of call %s failed", errand, pk)
        with transaction.atomic():
            _record(pk, errand, error, at)
        return False


def _record(pk: int, errand: str, error: Exception, at: datetime) -> None:
    row = CalledCase.objects.select_for_update(of=("self",)).filter(pk=pk, errand=errand).first()
    if row is None:
        return
    row.attempts += 1
    row.next_try_at = at + back_off(row.attempts)
    row.error = _told(error)
    row.save(update_fields=["attempts", "next_try_at", "error"])
    if row.attempts == 1:
        notices.tell_head(row.parent, "call-failed", {"node": row.node}, at)


def _told(error: Exception) -> str:
    if not isinstance(error, Refused):
        plain = f"{type(error).__name__}: {error}"
        return linking.error_text(plain, plain)
    zh, en = (_reason(error, language) for language in ("zh", "en"))
    return linking.error_text(zh, en)


def _reason(refused: Refused, language: str) -> str:
    """Why; of what does not fit the form, entry by entry."""
    told = [each.read(language) for each in refused.problems]
    return " ".join(told) or refused.read(language)


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
    number = take_number(definition.case.prefix, at, parent.unit.zone)
    desk = lay_out(store.new(published, parent.unit, number), at)
    place = start_place(definition, NEW, request, desk.surroundings)
    data = personal.seal_data(place, _handed_in(row, definition), desk.envelope)
    by = row.by.person_id if row.by is not None else ""
    begin = BeginCalled(by, request, parent.unit_id, number, parent.number, data)
    row.case_id = carry_out(desk, begin).case_id
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
