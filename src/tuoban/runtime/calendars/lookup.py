"""The kernel's calendars behind the names that ledgers keep: `<key>@<number>/<zone>`.

A name stands for one unchanging value, so what was compiled once is kept for the whole process,
by its content: after a rollback a name may come to stand for something else.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from tuoban.kernel.calendars import Calendar as Hours
from tuoban.kernel.definition import Text
from tuoban.runtime.calendars import editions
from tuoban.runtime.calendars.compiling import compiled
from tuoban.runtime.calendars.models import CalendarVersion
from tuoban.runtime.calendars.texts import (
    ALWAYS,
    ALWAYS_KEY,
    ALWAYS_NAMES,
    CalendarText,
    from_json,
    to_json,
)

ALWAYS_NUMBER = 0


@dataclass(frozen=True, slots=True)
class Kept:
    """A version as it was read: all that its value follows from but the zone."""

    name_zh: str
    name_en: str
    content: str
    country: str | None
    rows: str | None

    def text(self) -> CalendarText:
        return from_json(self.content, keeps_holidays=self.rows is not None)

    def label(self) -> Text:
        return Text(self.name_zh, self.name_en)


_ALWAYS = Kept(*ALWAYS_NAMES, to_json(ALWAYS), None, None)


def version(key: str, number: int) -> Kept | None:
    """A version of a calendar; None if there is none."""
    if key == ALWAYS_KEY:
        return _ALWAYS if number == ALWAYS_NUMBER else None
    found = CalendarVersion.objects.filter(calendar__key=key, number=number)
    row = found.select_related("calendar", "holidays").first()
    return kept_in(row) if row is not None else None


def kept_in(row: CalendarVersion) -> Kept:
    """What a row keeps, read together with its calendar and its holidays."""
    country, rows = (
        (row.holidays.country, row.holidays.rows) if row.holidays is not None else (None, None)
    )
    return Kept(row.calendar.name_zh, row.calendar.name_en, row.content, country, rows)


def newest_numbers() -> dict[str, int]:
    """Every calendar's key with the number of the version in force, and `always`."""
    rows = CalendarVersion.objects.order_by("number").values_list("calendar__key", "number")
    return {ALWAYS_KEY: ALWAYS_NUMBER, **dict(rows)}


def saved_at(key: str) -> list[tuple[int, datetime | None]]:
    """The versions of a calendar, each with when it was saved; None: it came with the product."""
    if key == ALWAYS_KEY:
        return [(ALWAYS_NUMBER, None)]
    found = CalendarVersion.objects.filter(calendar__key=key)
    return list(found.order_by("number").values_list("number", "saved_at"))


@lru_cache(maxsize=4096)
def value(kept: Kept, zone: ZoneInfo) -> Hours:
    """The calendar of a version in a zone."""
    holidays = None
    if kept.country is not None and kept.rows is not None:
        holidays = editions.value(kept.country, kept.rows)
    return compiled(kept.text(), kept.label(), zone, holidays)
