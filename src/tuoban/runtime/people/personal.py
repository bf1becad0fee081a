"""Hours of a person's own as they are typed and kept, and the kernel's value of them.

They have no time zone: a shift or an absence is meant on the wall clock of whichever unit the
person works in.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any

from tuoban.kernel.calendars import (
    Absence,
    Calendar,
    CalendarError,
    ExceptionDay,
    Finding,
    Period,
    PersonalTime,
    for_person,
)
from tuoban.kernel.calendars.instants import instant_of, moment_of
from tuoban.kernel.definition import Text
from tuoban.runtime.calendars.compiling import tidied_days, tidied_weeks
from tuoban.runtime.calendars.findings import Findings, Misfit
from tuoban.runtime.calendars.reading import read_date, read_days, read_label, read_weeks
from tuoban.runtime.calendars.texts import (
    DayText,
    WeekText,
    days_from_plain,
    days_to_plain,
    dump,
    weeks_from_plain,
    weeks_to_plain,
)

MOST_ABSENCES = 100
LONGEST_ABSENCE = timedelta(days=5 * 366)
"""Whoever is away for longer has left; a limit on their hours must run out some time."""

_MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})[T ](\d{2}):(\d{2})", re.ASCII)


@dataclass(frozen=True, slots=True)
class AbsenceText:
    """From `start` until `end`, both `2026-03-02T09:00` on the wall.

    `deputy` is the id of whoever does their work meanwhile, empty: nobody; that of some `roles`
    alone where any are named; `empowered` also what they lack the role or a skill for.
    """

    start: str
    end: str
    zh: str = ""
    en: str = ""
    deputy: str = ""
    roles: tuple[str, ...] = ()
    empowered: bool = False


@dataclass(frozen=True, slots=True)
class PersonalText:
    """What differs for one person; empty: nothing does."""

    weeks: tuple[WeekText, ...] = ()
    shifts: tuple[DayText, ...] = ()
    absences: tuple[AbsenceText, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.weeks or self.shifts or self.absences)


def to_json(text: PersonalText) -> str:
    absences = [
        {"start": each.start, "end": each.end, "zh": each.zh, "en": each.en} | _deputy_of(each)
        for each in text.absences
    ]
    plain = {"absences": absences, "shifts": days_to_plain(text.shifts)}
    return dump(plain | {"periods": weeks_to_plain(text.weeks)})


def _deputy_of(absence: AbsenceText) -> dict[str, object]:
    if not absence.deputy:
        return {}
    roles = sorted(set(absence.roles))
    return {"deputy": absence.deputy, "roles": roles, "empowered": absence.empowered}


def _absence_of(plain: dict[str, Any]) -> AbsenceText:
    return AbsenceText(**{**plain, "roles": tuple(plain.get("roles", ()))})


def from_json(content: str) -> PersonalText:
    plain = json.loads(content)
    return PersonalText(
        weeks_from_plain(plain["periods"]),
        days_from_plain(plain["shifts"]),
        tuple(_absence_of(each) for each in plain["absences"]),
    )


NOTHING = to_json(PersonalText())
"""The content of a version that leaves a person without hours of their own."""


def personal_time(text: PersonalText, zone: tzinfo) -> PersonalTime:
    """The kernel's value, with moments on the wall of `zone`.

    Raises:
        ContentError: it cannot be used; all that is wrong comes in one go, at `week.<n>.<entry>`,
            `day.<n>.<entry>` (shifts) and `absence.<n>.<entry>`.
    """
    found = Findings()
    periods, shifts = read_weeks(text.weeks, found), read_days(text.shifts, found)
    _check_weeks(text, periods, found)
    for number, each in enumerate(text.shifts):
        if each.like:
            found.add(f"day.{number}.like", Misfit("bad-day"))
    absences = tuple(_absences(text, zone, found))
    found.check()
    return PersonalTime(periods, shifts, absences)


def _check_weeks(text: PersonalText, periods: tuple[Period, ...], found: Findings) -> None:
    """A week without work would leave a person who never works, whose limits never run out."""
    idle = {each.first for each in periods if each.week is not None and not each.week.works}
    firsts = {each.isoformat() if each is not None else "" for each in idle}
    for number, each in enumerate(text.weeks):
        if each.days is not None and each.first in firsts:
            found.add(f"week.{number}.mon", Misfit("week-without-work"))


def _absences(text: PersonalText, zone: tzinfo, found: Findings) -> Iterator[Absence]:
    if len(text.absences) > MOST_ABSENCES:
        found.add("absences", Misfit("too-many", {"most": str(MOST_ABSENCES)}))
        return
    for number, each in enumerate(text.absences):
        place = f"absence.{number}"
        label = read_label(each.zh, each.en, place, found)
        start = _read_moment(each.start, zone, f"{place}.start", found)
        end = _read_moment(each.end, zone, f"{place}.end", found)
        if start is None or end is None:
            continue
        if end - start > LONGEST_ABSENCE:
            found.add(f"{place}.end", Misfit("absence-too-long"))
            continue
        # On the wall: a clock put forward may leave nothing of an absence, and nothing is wrong.
        facts = {"start": each.start.replace("T", " "), "end": each.end.replace("T", " ")}
        if facts["start"] >= facts["end"]:
            found.add(f"{place}.end", Finding("absence-without-length", facts))
        elif start < end:
            yield Absence(start, end, label)


def _read_moment(text: str, zone: tzinfo, place: str, found: Findings) -> datetime | None:
    match = _MOMENT.fullmatch(text)
    if match is None or int(match[2]) > 23 or int(match[3]) > 59:
        found.add(place, Misfit("bad-moment", {"text": text[:30]}))
        return None
    day = read_date(match[1], place, found)
    if day is None:
        return None
    # A clock put forward may leave out the time typed; the kernel knows what is meant then.
    return moment_of(instant_of(day, int(match[2]) * 60 + int(match[3]), zone))


def tidied(text: PersonalText) -> PersonalText:
    """The text of hours that can be used as it is kept."""
    found = Findings()
    absences = tuple(
        replace(
            each,
            start=each.start.replace(" ", "T"),
            end=each.end.replace(" ", "T"),
            zh=(label := read_label(each.zh, each.en, "", found)).zh,
            en=label.en,
        )
        for each in text.absences
    )
    return PersonalText(
        tidied_weeks(text.weeks, found),
        tidied_days(text.shifts, found),
        tuple(sorted(absences, key=lambda each: each.start)),
    )


def check(text: PersonalText) -> None:
    """Raises `ContentError` if the hours cannot be used."""
    personal_time(text, UTC)


def laid_over(unit: Calendar, label: Text, own: PersonalTime) -> Calendar:
    """The person's calendar in a unit.

    A date that the unit works like another weekday is free for a person who is free on that
    weekday: the kernel refuses such a date, and a decision must always find hours.
    """
    try:
        return for_person(unit, label, own)
    except CalendarError:
        pass
    try:
        weeks = for_person(replace(unit, exceptions=()), label, own)
        kept = tuple(_as_worked(each, weeks) for each in unit.exceptions)
        return for_person(replace(unit, exceptions=kept), label, own)
    except CalendarError:
        # A unit that works on exceptional dates alone, all of which are free for the person.
        return replace(unit, label=label)


def _as_worked(exception: ExceptionDay, weeks: Calendar) -> ExceptionDay:
    if exception.like is None:
        return exception
    week = weeks.week_on(exception.day)
    works = week is not None and week.days[exception.like]
    return exception if works else ExceptionDay(exception.day, label=exception.label)
