"""Who is turned to about a block with a `contact`, on the case page."""

from __future__ import annotations

import pytest

from tests.faces.desk.conftest import Visit
from tests.faces.desk.page import Page
from tests.runtime.shop import NINE, Shop
from tuoban.runtime.cases import definitions, service
from tuoban.runtime.cases.models import Notice
from tuoban.runtime.cases.service import Outcome

PACK = """\
pack: shop-films
version: 1
language: zh
title: 宣传片
roles: {clerk: 业务员, mender: 剪辑, workshop: 部门主管}
fields: {topic: {type: text, zh: 主题}}
starts: [{request: film, zh: 宣传片, by: clerk, form: [topic]}]
process:
  - {stage: production, zh: 制作, contact: workshop, steps: [{step: cut, zh: 剪辑, by: mender}]}
  - {end: done, zh: 完成}
"""


@pytest.fixture
def case(shop: Shop) -> Outcome:
    definitions.publish("shop-films", PACK, None, NINE)
    case = service.start_case(
        "shop-films", "film", by=shop["mei"], data={"topic": "茶"}, at=NINE, key=shop.key()
    )
    shop.claim(case, "cut", "lei")
    return case


@pytest.mark.parametrize(
    ("language", "turned_to"),
    [
        ("zh-hans", "关于“制作”，请找部门主管：吴刚。"),
        ("en", "About “制作” turn to 部门主管: 吴刚."),
    ],
)
def test_outsiders_are_shown_to_whom_they_turn(
    case: Outcome, visit: Visit, language: str, turned_to: str
) -> None:
    page = Page(visit("mei", language).get(f"/desk/cases/{case.number}"))
    assert turned_to in page.text


def test_those_inside_are_not(case: Outcome, visit: Visit) -> None:
    for name in ("lei", "han", "min", "gang"):
        page = Page(visit(name).get(f"/desk/cases/{case.number}"))
        assert "请找部门主管" not in page.text, name


def test_urging_from_outside_tells_the_contact(shop: Shop, case: Outcome, visit: Visit) -> None:
    item = shop.item(case, "cut")
    page = Page(visit("mei").get(f"/desk/cases/{case.number}"))
    assert "会告诉部门主管。" in page.text
    sent = {"key": "a", "reason": "周一要用"}
    assert visit("mei").post(f"/desk/items/{item}/urge", sent).status_code == 302
    told = Notice.objects.filter(case=case.case_id, code="urged")
    assert [each.user for each in told] == [shop["gang"]]


def test_where_nobody_holds_the_role_the_page_says_so_or_names_the_head(
    shop: Shop, visit: Visit
) -> None:
    text = PACK.replace("contact: workshop", "contact: nobody_yet")
    text = text.replace("workshop: 部门主管", "nobody_yet: 部门主管")
    definitions.publish("shop-films", text, None, NINE)
    made = service.start_case(
        "shop-films", "film", by=shop["mei"], data={"topic": "茶"}, at=NINE, key=shop.key()
    )
    page = Page(visit("mei").get(f"/desk/cases/{made.number}"))
    assert "关于“制作”，请找部门主管：周敏。" in page.text
