"""Customers and assets that rows of lists name: typed, kept in rows, counted, read and erased."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from itertools import count
from typing import Any

import pytest

from tests.runtime.shop import PACK_FOLDER
from tuoban.kernel.refusals import Refused
from tuoban.runtime.cases import audit, definitions, outside, queries, service
from tuoban.runtime.cases.messaging.delivering import deliver_due
from tuoban.runtime.cases.messaging.receiving import receive
from tuoban.runtime.cases.models import CaseReference, WorkItem
from tuoban.runtime.cases.queries.starting import start_form
from tuoban.runtime.people.service import create_unit, create_user, grant
from tuoban.services.customers.erasing import erase
from tuoban.services.customers.files import write_facts
from tuoban.services.customers.models import Asset, Customer

pytestmark = pytest.mark.django_db(transaction=True)

NINE = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


class Desk:
    def __init__(self) -> None:
        self.keys = count()
        unit = create_unit("east", "东店", "East")
        self.mei = create_user("mei", "陈小美", at=NINE)
        grant(self.mei, "advisor", unit)
        text = (PACK_FOLDER / "rentals.yaml").read_text(encoding="utf-8")
        definitions.publish("rentals", text, None, NINE)
        self.car = Asset.objects.create(kind="car", name="浙A1", entered_at=NINE)

    def start(self, **data: Any) -> int:
        key = f"k{next(self.keys)}"
        begun = service.start_case("rentals", "rent", by=self.mei, data=data, at=NINE, key=key)
        return begun.case_id


@pytest.fixture
def desk() -> Desk:
    return Desk()


def steps(case: int) -> list[str]:
    return list(WorkItem.objects.filter(case=case, status="open").values_list("node", flat=True))


def test_rows_name_people_and_cars_which_are_counted_and_read(desk: Desk) -> None:
    first = desk.start(
        car="浙A1", drivers=[{"who": "+ 王芳 13800138000", "brings": "浙A1"}, {"who": "+ 李雷"}]
    )
    fang, lei = Customer.objects.order_by("pk")
    rows = set(CaseReference.objects.filter(case=first).values_list("field", "ref"))
    assert rows == {
        ("car", desk.car.ref),
        ("drivers[1].who", fang.ref),
        ("drivers[1].brings", desk.car.ref),
        ("drivers[2].who", lei.ref),
    }
    assert steps(first) == ["take_back"], "nobody has been here before"
    second = desk.start(car="浙A1", drivers=[{"who": "13800138000"}])
    assert steps(second) == ["thank"]
    page = queries.case_page(desk.mei, second, NINE)
    (shown,) = (each for each in page.fields if each.name == "drivers")
    assert shown.list is not None
    assert [cell.shown.zh for row in shown.list.rows for cell in row.cells] == ["王芳", "—"]
    assert [line.text.zh for line in page.items[0].checklist] == ["王芳：已致谢"]
    assert audit.audit().is_clean


def test_a_row_that_names_nobody_is_refused_and_says_who_may_be_meant(desk: Desk) -> None:
    both = [Customer.objects.create(name="王芳", entered_at=NINE) for _ in range(2)]
    typed = {"car": "浙A1", "drivers": [{"who": "王芳"}, {"who": f"王芳 #{both[0].pk}"}]}
    with pytest.raises(Refused) as refused:
        desk.start(**typed)
    assert [each.place for each in refused.value.problems] == ["drivers[1].who"]
    form = start_form(desk.mei, "rentals", "rent", NINE, typed)
    (entry,) = (each for part in form.form for each in part.entries if each.name == "drivers")
    assert entry.list is not None
    cells = [row.cells[0] for row in entry.list.rows]
    assert [each.key for each in cells[0].options] == [
        *(f"王芳 #{each.pk}" for each in both), "+ 王芳"
    ]  # fmt: skip
    assert (cells[0].value, cells[1].value, cells[1].options) == ("王芳", f"王芳 #{both[0].pk}", ())
    strange = [{"who": desk.car.ref}, {"who": "customer-99999"}]
    with pytest.raises(Refused) as refused:
        desk.start(car="浙A1", drivers=strange)
    found = [(each.place, each.code) for each in refused.value.problems]
    assert found == [("drivers[1].who", "not-customer")], "what cannot be read comes first"
    with pytest.raises(Refused) as refused:
        desk.start(car="浙A1", drivers=strange[1:])
    assert [each.place for each in refused.value.problems] == ["drivers[1].who"]


def test_whom_a_row_names_may_be_erased(desk: Desk) -> None:
    case = desk.start(car="浙A1", drivers=[{"who": "+ 王芳"}])
    person = Customer.objects.get()
    root = create_user("root", "管理员", at=NINE, is_staff=True)
    erase(person.ref, reason="本人要求", by=root, at=NINE)
    page = queries.case_page(desk.mei, case, NINE)
    (shown,) = (each for each in page.fields if each.name == "drivers")
    assert shown.list is not None
    assert shown.list.rows[0].cells[0].shown.en == "(erased)"
    assert audit.audit().is_clean


BACK = """
pack: returns
version: 1
language: zh
title: 还车
roles: {advisor: 服务顾问}
kinds: {car: {zh: 车辆, facts: {plate: {type: text, zh: 车牌}, fuel: {type: percent, zh: 油量}}}}
messages: {came_back: {zh: 已还, fields: {car: {type: asset, kind: car, zh: 车辆, required: true}}}}
fields: {car: {type: asset, kind: car, zh: 车辆}}
starts: [{request: lend, zh: 借出, by: advisor, form: [car]}]
process:
  - {wait: back, zh: 还车, message: came_back, matching: message.car = car and message.car.fuel > 0}
  - {step: fill, zh: 加油, by: advisor, when: back.car.fuel < 50}
  - {end: done, zh: 完成}
"""


def test_a_message_names_what_is_on_file(desk: Desk) -> None:
    definitions.publish("returns", BACK, None, NINE)
    write_facts(desk.car.ref, {"fuel": Decimal(20)}, NINE)
    begun = service.start_case(
        "returns", "lend", by=desk.mei, data={"car": "浙A1"}, at=NINE, key="lend"
    )
    with pytest.raises(Refused) as refused:
        receive("came_back", {"car": "浙B9"}, at=NINE, key="m1")
    assert [(each.place, each.code) for each in refused.value.problems] == [("car", "not-asset")]
    receive("came_back", {"car": "浙A1"}, at=NINE, key="m2")
    deliver_due(NINE)
    assert steps(begun.case_id) == ["fill"]
    rows = set(CaseReference.objects.filter(case=begun.case_id).values_list("ref", flat=True))
    assert rows == {desk.car.ref}
    assert audit.audit().is_clean


def test_nobody_is_entered_for_more_rows_than_a_list_may_have(desk: Desk) -> None:
    fields = definitions.load("rentals", "1").fields
    typed = {"drivers": [{"who": "+ 王芳"}] * 501}
    assert outside.meant(fields, typed, NINE) == typed
    assert not Customer.objects.exists()


@pytest.mark.parametrize("typed", ["浙\0A1", "\0", "+ \0", "\ud800"])
def test_what_no_database_can_look_for_is_nobodys_name(desk: Desk, typed: str) -> None:
    with pytest.raises(Refused) as refused:
        desk.start(car=typed)
    assert [each.code for each in refused.value.problems] == ["not-asset"]
    start_form(desk.mei, "rentals", "rent", NINE, {"car": typed})
