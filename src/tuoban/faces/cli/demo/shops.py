"""The two shops of the demo, who works there, and the time that goes by in a case of theirs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from random import Random

from tuoban.kernel.calendars import Calendar, add, is_working, next_working
from tuoban.runtime.people import hours

DISPATCHER = "wugang"
STOREKEEPER = "liuyang"
INSPECTOR = "heping"
CALLER = "tianyu"
MANAGER = "zhoumin"


@dataclass(frozen=True, slots=True)
class Shop:
    """A unit with its hours; the people by their user names."""

    unit: str
    calendar: Calendar
    zone: tzinfo
    advisor: str
    reception: str
    cashier: str
    dispatcher: str
    technicians: tuple[str, ...]

    def is_open(self, day: date) -> bool:
        """Whether there is work in the middle of the morning."""
        return self.works(self.on(day, time(10, 0)))

    def works(self, moment: datetime) -> bool:
        """Whether there is work at a moment."""
        return is_working(self.calendar, moment)

    def on(self, day: date, clock: time) -> datetime:
        """That moment of a day, by the clock on the wall."""
        return datetime.combine(day, clock, self.zone)

    def after(self, day: date, number: int) -> date:
        """The day that is so many days of work after another."""
        while number:
            day += timedelta(days=1)
            number -= self.is_open(day)
        return day


def shops(zone: tzinfo) -> tuple[Shop, Shop]:
    """East, then west."""
    known = hours.snapshot()
    east, west = (known.calendars[known.units[unit]] for unit in ("east", "west"))
    return (
        Shop("east", east, zone, "xufang", "tianyu", "xiaomei", "xiaomei", ("lilei", "hanmei")),
        Shop("west", west, zone, "linhai", "linhai", "sunli", "sunli", ("zhaoqi",)),
    )


class Watch:
    """How late it is for somebody who works in a shop."""

    def __init__(self, shop: Shop, chance: Random, at: datetime) -> None:
        self._shop = shop
        self._chance = chance
        self.at = at

    def soon(self, least: int, most: int) -> datetime:
        """Some minutes of work later."""
        minutes = timedelta(minutes=self._chance.randint(least, most))
        self.at = add(self._shop.calendar, self.at, minutes)
        return self.at

    def until(self, moment: datetime) -> datetime:
        """A moment of work, not before this one nor before now."""
        self.at = next_working(self._shop.calendar, max(self.at, moment))
        return self.at

    @property
    def today(self) -> date:
        return self.at.astimezone(self._shop.zone).date()
