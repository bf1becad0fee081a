"""When a limit would run out if it began at a moment: what a case would be told, asked ahead."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tuoban.kernel.calendars.instants import local_moment, micros_of
from tuoban.kernel.clocks import (
    ClockError,
    Ledger,
    Length,
    Row,
    Started,
    Within,
    doubts,
    due,
    rows,
    sentence,
)
from tuoban.kernel.definition import Text
from tuoban.kernel.surroundings import Hours, KnownCalendars
from tuoban.runtime.people import hours
from tuoban.runtime.people.models import Unit, User

OF_UNIT = "unit"
"""In the place of a calendar's key: the one that the unit works by."""
ALWAYS = "always"
"""Round the clock, in the unit's time zone."""


@dataclass(frozen=True, slots=True)
class Foreseen:
    """A limit and where it leads.

    Attributes:
        calendar: the name of the calendar, as ledgers keep it; `label` is what it is called.
        due: in the unit's time zone.
        sentence: why then.
        rows: its ledger.
        doubts: warnings about the calendar on the way there.
    """

    calendar: str
    label: Text
    due: datetime
    sentence: Text
    rows: tuple[Row, ...]
    doubts: tuple[Text, ...]


def foresee(
    unit: Unit,
    begins: datetime,
    length: Length,
    calendar: str = OF_UNIT,
    person: User | None = None,
) -> Foreseen:
    """A limit of `length` from `begins` (aware) on, by the hours in force now.

    `calendar` is `OF_UNIT`, `ALWAYS` or a calendar's key. The hours of a person's own lie over it.

    Raises:
        ClockError: `unknown-calendar`.
        CalendarError: the calendar gives no result within its years.
    """
    known = hours.snapshot()
    calendars = KnownCalendars(known, unit.zone)
    name = _name(known, calendars, unit, calendar, person)
    at = local_moment(micros_of(begins), unit.zone)
    ledger = Ledger((Started(at, Within(length), name),))
    found = due(ledger, calendars)
    if found is None:
        raise AssertionError("a clock without a pause has a due moment")
    return Foreseen(
        calendar=name,
        label=calendars[name].label,
        due=found.astimezone(unit.zone),
        sentence=sentence(ledger, calendars, at),
        rows=rows(ledger, calendars, at),
        doubts=tuple(
            Text(each.describe("zh"), each.describe("en")) for each in doubts(ledger, calendars, at)
        ),
    )


def _name(
    known: Hours, calendars: KnownCalendars, unit: Unit, calendar: str, person: User | None
) -> str:
    if calendar == OF_UNIT:
        name = known.units.get(unit.key)
    elif calendar == ALWAYS:
        name = calendars.always
    else:
        name = known.keys.get((calendar, unit.key))
    if name is None:
        raise ClockError("unknown-calendar", calendar=calendar)
    own = known.people.get(person.person_id) if person is not None else None
    return f"{name}+{own}" if own is not None else name
