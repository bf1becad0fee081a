"""The outbox in a real browser: what did not go out is dropped and sent again, on a phone too."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.faces.desk.demo_with import demo_with, log_in
from tests.support.browser import Visitors, accessibility_violations


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with demo_with("shop-telling", {"xiaomei": "clerk"}, tmp_path_factory) as address:
        yield address


@pytest.mark.parametrize("width", [pytest.param(1280, marks=pytest.mark.long), 360])
def test_what_did_not_go_out_is_decided_about(visitors: Visitors, address: str, width: int) -> None:
    mei = visitors.arrive()
    log_in(mei, address, "xiaomei")
    mei.goto(f"{address}/desk/new/shop-telling/told")
    mei.get_by_label("物品").fill(f"照相机 {width}")
    mei.get_by_role("button", name="发起工单").click()
    mei.wait_for_url("**/desk/cases/*")

    page = visitors.arrive(width=width, height=740)
    log_in(page, address, "admin")
    page.goto(f"{address}/desk/outbox?which=stuck&q=buyer")
    row = page.locator("[data-row]").filter(has_text=f"照相机 {width}")
    expect(row).to_contain_text("没发：不知道电话号码")
    row.get_by_role("button", name="不再发").press("Enter")
    expect(page.get_by_text("已作罢，不再发出。")).to_be_visible()
    expect(row).to_have_count(0)  # it is looked at as before: what did not go out
    page.goto(f"{address}/desk/outbox?q=buyer")
    expect(row).to_contain_text("已作罢，不发出")
    row.get_by_text("条记录").click()
    expect(row).to_contain_text("决定不再发")
    assert accessibility_violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    row.get_by_role("button", name="再发一次").click()
    expect(page.get_by_text("正在重新发送。")).to_be_visible()
