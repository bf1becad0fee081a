"""Loading the demo: what is there before anybody works, and what they do until now."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from random import Random

from django.db import transaction

from tuoban.faces.cli.demo import visits
from tuoban.faces.cli.demo.cars.acting import SLUG as CARS
from tuoban.faces.cli.demo.cars.faults import PARTS
from tuoban.faces.cli.demo.cars.plans import DAYS_BACK, visits_of_cars
from tuoban.faces.cli.demo.cars.story import car_story
from tuoban.faces.cli.demo.customers import enter_customers
from tuoban.faces.cli.demo.former_visits import former_visits
from tuoban.faces.cli.demo.playing import Story, person, play
from tuoban.faces.cli.demo.shops import shops
from tuoban.faces.cli.demo.visits import visits_of_today
from tuoban.runtime.calendars.service import take_up_holidays
from tuoban.runtime.cases import service
from tuoban.runtime.cases.indicators.rounds import measure_some
from tuoban.runtime.cases.organisation import organisation
from tuoban.runtime.cases.queries.finding import any_case
from tuoban.runtime.cases.recurring import begin_due
from tuoban.runtime.people.demo import DEMO_PEOPLE
from tuoban.runtime.people.demo_loading import load_demo_organisation
from tuoban.services.booking.service import provide
from tuoban.services.parts.service import deliver

PLAYED = (CARS, visits.SLUG)
"""The processes by which cases of the last two months went."""
BAY = "workshop_bay"
BAYS, BAY_MINUTES = 6, 120
CAR_SHARE = 0.83
"""Of the cases of two months; the others are visits to computers."""
MEASURED_AT = (time(8, 1), time(17, 31))
READ_AT = time(18, 45)


def begins(now: datetime) -> datetime:
    """From when on a demo of two months is played."""
    return now - timedelta(days=DAYS_BACK + 8)


@transaction.atomic
def load_demo(now: datetime, cases: int, tell: Callable[[datetime], None]) -> bool:
    """Load the organisation, and what went on until now, in one transaction, so that a load that is
    broken off leaves nothing behind; whether there was anything to load.

    Args:
        cases: how many of the last two months, beside the few of today.
        tell: is called with the moment of each act.
    """
    since = begins(now) if cases else now
    load_demo_organisation(now, since=since)
    take_up_holidays(since)
    if any_case():
        return False
    stories = [*visits_of_today(now)]
    if cases:
        stories += _two_months(now, since, cases)
    play(stories, now, tell)
    return True


def _two_months(now: datetime, since: datetime, cases: int) -> Iterator[Story]:
    there = organisation()
    if there is None:
        raise LookupError("the demo has no unit")
    zone = there.root.zone
    today = now.astimezone(zone).date()
    chance = Random(f"demo {today}")  # noqa: S311 - the same for everybody on one day
    both = shops(zone)
    provide(BAY, BAYS, BAY_MINUTES)
    for part in PARTS:
        deliver(part.number, part.pieces, at=since, name=part.name)
    begin_due(since)
    cars = enter_customers(chance, since, zone)
    count = round(cases * CAR_SHARE)
    for visit in visits_of_cars(cars, both, today, count, chance):
        yield car_story(visit)
    yield from former_visits(both, today, cases - count, chance)
    yield _every_day(both[0].on, since.astimezone(zone).date(), today)


def _every_day(on: Callable[[date, time], datetime], day: date, last: date) -> Story:
    """Indicators are measured when they are due, and in the evening everybody has read their
    notices."""
    while day <= last:
        for clock in MEASURED_AT:
            yield on(day, clock)
            while measure_some(on(day, clock)):
                pass
        yield on(day, READ_AT)
        for each in DEMO_PEOPLE:
            service.mark_notices_read(person(each.username), on(day, READ_AT))
        day += timedelta(days=1)
