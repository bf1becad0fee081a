"""The hours by which a unit has worked: which calendar it had when, and which version of that was
in force.

A change of hours, or of the calendar that a unit has, changes nothing of what was.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from tuoban.kernel.worked import InForce
from tuoban.runtime.calendars import lookup
from tuoban.runtime.calendars.models import Calendar
from tuoban.runtime.people import hours
from tuoban.runtime.people.models import CalendarGiven, Unit

_Dated = tuple[datetime | None, str]
"""The key of a calendar, empty: that of the unit above; and since when."""


def note_given(unit: Unit, former: Calendar | None, at: datetime) -> None:
    """Keep that from `at` on a unit works by the calendar that it now has, and before by another
    one."""
    if not unit.calendars_given.exists():
        CalendarGiven.objects.create(unit=unit, calendar=former, since=None)
    CalendarGiven.objects.create(unit=unit, calendar=unit.calendar, since=at)


def in_force(unit: str) -> tuple[InForce, ...]:
    """The hours by which a unit has worked, oldest first; none if it has none."""
    path = Unit.objects.filter(key=unit).values_list("path", "time_zone").first()
    if path is None:
        return ()
    chain, zone = tuple(reversed(path[0].strip("/").split("/"))), path[1]
    given = _given(chain)
    moments = sorted({since for each in given.values() for since, _ in each if since is not None})
    starts: list[datetime | None] = [None, *moments]
    found: list[InForce] = []
    for start, end in zip(starts, [*moments, None], strict=True):
        key = next(filter(None, (_at(given[each], start) for each in chain)), "")
        found += _versions(key, zone, start, end)
    return tuple(found)


def _given(chain: Sequence[str]) -> Mapping[str, Sequence[_Dated]]:
    """By unit, the calendars that it was given, oldest first."""
    now = Unit.objects.filter(key__in=chain).values_list("key", "calendar__key")
    kept: dict[str, list[_Dated]] = {unit: [] for unit in chain}
    rows = CalendarGiven.objects.filter(unit__key__in=chain).order_by("pk")
    for unit, since, key in rows.values_list("unit__key", "since", "calendar__key"):
        kept[unit].append((since, key or ""))
    return {unit: kept[unit] or [(None, key or "")] for unit, key in now}


def _at(given: Sequence[_Dated], moment: datetime | None) -> str:
    """What a unit had at a moment; None: in the beginning."""
    found = given[0][1]
    for since, key in given:
        if since is not None and moment is not None and since <= moment:
            found = key
    return found


def _versions(
    key: str, zone: str, start: datetime | None, end: datetime | None
) -> Iterator[InForce]:
    """The versions of a calendar that were in force in a time; the first since the beginning."""
    saved = lookup.saved_at(key) if key else []
    for place, (number, since) in enumerate(saved):
        begin = start if place == 0 or since is None else max(since, start or since)
        over = saved[place + 1][1] if place + 1 < len(saved) else None
        is_before = over is not None and start is not None and over <= start
        is_behind = end is not None and begin is not None and begin >= end
        if not is_before and not is_behind:
            name = hours.name_of(key, number, zone)
            yield InForce(begin, hours.snapshot().calendars[name])
