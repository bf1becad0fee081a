"""The verbs on calls of other packs."""

from __future__ import annotations

from datetime import datetime

from tuoban.kernel import commands as c
from tuoban.kernel.engine.pausing import is_in_charge
from tuoban.kernel.refusals import Refused
from tuoban.runtime.cases.carrying import Desk, Outcome, carry_out, once, open_case
from tuoban.runtime.cases.models import CalledCase
from tuoban.runtime.cases.refusals import RuntimeRefused
from tuoban.runtime.cases.service.core import read_reason
from tuoban.runtime.people.models import User


def give_up_call(
    case_id: int, call: int, *, reason: str, by: User, at: datetime, key: str
) -> Outcome:
    """Go on without a case that was called; one that has begun is ended.

    Raises `Refused` as the kernel's `GiveUp`.
    """

    def act() -> Outcome:
        desk = open_case(case_id, at)
        row = _row(case_id, call)
        why = read_reason(desk, reason)
        if row is None or row.waits or row.errand != CalledCase.BEGIN:
            return carry_out(desk, c.GiveUp(by.person_id, call, why))
        # Nobody waits for it, so that the case itself has nothing to decide.
        _check_in_charge(desk, by)
        row.errand, row.given_up_by = "", by
        row.save(update_fields=["errand", "given_up_by"])
        return _nothing_new(desk)

    return once(by, key, ("give up", case_id, call, reason), at, act)


def retry_call(case_id: int, call: int, *, by: User, at: datetime, key: str) -> Outcome:
    """Let the worker try again at once what failed between a case and one that it called.

    Raises:
        Refused: `unknown-case`, `not-to-retry`, `not-in-charge`, `key-reused`.
    """

    def act() -> Outcome:
        desk = open_case(case_id, at)
        row = _row(case_id, call)
        if row is None or not row.errand:
            raise RuntimeRefused("not-to-retry")
        _check_in_charge(desk, by)
        row.next_try_at = at
        row.save(update_fields=["next_try_at"])
        return _nothing_new(desk)

    return once(by, key, ("retry", case_id, call), at, act)


def _row(case_id: int, call: int) -> CalledCase | None:
    rows = CalledCase.objects.select_for_update(of=("self",))
    return rows.filter(parent=case_id, number=call).first()


def _check_in_charge(desk: Desk, by: User) -> None:
    directory = desk.surroundings.directory
    if not is_in_charge(desk.definition, desk.state, directory, by.person_id):
        raise Refused("not-in-charge")


def _nothing_new(desk: Desk) -> Outcome:
    row = desk.case.row
    return Outcome(row.pk, row.number, row.seq)
