"""When indicators are measured: those of the newest version of each process, by their schedules.

What has come due together is measured in one round. Measuring looks at the cases as they are, so
that a moment that went by is not made up for one by one: one measurement is made as soon as
somebody is there to make it, and says how many were missed before it.
"""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django.db.models import Q

from tuoban.kernel.measuring import needed
from tuoban.kernel.schedules import Schedule
from tuoban.runtime.cases import canonical, definitions
from tuoban.runtime.cases.models import IndicatorSchedule, MeasuringRound, PublishedDefinition
from tuoban.runtime.cases.organisation import Organisation
from tuoban.runtime.people.models import User

_MOST_MISSED = 10_000
"""Moments that went by are counted up to this many."""


class _Due(NamedTuple):
    name: str
    missed: int


def take_up(published: PublishedDefinition, there: Organisation) -> None:
    """Measure by the schedules of a version that was published, and no longer by those before. The
    caller is in a transaction."""
    IndicatorSchedule.objects.filter(definition__slug=published.slug).delete()
    for name, indicator in definitions.compiled(published).indicators.items():
        if indicator.schedule is not None:
            kept = IndicatorSchedule(definition=published, name=name, after=published.published_at)
            _look_ahead(kept, indicator.schedule, there)
            kept.save()


def plan_due(at: datetime, there: Organisation) -> int:
    """Plan a round for each process of which something is to be measured now; how many."""
    due = Q(next_at__lte=at) | ~Q(calendar=there.calendar)
    found = IndicatorSchedule.objects.filter(due).values_list("definition", flat=True)
    return sum(_plan(pk, at, there) for pk in sorted(set(found)))


@transaction.atomic
def _plan(definition_id: int, at: datetime, there: Organisation) -> bool:
    free = IndicatorSchedule.objects.select_for_update(skip_locked=True, of=("self",))
    rows = free.filter(definition=definition_id).order_by("pk")
    published = PublishedDefinition.objects.defer(*definitions.TEXTS).get(pk=definition_id)
    come = [each for row in rows if (each := _come_to(row, published, at, there)) is not None]
    if not come:
        return False
    missed = max(each.missed for each in come)
    plan_round(published, [each.name for each in come], at, missed=missed)
    return True


def _come_to(
    row: IndicatorSchedule, published: PublishedDefinition, at: datetime, there: Organisation
) -> _Due | None:
    schedule = definitions.compiled(published).indicators[row.name].schedule
    if schedule is None:
        raise ValueError(f"{row} has no schedule")
    if row.calendar != there.calendar:
        _look_ahead(row, schedule, there)
    come = 0
    while row.next_at is not None and row.next_at <= at and come < _MOST_MISSED:
        row.after = row.next_at
        _look_ahead(row, schedule, there)
        come += 1
    row.save()
    return _Due(row.name, come - 1) if come else None


def _look_ahead(row: IndicatorSchedule, schedule: Schedule, there: Organisation) -> None:
    row.calendar = there.calendar
    row.next_at = there.next_moment(schedule, row.after)


def plan_round(
    published: PublishedDefinition,
    names: list[str],
    at: datetime,
    *,
    missed: int = 0,
    asked_by: User | None = None,
) -> MeasuringRound:
    """A round that measures these indicators, with all that they are calculated from."""
    wanted = needed(definitions.compiled(published).indicators, names)
    return MeasuringRound.objects.create(
        slug=published.slug,
        definition=published,
        names=canonical.dump(wanted),
        at=at,
        asked_by=asked_by,
        missed=missed,
        next_try_at=at,
    )
