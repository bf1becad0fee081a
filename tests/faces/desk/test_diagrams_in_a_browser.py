"""Pictures of processes in a real browser: seen, reached by keys, and found by whoever listens."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.faces.desk.demo_with import log_in
from tests.support.browser import Visitors, accessibility_violations
from tests.support.server import serving_demo


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The demo, served by the real program."""
    with serving_demo(tmp_path_factory.mktemp("home")) as address:
        yield address


def open_case(page: Page, address: str) -> None:
    """A case of the demo in which something is to be done."""
    page.goto(f"{address}/desk/")
    page.locator("a.row-title").first.click()
    page.wait_for_url("**/desk/cases/*")


def test_the_picture_of_a_case_leads_to_what_is_to_be_done(
    visitors: Visitors, address: str
) -> None:
    page = visitors.arrive()
    log_in(page, address, "lilei")
    open_case(page, address)
    step = page.locator(".diagram-link").first
    expect(step).to_be_visible()
    step.focus()
    page.keyboard.press("Enter")
    expect(page.locator("section.item:target")).to_be_visible()
    assert accessibility_violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_on_a_phone_the_strip_stands_for_the_picture(visitors: Visitors, address: str) -> None:
    page = visitors.arrive(width=360)
    log_in(page, address, "lilei")
    open_case(page, address)
    expect(page.locator(".diagram")).to_be_hidden()
    expect(page.locator(".strip-step").first).to_be_visible()
    known = page.locator(".diagram-box .diagram-title").all_text_contents()
    strip = [each.split("\n")[0].strip() for each in page.locator(".strip-step").all_inner_texts()]
    assert [each for each in strip if each in known] == [each for each in known if each in strip]
    assert set(strip) & set(known)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert accessibility_violations(page) == []


@pytest.mark.parametrize("width", [1280, 360])
def test_a_process_shows_where_its_cases_are(visitors: Visitors, address: str, width: int) -> None:
    page = visitors.arrive(width=width)
    log_in(page, address, "lilei")
    page.goto(f"{address}/desk/versions/it-technician-visit")
    expect(page.locator(".diagram")).to_be_visible()
    page.get_by_text("用文字说这个流程").click()
    expect(page.locator(".diagram-words li").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert accessibility_violations(page) == []
