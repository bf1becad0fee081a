"""Messages in a real browser: entered by keyboard, with a mistake on the way, and on a phone."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.faces.desk.demo_with import demo_with, log_in
from tests.support.browser import Visitors, accessibility_violations

ROLES = {"xiaomei": "clerk", "lilei": "mender"}
LONGEST_WAIT_MS = 15_000


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with demo_with("shop-parcels", ROLES, tmp_path_factory) as address:
        yield address


def test_a_message_is_entered_and_begins_a_case(visitors: Visitors, address: str) -> None:
    visitors.expect("422")
    page = visitors.arrive()
    log_in(page, address, "admin")
    page.goto(f"{address}/desk/messages")
    page.get_by_role("link", name="录入消息").click()
    page.get_by_role("link", name="已订货").press("Enter")
    page.get_by_label("订货人").fill("王建国")
    page.get_by_label("订货人").press("Enter")
    expect(page.locator("#message-part-problem")).to_be_visible()
    expect(page.get_by_label("订货人")).to_have_value("王建国")
    assert accessibility_violations(page) == []
    page.get_by_label("配件").fill("屏幕")
    page.get_by_label("配件").press("Enter")
    expect(page.get_by_text("消息已收进")).to_be_visible()

    phone = visitors.arrive(width=360, height=740)
    log_in(phone, address, "admin")
    phone.goto(f"{address}/desk/messages?q=屏幕")
    row = phone.locator("[data-row]").first
    expect(row).to_contain_text("屏幕")
    expect(row).not_to_contain_text("王建国")
    for _ in range(LONGEST_WAIT_MS // 500):
        if "由此开始" in row.inner_text():
            break
        phone.wait_for_timeout(500)
        phone.reload()
    expect(row).to_contain_text("由此开始")
    assert accessibility_violations(phone) == []
    wide = phone.evaluate("document.documentElement.scrollWidth")
    assert wide <= 360
