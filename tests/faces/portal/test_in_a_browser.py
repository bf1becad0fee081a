"""What only a browser shows of the portal: signing with a finger, small screens, accessibility."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import Page, expect

from tests.faces.portal import furnishing
from tests.runtime.shop import PACK_FOLDER
from tests.support.browser import Visitors, accessibility_violations
from tests.support.server import new_installation


class Served(NamedTuple):
    """The demo with cases of which customers are asked, by the links to them."""

    looking: str
    doing: str
    typing: str


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    installation = new_installation(tmp_path_factory.mktemp("home"))
    installation.load_demo()
    with installation.serving("demo") as address:
        made = subprocess.run(
            [sys.executable, furnishing.__file__, str(PACK_FOLDER / "shop-offer.yaml")],
            check=True,
            capture_output=True,
            env={**installation.environment, "PYTHONPATH": str(Path.cwd())},
            cwd=installation.home,
            text=True,
        )
        yield Served(*(f"{address}{link}" for link in made.stdout.split()))


def draw(page: Page) -> None:
    """Draw something with the mouse, as with a finger."""
    pad = page.get_by_role("img", name="签字处")
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 40, box["y"] + 40)
    page.mouse.down()
    for step in range(1, 12):
        page.mouse.move(box["x"] + 40 + 14 * step, box["y"] + 40 + (step % 3) * 22)
    page.mouse.up()


def test_an_offer_is_accepted_and_signed_with_a_finger(visitors: Visitors, served: Served) -> None:
    page = visitors.arrive(width=360, height=780)
    page.goto(served.doing)
    assert "/portal/link/" not in page.url
    page.get_by_role("link", name="请您确认报价").click()
    page.get_by_text("同意", exact=True).first.click()
    page.get_by_text("不做", exact=True).last.click()
    draw(page)
    page.get_by_role("button", name="同意并签字").click()
    expect(page.get_by_text("谢谢，已办好并记下时间。")).to_be_visible()
    expect(page.get_by_role("heading", name="您已办理")).to_be_visible()


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_fit_a_small_phone_and_are_accessible(
    visitors: Visitors, served: Served, language: str, scheme: Any
) -> None:
    page = visitors.arrive(width=360, height=780)
    page.emulate_media(color_scheme=scheme)
    page.goto(served.looking)
    if language == "en":
        page.get_by_role("button", name="English").click()
    case = page.url
    page.locator(".todo-link").click()
    page.wait_for_url("**/work/*")
    door = f"{case.partition('/portal/')[0]}/portal/"
    for address in (
        case,
        page.url,
        door,
        f"{door}code",
        f"{door}requests/shop-offer/repair",
    ):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        assert accessibility_violations(page) == []


def test_without_scripts_a_typed_name_signs(visitors: Visitors, served: Served) -> None:
    page = visitors.arrive(has_scripts=False)
    page.goto(served.typing)
    page.get_by_role("link", name="请您确认报价").click()
    page.get_by_label("您的姓名").fill("王芳")
    page.get_by_text("同意", exact=True).first.click()
    page.get_by_text("不做", exact=True).last.click()
    page.get_by_role("button", name="同意并签字").click()
    expect(page.get_by_text("谢谢，已办好并记下时间。")).to_be_visible()
