"""The demo with one process more, and people who do it, for tests in a real browser."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from tests.runtime.shop import PACK_FOLDER
from tests.support.server import new_installation


@contextmanager
def demo_with(
    slug: str, roles: Mapping[str, str], folders: pytest.TempPathFactory
) -> Iterator[str]:
    """The address of the demo, served by the real program with the pack published.

    Args:
        slug: of a pack among those of the tests.
        roles: the role that each of the demo's people gets.
    """
    installation = new_installation(folders.mktemp("home"))
    pack = folders.mktemp("packs") / slug
    pack.mkdir()
    text = (PACK_FOLDER / f"{slug}.yaml").read_text(encoding="utf-8")
    (pack / "pack.yaml").write_text(text, encoding="utf-8")
    installation.load_demo()
    with installation.serving("demo") as address:
        published = installation.run("publish", "--without-rehearsal", str(pack))
        assert published.returncode == 0, published.stderr + published.stdout
        for person, role in roles.items():
            granted = installation.run("user", "grant", person, role, "east")
            assert granted.returncode == 0, granted.stderr + granted.stdout
        yield address


def log_in(page: Page, address: str, name: str) -> None:
    """Somebody comes to the desk of the demo, and reads Chinese."""
    come_in(page, address, name)
    expect(page.get_by_role("heading", name="我的工作")).to_be_visible()


_sessions: dict[tuple[str, str], Any] = {}
"""By address and name, the cookie with which somebody was let in."""


def come_in(page: Page, address: str, name: str) -> None:
    """Come to the desk. Who has logged in before, and not out, needs no password again: looking at
    one takes long on purpose."""
    page.context.add_cookies(_sessions.get((address, name), []))
    page.goto(f"{address}/desk/")
    if page.get_by_label("用户名").count():
        page.get_by_label("用户名").fill(name)
        page.get_by_label("密码").fill("tuoban")
        page.get_by_role("button", name="登录").click()
        expect(page.get_by_role("heading", level=1)).to_have_text(_MY_WORK)
        _sessions[address, name] = [
            {"name": each["name"], "value": each["value"], "url": address}
            for each in page.context.cookies()
            if each["name"] == settings.SESSION_COOKIE_NAME
        ]


_MY_WORK = re.compile("^(我的工作|My work)$")
