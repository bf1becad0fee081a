"""Buttons for what may happen, in a real browser: by keyboard, on a phone, without a script."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.faces.desk.demo_with import demo_with, log_in
from tests.support.browser import Visitors, accessibility_violations

ROLES = {"xiaomei": "clerk", "lilei": "mender", "zhoumin": "chief"}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with demo_with("shop-extra", ROLES, tmp_path_factory) as address:
        yield address


def start_case(visitors: Visitors, address: str, thing: str) -> str:
    page = visitors.arrive()
    log_in(page, address, "xiaomei")
    page.goto(f"{address}/desk/new/shop-extra/overhaul")
    page.get_by_label("物品").fill(thing)
    page.get_by_role("button", name="发起工单").click()
    page.wait_for_url("**/desk/cases/*")
    return page.url


def test_by_keyboard_with_a_mistake_on_the_way(visitors: Visitors, address: str) -> None:
    visitors.expect("422")
    case = start_case(visitors, address, "键盘")
    page = visitors.arrive()
    log_in(page, address, "lilei")
    page.goto(case)
    page.locator("summary", has_text="发现增项").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_label("增项", exact=True)).to_be_focused()
    page.get_by_label("价格").fill("abc")
    page.get_by_label("价格").press("Enter")
    expect(page.locator("#react-extra_work-1-what-problem")).to_be_visible()
    expect(page.get_by_label("价格")).to_have_value("abc")
    assert accessibility_violations(page) == []
    page.get_by_role("radiogroup", name="已电话联系").get_by_label("是").check()
    page.get_by_label("电话内容").fill("他说好")
    page.get_by_label("增项", exact=True).fill("皮带")
    page.get_by_label("价格").fill("20")
    page.get_by_label("价格").press("Enter")
    expect(page.get_by_text("已提出“发现增项”。")).to_be_visible()
    expect(page.get_by_role("heading", name="发现增项 · 皮带")).to_be_visible()
    expect(page.get_by_text("所属：发现增项 · 皮带")).to_be_visible()
    assert accessibility_violations(page) == []


def test_on_a_phone_one_that_interrupts(visitors: Visitors, address: str) -> None:
    case = start_case(visitors, address, "手机")
    page = visitors.arrive(width=360, height=780)
    log_in(page, address, "zhoumin")
    page.goto(case)
    page.locator("summary", has_text="停修").click()
    expect(page.get_by_text("将撤回 2 项进行中的工作。")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert accessibility_violations(page) == []
    page.get_by_role("button", name="确认“停修”").click()
    expect(page.get_by_text("周敏提出“停修”")).to_be_visible()


def test_without_a_script(visitors: Visitors, address: str) -> None:
    case = start_case(visitors, address, "无脚本")
    page = visitors.arrive()
    log_in(page, address, "lilei")
    browser = page.context.browser
    assert browser is not None
    plain = browser.new_context(
        storage_state=page.context.storage_state(), locale="zh-CN", java_script_enabled=False
    )
    page = plain.new_page()
    page.goto(case)
    page.locator("summary", has_text="记一笔").click()
    page.get_by_role("button", name="确认“记一笔”").click()
    expect(page.get_by_role("heading", name="记一笔")).to_be_visible()
    plain.close()
