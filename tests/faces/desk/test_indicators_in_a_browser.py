"""Indicators in a real browser: measured and followed to the cases by keyboard, and on a phone."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from tests.faces.desk.demo_with import log_in
from tests.support.browser import Visitors, accessibility_violations
from tests.support.server import new_installation


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with new_installation(tmp_path_factory.mktemp("home")).serving(
        "demo", "--cases", "0"
    ) as address:
        yield address


def keep(page: Page, name: str) -> None:
    folder = os.environ.get("PICTURES")
    if folder:
        page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=True)


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


@pytest.mark.long
def test_a_number_is_followed_to_its_cases(visitors: Visitors, address: str) -> None:
    page = visitors.arrive()
    log_in(page, address, "admin")
    page.get_by_role("link", name="指标").press("Enter")
    page.get_by_role("link", name="上门维修").press("Enter")
    page.get_by_role("button", name="现在测量").press("Enter")
    expect(page.get_by_text("指标已测量。")).to_be_visible()
    page.get_by_role("button", name="现在测量").press("Enter")
    expect(page.get_by_text("指标已测量。")).to_be_visible()
    assert accessibility_violations(page) == []
    keep(page, "list-zh-1280")
    page.get_by_role("link", name="准时到达率").press("Enter")
    expect(page.get_by_role("heading", name="计入的工单")).to_be_visible()
    keep(page, "one-zh-1280")
    page.get_by_role("link", name="不符合", exact=True).press("Enter")
    expect(page.get_by_role("link", name="不符合", exact=True)).to_have_attribute(
        "aria-current", "true"
    )
    assert accessibility_violations(page) == []

    phone = visitors.arrive(width=360, height=740)
    log_in(phone, address, "admin")
    phone.context.add_cookies(
        [{"name": settings.LANGUAGE_COOKIE_NAME, "value": "en", "url": address}]
    )
    phone.goto(f"{address}/desk/")
    phone.locator(".nav-more summary").click()
    phone.locator(".nav-menu").get_by_role("link", name="Indicators").click()
    expect(phone.get_by_role("heading", name="Indicators")).to_be_visible()
    keep(phone, "packs-360")
    for path, name in (
        ("indicators/it-technician-visit", "list"),
        ("indicators/it-technician-visit/of/on_time", "one"),
        ("notices", "notices"),
    ):
        phone.goto(f"{address}/desk/{path}")
        assert accessibility_violations(phone) == []
        assert fits(phone)
        keep(phone, f"{name}-360")
