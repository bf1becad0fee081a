"""Waits through the runtime: the worker lets the case go on, and the case page says what is
waited for."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.runtime.shop import NINE, Shop
from tuoban.runtime.cases import definitions, service
from tuoban.runtime.cases.audit import audit
from tuoban.runtime.cases.models import WorkItem
from tuoban.runtime.cases.queries import CasePage, case_page
from tuoban.runtime.cases.service import Outcome
from tuoban.runtime.rehearsal import play, read_scenarios

PACK = """
pack: waiting
version: 2026.1
title: 等待
roles: {clerk: 前台, mender: 维修工}
fields:
  good: {type: boolean, zh: 合格}
  slot_at: {type: datetime, zh: 预约时间}
starts: [{request: ask, zh: 申请, by: [clerk], form: [slot_at]}]
process:
  - {wait: cooling_off, zh: 冷静期, for: 2 hours}
  - parallel:
      - {step: look, zh: 检查, by: mender, form: [good]}
      - {wait: fine, zh: 等合格, that: good = true}
      - {wait: slot, zh: 到预约, until: 1 hour before slot_at}
  - {end: done, zh: 完成}
"""
SCENARIOS = """
- scenario: 等两个小时
  cast: {mei: clerk, lei: mender}
  clock: 2026-03-02 09:00
  start: {by: mei, request: ask, slot_at: 2026-03-02 15:00}
  play:
    - {waits: [cooling_off]}
    - {closed: [look]}
    - {clock: 11:00}
    - {waits: [fine, slot]}
    - {lei: look, good: true}
    - {waits: [slot]}
    - {clock: 14:00}
  expect: {ended: done, late: 0}
- scenario: 没有可等的
  cast: {mei: clerk, lei: mender}
  clock: 2026-03-02 09:00
  start: {by: mei, request: ask}
  play:
    - {clock: 11:00}
    - {waits: [slot]}
  expect: {cases: 1}
"""


def page(shop: Shop, case: Outcome, **later: float) -> CasePage:
    return case_page(shop["lei"], case.case_id, NINE + timedelta(**later))


@pytest.fixture
def case(shop: Shop) -> Outcome:
    definitions.publish("waiting", PACK, "", NINE)
    data = {"slot_at": "2026-03-02 15:00"}
    return service.start_case("waiting", "ask", by=shop["mei"], data=data, at=NINE, key=shop.key())


def test_the_page_says_what_is_waited_for_and_until_when(shop: Shop, case: Outcome) -> None:
    shown = page(shop, case)
    (wait,) = shown.waits
    assert (wait.label.zh, wait.until, wait.because) == (
        "冷静期",
        NINE + timedelta(hours=2),
        (),
    )
    assert wait.sentence is not None
    assert wait.sentence.zh == "申请 09:00 + 2 小时，按自然时间，无暂停 = 11:00"
    assert (shown.items, shown.due_at) == ((), None)
    (clock,) = shown.clocks
    assert (clock.waits, clock.can_extend, clock.rows[-1].what.en) == (True, False, "goes on")


def test_a_condition_says_what_does_not_hold_yet(shop: Shop, case: Outcome) -> None:
    at = NINE + timedelta(hours=2)
    assert service.fire_due_timers(at) == 1
    found = page(shop, case, hours=2).waits
    assert [each.node for each in found] == ["slot", "fine"]
    assert (found[1].until, found[1].sentence) == (None, None)
    assert [each.zh for each in found[1].because] == ["“合格”还没有值，应为 是"]
    shop.complete(shop.item(case, "look"), "lei", at, good="true")
    assert [each.node for each in page(shop, case, hours=2).waits] == ["slot"]


def test_the_timeline_tells_it(shop: Shop, case: Outcome) -> None:
    service.fire_due_timers(NINE + timedelta(hours=3))
    shop.complete(shop.item(case, "look"), "lei", NINE + timedelta(hours=3), good="true")
    service.fire_due_timers(NINE + timedelta(hours=5))
    told = [each.sentence for each in reversed(page(shop, case, hours=5).timeline)]
    assert [each.zh for each in told] == [
        "陈小美发起“申请”，预约时间：2026-03-02 15:00",
        "开始“冷静期”，等到 11:00",
        "“冷静期”结束，到时间了，系统晚了 1 小时才处理",
        "开始“等合格”",
        "开始“到预约”，等到 14:00",
        "李雷办结“检查”，合格：是",
        "“等合格”结束，条件已满足",
        "“到预约”结束，到时间了",
        "工单办结：完成",
    ]
    assert told[1].en == "“冷静期” began: until 11:00"


def test_the_audit_finds_nothing(shop: Shop, case: Outcome) -> None:
    service.fire_due_timers(NINE + timedelta(hours=2))
    assert audit().is_clean


@pytest.mark.django_db
def test_scenarios_say_what_is_waited_for() -> None:
    good, bad = read_scenarios(SCENARIOS)
    assert not [each.text.en for each in play(good, PACK, "").lines if each.failed]
    failed = [each.text.en for each in play(bad, PACK, "").lines if each.failed]
    assert failed == ["“到预约”: does not wait, expected waits"]


BRIEFLY = """
pack: briefly
version: "1"
title: 一会儿
roles: {clerk: 前台}
fields:
  good: {type: boolean, zh: 合格}
starts: [{request: ask, zh: 申请, by: [clerk]}]
case: {within: 3 days}
cancel: {by: clerk}
process:
  - {step: lend, zh: 出借, by: clerk, undo: [{step: fetch, zh: 取回, by: clerk}]}
  - {wait: cooling_off, zh: 冷静期, for: 2 hours}
  - repeat: rounds
    until: good = true
    at-most: 3
    steps:
      - {step: look, zh: 检查, by: clerk, form: [good], within: 1 hour}
  - {end: done, zh: 完成}
"""


def test_work_that_is_offered_and_withdrawn_by_one_command_is_what_the_journal_says(
    shop: Shop,
) -> None:
    definitions.publish("briefly", BRIEFLY, "", NINE)
    by = shop["mei"]
    case = service.start_case("briefly", "ask", by=by, data={}, at=NINE, key=shop.key())
    shop.complete(shop.item(case, "lend"), "mei")
    late = NINE + timedelta(hours=3)
    service.cancel_case(case.case_id, reason="不要了", by=by, at=late, key=shop.key())
    row = WorkItem.objects.get(case=case.case_id, node="look")
    assert (row.status, row.due_at) == (WorkItem.WITHDRAWN, None)
    assert shop.item(case, "fetch")  # the case goes on, and so does its clock
    assert audit([case.case_id]).findings == ()
