"""Public holidays of a country, and the workdays moved for them (调休), year by year."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from tuoban.kernel.text import Text


@dataclass(frozen=True, slots=True)
class Holiday:
    """Days off, `first` and `last` included, weekends between them too."""

    first: date
    last: date
    name: Text

    def days(self) -> Iterable[date]:
        return (
            self.first + timedelta(days=each) for each in range((self.last - self.first).days + 1)
        )


@dataclass(frozen=True, slots=True)
class MovedWorkday:
    """A weekend day that is worked so that `instead_of`, where it is known, can be free."""

    day: date
    instead_of: date | None
    name: Text

    @property
    def like(self) -> int:
        """The weekday whose hours are worked, 0 = Monday."""
        return self.instead_of.weekday() if self.instead_of is not None else 0


@dataclass(frozen=True, slots=True)
class HolidayYear:
    """One year. `confirmed`: as announced; else predicted, without moved workdays."""

    year: int
    confirmed: bool
    holidays: tuple[Holiday, ...]
    moved: tuple[MovedWorkday, ...] = ()


@dataclass(frozen=True)
class PublicHolidays:
    """The years of a country of which anything is known."""

    country: Text
    years: tuple[HolidayYear, ...]

    @cached_property
    def off(self) -> Mapping[date, Holiday]:
        """Every day off."""
        return {day: each for year in self.years for each in year.holidays for day in each.days()}

    @cached_property
    def moved(self) -> Mapping[date, MovedWorkday]:
        """Every moved workday."""
        return {each.day: each for year in self.years for each in year.moved}

    @cached_property
    def confirmed(self) -> Mapping[int, bool]:
        """Of every year with data: whether it is confirmed."""
        return {each.year: each.confirmed for each in self.years}


Row = tuple[int, bool, tuple[tuple[str, str, str], ...], tuple[tuple[str, str, str], ...]]
"""A year as the data modules have it: the year, whether it is confirmed, the holidays (first day,
last day, key of the name) and the moved workdays (day, day it stands for or "", key)."""


def read_rows(
    country: Text, names: Mapping[str, tuple[str, str]], rows: Iterable[Row]
) -> PublicHolidays:
    """The value that the rows of a data module stand for."""
    texts = {key: Text(*each) for key, each in names.items()}

    def day(year: int, text: str) -> date:
        return date.fromisoformat(text if len(text) > 5 else f"{year}-{text}")

    return PublicHolidays(
        country,
        tuple(
            HolidayYear(
                year,
                confirmed,
                tuple(Holiday(day(year, a), day(year, b), texts[key]) for a, b, key in off),
                tuple(
                    MovedWorkday(day(year, a), day(year, b) if b else None, texts[key])
                    for a, b, key in moved
                ),
            )
            for year, confirmed, off, moved in rows
        ),
    )
