"""Papers in a real browser: on a desktop and on a phone, by keyboard, before and with the step."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.faces.desk.demo_with import demo_with, log_in
from tests.support.browser import Visitors, accessibility_violations

ROLES = {"xiaomei": "clerk", "lilei": "workshop"}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with demo_with("shop-papers", ROLES, tmp_path_factory) as address:
        yield address


@pytest.mark.parametrize("width", [1280, pytest.param(360, marks=pytest.mark.long)])
def test_papers_are_taken_in_and_given_back(visitors: Visitors, address: str, width: int) -> None:
    visitors.expect("422")
    mei = visitors.arrive()
    mei.set_viewport_size({"width": width, "height": 900})
    log_in(mei, address, "xiaomei")
    mei.goto(f"{address}/desk/new/shop-papers/settle")
    mei.get_by_label("客户").fill("王")
    mei.get_by_label("应届").check()
    mei.get_by_role("button", name="发起工单").click()
    mei.wait_for_url("**/desk/cases/*")
    case = mei.url.partition("#")[0]
    mei.locator("#papers").get_by_role("link", name="“毕业证”的登记").click()
    mei.get_by_label("原件").first.fill("1")
    mei.keyboard.press("Enter")
    expect(mei.get_by_text("“毕业证”已收到。")).to_be_visible()
    assert accessibility_violations(mei) == []
    assert mei.evaluate("document.documentElement.scrollWidth <= innerWidth")
    mei.goto(case)
    mei.get_by_role("button", name="领取").click()
    mei.get_by_label("复印件 · 毕业证").fill("2")
    mei.get_by_label("原件 · 一寸照").fill("3")
    mei.get_by_role("button", name="办结").click()
    expect(mei.get_by_text("毕业证：还缺复印件 1 份")).to_be_visible()
    expect(mei.get_by_label("复印件 · 毕业证")).to_have_value("2")
    assert accessibility_violations(mei) == []
    assert mei.evaluate("document.documentElement.scrollWidth <= innerWidth")
    mei.get_by_label("复印件 · 毕业证").fill("3")
    mei.get_by_label("复印件 · 户籍卡复印件").fill("1")
    mei.get_by_role("button", name="办结").click()
    expect(mei.get_by_text("“收件”已办结。")).to_be_visible()
    lei = visitors.arrive()
    log_in(lei, address, "lilei")
    lei.goto(case)
    lei.get_by_role("button", name="领取").click()
    lei.get_by_role("button", name="办结").click()
    expect(lei.get_by_text("“复核”已办结。")).to_be_visible()
    mei.goto(case)
    mei.get_by_role("button", name="领取").click()
    mei.get_by_role("button", name="办结").click()
    expect(mei.get_by_text("请先把“毕业证”退还客户")).to_be_visible()
    mei.locator("#papers").get_by_role("link", name="“毕业证”的登记").click()
    mei.get_by_role("button", name="交出").click()
    expect(mei.get_by_text("“毕业证”已交出。")).to_be_visible()
    assert accessibility_violations(mei) == []
