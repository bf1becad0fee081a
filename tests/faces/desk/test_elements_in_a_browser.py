"""Work of three elements in a real browser: on a desktop, on a phone, sent back into one."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.faces.desk.demo_with import demo_with, log_in
from tests.support.browser import Visitors, accessibility_violations

ROLES = {"xiaomei": "clerk", "lilei": "mender"}
PARTS = ("前门", "后门", "车顶")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with demo_with("shop-parts", ROLES, tmp_path_factory) as address:
        yield address


@pytest.mark.parametrize("width", [1280, pytest.param(360, marks=pytest.mark.long)])
def test_each_element_is_done_and_one_is_done_again(
    visitors: Visitors, address: str, width: int
) -> None:
    mei = visitors.arrive()
    log_in(mei, address, "xiaomei")
    mei.goto(f"{address}/desk/new/shop-parts/check")
    mei.get_by_label("物品").fill("车")
    mei.get_by_role("button", name="发起工单").click()
    mei.wait_for_url("**/desk/cases/*")
    lei = visitors.arrive()
    lei.set_viewport_size({"width": width, "height": 900})
    log_in(lei, address, "lilei")
    lei.goto(mei.url)
    for place, part in enumerate(PARTS):
        card = lei.locator("section.item", has=lei.get_by_role("heading", name=f"检查（{part}）"))
        card.get_by_role("button", name="领取").click()
        expect(lei.get_by_text(f"“检查（{part}）”", exact=False).first).to_be_visible()
        card.get_by_label("费用").fill(str(place + 1))
        card.get_by_role("button", name="办结").click()
        expect(lei.locator(".strip-step").first).to_contain_text(f"{place + 1}/3")
    mei.set_viewport_size({"width": width, "height": 900})
    mei.reload()
    mei.get_by_role("button", name="领取").click()
    mei.locator("summary", has_text="退回").click()
    mei.get_by_label("退回到").select_option(label="检查（后门）")
    mei.get_by_label("原因").first.fill("重看")
    mei.locator("button[data-submit]", has_text="退回").click()
    expect(mei.locator(".strip-step").first).to_contain_text("2/3")
    expect(mei.get_by_role("heading", name="检查（后门）")).to_be_visible()
    assert mei.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert accessibility_violations(mei) == []
