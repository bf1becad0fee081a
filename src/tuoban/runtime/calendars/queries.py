"""What pages show of calendars."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tuoban.kernel.calendars import CHINA, PublicHolidays
from tuoban.kernel.definition import Text
from tuoban.runtime.calendars import editions, lookup
from tuoban.runtime.calendars.lookup import Kept
from tuoban.runtime.calendars.models import Calendar, CalendarVersion, HolidayEdition

MOST_VERSIONS = 50


@dataclass(frozen=True, slots=True)
class SavedVersion:
    """A line of a history; `by` is a person's id or empty, `at` None if it came with the product.

    `took_up_holidays`: the product made it because public holidays became known.
    """

    number: int
    at: datetime | None
    by: str
    note: str
    took_up_holidays: bool = False


@dataclass(frozen=True, slots=True)
class CalendarFound:
    """A calendar with the version in force."""

    row: Calendar
    number: int
    kept: Kept


def calendar_names() -> tuple[tuple[str, Text], ...]:
    """Key and name of every calendar, by name."""
    rows = Calendar.objects.order_by("name_zh", "key").values_list("key", "name_zh", "name_en")
    return tuple((key, Text(zh, en)) for key, zh, en in rows)


def calendar_of(key: str) -> CalendarFound | None:
    row = Calendar.objects.filter(key=key).first()
    if row is None:
        return None
    number = row.versions.order_by("-number").values_list("number", flat=True)[0]
    kept = lookup.version(key, number)
    return CalendarFound(row, number, kept) if kept is not None else None


def history_of(calendar: Calendar) -> tuple[SavedVersion, ...]:
    """The newest versions, newest first."""
    rows = list(calendar.versions.order_by("-number")[: MOST_VERSIONS + 1])
    before: list[CalendarVersion | None] = [*rows[1:], None]
    return tuple(
        SavedVersion(row.number, row.saved_at, row.saved_by, row.note, _took_up(row, previous))
        for row, previous in zip(rows, before, strict=True)
    )[:MOST_VERSIONS]


def _took_up(row: CalendarVersion, before: CalendarVersion | None) -> bool:
    return before is not None and not row.saved_by and row.holidays_id != before.holidays_id


def public_holidays() -> PublicHolidays:
    """The newest public holidays known here."""
    row = HolidayEdition.objects.filter(country=editions.COUNTRY).order_by("-pk").first()
    return editions.value(row.country, row.rows) if row is not None else CHINA
