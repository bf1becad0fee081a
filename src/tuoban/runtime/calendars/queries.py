"""What pages show of calendars."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max, OuterRef, QuerySet, Subquery

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


def calendars_in_force() -> tuple[tuple[str, Text, int], ...]:
    """Key, name and number of the version in force of every calendar, by key."""
    rows = Calendar.objects.annotate(newest=Max("versions__number")).order_by("key")
    columns = rows.values_list("key", "name_zh", "name_en", "newest")
    return tuple((key, Text(zh, en), newest) for key, zh, en, newest in columns)


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
    row = _in_force().filter(calendar__key=key).first()
    return _found(row) if row is not None else None


def all_calendars() -> tuple[CalendarFound, ...]:
    """Every calendar, by name."""
    return tuple(map(_found, _in_force().order_by("calendar__name_zh", "calendar__key")))


def _in_force() -> QuerySet[CalendarVersion]:
    of_same = CalendarVersion.objects.filter(calendar=OuterRef("calendar")).order_by("-number")
    newest = CalendarVersion.objects.filter(pk=Subquery(of_same.values("pk")[:1]))
    return newest.select_related("calendar", "holidays")


def _found(row: CalendarVersion) -> CalendarFound:
    return CalendarFound(row.calendar, row.number, lookup.kept_in(row))


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
