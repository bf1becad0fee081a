"""Giving several units their calendars at once, unless somebody else gave one meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from tuoban.runtime.calendars.models import Calendar
from tuoban.runtime.people import locks
from tuoban.runtime.people.models import Unit
from tuoban.runtime.people.service import set_calendar


@dataclass(frozen=True, slots=True)
class Choice:
    """The key of a calendar for a unit, empty: as above; `was` is what the form was made from."""

    calendar: str
    was: str


@dataclass(frozen=True, slots=True)
class Given:
    """What became of choices: how many units were given a calendar, or the keys of those that
    somebody else gave another one meanwhile; then nothing was given."""

    count: int
    overtaken: frozenset[str] = frozenset()


@transaction.atomic
def give(choices: Mapping[str, Choice], at: datetime) -> Given:
    """Give units the calendars chosen for them. What no page of ours offers is left out."""
    calendars = {each.key: each for each in Calendar.objects.all()}
    wanted: list[tuple[Unit, Calendar | None]] = []
    overtaken: set[str] = set()
    # Locked in one query, read in another: a lock reaches no calendar that may be missing.
    locks.all_units()
    for unit in Unit.objects.select_related("calendar").order_by("path"):
        choice = choices.get(unit.key)
        now = unit.calendar.key if unit.calendar is not None else ""
        if choice is None or choice.calendar == now or not _is_offered(choice, unit, calendars):
            continue
        if choice.was != now:
            overtaken.add(unit.key)
        wanted.append((unit, calendars.get(choice.calendar)))
    if overtaken:
        return Given(0, frozenset(overtaken))
    for unit, calendar in wanted:
        set_calendar(unit, calendar, at=at)
    return Given(len(wanted))


def _is_offered(choice: Choice, unit: Unit, calendars: Mapping[str, Calendar]) -> bool:
    if not choice.calendar:
        return unit.parent_id is not None
    return choice.calendar in calendars
