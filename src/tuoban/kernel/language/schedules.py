"""Schedules as packs write them: `workday at 17:00`, `month on last workday`."""

from __future__ import annotations

import re

from tuoban.kernel.calendars import WEEKDAYS
from tuoban.kernel.language.problems import Findings
from tuoban.kernel.language.reading import as_text
from tuoban.kernel.language.tree import Node, Scalar
from tuoban.kernel.schedules import LONGEST, Every, Last, Schedule

_WRITTEN = re.compile(
    r"(?P<every>day|workday|week|month|quarter|year)(?: on (?P<on>.+?))?(?: at (?P<time>\S+))?"
)
_BEGINS = re.compile(r"\s*(?:day|workday|week|month|quarter|year)\s+(?:on|at)\b")
_TIME = re.compile(r"(?P<hour>\d{1,2}):(?P<minute>\d{2})")
_DAY = re.compile(r"day (?P<day>\d{1,2})")
_LAST = re.compile(r"last (?P<last>day|workday)")
_DATE = re.compile(r"(?P<month>\d{1,2})-(?P<day>\d{1,2})")
_WEEKDAYS = tuple(each.en.lower() for each in WEEKDAYS)
_LONGEST = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_EVERY: dict[str, Every] = {
    "day": "day",
    "workday": "workday",
    "week": "week",
    "month": "month",
    "quarter": "quarter",
    "year": "year",
}
_LASTS: dict[str, Last] = {"day": "day", "workday": "workday"}


def is_schedule(node: Node | None) -> bool:
    """Whether a schedule is meant, and not a length of time."""
    return isinstance(node, Scalar) and _BEGINS.match(node.text) is not None


def read_schedule(node: Node | None, findings: Findings) -> Schedule | None:
    """The schedule; None, reported, if it is none."""
    scalar = as_text(node, findings, "@schedule")
    if scalar is None:
        return None
    found = _read(" ".join(scalar.text.split()))
    if found is None:
        findings.add(scalar, "bad-schedule", text=scalar.text)
    return found


def _read(text: str) -> Schedule | None:
    match = _WRITTEN.fullmatch(text)
    minute = _minute(match["time"]) if match is not None else None
    if match is None or minute is None:
        return None
    every, on = _EVERY[match["every"]], match["on"]
    if every in ("day", "workday"):
        return Schedule(every, minute) if on is None else None
    if on is None:
        return None
    if every == "week":
        known = on in _WEEKDAYS
        return Schedule(every, minute, weekday=_WEEKDAYS.index(on)) if known else None
    if last := _LAST.fullmatch(on):
        return Schedule(every, minute, last=_LASTS[last["last"]])
    return _on_date(on, minute) if every == "year" else _on_day(every, on, minute)


def _on_day(every: Every, on: str, minute: int) -> Schedule | None:
    found = _DAY.fullmatch(on)
    if found is None or not 1 <= int(found["day"]) <= LONGEST[every]:
        return None
    return Schedule(every, minute, day=int(found["day"]))


def _on_date(on: str, minute: int) -> Schedule | None:
    found = _DATE.fullmatch(on)
    month, day = (int(found["month"]), int(found["day"])) if found is not None else (0, 0)
    if not 1 <= month <= 12 or not 1 <= day <= _LONGEST[month - 1]:
        return None
    return Schedule("year", minute, day=day, month=month)


def _minute(time: str | None) -> int | None:
    """Minutes after midnight; without a time a date means its beginning."""
    if time is None:
        return 0
    match = _TIME.fullmatch(time)
    if match is None or int(match["hour"]) > 23 or int(match["minute"]) > 59:
        return None
    return int(match["hour"]) * 60 + int(match["minute"])
