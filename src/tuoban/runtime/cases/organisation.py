"""The organisation as it is now, in which schedules are carried out.

Their moments are found by the hours and in the time zone of the topmost unit.
"""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from tuoban.kernel.calendars import Calendar, CalendarError
from tuoban.kernel.schedules import Schedule
from tuoban.kernel.surroundings import Directory, KnownCalendars
from tuoban.runtime.people import directory, hours
from tuoban.runtime.people.models import Unit


class Organisation(NamedTuple):
    """In which cases begin and are measured: the topmost unit, and what units there are."""

    root: Unit
    directory: Directory

    @property
    def calendar(self) -> str:
        """The name of the calendar of the topmost unit."""
        snapshot = hours.snapshot()
        always = KnownCalendars(snapshot, self.root.zone).always
        return snapshot.units.get(self.root.key, always)

    def known_calendar(self, name: str) -> Calendar:
        return KnownCalendars(hours.snapshot(), self.root.zone)[name]

    def next_moment(self, schedule: Schedule, after: datetime) -> datetime | None:
        """The first moment of a schedule after another; None out of reach of any calendar."""
        try:
            return schedule.after(after, self.root.zone, self.known_calendar(self.calendar))
        except CalendarError:
            return None


def organisation() -> Organisation | None:
    """The organisation as it is now; None before it has any unit."""
    root = Unit.objects.filter(parent=None).order_by("pk").first()
    return Organisation(root, directory.snapshot()) if root is not None else None
