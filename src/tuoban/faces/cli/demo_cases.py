"""A few visits for the demo, so that a newcomer finds work under way and not an empty desk.

They are played through the verbs of the runtime, at moments counted back from now.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from tuoban.runtime.cases import service
from tuoban.runtime.cases.queries.finding import any_case, find_open, process_of
from tuoban.runtime.people.models import User
from tuoban.runtime.people.queries import find_user

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


def _call(customer: str, phone: str, address: str, words: str, urgency: str) -> dict[str, str]:
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
        _call("陈静", "13900139000", "学院路 3 号", "鼠标不动了", "relaxed"),
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
        _call("周华", "13500135000", "南山路 2 号", "一开机就黑屏", "urgent"),
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
        _call("刘洋", "13700137000", "和平里 5 号", "中毒了，给我重装吧", "normal"),
        (
            *_looked(50, "lilei", "办公室", "弹窗不断，浏览器主页被改"),
            _quoted(38, "lilei", "感染恶意程序", "software", "reinstall", "100"),
            Move(35, "lilei", "consent", "accept", signed="刘洋"),
        ),
    ),
    Visit(
        52,
        "xiaomei",
        _call("方圆", "13400134000", "建设路 17 号", "收银台连不上网，客人在排队", "urgent"),
    ),
    Visit(
        40,
        "sunli",
        _call("何雨", "13300133000", "江边路 1 号", "打印发白", "normal"),
        (
            *_looked(18, "zhaoqi", "打印室", "打印一边发白"),
            _quoted(8, "zhaoqi", "疑似硒鼓老化", "hardware", "toner", "60"),
        ),
    ),
    Visit(
        12,
        "xiaomei",
        _call("孙立", "13600136000", "工业路 9 号", "键盘进水，几个键失灵", "normal"),
        (Move(6, "hanmei", "arrive", claim=True),),
    ),
    Visit(
        5,
        "xiaomei",
        _call("赵敏", "0571-88001234", "城东路 8 号", "想换个大一点的硬盘", "relaxed"),
        agreed_in=180,
    ),
)


def load_demo_cases(now: datetime) -> int:
    """Play the visits, unless there are cases already; how many were begun."""
    if any_case():
        return 0
    acts: list[tuple[datetime, Callable[[], object]]] = []
    for number, visit in enumerate(VISITS):
        _Playing(visit, number, now).add_to(acts)
    for at, act in sorted(acts, key=lambda each: each[0]):
        _let_time_pass(at)
        act()
    _let_time_pass(now)
    return len(VISITS)


def _let_time_pass(until: datetime) -> None:
    """Every timer fires at its own moment, so that nothing in the demo was handled late."""
    while (due := service.next_due()) is not None and due <= until:
        if not service.fire_due_timers(due):
            break


class _Playing:
    """One visit, as a list of things to do at their moments."""

    def __init__(self, visit: Visit, number: int, now: datetime) -> None:
        self._visit = visit
        self._number = number
        self._now = now
        self._case_id = 0

    def add_to(self, acts: list[tuple[datetime, Callable[[], object]]]) -> None:
        acts.append((self._moment(self._visit.ago), self._begin))
        for place, move in enumerate(self._visit.moves):
            acts.append((self._moment(move.ago), self._act(move, f"demo-{self._number}-{place}")))

    def _moment(self, ago: int) -> datetime:
        return self._now - timedelta(minutes=ago)

    def _begin(self) -> None:
        data: dict[str, Any] = dict(self._visit.data)
        if self._visit.agreed_in is not None:
            data["agreed_at"] = self._moment(-self._visit.agreed_in)
        outcome = service.start_case(
            SLUG,
            "visit",
            by=_user(self._visit.by),
            data=data,
            at=self._moment(self._visit.ago),
            key=f"demo-{self._number}",
        )
        self._case_id = outcome.case_id

    def _act(self, move: Move, key: str) -> Callable[[], object]:
        def act() -> object:
            item = find_open(self._case_id, move.step)
            by, at = _user(move.who), self._moment(move.ago)
            if move.claim:
                return service.claim(item, by=by, at=at, key=key)
            return service.complete(
                item,
                outcome=move.outcome,
                data={name: self._value(text) for name, text in move.data.items()},
                checked=self._every_line(move.step),
                signatures=_signature(move.signed),
                by=by,
                at=at,
                key=key,
            )

        return act

    def _every_line(self, step: str) -> list[str]:
        checklist = process_of(self._case_id).nodes[step].step.checklist
        return [line.key for line in checklist]

    def _value(self, text: str) -> Any:
        """A value as typed; `in 300` means so many minutes from now."""
        word, _, minutes = text.partition(" ")
        return self._moment(-int(minutes)) if word == "in" and minutes.isdigit() else text


def _user(name: str) -> User:
    found = find_user(name)
    if found is None:
        raise LookupError(name)
    return found


def _signature(name: str) -> dict[str, service.SignatureInput]:
    return {"customer": service.SignatureInput(name=name, strokes=[])} if name else {}
