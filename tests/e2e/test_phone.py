"""A phone shows every part of a case without moving sideways, in the language with longer words."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.e2e.staff import PASSWORD
from tests.support.browser import Visitors
from tests.support.server import Installation


def test_a_step_with_a_long_english_name_fits_a_phone(
    installation: Installation, visitors: Visitors
) -> None:
    installation.load_demo()
    with installation.serving("demo") as base:
        page = visitors.arrive(width=360, height=780)
        page.goto(base)
        page.get_by_text("English").click()
        page.get_by_label("User name").fill("lilei")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Log in").click()
        page.get_by_role("link", name="刘洋").first.click()
        expect(page.get_by_role("button", name="Customer backs up the data")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") == 360
