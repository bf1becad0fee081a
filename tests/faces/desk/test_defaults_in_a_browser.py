"""Defaults that follow while somebody types, and lists on file, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.faces.desk.demo_with import demo_with, log_in
from tests.support.browser import Visitors, accessibility_violations


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with demo_with("rentals", {"xiaomei": "advisor"}, tmp_path_factory) as address:
        yield address


def field(page: Page, name: str) -> str:
    return f'[name="f.{name}"]'


def test_an_entry_follows_until_somebody_changes_it(visitors: Visitors, address: str) -> None:
    page = visitors.arrive()
    log_in(page, address, "xiaomei")
    page.goto(f"{address}/desk/new/rentals/rent")
    starts, ends = page.locator(field(page, "starts_on")), page.locator(field(page, "ends_on"))
    starts.fill("2026-03-05")
    starts.press("Tab")
    expect(ends).to_have_value("2026-03-05")
    starts.fill("2026-03-06")
    starts.press("Tab")
    expect(ends).to_have_value("2026-03-06")
    ends.fill("2026-03-09")
    starts.fill("2026-03-07")
    page.locator(field(page, "car")).fill("+ 浙A1")
    page.locator(field(page, "car")).press("Tab")
    expect(page.locator(field(page, "starts_on"))).to_have_value("2026-03-07")
    page.reload()
    expect(ends).to_have_value("2026-03-09")
    starts.fill("2026-03-08")
    starts.press("Tab")
    page.get_by_role("button", name="发起工单").click()
    page.wait_for_url("**/desk/cases/*")
    expect(page.get_by_text("2026-03-09").first).to_be_visible()


@pytest.mark.parametrize("width", [1280, pytest.param(360, marks=pytest.mark.long)])
def test_rows_of_a_file_are_typed_by_keyboard(visitors: Visitors, address: str, width: int) -> None:
    page = visitors.arrive(width=width)
    log_in(page, address, "xiaomei")
    page.goto(f"{address}/desk/files/new/car")
    page.get_by_label("车牌").fill(f"浙C{width}")
    page.locator(field(page, "damages.+1.what")).fill("左门")
    page.locator(field(page, "damages.+1.hours")).fill("2")
    page.locator("#file-damages-add").click()
    expect(page.locator(field(page, "damages.+2.what"))).to_be_focused()
    expect(page.locator("#file-damages-row-\\+1")).to_contain_text("¥120.00")
    page.keyboard.type("尾灯")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=f"浙C{width}")).to_be_visible()
    expect(page.locator(field(page, "damages.+2.what"))).to_have_value("尾灯")
    page.get_by_role("button", name="删除第 1 行").first.click()
    expect(page.locator(field(page, "damages.+1.what"))).to_have_count(0)
    page.get_by_role("button", name="保存").click()
    expect(page.locator(field(page, "damages.+1.what"))).to_have_value("尾灯")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert accessibility_violations(page) == []
