"""What fields of steps, blocks and reactions name: entered, kept in rows, read and written."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import pytest

from tuoban.kernel.refusals import Refused
from tuoban.runtime.cases import audit, definitions, queries, service
from tuoban.runtime.cases.errands import run_errands
from tuoban.runtime.cases.models import CaseReference, JournalEntry, WorkItem
from tuoban.runtime.cases.service import Outcome
from tuoban.runtime.jobs.carriers.rows import run_due
from tuoban.runtime.people.service import create_unit, create_user, grant
from tuoban.services.customers.files import write_facts
from tuoban.services.customers.models import Asset, Customer, Fact

pytestmark = pytest.mark.django_db(transaction=True)

NINE = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
PRESSED = """
pack: towing
version: 1
language: zh
title: 拖车
roles: {desk: 前台}
kinds:
  car: {zh: 车, facts: {plate: {type: text, zh: 车牌}, fuel: {type: integer, zh: 油量}}}
  customer: {zh: 客户, facts: {level: {type: choice, zh: 等级, options: {gold: 金卡, plain: 普通}}}}
fields: {main: {type: asset, kind: car, zh: 主车}}
processes:
  tow:
    zh: 拖车
    fields: {car: {type: asset, kind: car, zh: 被拖车}, who: {type: customer, zh: 车主}}
    steps:
      - {step: haul, zh: 拖, by: desk, form: [who, {field: car, read-only: true}]}
      - {set: car.fuel, to: 1}
      - {step: thank, zh: 致谢, by: desk, when: who.level = "gold"}
      - {end: towed, zh: 已拖}
starts: [{request: watch, zh: 值守, by: desk, form: [main]}]
process:
  - stage: night
    zh: 夜班
    steps: [{step: watch, zh: 值守, by: desk}]
    during:
      - on: found
        zh: 发现
        by: desk
        fields: {part: {type: asset, kind: car, zh: 车辆, default: main}}
        form: [part]
        then: [{call: tow, as: towing, with: {car: part}}]
  - {end: done, zh: 完成}
"""
PACK = """
pack: loans
version: 1
language: zh
title: 借用
roles: {desk: 前台}
kinds:
  car: {zh: 车, facts: {plate: {type: text, zh: 车牌}, fuel: {type: integer, zh: 油量}}}
starts: [{request: loan, zh: 借用, by: desk}]
process:
  - repeat: turns
    zh: 借还
    until: come.last
    fields: {car: {type: asset, kind: car, zh: 车辆}}
    steps:
      - step: go
        zh: 借出
        by: desk
        fields: {who: {type: customer, zh: 借车人}}
        form: [car, who]
      - step: come
        zh: 归还
        by: desk
        fields: {last: {type: boolean, zh: 最后一次}}
        form: [last]
        needs: [{that: 'coalesce(car.fuel, 0) < 90', else: 油没用}]
      - {set: car.fuel, to: 100}
  - {step: file, zh: 归档, by: desk, when: turns.car.cases = 0}
  - {end: done, zh: 完成}
