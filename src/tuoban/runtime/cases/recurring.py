"""Cases that begin by themselves, as the schedules of published processes say.

The newest version of a process is taken up once, from its publication on; what the version before
it still owed is planned first. Each moment of a schedule that has come is planned as a row for each
element, and each row becomes a case in a transaction of its own. So whatever was missed is made up
for, and nothing begins twice: a row is unique by process, start, period and element.

Moments are found by the hours and in the time zone of the topmost unit. One that cannot begin does
not stop the others: its failure is recorded, and it is tried again with growing pauses.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Q

from tuoban.kernel.codec import decode, encode
from tuoban.kernel.commands import Begin
from tuoban.kernel.definition import Definition, Recurrence
from tuoban.kernel.engine import recurring as kernel
from tuoban.kernel.text import Text
from tuoban.runtime.cases import canonical, definitions, notices, settings, store
from tuoban.runtime.cases.carrying import Outcome, carry_out, lay_out
from tuoban.runtime.cases.indicators import schedules as indicators
from tuoban.runtime.cases.models import PublishedDefinition, Recurring, RecurringStart
from tuoban.runtime.cases.numbers import take_number
from tuoban.runtime.cases.organisation import Organisation, organisation
from tuoban.runtime.cases.refusals import RuntimeRefused
from tuoban.runtime.cases.wording import moment
from tuoban.runtime.jobs.duties import attempt, kept
from tuoban.runtime.jobs.retry import in_words, put_off
from tuoban.runtime.people.models import Unit

_MOST_AT_ONCE = 100
"""Moments of one schedule that are planned in one transaction."""


def coming(published: PublishedDefinition) -> tuple[tuple[Text, str], ...]:
    """What begins by itself from its publication on, with the first moment in the time of the
    topmost unit; nothing before there is any unit."""
    there = organisation()
    if there is None:
        return ()
    starts = definitions.compiled(published).starts.values()
    firsts = (
        (start.label, next_moment(start.recurrence, published.published_at, there))
        for start in starts
        if start.recurrence is not None
    )
    return tuple((label, moment(at, there.root.zone)) for label, at in firsts if at is not None)


def begin_due(at: datetime, limit: int = 100) -> int:
    """Begin the cases whose moments have come, the oldest first; how many began."""
    there = organisation()
    if there is None:
        return 0
    fresh = PublishedDefinition.objects.filter(taken_up=False).defer(*definitions.TEXTS)
    for published in fresh.order_by("published_at", "id"):
        _apart(f"taking up the schedules of {published}", partial(_take_up, published.pk, there))
    rows = Recurring.objects.filter(Q(next_at__lte=at) | ~Q(calendar=there.calendar))
    for row in rows:
        _apart(f"planning by the schedule {row}", partial(_come_to, row.pk, at, there))
    waiting = RecurringStart.objects.filter(case=None, next_try_at__lte=at)
    pks = waiting.order_by("moment", "id").values_list("pk", flat=True)[:limit]
    return sum(_try(pk, at, there) for pk in pks)


def _apart(what: str, act: Callable[[], None]) -> None:
    """Do something in a transaction of its own; where it fails, the others go on."""
    with kept(what), transaction.atomic():
        act()


# -- planning -------------------------------------------------------------------------------------


def _take_up(pk: int, there: Organisation) -> None:
    """Keep the schedules of a version that was published, and no longer those of the one before."""
    free = PublishedDefinition.objects.select_for_update(skip_locked=True)
    row = free.defer(*definitions.TEXTS).filter(pk=pk, taken_up=False).first()
    if row is None:
        return
    for former in Recurring.objects.filter(definition__slug=row.slug):
        while _is_due(former, row.published_at):
            _plan(former, row.published_at, there)
        former.delete()
    for name, start in definitions.compiled(row).starts.items():
        if start.recurrence is not None:
            recurring = Recurring(definition=row, start=name, after=row.published_at)
            _look_ahead(recurring, start.recurrence, there)
            recurring.save()
    indicators.take_up(row, there)
    row.taken_up = True
    row.save(update_fields=["taken_up"])


def _is_due(row: Recurring, until: datetime) -> bool:
    return row.next_at is not None and row.next_at <= until


def _come_to(pk: int, at: datetime, there: Organisation) -> None:
    free = Recurring.objects.select_for_update(skip_locked=True, of=("self",))
    row = free.select_related("definition").filter(pk=pk).first()
    if row is None:
        return
    if row.calendar != there.calendar:
        _look_ahead(row, _recurrence(row), there)
    _plan(row, at, there)
    row.save()


def _plan(row: Recurring, until: datetime, there: Organisation) -> None:
    """Plan what the moments up to `until` begin."""
    recurrence = _recurrence(row)
    for _ in range(_MOST_AT_ONCE):
        if row.next_at is None or row.next_at > until:
            return
        found = elements_of(row.definition, row.start, there)
        RecurringStart.objects.bulk_create(
            (_planned(row, row.next_at, element, recurrence, there) for element in found),
            ignore_conflicts=True,
        )
        row.after = row.next_at
        _look_ahead(row, recurrence, there)


def _planned(
    row: Recurring, come: datetime, element: Any, recurrence: Recurrence, there: Organisation
) -> RecurringStart:
    value = canonical.dump(encode(element))
    told_apart = hashlib.sha256(value.encode()).hexdigest() if recurrence.field else ""
    return RecurringStart(
        slug=row.definition.slug,
        start=row.start,
        period=recurrence.schedule.period(come, there.root.zone),
        element=told_apart,
        value=value,
        definition=row.definition,
        moment=come,
        next_try_at=come,
    )


def _recurrence(row: Recurring) -> Recurrence:
    return recurrence_of(definitions.compiled(row.definition), row.start)


def recurrence_of(definition: Definition, start: str) -> Recurrence:
    """How a start recurs.

    Raises:
        KeyError: there is no such start that does.
    """
    recurrence = definition.starts[start].recurrence
    if recurrence is None:
        raise KeyError(start)
    return recurrence


def _look_ahead(row: Recurring, recurrence: Recurrence, there: Organisation) -> None:
    row.calendar = there.calendar
    row.next_at = next_moment(recurrence, row.after, there)


def next_moment(recurrence: Recurrence, after: datetime, there: Organisation) -> datetime | None:
    """The first moment after another at which cases begin; None out of reach of any calendar."""
    return there.next_moment(recurrence.schedule, after)


def elements_of(published: PublishedDefinition, start: str, there: Organisation) -> tuple[Any, ...]:
    """For what cases begin now; (None,) where it is for nothing in particular."""
    definition = definitions.compiled(published)
    return kernel.elements(recurrence_of(definition, start), _names(definition, there))


def _names(definition: Definition, there: Organisation) -> dict[str, Any]:
    given = settings.given(definition.slug)
    return kernel.names_for(definition, given, there.directory, there.root.key)


# -- beginning ------------------------------------------------------------------------------------


def _try(pk: int, at: datetime, there: Organisation) -> bool:
    return attempt(
        f"the recurring start {pk}",
        lambda: _begin_planned(pk, at, there),
        lambda error: _put_off(pk, error, at, there),
    )


def _put_off(pk: int, error: Exception, at: datetime, there: Organisation) -> None:
    tried = RecurringStart.objects.filter(pk=pk)
    if put_off(tried, error, at):
        row = tried.select_related("definition").get()
        of, why = row.definition, in_words(error)
        notices.tell_of_start(there.root.key, of.slug, of.version, row.start, why, at)


def _begin_planned(pk: int, at: datetime, there: Organisation) -> bool:
    free = RecurringStart.objects.select_for_update(skip_locked=True, of=("self",))
    row = free.select_related("definition").filter(pk=pk, case=None).first()
    if row is None:
        return False
    element = decode(json.loads(row.value))
    outcome = begin(row.definition, row.start, row.moment, element, at=at, there=there)
    row.case_id, row.error = outcome.case_id, ""
    row.save(update_fields=["case", "error"])
    return True


def begin(
    published: PublishedDefinition,
    start: str,
    come: datetime,
    element: Any,
    *,
    at: datetime,
    there: Organisation,
) -> Outcome:
    """Begin the case of a moment of a schedule that has come. The caller is in a transaction.

    Raises:
        Refused: as the kernel's `Begin`; `unknown-unit` where its unit is none.
    """
    definition = definitions.compiled(published)
    recurrence = recurrence_of(definition, start)
    names = _names(definition, there)
    key = kernel.unit_for(recurrence, element, names, there.directory, there.root.key)
    unit = Unit.objects.filter(key=key).first()
    if unit is None:
        raise RuntimeRefused("unknown-unit", {"unit": key or ""})
    number = take_number(definition.case.number, at, unit)
    desk = lay_out(store.new(published, unit, number), at)
    period = recurrence.schedule.period(come, there.root.zone)
    return carry_out(desk, Begin(start, unit.key, number, come, period, element))
