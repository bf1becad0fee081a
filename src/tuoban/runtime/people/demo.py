"""The demo organisation as data: a head office, two branches, their people and hours."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from tuoban.runtime.calendars.texts import CalendarText, DayText, WeekText
from tuoban.runtime.people.personal import AbsenceText, PersonalText

DEMO_PASSWORD = "tuoban"  # noqa: S105 - shown on the demo's sign-in page, on loopback only


class DemoUnit(NamedTuple):
    key: str
    name_zh: str
    name_en: str
    parent: str | None
    head: str | None
    level: str


class DemoPerson(NamedTuple):
    """`roles` are pairs of a role and a unit; the administrator, who is staff instead, has none."""

    username: str
    name: str
    roles: tuple[tuple[str, str], ...] = ()
    skills: tuple[str, ...] = ()


DEMO_UNITS = (
    DemoUnit("hq", "妥办演示公司", "Tuoban Demo Co.", None, None, "company"),
    DemoUnit("east", "城东服务点", "East Branch", "hq", "zhoumin", "branch"),
    DemoUnit("west", "城西服务点", "West Branch", "hq", None, "branch"),
)
DEMO_PEOPLE = (
    DemoPerson("xiaomei", "陈小美", (("dispatcher", "east"), ("cashier", "east"))),
    DemoPerson("lilei", "李雷", (("technician", "east"), ("mechanic", "east"))),
    DemoPerson("hanmei", "韩梅", (("technician", "east"), ("mechanic", "east"))),
    DemoPerson("zhoumin", "周敏", (("supervisor", "east"), ("manager", "hq"))),
    DemoPerson("wugang", "吴刚", (("workshop", "hq"), ("foreman", "hq"))),
    DemoPerson("sunli", "孙丽", (("dispatcher", "west"), ("cashier", "west"))),
    DemoPerson("zhaoqi", "赵琦", (("technician", "west"), ("mechanic", "west"))),
    DemoPerson(
        "tianyu",
        "田雨",
        (("hotline", "east"), ("reception", "east"), ("caller", "east"), ("caller", "west")),
        ("维修常识", "沟通", "电话技巧"),
    ),
    DemoPerson("heping", "何平", (("engineer", "east"), ("inspector", "hq"))),
    DemoPerson("liuyang", "刘洋", (("spares", "hq"), ("storekeeper", "hq"))),
    DemoPerson("xufang", "许芳", (("advisor", "east"),)),
    DemoPerson("linhai", "林海", (("advisor", "west"), ("reception", "west"))),
    DemoPerson("admin", "管理员"),
)

DEMO_MAKER = ("maker-stock", "厂家备件库", "Maker's stock")
"""Key and names of a calendar that a pack of the demo names for somebody outside."""
DEMO_CALENDAR = ("branch", "服务点营业时间", "Branch hours")
"""Key and names of the hours of the east branch; the others work the standard hours."""
DEMO_CALENDAR_UNIT = "east"
DEMO_SHIFT_PERSON = "hanmei"

_WEEKDAY = "08:30-12:00, 13:30-18:30"


def demo_calendar(today: date) -> CalendarText:
    """A branch that is open on weekends, too, with a day of stocktaking before it opens late."""
    stocktaking = DayText(
        (today + timedelta(days=12)).isoformat(),
        "14:00-18:30",
        "",
        "上午盘点",
        "Morning stocktaking",
    )
    week = WeekText("", (*(_WEEKDAY,) * 5, "09:00-12:00, 13:00-17:00", "10:00-16:00"))
    return CalendarText((week,), (stocktaking,))


def demo_maker() -> CalendarText:
    """Monday to Saturday without a break, public holidays kept."""
    return CalendarText((WeekText("", (*("08:00-20:00",) * 6, "")),))


def demo_hours(today: date) -> PersonalText:
    """A late shift the day after tomorrow, and two days of leave next week."""
    shift = DayText(
        (today + timedelta(days=2)).isoformat(), "12:00-20:00", "", "晚班", "Late shift"
    )
    leave = AbsenceText(
        f"{today + timedelta(days=7)}T00:00",
        f"{today + timedelta(days=9)}T00:00",
        "年休假",
        "Annual leave",
    )
    return PersonalText(shifts=(shift,), absences=(leave,))
