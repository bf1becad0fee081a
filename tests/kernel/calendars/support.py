"""A few calendars that the tests share, and moments written as people write them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from tuoban.kernel.calendars import CHINA, Calendar, Period, read_week
from tuoban.kernel.definition import Text

SHANGHAI = ZoneInfo("Asia/Shanghai")
OFFICE_HOURS = {"mon-fri": "09:00-12:00, 13:00-18:00"}
NIGHTS = {"mon-fri": "22:00-06:00"}
ALWAYS = {"mon-sun": "00:00-24:00"}


def calendar(hours: Mapping[str, str], zone: str = "Asia/Shanghai", **more: Any) -> Calendar:
    """A calendar with one week."""
    week = Period(None, read_week(hours))
    return Calendar(Text("测试", "test"), ZoneInfo(zone), (week,), **more)


OFFICE = calendar(OFFICE_HOURS)
"""Monday to Friday, nine to six with lunch, no holidays."""
CHINESE = calendar(OFFICE_HOURS, holidays=CHINA)


def at(text: str, zone: str = "Asia/Shanghai", fold: int = 0) -> datetime:
    """The moment of `2026-03-02 09:00` on the wall of a zone."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone), fold=fold)


def wall(moment: datetime, zone: str = "Asia/Shanghai") -> str:
    """What the wall shows, as `at` reads it."""
    return moment.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%d %H:%M")
