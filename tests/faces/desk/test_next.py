"""Taking the work that is next in line."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.faces.desk.conftest import Visit
from tests.faces.desk.page import Page
from tests.runtime.shop import NINE, PACK_FOLDER, Shop, refusal
from tuoban.runtime.cases import definitions, service
from tuoban.runtime.cases.models import WorkItem
from tuoban.runtime.people.service import grant


@pytest.fixture
def line(shop: Shop) -> list[service.Outcome]:
    """Three cases whose work waits in line, the urgent one last."""
    text = (PACK_FOLDER / "shop-line.yaml").read_text("utf-8")
    definitions.publish("shop-line", text, None, NINE)
    grant(shop["mei"], "dispatcher", shop.units["east"])
    for name in ("lei", "han"):
        grant(shop[name], "carrier", shop.units["east"])
    return [
        service.start_case(
            "shop-line",
            "carry",
            by=shop["mei"],
            data={"urgency": urgency},
            at=NINE + timedelta(minutes=minute),
            key=shop.key(),
        )
        for minute, urgency in enumerate(("low", "low", "high"))
    ]


def test_the_urgent_comes_first_then_what_came_first(
    visit: Visit, line: list[service.Outcome]
) -> None:
    first, second, urgent = line
    places = [
        visit(name).post("/desk/next", {"key": f"{name}{turn}"})["Location"]
        for turn, name in enumerate(("lei", "han", "lei"))
    ]
    assert places == [f"/desk/cases/{case.number}" for case in (urgent, first, second)]


def test_the_list_offers_the_next_one_and_no_other(
    visit: Visit, shop: Shop, line: list[service.Outcome]
) -> None:
    page = Page(visit("lei").get("/desk/?tab=pool"))
    assert len(page.all("form", action="/desk/next")) == 1
    assert "领取下一件" in page.text
    item = shop.item(line[0], "fetch")
    assert not page.all("form", action=f"/desk/items/{item}/claim")
    refused = refusal(lambda: service.claim(item, by=shop["lei"], at=NINE, key="c"))
    assert refused.code == "not-chosen"
    shown = Page(visit("lei").get(f"/desk/cases/{line[0].number}"))
    assert "这件工作按先后领取" in shown.text


def test_when_nothing_waits_that_is_told(visit: Visit, line: list[service.Outcome]) -> None:
    for turn in range(3):
        visit("lei").post("/desk/next", {"key": str(turn)})
    answer = visit("lei").post("/desk/next", {"key": "last"}, follow=True)
    assert "没有排队等办的工作了" in Page(answer).text
    assert WorkItem.objects.filter(person=None, status=WorkItem.OPEN).count() == 0


def test_the_same_press_sent_twice_takes_one(
    visit: Visit, shop: Shop, line: list[service.Outcome]
) -> None:
    for _ in range(2):
        visit("lei").post("/desk/next", {"key": "once"})
    assert WorkItem.objects.filter(person=shop["lei"]).count() == 1
