"""A few visits for the demo, so that a newcomer finds work under way and not an empty desk.

They are played through the verbs of the runtime, at moments counted back from now.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from tuoban.faces.cli.demo.playing import InPlay, Story

SLUG = "it-technician-visit"


@dataclass(frozen=True, slots=True)
class Move:
    """Something done `ago` minutes before now: a step completed, or claimed with `claim`."""

    ago: int
    who: str
    step: str
    outcome: str | None = None
    data: Mapping[str, str] = field(default_factory=dict)
    signed: str = ""
    claim: bool = False


@dataclass(frozen=True, slots=True)
class Visit:
    """A call taken `ago` minutes before now, and what was done about it."""

    ago: int
    by: str
    data: Mapping[str, str]
    moves: tuple[Move, ...] = ()
    agreed_in: int | None = None
    """Minutes from now to the agreed arrival."""


def call(customer: str, phone: str, address: str, words: str, urgency: str) -> dict[str, str]:
    return {
        "customer": customer,
        "phone": phone,
        "address": address,
        "words": words,
        "urgency": urgency,
    }


def _looked(ago: int, who: str, place: str, symptom: str) -> tuple[Move, Move]:
    seen = {"place": place, "symptom": symptom, "branded": "yes", "restorer": "no"}
    return Move(ago, who, "arrive", "arrived"), Move(ago - 5, who, "inquire", data=seen)


def _quoted(ago: int, who: str, cause: str, belongs: str, work: str, price: str) -> Move:
    quote = {"cause": cause, "belongs": belongs, "work": work, "price": price}
    return Move(ago, who, "quote", data=quote)


DAY = 24 * 60

VISITS = (
    Visit(
        2 * DAY,
        "xiaomei",
        call("陈静", "13900139000", "学院路 3 号", "鼠标不动了", "relaxed"),
        (
            *_looked(2 * DAY - 20, "lilei", "书房", "鼠标无反应"),
            _quoted(2 * DAY - 30, "lilei", "接口松动", "hardware", "repair", "30"),
            Move(2 * DAY - 32, "lilei", "consent", "accept", signed="陈静"),
            Move(2 * DAY - 50, "lilei", "repair", data={"fixed": "yes"}),
            Move(2 * DAY - 60, "lilei", "finish", data={"stuck": "no"}),
            Move(2 * DAY - 62, "lilei", "sign_off", signed="陈静"),
        ),
    ),
    Visit(
        DAY,
        "xiaomei",
        call("周华", "13500135000", "南山路 2 号", "一开机就黑屏", "urgent"),
        (
            *_looked(DAY - 25, "hanmei", "前台", "通电后黑屏，风扇在转"),
            _quoted(DAY - 35, "hanmei", "主板供电故障", "hardware", "repair", "300"),
            Move(DAY - 38, "hanmei", "consent", "accept", signed="周华"),
            Move(DAY - 60, "hanmei", "repair", data={"fixed": "no", "reason": "现场没有焊接设备"}),
            Move(
                DAY - 70,
                "hanmei",
                "take_back",
                data={
                    "device": "笔记本电脑",
                    "serial": "SN-7K21",
                    "tried": "换过内存和电源，仍然黑屏",
                    "left_with": "电源一个，外壳无划痕",
                    "promised_at": "in 300",
                },
                signed="周华",
            ),
        ),
    ),
    Visit(
        75,
        "xiaomei",
        call("刘洋", "13700137000", "和平里 5 号", "中毒了，给我重装吧", "normal"),
        (
            *_looked(50, "lilei", "办公室", "弹窗不断，浏览器主页被改"),
            _quoted(38, "lilei", "感染恶意程序", "software", "reinstall", "100"),
            Move(35, "lilei", "consent", "accept", signed="刘洋"),
        ),
    ),
    Visit(
        52,
        "xiaomei",
        call("方圆", "13400134000", "建设路 17 号", "收银台连不上网，客人在排队", "urgent"),
    ),
    Visit(
        40,
        "sunli",
        call("何雨", "13300133000", "江边路 1 号", "打印发白", "normal"),
        (
            *_looked(18, "zhaoqi", "打印室", "打印一边发白"),
            _quoted(8, "zhaoqi", "疑似硒鼓老化", "hardware", "toner", "60"),
        ),
    ),
    Visit(
        12,
        "xiaomei",
        call("孙立", "13600136000", "工业路 9 号", "键盘进水，几个键失灵", "normal"),
        (Move(6, "hanmei", "arrive", claim=True),),
    ),
    Visit(
        5,
        "xiaomei",
        call("赵敏", "0571-88001234", "城东路 8 号", "想换个大一点的硬盘", "relaxed"),
        agreed_in=180,
    ),
)


def visits_of_today(now: datetime) -> Iterator[Story]:
    """The visits as stories."""
    for number, visit in enumerate(VISITS):
        yield _story(visit, f"demo-{number}", now)


def _story(visit: Visit, key: str, now: datetime) -> Story:
    case = InPlay(key)
    yield now - timedelta(minutes=visit.ago)
    data: dict[str, Any] = dict(visit.data)
    if visit.agreed_in is not None:
        data["agreed_at"] = now + timedelta(minutes=visit.agreed_in)
    case.begin(SLUG, "visit", visit.by, now - timedelta(minutes=visit.ago), **data)
    for move in visit.moves:
        at = now - timedelta(minutes=move.ago)
        yield at
        if move.claim:
            case.claim(move.step, move.who, at)
        else:
            entered = {name: _value(text, now) for name, text in move.data.items()}
            signed = move.signed
            case.complete(move.step, move.who, at, move.outcome, signed=signed, **entered)


def _value(text: str, now: datetime) -> Any:
    """A value as typed; `in 300` means so many minutes from now."""
    word, _, minutes = text.partition(" ")
    return now + timedelta(minutes=int(minutes)) if word == "in" and minutes.isdigit() else text
