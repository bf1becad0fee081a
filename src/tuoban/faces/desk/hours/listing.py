"""Lists beside the editors: exceptions, versions, and what was found wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from django.utils.translation import gettext as _

from tuoban.faces.desk.hours.contexts import ExceptionRow, SavedRow
from tuoban.faces.desk.hours.days import short_day
from tuoban.faces.desk.hours.drafts import packed
from tuoban.faces.reader import page_language
from tuoban.kernel.calendars import WEEKDAYS
from tuoban.runtime.calendars.findings import Placed
from tuoban.runtime.calendars.queries import SavedVersion
from tuoban.runtime.calendars.texts import WEEKDAY_KEYS, DayText
from tuoban.runtime.people.queries import names_of


def by_place(placed: Iterable[Placed]) -> dict[str, str]:
    """The problems as sentences by the entry they belong to."""
    found: dict[str, str] = {}
    for each in placed:
        said = each.finding.describe(page_language())
        before = found.get(each.place, "")
        if said not in before:
            found[each.place] = f"{before} {said}".strip()
    return found


def exception_rows(
    days: tuple[DayText, ...], problems: Mapping[str, str]
) -> tuple[ExceptionRow, ...]:
    return tuple(_row(n, each, problems) for n, each in enumerate(days))


def _row(number: int, day: DayText, problems: Mapping[str, str]) -> ExceptionRow:
    said = [text for place, text in problems.items() if place.startswith(f"day.{number}.")]
    label = day.en or day.zh if page_language().startswith("en") else day.zh or day.en
    return ExceptionRow(day.day, _when(day.day), _hours(day), label, " ".join(said), packed(day))


def _when(text: str) -> str:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return text
    return f"{day.year}-{short_day(day)}"


def _hours(day: DayText) -> str:
    if day.like in WEEKDAY_KEYS:
        weekday = WEEKDAYS[WEEKDAY_KEYS.index(day.like)].read(page_language())
        return _("worked like %(weekday)s") % {"weekday": weekday}
    return day.spans or _("off")


def saved_rows(
    versions: tuple[SavedVersion, ...], shown: int, address: Callable[[int], str]
) -> tuple[SavedRow, ...]:
    names = names_of({each.by for each in versions if each.by})
    return tuple(
        SavedRow(
            each.number,
            names.get(each.by, each.by) or _("Tuoban"),
            each.at,
            _note(each),
            address(each.number),
            each.number == shown,
        )
        for each in versions
    )


def _note(version: SavedVersion) -> str:
    if version.took_up_holidays:
        return _("with newly announced public holidays")
    if version.at is None:
        return _("came with the product")
    return version.note
