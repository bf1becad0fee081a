"""Lists kept on file: what one visit leaves open comes up at the next."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import count
from typing import Any

import pytest

from tuoban.kernel.refusals import Refused
from tuoban.runtime.cases import audit, definitions, queries, service
from tuoban.runtime.cases.models import WorkItem
from tuoban.runtime.cases.queries import FieldView
from tuoban.runtime.people.service import create_unit, create_user, grant
from tuoban.services.customers import queries as files
from tuoban.services.customers.files import newest_facts
from tuoban.services.customers.models import Asset
from tuoban.services.customers.service import save

pytestmark = pytest.mark.django_db(transaction=True)

NINE = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
PACK = """
pack: visits
version: 1
language: zh
title: 车辆检查
roles: {desk: 前台}
records: {finding: {what: {type: text, zh: 现象, required: true}, fixed: {type: boolean, zh: 已修}}}
kinds:
  car:
    zh: 车
    facts:
      plate: {type: text, zh: 车牌}
      open: {type: list, of: finding, zh: 未修的发现}
      marks: {type: list, of: text, zh: 标记}
fields:
  car: {type: asset, kind: car, zh: 车辆, required: true}
  findings: {type: list, of: finding, default: car.open, zh: 检查发现}
starts: [{request: visit, zh: 到店, by: desk, form: [car]}]
process:
  - {step: look, zh: 检查, by: desk, form: [findings]}
  - each: finding
    in: car.open
    order: together
    steps: [{step: call, zh: 电话提醒, by: desk, form: [{field: car, read-only: true}]}]
  - {set: {car.open: 'findings[not(coalesce(fixed, false))]', car.marks: 'findings.what'}}
  - {end: done, zh: 完成}
"""


class Desk:
    def __init__(self) -> None:
        self.keys = count()
        unit = create_unit("office", "办公室", "Office")
        self.mei = create_user("mei", "陈小美", at=NINE)
        grant(self.mei, "desk", unit)
        definitions.publish("visits", PACK, None, NINE)

    def start(self, car: str) -> int:
        begun = service.start_case(
            "visits", "visit", by=self.mei, data={"car": car}, at=NINE, key=f"k{next(self.keys)}"
        )
        return begun.case_id

    def item(self, case: int, step: str) -> WorkItem:
        return WorkItem.objects.filter(case=case, node=step, status=WorkItem.OPEN).order_by("pk")[0]

    def do(self, case: int, step: str, **data: Any) -> None:
        key, item = f"k{next(self.keys)}", self.item(case, step).pk
        service.complete(item, outcome=None, by=self.mei, data=data, at=NINE, key=key)

    def asked(self, case: int, entered: dict[str, Any] | None = None) -> FieldView:
        panel = queries.item_panel(self.mei, self.item(case, "look").pk, NINE, entered or {})
        assert panel is not None
        return panel.form[0].entries[0]


@pytest.fixture
def desk() -> Desk:
    return Desk()


def cells(field: FieldView) -> list[list[str]]:
    assert field.list is not None
    return [[cell.value for cell in row.cells] for row in field.list.rows]


def test_what_one_visit_leaves_open_comes_up_at_the_next(desk: Desk) -> None:
    first = desk.start("+浙A1")
    assert cells(desk.asked(first)) == [["", ""]], "a blank row to begin with"
    found = [{"what": "刹车异响"}, {"what": "灯不亮", "fixed": "true"}, {"what": "漏油"}]
    desk.do(first, "look", findings=found)
    second = desk.start("浙A1")
    asked = desk.asked(second)
    assert cells(asked) == [["刹车异响", ""], ["漏油", ""]]
    assert asked.list is not None
    typed = [
        {"#": row.key, "what": row.cells[0].value, "fixed": fixed}
        for row, fixed in zip(asked.list.rows, ("true", ""), strict=True)
    ]
    assert cells(desk.asked(second, {"findings": typed})) == [["刹车异响", "true"], ["漏油", ""]]
    desk.do(second, "look", findings=typed)
    called = WorkItem.objects.filter(case=second, node="call").values_list("element", flat=True)
    assert sorted(called) == ["刹车异响", "漏油"]
    desk.do(second, "call")
    desk.do(second, "call")
    third = desk.start("浙A1")
    assert cells(desk.asked(third)) == [["漏油", ""]]
    desk.do(third, "look")
    desk.do(third, "call")
    assert cells(desk.asked(desk.start("浙A1"))) == [["漏油", ""]], "taken as it was shown"
    assert not audit.audit().findings


def test_the_file_asks_for_the_rows_and_shows_what_they_were(desk: Desk) -> None:
    case = desk.start("+浙A1")
    desk.do(case, "look", findings=[{"what": "漏油"}, {"what": "灯不亮"}])
    ref = Asset.objects.get().ref
    page = files.file_page(desk.mei, ref, NINE)
    assert page is not None
    asked = {each.name: each for each in page.form[0].entries if each.list is not None}
    assert set(asked) == {"open", "marks"}
    assert cells(asked["open"]) == [["漏油", ""], ["灯不亮", ""]]
    assert cells(asked["marks"]) == [["漏油"], ["灯不亮"]]
    assert {"open", "marks"} <= dict(page.was).keys()
    known = {each.label.zh: each for each in page.facts}
    rows = known["未修的发现"].list
    assert rows is not None
    assert [[cell.shown.zh for cell in row.cells] for row in rows.rows] == [
        ["漏油", "—"],
        ["灯不亮", "—"],
    ]
    assert known["标记"].list is None
    fresh = files.new_file("car")
    assert fresh is not None
    assert [each.name for each in fresh.form[0].entries] == [
        "its-name", "its-owner", "open", "marks"
    ]  # fmt: skip


def test_the_verb_takes_rows_and_says_what_is_wrong_with_a_cell(desk: Desk) -> None:
    zone = files.zone()
    ref = save("car", {"its-name": "浙B2"}, ref=None, by=desk.mei, at=NINE, zone=zone)
    with pytest.raises(Refused) as refused:
        save("car", {"open": [{"fixed": "x"}]}, ref=ref, by=desk.mei, at=NINE, zone=zone)
    assert [(each.place, each.code) for each in refused.value.problems] == [
        ("open[1].what", "required"),
        ("open[1].fixed", "not-boolean"),
    ]
    save("car", {"open": [{"what": "漏油"}]}, ref=ref, by=desk.mei, at=NINE, zone=zone)
    save("car", {"open": [{"what": "漏油"}]}, ref=ref, by=desk.mei, at=NINE, zone=zone)
    ((_, _, rows),) = newest_facts([ref])
    assert [(row.key, row["what"]) for row in rows] == [(0, "漏油")]
    assert len(files.file_page(desk.mei, ref, NINE).facts) == 1, "the same again is no news"  # type: ignore[union-attr]
    assert cells(desk.asked(desk.start("浙B2"))) == [["漏油", ""]]
