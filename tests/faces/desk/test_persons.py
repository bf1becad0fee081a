"""Naming a person on a form, and finding the name again wherever it is shown."""

from __future__ import annotations

import pytest

from tests.faces.desk.conftest import Visit
from tests.faces.desk.page import Page
from tests.runtime.shop import NINE, PACK_FOLDER, Shop
from tuoban.runtime.cases import definitions, service
from tuoban.runtime.cases.models import Case, WorkItem
from tuoban.runtime.people.service import create_user, deactivate_user, grant

START = "/desk/new/shop-tour/tour"


@pytest.fixture(autouse=True)
def tour(shop: Shop) -> None:
    text = (PACK_FOLDER / "shop-tour.yaml").read_text("utf-8")
    definitions.publish("shop-tour", text, None, NINE)
    grant(shop["mei"], "dispatcher", shop.units["east"])


def options(page: Page) -> dict[str, str]:
    return {each.attributes["value"]: each.text for each in page.all("option")}


def test_a_person_is_chosen_from_those_who_are_active(visit: Visit, shop: Shop) -> None:
    create_user("lei2", "李雷", at=NINE)
    deactivate_user(shop["qi"])
    listed = options(Page(visit("mei").get(START)))
    assert listed[shop["han"].person_id] == str(shop["han"])
    assert listed[shop["lei"].person_id] == "李雷 (lei)"
    assert shop["qi"].person_id not in listed


def test_the_name_is_shown_and_the_person_finds_the_work(visit: Visit, shop: Shop) -> None:
    visit("mei").post(START, {"f.place": "西湖", "f.guide": shop["han"].person_id, "key": "t1"})
    case, item = Case.objects.get(), WorkItem.objects.get()
    assert (case.title, item.person) == (f"西湖 {shop['han']}", shop["han"])
    page = Page(visit("han").get(f"/desk/cases/{case.number}"))
    assert f"带团人：{shop['han']}" in page.text


def test_somebody_who_is_not_there_is_told_beside_the_field(visit: Visit, shop: Shop) -> None:
    answer = visit("mei").post(START, {"f.place": "西湖", "f.guide": "9999", "key": "t1"})
    assert answer.status_code == 422
    assert "请从名单中选择" in Page(answer).problem("new-guide")
    assert not Case.objects.exists()


def test_whoever_has_left_since_still_stands_in_the_form(visit: Visit, shop: Shop) -> None:
    visit("mei").post(START, {"f.place": "西湖", "f.guide": shop["qi"].person_id, "key": "t1"})
    deactivate_user(shop["qi"])
    # The unit's head does it now, since no role stands beside the person.
    case = Case.objects.get()
    service.recheck(case.pk, NINE)
    page = Page(visit("min").get(f"/desk/cases/{case.number}"))
    assert shop["qi"].person_id in options(page)
