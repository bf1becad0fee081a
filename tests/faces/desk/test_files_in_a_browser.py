"""Naming customers and assets on a form, and their pages, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.faces.desk.demo_with import demo_with, log_in
from tests.support.browser import Visitors, accessibility_violations


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    roles = {"xiaomei": "advisor", "lilei": "technician"}
    with demo_with("garage", roles, tmp_path_factory) as address:
        yield address


def fits(page: Page) -> bool:
    return bool(
        page.evaluate(
            "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
        )
    )


def test_a_car_is_entered_from_the_form_by_keyboard_and_has_its_page(
    visitors: Visitors, address: str
) -> None:
    visitors.expect("422")  # the form comes back once, to ask who is meant
    page = visitors.arrive()
    page.set_viewport_size({"width": 360, "height": 780})
    log_in(page, address, "xiaomei")
    page.goto(f"{address}/desk/new/garage/repair")
    page.get_by_label("车辆").fill("浙A12345")
    page.get_by_label("车主").fill("李雷")
    page.get_by_label("客户原话").fill("异响")
    page.get_by_label("客户原话").press("Enter")
    offered = page.get_by_label("新登记：浙A12345")
    expect(offered).to_be_visible()
    assert page.get_by_label("客户原话").input_value() == "异响"
    assert fits(page)
    assert accessibility_violations(page) == []
    offered.focus()
    page.keyboard.press("Space")
    page.get_by_label("新登记：李雷").focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="发起工单").press("Enter")
    page.wait_for_url("**/desk/cases/*")
    page.get_by_role("link", name="浙A12345", exact=True).click()
    page.get_by_label("质保到").fill("2026-12-31")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("质保到：2026-12-31")).to_be_visible()
    assert fits(page)
    assert accessibility_violations(page) == []
    page.goto(f"{address}/desk/files")
    page.get_by_label("姓名或电话").fill("李")
    page.get_by_role("button", name="搜索").click()
    expect(page.get_by_role("link", name="李雷")).to_be_visible()
    assert fits(page)
    assert accessibility_violations(page) == []
