"""The visits to computers of the last two months."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time, timedelta
from random import Random
from typing import NamedTuple

from tuoban.faces.cli.demo.playing import InPlay, Story
from tuoban.faces.cli.demo.shops import DISPATCHER, Shop, Watch
from tuoban.faces.cli.demo.visits import SLUG, call

DAYS_BACK = 57


class Trouble(NamedTuple):
    """What is wrong with a computer, in the customer's words and in the technician's."""

    words: str
    symptom: str
    cause: str
    belongs: str
    work: str
    price: int


TROUBLES = (
    Trouble("开机要等十分钟", "启动项过多，磁盘占用满", "磁盘老化", "hardware", "repair", 180),
    Trouble("老是弹广告", "浏览器主页被改，弹窗不断", "装了捆绑软件", "software", "reinstall", 100),
    Trouble("打印发白", "打印一边发白", "硒鼓缺粉", "hardware", "toner", 60),
    Trouble("上不了网", "网卡时有时无", "驱动与系统不配", "compatibility", "repair", 50),
    Trouble("蓝屏", "运行半小时蓝屏", "内存接触不良", "hardware", "repair", 80),
    Trouble("没有声音", "扬声器无声，耳机正常", "声卡接口损坏", "hardware", "repair", 120),
    Trouble("打印有黑条", "每页同一处有黑条", "硒鼓漏粉", "hardware", "toner", 60),
    Trouble("系统进不去", "停在启动画面", "系统文件损坏", "software", "reinstall", 100),
)
_CALLERS = (
    "方静",
    "程浩",
    "贾宁",
    "邹琳",
    "石磊",
    "龙涛",
    "段芸",
    "侯斌",
    "孟洁",
    "秦越",
    "江帆",
    "尹航",
)
_STREETS = ("学院路", "和平里", "建设路", "南山路", "工业路", "江边路", "湖滨路")

ENDS = (
    *("done",) * 13,
    "declined",
    "declined",
    "absent",
    "rebooked",
    "taken",
    "unrepairable",
    "late",
)
"""How visits end, in the order in which they come round."""


def former_visits(
    both: tuple[Shop, Shop], today: date, count: int, chance: Random
) -> Iterator[Story]:
    """So many visits, spread over the days of work until yesterday."""
    every = (today - timedelta(days=number) for number in range(DAYS_BACK, 0, -1))
    days = [day for day in every if both[1].is_open(day)]
    for number in range(count):
        day = days[number * len(days) // count]
        shop = both[chance.random() < 0.35]
        end = ENDS[number * 7 % len(ENDS)]
        own = Random(chance.random())  # noqa: S311
        yield _story(f"former-{number}", shop, day, end, own)


def _story(key: str, shop: Shop, day: date, end: str, chance: Random) -> Story:
    at = shop.on(day, time(chance.choice((9, 10, 11, 14, 15, 16)), chance.randrange(60)))
    case, watch = InPlay(key), Watch(shop, chance, at)
    trouble, customer = chance.choice(TROUBLES), chance.choice(_CALLERS)
    technician = chance.choice(shop.technicians)
    place = f"{chance.choice(_STREETS)} {chance.randrange(1, 99)} 号"
    urgency = chance.choice(("urgent", "normal", "normal", "relaxed"))
    phone = f"199000010{chance.randrange(100):02}"
    yield watch.until(at)
    called = call(customer, phone, place, trouble.words, urgency)
    case.begin(SLUG, "visit", shop.dispatcher, watch.at, shop.unit, **called)

    yield watch.soon(35, 55) if end == "late" else watch.soon(8, 26)
    if end == "absent":
        case.complete("arrive", technician, watch.at, "absent", contact_note="敲门无人，电话无人接")
        return
    if end == "rebooked":
        agreed = shop.on(shop.after(watch.today, 1), time(10, 0))
        words = "客户临时有会，改到明天上午"
        case.complete(
            "arrive", technician, watch.at, "rebook", agreed_at=agreed, contact_note=words
        )
        yield watch.until(agreed - timedelta(minutes=5))
    case.complete("arrive", technician, watch.at, "arrived")
    yield watch.soon(4, 12)
    case.complete(
        "inquire", technician, watch.at,
        place=chance.choice(("书房", "办公室", "前台", "财务室")), symptom=trouble.symptom,
        branded=chance.choice(("yes", "no")), restorer="no",
    )  # fmt: skip
    yield watch.soon(5, 15)
    work = "repair" if end in ("taken", "unrepairable") else trouble.work
    case.complete(
        "quote", technician, watch.at, cause=trouble.cause, belongs=trouble.belongs, work=work,
        price=str(trouble.price),
    )  # fmt: skip
    yield watch.soon(1, 5)
    if end == "declined":
        case.complete("consent", technician, watch.at, "decline")
        return
    case.complete("consent", technician, watch.at, "accept", signed=customer)
    yield watch.soon(15, 45)
    if end in ("taken", "unrepairable"):
        yield from _taken_back(case, watch, shop, technician, customer)
        if end == "unrepairable":
            yield from _handed_back(case, watch, technician, customer)
            return
        yield from _brought_back(case, watch, technician)
    else:
        yield from _fixed_there(case, watch, technician, customer, work)
    yield watch.soon(5, 15)
    stuck = chance.random() < 0.2
    case.complete("finish", technician, watch.at, stuck="yes" if stuck else "no")
    yield watch.soon(1, 6)
    case.complete("sign_off", technician, watch.at, signed=customer)
    if stuck:
        yield watch.soon(20, 60)
        words = "先查启动日志，再按厂商顺序重装驱动"
        case.complete("share", technician, watch.at, asked="group", solution=words)


def _fixed_there(case: InPlay, watch: Watch, technician: str, customer: str, work: str) -> Story:
    if work == "toner":
        case.complete("test_page", technician, watch.at, page="good")
        yield watch.soon(5, 12)
        case.complete("refill", technician, watch.at, fixed="yes")
    elif work == "reinstall":
        case.complete("backup", technician, watch.at, signed=customer)
        yield watch.soon(30, 70)
        case.complete("reinstall", technician, watch.at, memory="8192", fixed="yes")
    else:
        case.complete("repair", technician, watch.at, fixed="yes")


def _taken_back(case: InPlay, watch: Watch, shop: Shop, technician: str, customer: str) -> Story:
    case.complete("repair", technician, watch.at, fixed="no", reason="现场没有焊接设备")
    yield watch.soon(5, 15)
    promised = shop.on(shop.after(watch.today, 3), time(16, 0))
    case.complete(
        "take_back", technician, watch.at, signed=customer, device="笔记本电脑", serial="SN-2207",
        tried="换过电源和内存，仍黑屏",
        left_with="电源一个，外壳无划痕", promised_at=promised,
    )  # fmt: skip
    yield watch.until(shop.on(shop.after(watch.today, 2), time(11, 0)))


def _brought_back(case: InPlay, watch: Watch, technician: str) -> Story:
    labour = [{"what": "换供电芯片", "hours": "1.5"}]
    note = "更换供电芯片，老化测试四小时"
    case.complete("bench", DISPATCHER, watch.at, "repaired", labour=labour, bench_note=note)
    yield watch.soon(60, 120)
    case.complete("bring_back", technician, watch.at)


def _handed_back(case: InPlay, watch: Watch, technician: str, customer: str) -> Story:
    labour = [{"what": "检测主板", "hours": "1"}]
    note = "主板短路，修理不划算"
    case.complete("bench", DISPATCHER, watch.at, "unrepairable", labour=labour, bench_note=note)
    yield watch.soon(60, 120)
    case.complete("bring_back", technician, watch.at)
    yield watch.soon(2, 6)
    case.complete("hand_back", technician, watch.at, charge="0", signed=customer)
