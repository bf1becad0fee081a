"""What is wrong with a calendar as typed, and beside which entry it belongs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from tuoban.kernel.calendars import CalendarError, Finding
from tuoban.kernel.calendars.errors import filled

CODES: dict[str, tuple[str, str]] = {
    "bad-date": (
        "“{text}”不是日期，请写成 2026-03-02",
        "“{text}” is not a date: write it like 2026-03-02",
    ),
    "bad-moment": (
        "“{text}”不是时刻，请写成 2026-03-02 09:00",
        "“{text}” is not a moment: write it like 2026-03-02 09:00",
    ),
    "date-out-of-reach": (
        "日期要在 {first} 年到 {last} 年之间",
        "The date must lie between the years {first} and {last}",
    ),
    "bad-day": ("请选择照星期几上班", "Choose the weekday whose hours are worked"),
    "too-many": (
        "最多 {most} 条，请删掉一些",
        "There can be at most {most}: remove some",
    ),
    "too-long": ("最多 {most} 个字", "At most {most} characters"),
    "not-readable": (
        "含有看不见的字符，请删掉",
        "There are invisible characters in it: remove them",
    ),
    "bad-key": (
        "代码只用小写字母、数字、- 和 _，至多 64 个，例如 night-shift",
        "Use small letters, digits, - and _ only, at most 64, such as night-shift",
    ),
    "key-taken": ("已有代码 {key}，请换一个", "The key {key} is taken: choose another"),
    "name-missing": ("请填写名称", "Enter a name"),
    "absence-too-long": (
        "一次缺勤最长 5 年；更久请停用这个账户",
        "One absence lasts at most five years: who is away longer has left",
    ),
    "no-first-week": (
        "要有一份一直以来的作息，没有起始日期",
        "There must be a week that holds since ever, without a date",
    ),
    "no-work-after": (
        "从这一天起再没有工作时间，时限永远走不完",
        "From this date on there would be no working time, so no limit would ever pass",
    ),
    "week-without-work": (
        "这一周没有任何工作时间；不在岗请登记缺勤",
        "There is no working time in this week: enter an absence instead",
    ),
}
"""Beside those of the kernel: what is wrong with the typing itself."""


@dataclass(frozen=True, slots=True)
class Misfit(Finding):
    """A finding of this module's `CODES`."""

    def describe(self, language: str = "zh") -> str:
        return filled(CODES[self.code], self.facts, language)


class Placed(NamedTuple):
    """A finding and the entry it belongs to, such as `week.0.mon` or `day.2`; "" is the whole."""

    place: str
    finding: Finding


class ContentError(CalendarError):
    """A calendar as typed that cannot be used; `placed` is all that is wrong, in order."""

    def __init__(self, placed: tuple[Placed, ...]) -> None:
        self.placed = placed
        super().__init__(*(each.finding for each in placed))


class SavedMeanwhile(ValueError):
    """Somebody saved since: `number` is the newest version, saved by `by` at `at`."""

    def __init__(self, number: int, by: str, at: datetime | None) -> None:
        self.number = number
        self.by = by
        self.at = at
        super().__init__(f"版本 {number} 已先保存 / version {number} was saved before this one")


class Findings:
    """Collects what is wrong while a text is read."""

    def __init__(self) -> None:
        self._placed: list[Placed] = []

    def __bool__(self) -> bool:
        return bool(self._placed)

    @property
    def placed(self) -> tuple[Placed, ...]:
        return tuple(self._placed)

    def add(self, place: str, *findings: Finding) -> None:
        self._placed += (Placed(place, each) for each in findings)

    @contextmanager
    def at(self, place: str) -> Iterator[None]:
        """What the kernel refuses in the block belongs to this place; the rest knows its own."""
        try:
            yield
        except ContentError as error:
            self._placed += error.placed
        except CalendarError as error:
            self.add(place, *error.findings)

    def check(self) -> None:
        """Raises `ContentError` if anything is wrong."""
        if self._placed:
            raise ContentError(self.placed)
