"""Lengths of time as limits have them: elapsed time, working time, workdays, months."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Context, Decimal
from enum import Enum
from typing import NamedTuple

from tuoban.kernel.calendars.instants import DAY, MINUTE, SECOND
from tuoban.kernel.clocks.errors import ClockError
from tuoban.kernel.text import Text


class Measure(Enum):
    """What is counted while a clock runs."""

    ELAPSED = "elapsed"
    """Real time, whatever the calendar; in microseconds."""
    WORKING = "working"
    """Working time of the calendar in force; in microseconds."""
    WORKDAYS = "workdays"
    """Workdays of the calendar in force whose work has ended."""
    MONTHS = "months"
    """Months of the civil calendar; once they begin to run they are so much elapsed time."""


class Unit(NamedTuple):
    """A unit, how many of its measure one of it is, and what it is called (zh, en, en plural)."""

    measure: Measure
    size: int
    zh: str
    en: str
    many: str


UNITS: Mapping[str, Unit] = {
    "second": Unit(Measure.ELAPSED, SECOND, "秒", "second", "seconds"),
    "minute": Unit(Measure.ELAPSED, MINUTE, "分钟", "minute", "minutes"),
    "hour": Unit(Measure.ELAPSED, 60 * MINUTE, "小时", "hour", "hours"),
    "day": Unit(Measure.ELAPSED, DAY, "天", "day", "days"),
    "week": Unit(Measure.ELAPSED, 7 * DAY, "周", "week", "weeks"),
    "month": Unit(Measure.MONTHS, 1, "个月", "month", "months"),
    "quarter": Unit(Measure.MONTHS, 3, "个季度", "quarter", "quarters"),
    "year": Unit(Measure.MONTHS, 12, "年", "year", "years"),
    "working minute": Unit(
        Measure.WORKING, MINUTE, "工作分钟", "working minute", "working minutes"
    ),
    "working hour": Unit(Measure.WORKING, 60 * MINUTE, "工作小时", "working hour", "working hours"),
    "workday": Unit(Measure.WORKDAYS, 1, "个工作日", "workday", "workdays"),
}
"""By the name in packs; a day is 24 hours, a week seven of them."""

_CHINESE = {each.zh.removeprefix("个"): key for key, each in UNITS.items()} | {
    "分": "minute",
    "日": "day",
    "星期": "week",
}
"""As people write them in Chinese, without the measure word."""
_LARGEST_FIRST = ("day", "hour", "minute", "second")
EXACT = Context(prec=60)
"""The arithmetic of lengths, whatever that of the thread is."""
_WHOLE = frozenset({Measure.WORKDAYS, Measure.MONTHS})
_LENGTH = re.compile(r"(\d{1,9}(?:\.\d{1,6})?)(?![\d.])\s*(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Length:
    """So many of a unit, a key of `UNITS`.

    Raises:
        ClockError: the unit is unknown, the number not whole where it must be, or the length below
            a microsecond.
    """

    number: Decimal
    unit: str

    def __post_init__(self) -> None:
        if self.unit not in UNITS:
            raise ClockError("unknown-unit", unit=self.unit, known=", ".join(UNITS))
        if self.measure in _WHOLE and self.number != int(self.number):
            unit = UNITS[self.unit]
            raise ClockError("length-not-whole", unit=Text(unit.zh.lstrip("个"), unit.many))
        if self.size <= 0:
            raise ClockError("length-not-above-zero")

    @property
    def measure(self) -> Measure:
        return UNITS[self.unit].measure

    @property
    def size(self) -> int:
        """In the measure: microseconds, workdays or months."""
        return int(EXACT.multiply(self.number, UNITS[self.unit].size))

    @property
    def text(self) -> Text:
        """`2 工作小时`, `2 working hours`."""
        unit, number = UNITS[self.unit], f"{EXACT.normalize(self.number):f}"
        name = unit.en if self.number == 1 else unit.many
        return Text(f"{number} {unit.zh}", f"{number} {name}")


def as_value(length: Length) -> timedelta | Length:
    """The value of a field or setting: elapsed time is a `timedelta`, as in expressions."""
    return timedelta(microseconds=length.size) if length.measure is Measure.ELAPSED else length


def as_length(value: timedelta) -> Length | None:
    """Elapsed time in the largest unit, up to days, of which it is a whole number.

    None where it is not above zero.
    """
    size = value // timedelta(microseconds=1)
    if size <= 0:
        return None
    unit = next((name for name in _LARGEST_FIRST if size % UNITS[name].size == 0), "second")
    return Length(EXACT.divide(Decimal(size), UNITS[unit].size), unit)


def read_length(text: str) -> Length:
    """The length of `2 working hours`, or of `2 工作小时`.

    Raises:
        ClockError: there is no number, no unit, or one that is unknown.
    """
    match = _LENGTH.fullmatch(text.strip())
    if match is None:
        raise ClockError("bad-length", text=text)
    unit = " ".join(match[2].split())
    unit = _CHINESE.get(unit.removeprefix("个"), unit)
    if not unit:
        raise ClockError("limit-without-unit", text=text)
    return Length(Decimal(match[1]), unit if unit in UNITS else unit.removesuffix("s"))
