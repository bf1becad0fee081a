"""The demo organisation as data: a head office, two branches and the people of `make demo`."""

from __future__ import annotations

from typing import NamedTuple

DEMO_PASSWORD = "tuoban"  # noqa: S105 - shown on the demo's sign-in page, on loopback only


class DemoUnit(NamedTuple):
    key: str
    name_zh: str
    name_en: str
    parent: str | None
    head: str | None


class DemoPerson(NamedTuple):
    """`role` and `unit` are empty for the administrator, who is staff instead."""

    username: str
    name: str
    role: str
    unit: str


DEMO_UNITS = (
    DemoUnit("hq", "妥办演示公司", "Tuoban Demo Co.", None, None),
    DemoUnit("east", "城东服务点", "East Branch", "hq", "zhoumin"),
    DemoUnit("west", "城西服务点", "West Branch", "hq", None),
)
DEMO_PEOPLE = (
    DemoPerson("xiaomei", "陈小美", "dispatcher", "east"),
    DemoPerson("lilei", "李雷", "technician", "east"),
    DemoPerson("hanmei", "韩梅", "technician", "east"),
    DemoPerson("zhoumin", "周敏", "supervisor", "east"),
    DemoPerson("wugang", "吴刚", "workshop", "hq"),
    DemoPerson("sunli", "孙丽", "dispatcher", "west"),
    DemoPerson("zhaoqi", "赵琦", "technician", "west"),
    DemoPerson("admin", "管理员", "", ""),
)
