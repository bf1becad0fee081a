"""Indicators as pages show them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from tuoban.kernel.definition import Text


@dataclass(frozen=True, slots=True)
class Point:
    """A measurement, its value in words, and how long its bar is in hundredths of the longest."""

    at: datetime
    value: Text
    met: bool | None
    bar: int | None


@dataclass(frozen=True, slots=True)
class GroupRow:
    """What a group came to, and of how many cases."""

    label: Text
    value: Text
    met: bool | None
    cases: int


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """An indicator and its newest measurement, if there is any.

    Attributes:
        what: what is measured, in words.
        gives: the expression of what a case gives, `where` that of which cases are meant.
        counted: of how many cases; None where it is calculated from other indicators.
        parts: the indicators that it is calculated from, with what these came to.
    """

    name: str
    label: Text
    what: Text
    target: Text | None
    schedule: Text | None
    at: datetime | None
    value: Text
    met: bool | None
    counted: int | None
    hits: int | None
    unknown: int
    foreign: int
    trend: tuple[Point, ...]
    parts: tuple[tuple[str, Text, Text], ...] = ()
    gives: str = ""
    where: str = ""
    missed: int = 0
    """How many moments of its schedule went by before it was measured."""
    is_each: bool = False
    """Whether what is counted is each time something was done, and not each case."""


@dataclass(frozen=True, slots=True)
class IndicatorPack:
    """A process with how many indicators it has, and how many of them miss their target."""

    slug: str
    title: Text
    indicators: int
    missed: int


@dataclass(frozen=True, slots=True)
class IndicatorList:
    slug: str
    title: Text
    rows: tuple[IndicatorRow, ...]
    under_way: bool
    """Whether something is being measured."""
    too_many: bool
    """Whether the newest round was given up because there are too many cases."""


@dataclass(frozen=True, slots=True)
class MeasuredRow:
    """A case behind a measurement, and what it gave."""

    number: str
    title: str
    unit: Text
    group: Text | None
    value: Text
    standing: str
    status: str


@dataclass(frozen=True, slots=True)
class IndicatorDetail:
    """An indicator with everything behind its newest measurement.

    Attributes:
        of_unit: what it comes to in the unit that was asked for.
        judged: whether the cases are told apart by a condition, or by the target; else by neither.
    """

    slug: str
    title: Text
    row: IndicatorRow
    groups: tuple[GroupRow, ...]
    units: tuple[tuple[str, Text], ...]
    of_unit: tuple[Text, int] | None
    judged: Literal["condition", "target", ""]
    cases: tuple[MeasuredRow, ...]
    next: str
