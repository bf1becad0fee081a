"""Pictures of processes in a real browser: seen, reached by keys, and found by whoever listens."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import FloatRect, Locator, Page, expect

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

    # On a sheet of A4 the picture is whole, days have their dates, and nothing is to be filled in.
    began = page.locator(".timeline time").last
    expect(began).to_contain_text(re.compile("今天|昨天"))
    page.set_viewport_size({"width": 703, "height": 1031})
    page.emulate_media(media="print")
    card, picture = (box_of(page.locator(each)) for each in (".strip-card", ".diagram"))
    assert card["x"] <= picture["x"]
    assert picture["x"] + picture["width"] <= card["x"] + card["width"]
    assert picture["y"] + picture["height"] <= card["y"] + card["height"]
    expect(page.locator("main :is(form, button, .btn)").filter(visible=True)).to_have_count(0)
    printed = began.evaluate("each => getComputedStyle(each, '::after').content")
    assert re.fullmatch(r'"\d{4}-\d\d-\d\d \d\d:\d\d"', printed)


def box_of(shown: Locator) -> FloatRect:
    """Where it stands on the page."""
    box = shown.bounding_box()
    assert box is not None
    return box


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


PROCESS = "/desk/versions/it-technician-visit"


def test_a_process_shows_where_its_cases_are_and_leads_to_its_forms(
    visitors: Visitors, address: str
) -> None:
    page = visitors.arrive()
    log_in(page, address, "lilei")
    page.goto(address + PROCESS)
    expect(page.locator(".diagram")).to_be_visible()
    assert accessibility_violations(page) == []
    page.locator(".diagram-link").first.focus()
    page.keyboard.press("Enter")
    form = page.locator(".form-preview:target")
    expect(form).to_be_in_viewport()
    form.get_by_role("link", name="第 ").click()
    expect(page.locator(".source li:target")).to_be_in_viewport()


def test_the_pages_of_a_process_fit_a_small_phone(visitors: Visitors, address: str) -> None:
    page = visitors.arrive(width=360)
    log_in(page, address, "lilei")
    for path in ("", "/clauses", "/forms", "/text#line-6", "/versions"):
        page.goto(address + PROCESS + path)
        for folded in page.locator("main details:not([open]) > summary").all():
            folded.click()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        assert accessibility_violations(page) == [], path


def current(page: Page) -> list[str]:
    """What is in hand in the picture."""
    return page.locator(".diagram-box.diagram-current .diagram-title").all_text_contents()


def test_a_rehearsal_is_watched(visitors: Visitors, address: str) -> None:
    page = visitors.arrive()
    log_in(page, address, "admin")
    page.goto(f"{address}/desk/versions/pharmacy-two-person-dispensing/scenarios")
    assert accessibility_violations(page) == []
    page.get_by_role("link", name="审方、调配、复核发药，三个人经手").click()
    page.get_by_role("button", name="演练").click()
    expect(page.get_by_role("link", name="再看一次")).to_be_visible()
    expect(page.locator(".diagram")).to_be_visible(timeout=60_000)
    expect(page.get_by_text("✓ 通过")).to_be_visible()
    assert current(page) == ["审方"]
    now = page.locator("#rehearsal-now")
    for each in (now, page.locator("#go-next")):
        expect(each).to_be_in_viewport(ratio=1)

    # By the keyboard: the picture and the line follow, and whoever listens hears of it.
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
    for each in (now, page.locator(".diagram-end.diagram-done")):
        expect(each).to_be_in_viewport(ratio=1)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert accessibility_violations(page) == []

    # What came last stays while it is played again, and where that is given up.
    page.get_by_role("button", name="再演练一次").click()
    expect(page.get_by_text("上次：")).to_be_visible()
    expect(page.get_by_text("下面是上一次的结果。")).to_be_visible()
    expect(now).to_contain_text("1 / 15")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert accessibility_violations(page) == []
