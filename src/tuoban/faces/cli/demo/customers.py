"""The customers of the demo and their cars. All names, numbers and plates are made up."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta, tzinfo
from random import Random
from typing import NamedTuple

from tuoban.faces.cli.demo.playing import person
from tuoban.kernel.facts import CUSTOMER
from tuoban.services.customers.entries import IS_ORGANISATION, NAME, OWNER, PHONE
from tuoban.services.customers.service import save

VEHICLE = "vehicle"


class Car(NamedTuple):
    """A car on file: its plate, the reference of its file, whose it is, and what it has run."""

    plate: str
    ref: str
    owner: str
    owner_ref: str
    mileage: int


_PEOPLE = (
    "王建国 赵敏 刘芳 陈国强 杨丽娟 黄志远 周晓燕 吴建军 徐海波 孙玉梅 马俊 朱文静 "
    "胡伟 郭秀英 何立新 高翔 林雪 罗永刚 郑洁 梁志强 谢丽华 宋佳 唐明 许国华 "
    "邓安然 韩冰 冯涛 曹静 彭飞 曾丽 肖建平 田野 董洁 潘志勇 袁媛 蔡明辉"
)
_FIRMS = ("和顺出租汽车公司", "清源食品配送部", "安达搬家公司", "明德驾驶培训学校")
_CARS_OF_A_FIRM = 3
_MODELS = (
    "紧凑型轿车 1.5L",
    "中型轿车 2.0T",
    "城市 SUV 1.5T",
    "七座商务车 2.0L",
    "小型轿车 1.4L",
    "混动轿车",
)
_SEGMENTS = ("price", "time", "quality", "care")
_LEFT_OPEN = (
    ("右后减振器轻微渗油", "safety"),
    ("雨刮片老化", "ordinary"),
    ("空调滤芯偏脏", "ordinary"),
    ("轮胎花纹接近磨损标记", "safety"),
)


def enter_customers(chance: Random, at: datetime, zone: tzinfo) -> list[Car]:
    """Enter the customers and their cars, as they were known at a moment; the cars."""
    today = at.astimezone(zone).date()
    cars: list[Car] = []
    for number, name in enumerate((*_PEOPLE.split(), *_FIRMS)):
        is_firm = name in _FIRMS
        known = {
            NAME: name,
            PHONE: f"+86 199 0000 {number + 1:04}",
            IS_ORGANISATION: "yes" if is_firm else "no",
            "segment": chance.choice(_SEGMENTS),
        }
        ref = _save(CUSTOMER, known, at, zone)
        for _ in range(_CARS_OF_A_FIRM if is_firm else 1):
            plate = f"浙A{chance.choice('DEFGHKMN')}{len(cars) + 1:02}{chance.randrange(10, 100)}"
            file = _file(chance, len(cars), plate, ref, today)
            mileage = int(str(file["mileage"]))
            cars.append(Car(plate, _save(VEHICLE, file, at, zone), name, ref, mileage))
    return cars


def _file(chance: Random, number: int, plate: str, owner: str, today: date) -> dict[str, object]:
    """What is known of a car: of every other one an earlier service, of some what was left open."""
    mileage = chance.randrange(8, 120) * 1000 + chance.randrange(1000)
    known: dict[str, object] = {
        NAME: plate,
        OWNER: owner,
        "vin": f"LDEM0{chance.choice('ABCDEFGH')}{chance.randrange(10):01}{number + 1:010}",
        "model": chance.choice(_MODELS),
        "mileage": str(mileage),
    }
    if number % 2:
        last = today - timedelta(days=chance.randrange(150, 400))
        known["last_repair"] = last.isoformat()
        known["next_service"] = (last + timedelta(days=180)).isoformat()
        fault = {
            "system": "upkeep",
            "what": "常规保养",
            "fixed_at": f"{last}T16:00",
            "at_km": str(max(1000, mileage - 9000)),
        }
        known["last_faults"] = [fault]
    if number % 7 == 0:
        what, kind = chance.choice(_LEFT_OPEN)
        known["open_findings"] = [{"what": what, "kind": kind, "necessary": "no"}]
    return known


def _save(kind: str, data: Mapping[str, object], at: datetime, zone: tzinfo) -> str:
    return save(kind, data, ref=None, by=person("admin"), at=at, zone=zone)
