"""People at the desk, in a real browser: what they can see and do there, in their own words."""

from __future__ import annotations

import os
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.support.browser import Visitors

PASSWORD = "tuoban"  # of every demo log-in


def sign_in(visitors: Visitors, base: str, name: str, *, width: int = 1360) -> Page:
    """The page of somebody who has just signed in."""
    page = visitors.arrive(width=width, height=900 if width > 600 else 780)
    page.goto(f"{base}/desk/")
    page.get_by_label("用户名").fill(name)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("heading", name="我的工作")).to_be_visible()
    return page


def work(page: Page, step: str) -> Locator:
    """The part of a case page where this step is done."""
    region = page.get_by_role("region", name=step, exact=True)
    expect(region).to_be_visible()
    return region


def tick_all(region: Locator) -> None:
    for box in region.get_by_role("checkbox").all():
        box.check()


def choose(region: Locator, group: str, option: str) -> None:
    region.get_by_role("radiogroup", name=group).get_by_label(option, exact=True).check()


def sign_by_hand(page: Page, region: Locator, name: str) -> None:
    """Write a name and draw two strokes into the signature pad."""
    region.get_by_label("签字人姓名").fill(name)
    pad = region.get_by_role("img", name="签字处")
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    assert box is not None
    for start, end in (((0.2, 0.3), (0.7, 0.4)), ((0.4, 0.2), (0.5, 0.8))):
        page.mouse.move(box["x"] + box["width"] * start[0], box["y"] + box["height"] * start[1])
        page.mouse.down()
        page.mouse.move(
            box["x"] + box["width"] * end[0], box["y"] + box["height"] * end[1], steps=8
        )
        page.mouse.up()


def finish(page: Page, region: Locator) -> None:
    """Press the button that completes the step, and wait until the page says that it is done."""
    step = region.get_by_role("heading", level=2).inner_text()
    region.get_by_role("button", name="办结").click()
    expect(page.get_by_text(f"“{step}”已办结。")).to_be_visible()


def keep_picture(page: Page, name: str) -> None:
    """Keep a screenshot of the window at the top of the page for the documentation, where
    TUOBAN_SCREENSHOTS names a folder."""
    folder = os.environ.get("TUOBAN_SCREENSHOTS")
    if folder:
        page.evaluate("() => document.fonts.ready")
        page.evaluate("() => scrollTo(0, 0)")
        page.screenshot(path=Path(folder) / f"{name}.png")
