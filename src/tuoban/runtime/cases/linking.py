"""Calls of other packs as rows, kept in the transaction of what makes them or ends them.

A row says which case called which, and what the worker has yet to do about it (`errands.py`).
Whoever holds a case may wait for one of its rows, never the other way round.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet

from tuoban.kernel import events as e
from tuoban.kernel.codec import encode
from tuoban.kernel.events import Event
from tuoban.runtime import driver
from tuoban.runtime.cases import canonical
from tuoban.runtime.cases.models import CalledCase, Case
from tuoban.runtime.people.ids import user_id


def keep(case: Case, events: Iterable[Event], at: datetime, by: str | None) -> None:
    """Bring the rows of calls up to what happened to a case.

    Args:
        by: who wished it; None: it happened by itself.
    """
    for event in events:
        if isinstance(event, e.CaseCalled):
            _called(case, event, at, by)
        elif isinstance(event, e.WaitWithdrawn) or (isinstance(event, e.CallAnswered) and event.by):
            _not_needed(case, event.number, at)
        elif isinstance(event, e.CaseEnded):
            _ended(case, at)


def _called(case: Case, event: e.CaseCalled, at: datetime, by: str | None) -> None:
    CalledCase.objects.create(
        parent=case,
        number=event.number,
        node=event.node,
        slug=event.pack,
        request=event.request,
        given=canonical.dump(encode(dict(event.given))),
        waits=event.waits,
        by_id=user_id(by),
        called_at=at,
        errand=CalledCase.BEGIN,
        next_try_at=at,
    )


def _not_needed(case: Case, number: int, at: datetime) -> None:
    """The case waits no longer: what it called never begins, or is to end."""
    row = _held(CalledCase.objects.filter(parent=case, number=number))
    if row is not None:
        _set(row, CalledCase.RECALL if row.case_id is not None else "", at)


_CALLED = f"SELECT id FROM {CalledCase._meta.db_table} WHERE case_id = %s"  # noqa: S608


def _ended(case: Case, at: datetime) -> None:
    """A case is over: the one that called it is to hear of it, where it still waits."""
    if not driver.rows(_CALLED, (case.pk,)):
        return  # as most are
    row = _held(CalledCase.objects.filter(case=case))
    if row is not None:
        hears = row.waits and row.errand != CalledCase.RECALL
        _set(row, CalledCase.ANSWER if hears else "", at)


def _held(rows: QuerySet[CalledCase]) -> CalledCase | None:
    return rows.select_for_update(of=("self",)).first()


def _set(row: CalledCase, errand: str, at: datetime) -> None:
    row.errand, row.next_try_at, row.attempts, row.error = errand, at, 0, ""
    row.save(update_fields=["errand", "next_try_at", "attempts", "error"])
