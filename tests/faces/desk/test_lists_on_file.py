"""Lists on file, typed on the page of a customer or an asset without any script."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from tests.faces.desk.page import Page
from tests.runtime.shop import NINE, PACK_FOLDER
from tuoban.kernel.expressions import Row
from tuoban.runtime.cases import definitions
from tuoban.runtime.people.service import create_unit, create_user, grant
from tuoban.services.customers.files import newest_facts, write_facts
from tuoban.services.customers.models import Asset, Fact

pytestmark = pytest.mark.django_db

DOOR = {"what": "左门", "hours": Decimal(2), "cost": Decimal("99.00")}
"""A row as a case wrote it, when an hour cost something else."""


@pytest.fixture
def desk() -> Client:
    unit = create_unit("east", "东店", "East")
    mei = create_user("mei", "陈小美", at=NINE)
    grant(mei, "advisor", unit)
    text = (PACK_FOLDER / "rentals.yaml").read_text(encoding="utf-8")
    definitions.publish("rentals", text, None, NINE)
    client = Client()
    client.force_login(mei)
    return client


@pytest.fixture
def car() -> Asset:
    car = Asset.objects.create(kind="car", name="浙A1", entered_at=NINE)
    write_facts(car.ref, {"damages": (Row(0, DOOR),)}, NINE)
    return car


def sent(page: Page, **typed: str) -> dict[str, str]:
    """What a browser sends: every entry as it stands, and what was typed over it."""
    found = {}
    for each in page.root.walk():
        name = each.attributes.get("name", "")
        if each.tag == "input" and name.startswith(("f.", "was.")):
            found[name] = each.attributes.get("value", "")
    return found | {f"f.{name}": text for name, text in typed.items()}


def damages(car: Asset) -> list[dict[str, Any]]:
    facts = {name: value for _, name, value in newest_facts([car.ref])}
    return [dict(row) for row in facts["damages"]]


def test_rows_are_added_changed_and_removed(desk: Client, car: Asset) -> None:
    address = f"/desk/files/{car.ref}"
    page = Page(desk.get(address))
    assert page.value("f.damages.+1.what") == "左门"
    page = Page(desk.post(f"{address}/rows", sent(page) | {"rows": "damages"}))
    typed = sent(page, **{"damages.+2.what": "尾灯", "damages.+2.hours": "3"})
    assert desk.post(address, typed).status_code == 302
    lamp = {"what": "尾灯", "hours": Decimal(3), "cost": Decimal("180.00")}
    assert damages(car) == [DOOR, lamp], "what stood there keeps what was computed then"
    page = Page(desk.get(address))
    assert "¥180.00" in page.text
    page = Page(desk.post(f"{address}/rows", sent(page) | {"rows": "damages.+1"}))
    assert desk.post(address, sent(page)).status_code == 302
    assert damages(car) == [lamp]
    page = Page(
        desk.post(f"{address}/rows", sent(Page(desk.get(address))) | {"rows": "damages.+1"})
    )
    desk.post(address, sent(page))
    assert damages(car) == []


def test_what_was_not_touched_is_not_written_again(desk: Client, car: Asset) -> None:
    address = f"/desk/files/{car.ref}"
    known = Fact.objects.count()
    assert desk.post(address, sent(Page(desk.get(address)))).status_code == 302
    assert Fact.objects.count() == known
    desk.post(address, sent(Page(desk.get(address)), **{"marks.+1.": "烟味"}))
    assert Fact.objects.count() == known + 1
    assert "烟味" in Page(desk.get(address)).text


def test_what_is_wrong_with_a_row_stands_beside_its_cell(desk: Client, car: Asset) -> None:
    address = f"/desk/files/{car.ref}"
    typed = {"damages.+1.what": "", "damages.+1.hours": "0"}
    answer = desk.post(address, sent(Page(desk.get(address)), **typed))
    page = Page(answer)
    assert answer.status_code == 422
    assert "请填写" in page.problem("file-damages-+1-what")
    assert "不能小于 1" in page.problem("file-damages-+1-hours")
    assert page.value("f.damages.+1.hours") == "0"
    assert damages(car) == [DOOR]


def test_whoever_saves_later_is_told_what_changed_meanwhile(desk: Client, car: Asset) -> None:
    address = f"/desk/files/{car.ref}"
    early = sent(Page(desk.get(address)), **{"damages.+1.what": "右门"})
    write_facts(car.ref, {"damages": (Row(0, {**DOOR, "what": "后门"}),)}, NINE)
    answer = desk.post(address, early)
    assert "后门, 2" in Page(answer).problem("file-damages")
    assert [row["what"] for row in damages(car)] == ["后门"]
    assert desk.post(address, sent(Page(answer))).status_code == 302
    assert [row["what"] for row in damages(car)] == ["右门"]


def test_a_new_file_begins_with_rows(desk: Client) -> None:
    address = "/desk/files/new/car"
    page = Page(desk.post(f"{address}/rows", sent(Page(desk.get(address))) | {"rows": "damages"}))
    typed = {"its-name": "浙A2", "damages.+1.what": "前灯", "damages.+2.what": "顶"}
    assert desk.post(address, sent(page, **typed)).status_code == 302
    assert [row["what"] for row in damages(Asset.objects.get())] == ["前灯", "顶"]


@pytest.mark.parametrize("shown", ["5", "[5]", '[{"what": 5, "hours": ""}]', "[" * 5000])
def test_what_no_form_of_ours_showed_is_no_row(desk: Client, car: Asset, shown: str) -> None:
    address = f"/desk/files/{car.ref}"
    forged = sent(Page(desk.get(address))) | {"was.damages": shown}
    assert desk.post(address, forged).status_code == 302
    assert damages(car) == [DOOR]


def test_a_file_has_one_address(desk: Client, car: Asset) -> None:
    assert desk.get(f"/desk/files/asset-0{car.pk}").status_code == 404
