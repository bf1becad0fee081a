"""Ledgers as tests write them: a start, and what happens to it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from tests.kernel.calendars.support import ALWAYS, CHINESE, OFFICE, at, calendar, wall
from tuoban.kernel.calendars import Calendar
from tuoban.kernel.clocks import (
    CalendarChanged,
    Calendars,
    Entry,
    Extended,
    Ledger,
    LimitChanged,
    Paused,
    Resumed,
    Started,
    Stopped,
    Until,
    Within,
    due,
    read_length,
)
from tuoban.kernel.definition import Text


def named(one: Calendar, zh: str, en: str) -> Calendar:
    return replace(one, label=Text(zh, en))


CALENDARS: Calendars = {
    "east": named(OFFICE, "城东店", "East"),
    "west": named(calendar({"mon-sat": "08:00-12:00, 14:00-20:00"}), "城西店", "West"),
    "china": named(CHINESE, "总部", "head office"),
    "always": named(calendar(ALWAYS), "全天", "round the clock"),
    "berlin": named(calendar({"mon-fri": "09:00-17:00"}, "Europe/Berlin"), "柏林", "Berlin"),
}

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


def started(when: str, length: str = "2 working hours", on: str = "east") -> Ledger:
    """A ledger that begins at a moment in Shanghai."""
    limit = Within(read_length(length))
    return Ledger((Started(at(when), limit, on, Text("接车", "reception")),))


def until(when: str, moment: str, on: str = "east") -> Ledger:
    return Ledger((Started(at(when), Until(at(moment)), on),))


def paused(when: str) -> Entry:
    return Paused(at(when), Text("等配件", "waiting for parts"))


def resumed(when: str) -> Entry:
    return Resumed(at(when))


def pause(first: str, last: str) -> tuple[Entry, Entry]:
    return paused(first), resumed(last)


def changed(when: str, length: str, zh: str = "优先级改为紧急", en: str = "now urgent") -> Entry:
    return LimitChanged(at(when), Within(read_length(length)), Text(zh, en))


def moved(when: str, on: str) -> Entry:
    return CalendarChanged(at(when), on)


def extended(when: str, length: str) -> Entry:
    return Extended(at(when), read_length(length), Text("客户同意", "the customer agrees"))


def stopped(when: str) -> Entry:
    return Stopped(at(when))


def due_on_wall(ledger: Ledger, zone: str = "Asia/Shanghai") -> str | None:
    moment = due(ledger, CALENDARS)
    return None if moment is None else wall(moment, zone)
