"""A calendar as it is typed and kept: plain texts, good or not yet good.

The same value holds what a form was filled with, so that nothing typed is lost where it cannot be
used, and what a version keeps. `compiling.py` makes the kernel's calendar of it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

WEEKDAY_KEYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
"""By `date.weekday()`, Monday first."""

WeekDays = tuple[str, str, str, str, str, str, str]
"""The spans of each weekday, Monday first: `09:00-12:00, 13:00-18:00`; empty: free."""

FREE: WeekDays = ("", "", "", "", "", "", "")


@dataclass(frozen=True, slots=True)
class WeekText:
    """A week from the date `first` on (ISO; empty: since ever).

    `days` is None only for a person: again as the unit.
    """

    first: str = ""
    days: WeekDays | None = FREE


@dataclass(frozen=True, slots=True)
class DayText:
    """An exception of the date `day` (ISO): worked in `spans`, or like the weekday `like` (a key of
    `WEEKDAY_KEYS`), or, with neither, off. One label stands for both languages."""

    day: str
    spans: str = ""
    like: str = ""
    zh: str = ""
    en: str = ""


@dataclass(frozen=True, slots=True)
class CalendarText:
    """The content of a calendar; `keeps_holidays`: those of China."""

    weeks: tuple[WeekText, ...] = (WeekText(),)
    days: tuple[DayText, ...] = ()
    keeps_holidays: bool = True


STANDARD_KEY = "standard"
STANDARD_NAMES = ("标准工作时间", "Standard hours")
STANDARD = CalendarText((WeekText("", (*("09:00-12:00, 13:00-18:00",) * 5, "", "")),))
"""What a unit has that was given nothing else."""

ALWAYS_KEY = "always"
ALWAYS_NAMES = ("全天候", "Round the clock")
ALWAYS = CalendarText((WeekText("", ("00:00-24:00",) * 7),), keeps_holidays=False)
"""Every minute. It is there without being a row; no calendar may have its key."""


def dump(plain: Any) -> str:
    """Canonical JSON: the same value gives the same text."""
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def to_json(text: CalendarText) -> str:
    """The content of a version; whether holidays are kept is the version's own column."""
    return dump({"exceptions": days_to_plain(text.days), "periods": weeks_to_plain(text.weeks)})


def from_json(content: str, *, keeps_holidays: bool) -> CalendarText:
    plain = json.loads(content)
    return CalendarText(
        weeks_from_plain(plain["periods"]), days_from_plain(plain["exceptions"]), keeps_holidays
    )


def weeks_to_plain(weeks: tuple[WeekText, ...]) -> list[dict[str, Any]]:
    return [
        {
            "first": each.first or None,
            "week": None if each.days is None else dict(zip(WEEKDAY_KEYS, each.days, strict=True)),
        }
        for each in weeks
    ]


def weeks_from_plain(plain: list[dict[str, Any]]) -> tuple[WeekText, ...]:
    return tuple(WeekText(each["first"] or "", _days(each["week"])) for each in plain)


def _days(week: dict[str, str] | None) -> WeekDays | None:
    if week is None:
        return None
    mon, tue, wed, thu, fri, sat, sun = (week[key] for key in WEEKDAY_KEYS)
    return mon, tue, wed, thu, fri, sat, sun


def days_to_plain(days: tuple[DayText, ...]) -> list[dict[str, str]]:
    return [
        {"day": each.day, "spans": each.spans, "like": each.like, "zh": each.zh, "en": each.en}
        for each in days
    ]


def days_from_plain(plain: list[dict[str, str]]) -> tuple[DayText, ...]:
    return tuple(DayText(**each) for each in plain)
