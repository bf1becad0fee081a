"""A rehearsal in a real browser: asked for, waited for, and watched moment by moment."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.faces.desk.demo_with import log_in
from tests.support.browser import Visitors, accessibility_violations
from tests.support.server import serving_demo

PAGE = "desk/versions/pharmacy-two-person-dispensing/scenarios"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The demo, served by the real program."""
    with serving_demo(tmp_path_factory.mktemp("home")) as address:
        yield address


def current(page: Page) -> list[str]:
    """What is in hand in the picture."""
    return page.locator(".diagram-box.diagram-current .diagram-title").all_text_contents()


def test_a_rehearsal_is_watched(visitors: Visitors, address: str) -> None:
    page = visitors.arrive()
    log_in(page, address, "admin")
    page.goto(f"{address}/{PAGE}")
    assert accessibility_violations(page) == []
    page.get_by_role("link", name="审方、调配、复核发药，三个人经手").click()
    page.get_by_role("button", name="演练").click()
    expect(page.get_by_role("link", name="再看一次")).to_be_visible()
    expect(page.locator(".diagram")).to_be_visible(timeout=60_000)
    expect(page.get_by_text("✓ 通过")).to_be_visible()
    assert current(page) == ["审方"]

    # By the keyboard: the picture and the line follow, and whoever listens hears of it.
    now = page.get_by_role("status")
    for line in (2, 3):
        page.keyboard.press("ArrowRight")
        expect(now).to_contain_text(f"{line} / 15")
    expect(now).to_contain_text("shen 办理“审方”，结果“合格”")
    assert current(page) == ["调配"]
    expect(page.locator(".played [aria-current=step]")).to_contain_text("审方")
    assert page.url.endswith("?at=3")
    page.keyboard.press("ArrowLeft")
    expect(now).to_contain_text("2 / 15")
    assert current(page) == ["审方"]

    # By itself, to the end.
    page.locator(".played a").nth(12).click()
    expect(now).to_contain_text("13 / 15")
    page.get_by_role("button", name="播放").click()
    expect(page.get_by_role("button", name="暂停")).to_be_visible()
    expect(now).to_contain_text("15 / 15")
    assert current(page) == []
    assert accessibility_violations(page) == []

    # On a phone, where nobody follows but by links.
    page.set_viewport_size({"width": 360, "height": 740})
    page.reload()
    expect(now).to_contain_text("15 / 15")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert accessibility_violations(page) == []
