"""The served product: the real program, the real browser."""

import pytest
from playwright.sync_api import expect

from tests.support.browser import Visitors, accessibility_violations
from tests.support.server import Installation


def test_the_demo_greets_on_a_phone_in_both_languages_without_an_error(
    installation: Installation, visitors: Visitors
) -> None:
    installation.load_demo()
    with installation.serving("demo") as address:
        page = visitors.arrive(width=360)
        page.goto(address)
        expect(page.get_by_role("button", name="登录", exact=True)).to_be_visible()
        assert accessibility_violations(page) == []
        page.get_by_role("button", name="English").click()
        expect(page.get_by_role("button", name="Log in", exact=True)).to_be_visible()
        assert accessibility_violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.parametrize("command", ["serve", "demo", "migrate"])
def test_a_wrong_setting_ends_the_program_with_one_line(
    installation: Installation, command: str
) -> None:
    installation.environment["TUOBAN_DATABASE_URL"] = "mysql://host/name"
    answer = installation.run(command)
    assert answer.returncode != 0
    assert answer.stdout == ""
    (line,) = answer.stderr.splitlines()
    assert "TUOBAN_DATABASE_URL" in line
