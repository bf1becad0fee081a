"""A step that several people do together, in the database."""

from __future__ import annotations

import pytest

from tests.runtime.shop import NINE, PACK_FOLDER, Shop, refusal, row
from tuoban.runtime.cases import definitions, service
from tuoban.runtime.cases.audit import audit
from tuoban.runtime.cases.models import WorkItem
from tuoban.runtime.cases.queries import case_page, notices
from tuoban.runtime.people.service import grant


@pytest.fixture
def board(shop: Shop) -> service.Outcome:
    text = (PACK_FOLDER / "shop-board.yaml").read_text("utf-8")
    definitions.publish("shop-board", text, None, NINE)
    grant(shop["mei"], "dispatcher", shop.units["east"])
    for judge in ("lei", "han", "min"):
        grant(shop[judge], "judge", shop.units["east"])
    return service.start_case(
        "shop-board", "ask", by=shop["mei"], data={"what": "采购"}, at=NINE, key=shop.key()
    )


def part(shop: Shop, name: str) -> int:
    return WorkItem.objects.get(node="vote", person=shop[name]).pk


def test_each_does_a_part_and_the_rest_is_withdrawn(shop: Shop, board: service.Outcome) -> None:
    rest = part(shop, "min")
    shop.complete(part(shop, "lei"), "lei", outcome="object", why="太贵")
    page = case_page(shop["han"], board.case_id, NINE)
    assert [(mark.state, mark.who) for mark in page.steps] == [("current", "韩梅、周敏")]
    assert [panel.can_complete for panel in page.items] == [True, False]
    shop.complete(part(shop, "han"), "han", outcome="agree")
    assert row(board).status == "running"
    shop.complete(rest, "min", outcome="agree")
    assert row(board).outcome == "done"
    story = case_page(shop["han"], board.case_id, NINE).timeline
    told = next(each.sentence for each in story if "通过" in each.sentence.zh)
    assert told.zh == "“会签”通过，同意 2 人，共 3 人，需要 2 人"
    assert told.en.endswith("was carried: 同意 2 of 3, needed 2")
    assert audit().is_clean


def test_whoever_is_too_late_is_told(shop: Shop, board: service.Outcome) -> None:
    late = part(shop, "min")
    for name in ("lei", "han"):
        shop.complete(part(shop, name), name, outcome="agree")
    assert refusal(lambda: shop.complete(late, "min", outcome="agree")).code == "item-withdrawn"
    assert any("会签" in each.sentence.zh for each in notices(shop["min"]))
