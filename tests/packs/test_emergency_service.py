"""What scenarios cannot say of the emergency service: shifts of its people, a maker's calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

import tuoban.packs
from tuoban.runtime.calendars.service import create_calendar
from tuoban.runtime.calendars.texts import CalendarText, DayText, WeekText
from tuoban.runtime.cases import service
from tuoban.runtime.cases.folders import around
from tuoban.runtime.people.personal import PersonalText
from tuoban.runtime.people.service import save_personal_hours
from tuoban.runtime.rehearsal import read_scenarios
from tuoban.runtime.rehearsal.stage import ZONE, Stage
from tuoban.runtime.rehearsal.staging import set_up

LABOUR = [{"what": "现场处理", "hours": "0.5"}]
FOLDER = Path(tuoban.packs.__path__[0]) / "it-emergency-service"
CALL = {
    "customer": "第一医院",
    "phone_no": "13800138000",
    "address": "城东路 8 号机房",
    "model": "R740",
    "serial": "SN-1",
    "words": "服务器不通电",
    "cover": "office",
}


@dataclass
class Call:
    """A major call, taken on Monday at nine, for which somebody has to come."""

    stage: Stage

    def do(self, who: str, step: str, outcome: str | None = None, **data: Any) -> None:
        stage = self.stage
        lines = stage.definition.nodes[step].step.checklist
        service.complete(
            self.item(step),
            outcome=outcome,
            data=data,
            checked=frozenset(each.key for each in lines),
            signatures={},
            by=stage.people[who],
            at=stage.now,
            key=stage.key(),
        )

    def item(self, step: str) -> int:
        item = self.stage.item(step)
        assert item is not None
        return item.pk

    def due(self, step: str) -> str:
        item = self.stage.item(step)
        assert item is not None
        assert item.due_at is not None
        return f"{item.due_at.astimezone(ZONE):%m-%d %H:%M}"


SCENARIO = """
- scenario: 上门
  cast: {hua: hotline, lei: engineer, han: engineer, bei: spares}
  start: {by: hua, request: call}
  expect: {late: 0}
"""


@pytest.fixture
def call(db: None) -> Call:
    pack, english = ((FOLDER / name).read_text("utf-8") for name in ("pack.yaml", "en.yaml"))
    nine = datetime(2026, 3, 2, 9, tzinfo=ZONE)
    stage = set_up(read_scenarios(SCENARIO)[0], pack, english, nine, around(FOLDER))
    started = service.start_case(
        stage.definition.slug,
        "call",
        by=stage.people["hua"],
        unit=stage.unit.key,
        data=CALL,
        at=nine,
        key=stage.key(),
    )
    stage.case_id = started.case_id
    one = Call(stage)
    one.do("hua", "answer")
    one.do("hua", "grade", "final", priority="major")
    one.do("hua", "phone", "visit", advice="换过电源线")
    one.do("hua", "book")
    return one


def test_arrival_is_counted_by_the_shift_of_whoever_goes(call: Call) -> None:
    stage = call.stage
    late_shift = PersonalText(shifts=(DayText("2026-03-02", "12:00-20:00"),))
    save_personal_hours(stage.people["han"], late_shift, expected=0, at=stage.now)
    call.do("lei", "prepare")
    assert call.due("arrive") == "03-02 14:00"

    service.transfer(
        call.item("arrive"),
        to=stage.people["han"],
        reason="换班",
        by=stage.people["lei"],
        at=stage.now,
        key=stage.key(),
    )

    assert call.due("arrive") == "03-02 16:00"


def test_spare_parts_are_counted_by_the_makers_calendar_where_there_is_one(call: Call) -> None:
    short_days = CalendarText((WeekText("", ("09:00-11:00",) * 5 + ("", "")),))
    create_calendar("maker-stock", "厂家备件库", "Maker's stock", short_days, at=call.stage.now)
    call.do("lei", "prepare")
    call.do("lei", "arrive")
    call.do("lei", "work", "part", labour=LABOUR, finding="电源模块烧坏")
    call.do("bei", "check_cover", "covered", part="电源模块", contract="HT-9")
    clocks = {each.node: each.due for each in call.stage.state().clocks.values() if each.due}
    assert clocks["spare"].astimezone(ZONE) == datetime(2026, 3, 5, 11, tzinfo=ZONE)