"""


class Desk:
    def __init__(self) -> None:
        self.keys: Iterator[int] = count()
        unit = create_unit("office", "办公室", "Office")
        self.mei = create_user("mei", "陈小美", at=NINE)
        grant(self.mei, "desk", unit)
        definitions.publish("loans", PACK, None, NINE)
        self.case = self.start()

    def start(self) -> Outcome:
        key = f"k{next(self.keys)}"
        return service.start_case("loans", "loan", by=self.mei, data={}, at=NINE, key=key)

    def do(self, step: str, **data: Any) -> None:
        item = self.item(step)
        key = f"k{next(self.keys)}"
        service.complete(item.pk, outcome=None, by=self.mei, data=data, at=NINE, key=key)

    def item(self, step: str) -> WorkItem:
        return WorkItem.objects.get(case=self.case.case_id, node=step, status=WorkItem.OPEN)

    def refs(self) -> set[tuple[str, str]]:
        return set(CaseReference.objects.values_list("field", "ref"))


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_every_round_names_its_own_and_is_written_to(desk: Desk) -> None:
    desk.do("go", car="+浙A1", who="+李雷 13800138000")
    first, customer = Asset.objects.get(), Customer.objects.get()
    desk.do("come", last="false")
    desk.do("go", car="+浙A2", who="13800138000")
    second = Asset.objects.get(name="浙A2")
    assert [ref for _, ref in sorted(desk.refs())] == [
        first.ref,
        second.ref,
        customer.ref,
        customer.ref,
    ]
    desk.do("come", last="true")
    written = Fact.objects.values_list("ref", "name", "value")
    assert set(written) == {(each.ref, "fuel", '{"$n":"100"}') for each in (first, second)}
    assert not desk.item("file").locked
    assert not audit.audit().findings
    story = queries.case_page(desk.mei, desk.case.case_id, NINE).timeline
    assert any("车辆的油量：100" in each.sentence.zh for each in story)
    assert any("借车人：李雷" in each.sentence.zh for each in story)
    texts = JournalEntry.objects.values_list("payload", flat=True)
    assert not any("李雷" in text for text in texts)


def test_a_changed_fact_locks_the_work_that_needs_it(desk: Desk) -> None:
    desk.do("go", car="+浙A1")
    write_facts(Asset.objects.get().ref, {"fuel": 95}, NINE)
    run_due(NINE + timedelta(seconds=1))
    assert desk.item("come").locked
    assert not audit.audit().findings


def test_who_means_nobody_is_refused_and_asked_for_again(desk: Desk) -> None:
    with pytest.raises(Refused) as refused:
        desk.do("go", car="浙A1")
    assert [(each.place, each.code) for each in refused.value.problems] == [("car", "not-asset")]
    panel = queries.item_panel(desk.mei, desk.item("go").pk, NINE, {"car": "浙A1"})
    assert panel is not None
    field = next(each for part in panel.form for each in part.entries if each.name == "car")
    assert [each.key for each in field.options] == ["+ 浙A1"]


def test_a_case_that_names_it_counts_as_one_before(desk: Desk) -> None:
    desk.do("go", car="+浙A1")
    desk.case = desk.start()
    desk.do("go", car="浙A1")
    desk.do("come", last="true")
    assert not WorkItem.objects.filter(node="file").exists()


def test_a_button_and_a_called_process_name_theirs(desk: Desk) -> None:
    definitions.publish("towing", PRESSED, None, NINE)
    gold = Customer.objects.create(name="李雷", entered_at=NINE)
    write_facts(gold.ref, {"level": "gold"}, NINE)
    desk.case = service.start_case(
        "towing", "watch", by=desk.mei, data={"main": "+浙A1"}, at=NINE, key="begin"
    )
    case_id = desk.case.case_id
    page = queries.case_page(desk.mei, case_id, NINE)
    (asked,) = (each for part in page.reactions[0].form for each in part.entries)
    assert asked.value == "浙A1", "the default, as it is typed"
    for number, data in enumerate(({}, {"part": "+浙B2"})):
        service.react(case_id, "found", by=desk.mei, data=data, at=NINE, key=f"press{number}")
        key = f"haul{number}"
        item = desk.item("towing.haul").pk
        service.complete(item, outcome=None, by=desk.mei, data={"who": "李雷"}, at=NINE, key=key)
        service.complete(
            desk.item("towing.thank").pk,
            outcome=None,
            by=desk.mei,
            data={},
            at=NINE,
            key=f"{key}-thank",
        )
    first, second = Asset.objects.order_by("pk")
    written = Fact.objects.filter(name="fuel").values_list("ref", "value")
    assert set(written) == {(each.ref, '{"$n":"1"}') for each in (first, second)}
    page = queries.case_page(desk.mei, case_id, NINE)
    shown = [field.value.zh for place in page.places for field in place.fields]
    assert {"浙A1", "浙B2", "李雷"} <= {*shown, *_values_of(page)}
    assert not audit.audit().findings


def _values_of(page: queries.CasePage) -> list[str]:
    return [field.value.zh for each in page.occurrences for field in each.fields]


SERVES = """
pack: washing
version: 1
language: zh
title: 洗车
roles: {desk: 前台}
kinds: {car: {zh: 车, facts: {plate: {type: text, zh: 车牌}, fuel: {type: integer, zh: 油量}}}}
fields:
  dirty: {type: asset, kind: car, zh: 脏车, required: true}
  spare: {type: asset, kind: car, zh: 代步车}
starts: [{request: wash, zh: 洗, by: desk, form: [dirty]}]
process:
  - {step: scrub, zh: 洗, by: desk, form: [spare]}
  - {end: clean, zh: 干净}
"""
CALLS = """
pack: parking
version: 1
language: zh
title: 停车
roles: {desk: 前台}
kinds: {car: {zh: 车, facts: {plate: {type: text, zh: 车牌}, fuel: {type: integer, zh: 油量}}}}
starts: [{request: park, zh: 停, by: desk}]
process:
  - {step: come, zh: 来, by: desk, fields: {car: {type: asset, kind: car, zh: 车辆}}, form: [car]}
  - call: washing
    as: washed
    with: {dirty: come.car}
    returns: {spare: {type: asset, kind: car, zh: 代步车}}
  - {step: go, zh: 走, by: desk, when: washed.spare = come.car}
  - {set: washed.spare.fuel, to: 3}
  - {end: gone, zh: 走了}
"""


def test_a_case_hands_on_what_it_names_and_takes_back_what_another_does(desk: Desk) -> None:
    definitions.publish("washing", SERVES, None, NINE)
    definitions.publish("parking", CALLS, None, NINE)
    desk.case = service.start_case("parking", "park", by=desk.mei, data={}, at=NINE, key="park")
    desk.do("come", car="+浙A1")
    assert run_errands(NINE) == 1
    item = WorkItem.objects.get(node="scrub", status=WorkItem.OPEN)
    asset = Asset.objects.get()
    assert {ref for _, ref in desk.refs()} == {asset.ref}
    service.complete(
        item.pk, outcome=None, by=desk.mei, data={"spare": "浙A1"}, at=NINE, key="scrub"
    )
    run_errands(NINE)
    desk.do("go")
    assert Fact.objects.get(name="fuel").ref == asset.ref
    assert not audit.audit().findings
