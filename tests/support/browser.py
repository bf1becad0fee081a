"""A real Chromium whose pages are watched: any error or policy report fails the test."""

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    expect,
    sync_playwright,
)

_PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "chrome")
_MISSING = (
    "no Chromium found: install it (Debian: apt-get install chromium fonts-noto-cjk) "
    "to run the browser tests"
)
# A slow machine is not a wrong program.
expect.set_options(timeout=30_000)

_AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
_AXE_RUN = """() => axe.run(document, {
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
})"""


@contextmanager
def running_browser() -> Iterator[Browser]:
    """Run Chromium while the block lasts.

    Without one the test is skipped, or fails where CI=true promises that there is one.
    """
    program = next(filter(None, map(shutil.which, _PROGRAMS)), None)
    if program is None:
        if os.environ.get("CI") == "true":
            pytest.fail(_MISSING)
        pytest.skip(_MISSING)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program, args=["--disable-background-networking"]
        )
        yield browser
        browser.close()


class Visitors:
    """People at their browsers, each with cookies of their own, all watched for errors."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._contexts: list[BrowserContext] = []
        self._problems: list[str] = []
        # Leaving a page aborts what it was fetching, which htmx reports.
        self._expected = [re.compile(r"^htmx:(sendAbort|afterRequest)")]

    def arrive(
        self,
        *,
        locale: str = "zh-CN",
        width: int = 1280,
        height: int = 800,
        has_scripts: bool = True,
    ) -> Page:
        """Return the page of a new visitor, who prefers `locale` and has a window in CSS pixels."""
        context = self._browser.new_context(
            locale=locale,
            timezone_id="Asia/Shanghai",
            viewport={"width": width, "height": height},
            java_script_enabled=has_scripts,
        )
        self._contexts.append(context)
        # Chromium reports breaches of the content security policy on the console, too.
        context.on("console", self._note_console)
        context.on("weberror", lambda error: self._problems.append(f"exception: {error.error}"))
        return context.new_page()

    def expect(self, pattern: str) -> None:
        """Allow console errors that match `pattern`, such as the 409 of a refusal under test."""
        self._expected.append(re.compile(pattern))

    def leave(self) -> None:
        """Close all pages; fail if any of them met a problem that was not expected."""
        for context in self._contexts:
            context.close()
        if self._problems:
            pytest.fail("the browser reported:\n" + "\n".join(self._problems))

    def _note_console(self, message: ConsoleMessage) -> None:
        expected = any(pattern.search(message.text) for pattern in self._expected)
        if message.type == "error" and not expected:
            self._problems.append(f"{message.page and message.page.url}: {message.text}")


def accessibility_violations(page: Page) -> list[str]:
    """Return what axe-core finds against WCAG 2.2 AA on `page`, one line per element."""
    page.evaluate(_AXE.read_text(encoding="utf-8"))
    found: dict[str, Any] = page.evaluate(_AXE_RUN)
    return [
        f"{violation['id']}: {violation['help']}: {node['html']}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]
