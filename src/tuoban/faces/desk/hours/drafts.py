"""What stands in the form of a page of hours, typed and not saved yet."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import Literal

from django.http import QueryDict

from tuoban.faces.posted import plain
from tuoban.runtime.calendars.reading import MOST_DAYS, MOST_WEEKS
from tuoban.runtime.calendars.texts import WEEKDAY_KEYS, CalendarText, DayText, WeekDays, WeekText
from tuoban.runtime.people.personal import MOST_ABSENCES, AbsenceText

Kind = Literal["off", "spans", "like"]
KINDS: tuple[Kind, ...] = ("off", "spans", "like")
LONGEST_TRIAL = 40
"""Characters of each entry of a trial."""


@dataclass(frozen=True, slots=True)
class Panel:
    """One day that is being changed, not yet among the exceptions."""

    day: str = ""
    kind: Kind = "off"
    spans: str = ""
    like: str = ""
    zh: str = ""
    en: str = ""

    def exception(self) -> DayText:
        """The exception it would become; what belongs to another kind is left out."""
        spans = self.spans if self.kind == "spans" else ""
        # A weekday that was not chosen yet is told as missing.
        like = (self.like or "?") if self.kind == "like" else ""
        return DayText(self.day, spans, like, self.zh, self.en)


def panel_of(day: DayText) -> Panel:
    """The panel in which an exception is changed."""
    kind: Kind = "like" if day.like else "spans" if day.spans else "off"
    return Panel(day.day, kind, day.spans, day.like, day.zh, day.en)


@dataclass(frozen=True, slots=True)
class Trial:
    """A time limit to be tried: from a moment on the wall, and how many of a unit of lengths."""

    at: str = ""
    number: str = "2"
    unit: str = "working hour"

    @property
    def length(self) -> str:
        return f"{self.number} {self.unit}"


@dataclass(frozen=True, slots=True)
class Draft:
    """A calendar, or hours of a person's own, as typed; `expected` is the version it began with.

    `days` are a calendar's exceptions or a person's shifts; `shown` is the year, or the month, that
    is looked at.
    """

    expected: int = 0
    weeks: tuple[WeekText, ...] = ()
    days: tuple[DayText, ...] = ()
    keeps_holidays: bool = True
    absences: tuple[AbsenceText, ...] = ()
    panel: Panel | None = None
    shown: str = ""
    trial: Trial = Trial()
    note: str = ""

    @property
    def calendar(self) -> CalendarText:
        return CalendarText(self.weeks, self.days, self.keeps_holidays)

    def with_day(self, day: DayText) -> Draft:
        """With this exception in the place of another of its date, and the panel closed."""
        kept = tuple(each for each in self.days if each.day != day.day)
        days = tuple(sorted((*kept, day), key=lambda each: each.day))
        return replace(self, days=days, panel=None)

    def folded(self) -> Draft:
        """With the day of the open panel, as saving takes it up."""
        return self.with_day(self.panel.exception()) if self.panel is not None else self

    def exception(self, day: str) -> DayText | None:
        return next((each for each in self.days if each.day == day), None)


def read(posted: QueryDict) -> Draft:
    """The draft in a form. What no page of ours sends is left out."""
    return Draft(
        expected=whole_number(posted.get("expected", "")),
        weeks=tuple(_week(posted, n) for n in _numbers(posted, "weeks", MOST_WEEKS)),
        days=tuple(filter(None, map(_day, posted.getlist("day")[: MOST_DAYS + 1]))),
        keeps_holidays="holidays" in posted,
        absences=tuple(_absence(posted, n) for n in _numbers(posted, "absences", MOST_ABSENCES)),
        panel=_panel(posted) if posted.get("panel.day") is not None else None,
        shown=_text(posted, "shown"),
        trial=_trial(posted),
        note=_text(posted, "note"),
    )


def packed(day: DayText) -> str:
    """An exception as the value of one hidden entry."""
    parts = [day.day, day.spans, day.like, day.zh, day.en]
    return json.dumps(parts, ensure_ascii=False, separators=(",", ":"))


def _day(text: str) -> DayText | None:
    try:
        parts = json.loads(plain(text))
    except (ValueError, RecursionError):
        return None
    if not isinstance(parts, list) or len(parts) != 5:
        return None
    return DayText(*parts) if all(map(_is_text, parts)) else None


def _is_text(part: object) -> bool:
    """JSON can also write halves of characters, which no page could show."""
    return isinstance(part, str) and not any("\ud800" <= each <= "\udfff" for each in part)


def _week(posted: QueryDict, number: int) -> WeekText:
    first = _text(posted, f"week.{number}.first")
    if f"week.{number}.as-unit" in posted:
        return WeekText(first, None)
    return WeekText(first, _days(posted, number))


def _days(posted: QueryDict, number: int) -> WeekDays:
    mon, tue, wed, thu, fri, sat, sun = (
        _text(posted, f"week.{number}.{key}") for key in WEEKDAY_KEYS
    )
    return mon, tue, wed, thu, fri, sat, sun


def _absence(posted: QueryDict, number: int) -> AbsenceText:
    start, end, zh, en, deputy, roles = (
        _text(posted, f"absence.{number}.{name}")
        for name in ("start", "end", "zh", "en", "deputy", "roles")
    )
    empowered = bool(deputy) and f"absence.{number}.empowered" in posted
    named = tuple(roles.split()) if deputy else ()
    return AbsenceText(start, end, zh, en, deputy, named, empowered)


def _trial(posted: QueryDict) -> Trial:
    at, number, unit = (
        _text(posted, f"try.{name}")[:LONGEST_TRIAL] for name in ("at", "number", "unit")
    )
    return Trial(at, number, unit)


def _panel(posted: QueryDict) -> Panel:
    day, kind, spans, like, zh, en = (
        _text(posted, f"panel.{name}") for name in ("day", "kind", "spans", "like", "zh", "en")
    )
    found: Kind = next((each for each in KINDS if each == kind), "off")
    return Panel(day, found, spans, like, zh, en)


def _numbers(posted: QueryDict, name: str, most: int) -> range:
    """The numbers of as many entries as the form says, of too many just one too many."""
    return range(min(whole_number(posted.get(name, "")), most + 1))


def _text(posted: QueryDict, name: str) -> str:
    return plain(str(posted.get(name, ""))).strip()


def whole_number(text: str) -> int:
    """The number of a text of up to nine digits; 0 of any other."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
