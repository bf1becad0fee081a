"""The kernel's `Hours`, read from the rows and kept per process until calendars or people change.

A unit's calendar is called `<key>@<number>/<zone>`, hours of a person's own `<user id>@<number>`,
both together `<key>@<number>/<zone>+<user id>@<number>`. Every such name is found, also those that
are no longer in force.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tuoban.kernel.calendars import Calendar
from tuoban.kernel.definition import Text
from tuoban.kernel.surroundings import Hours
from tuoban.runtime.calendars import lookup
from tuoban.runtime.calendars.lookup import Kept
from tuoban.runtime.people import marks, personal
from tuoban.runtime.people.marks import Marks
from tuoban.runtime.people.models import PersonalHours, Unit

_NAME = re.compile(
    r"(?P<key>[a-z0-9][a-z0-9_-]*)@(?P<number>\d{1,9})/(?P<zone>[^@]+?)"
    r"(?:\+(?P<user>\d{1,18})@(?P<own>\d{1,9}))?",
    re.ASCII,
)
_MOST = 4096

_kept: tuple[Marks, Hours] | None = None


def snapshot(known: Marks | None = None) -> Hours:
    """The hours as they are now. Costs one small query as long as nothing has changed, and none
    where the marks are `known`."""
    global _kept  # noqa: PLW0603 - the cache of one immutable value, replaced as a whole
    token = known or marks.read()
    if _kept is not None and token == _kept[0]:
        return _kept[1]
    # Rows newer than the token do no harm: the next call sees the newer token and reads again.
    hours = _read()
    if token != Marks(None, None):
        _kept = (token, hours)
    return hours


def name_of(key: str, number: int, zone: str) -> str:
    """The name of a version of a calendar in a time zone."""
    return f"{key}@{number}/{zone}"


def _read() -> Hours:
    columns = ("key", "parent__key", "time_zone", "calendar__key")
    # In order of their paths, a unit comes after the one above it. Units are read before
    # calendars, so that the calendar of each is known, though some may be saved meanwhile.
    rows = list(Unit.objects.order_by("path").values_list(*columns))
    numbers = lookup.newest_numbers()
    kept: dict[str, str | None] = {}
    zones: dict[str, str] = {}
    for unit, parent, zone, key in rows:
        kept[unit] = key or (kept.get(parent) if parent is not None else None)
        zones[unit] = zone
    units = {
        unit: name_of(key, numbers[key], zones[unit])
        for unit, key in kept.items()
        if key is not None
    }
    return Hours(
        calendars=_Calendars(frozenset(units.values())),
        units=units,
        keys=_Keys(numbers, zones),
        people=_people(),
    )


def _people() -> dict[str, str]:
    """Whoever has hours of their own, with their name."""
    saved = PersonalHours.objects.order_by("number")
    newest = dict(saved.values_list("user_id", "number"))
    taken_away = set(saved.filter(content=personal.NOTHING).values_list("user_id", "number"))
    return {
        str(user): f"{user}@{number}"
        for user, number in newest.items()
        if (user, number) not in taken_away
    }


@dataclass(frozen=True, slots=True)
class _Keys(Mapping[tuple[str, str], str]):
    """(a calendar's key, unit) → the name of its newest version in the unit's zone."""

    numbers: Mapping[str, int]
    zones: Mapping[str, str]

    def __getitem__(self, place: tuple[str, str]) -> str:
        key, unit = place
        return name_of(key, self.numbers[key], self.zones[unit])

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return ((key, unit) for key in self.numbers for unit in self.zones)

    def __len__(self) -> int:
        return len(self.numbers) * len(self.zones)


class _Calendars(Mapping[str, Calendar]):
    """Every calendar by its name; `listed` are those that units work by now.

    Any other name of a version is found, too, though it is not listed. Rows are read once.
    """

    def __init__(self, listed: frozenset[str]) -> None:
        self._listed = listed
        self._found = lru_cache(_MOST)(_calendar)

    def __getitem__(self, name: str) -> Calendar:
        return self._found(name)

    def __iter__(self) -> Iterator[str]:
        return iter(self._listed)

    def __len__(self) -> int:
        return len(self._listed)


def _calendar(name: str) -> Calendar:
    """Raises `KeyError` for a name of nothing."""
    match = _NAME.fullmatch(name)
    if match is None:
        raise KeyError(name)
    try:
        zone = ZoneInfo(match["zone"])
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise KeyError(name) from None
    kept = lookup.version(match["key"], int(match["number"]))
    if kept is None:
        raise KeyError(name)
    if match["user"] is None:
        return lookup.value(kept, zone)
    found = _of_person(kept, int(match["user"]), int(match["own"]), zone)
    if found is None:
        raise KeyError(name)
    return found


def _of_person(kept: Kept, user: int, number: int, zone: ZoneInfo) -> Calendar | None:
    found = PersonalHours.objects.filter(user_id=user, number=number)
    row = found.values_list("user__display_name", "content").first()
    return _laid(kept, zone, *row) if row is not None else None


@lru_cache(maxsize=_MOST)
def _laid(kept: Kept, zone: ZoneInfo, name: str, content: str) -> Calendar:
    own = personal.personal_time(personal.from_json(content), zone)
    return personal.laid_over(lookup.value(kept, zone), Text(name, name), own)
