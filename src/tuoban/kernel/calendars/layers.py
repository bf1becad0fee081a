"""A person's time laid over the calendar of the unit."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from tuoban.kernel.calendars.calendar import Absence, Calendar, ExceptionDay
from tuoban.kernel.calendars.patterns import Period
from tuoban.kernel.text import Text


@dataclass(frozen=True, slots=True)
class PersonalTime:
    """What differs for one person.

    `periods` replace the unit's week (a period without a week gives it back), `shifts` replace
    whatever the unit has on their dates, `absences` take time away.
    """

    periods: tuple[Period, ...] = ()
    shifts: tuple[ExceptionDay, ...] = ()
    absences: tuple[Absence, ...] = ()


def for_person(unit: Calendar, label: Text, own: PersonalTime) -> Calendar:
    """The calendar of a person: the unit's, with what is the person's own in its place.

    The unit's exceptions and public holidays hold for a person with a week of their own; a shift on
    such a date goes before them. A date that the unit works like a weekday on which the person does
    not work is free for the person.

    Raises:
        CalendarError: as for any calendar.
    """
    shifted = {each.day for each in own.shifts}
    periods = _merged(unit, own.periods)
    kept = tuple(_kept(each, periods) for each in unit.exceptions if each.day not in shifted)
    return Calendar(
        label,
        unit.zone,
        periods,
        kept + own.shifts,
        unit.holidays,
        unit.absences + own.absences,
    )


def _kept(exception: ExceptionDay, periods: tuple[Period, ...]) -> ExceptionDay:
    """An exception of the unit as it holds for a person with these periods."""
    if exception.like is None:
        return exception
    begun = [each for each in periods if (each.first or date.min) <= exception.day]
    latest = max(begun, key=lambda each: each.first or date.min, default=None)
    week = latest.week if latest is not None else None
    works = week is not None and week.days[exception.like]
    return exception if works else replace(exception, like=None)


def _merged(unit: Calendar, own: tuple[Period, ...]) -> tuple[Period, ...]:
    """At every date from which either changes, the person's week if there is one, else the unit's.

    A date that the person's periods give twice stays twice, to be refused.
    """
    if not own:
        return unit.periods
    firsts = [each.first or date.min for each in own]
    changes = {*(each.first or date.min for each in unit.periods), date.min} - set(firsts)
    merged = []
    for first in sorted([*firsts, *changes]):
        begun = [each for each in own if (each.first or date.min) <= first]
        latest = max(begun, key=lambda each: each.first or date.min, default=None)
        week = latest.week if latest is not None and latest.week is not None else None
        merged.append(Period(first if first > date.min else None, week or unit.week_on(first)))
    return tuple(merged)
