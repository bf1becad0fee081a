"""The tutorial is true when typed: a visitor reads its sentences and does what they say."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.support.browser import Visitors
from tests.support.server import Installation

DOCS = Path(__file__).parents[2] / "docs" / "tutorial"
PAGES = (pytest.param("first-visit.md", marks=pytest.mark.long), "first-visit.zh.md")
PASSWORD = "tuoban"

LABEL, TYPED = r"\*\*([^*]+)\*\*", r"`([^`]+)`"
SENTENCES: Mapping[str, tuple[str, str]] = {
    "log_in": (rf"Log in as {TYPED}\.", rf"登录为 {TYPED}。"),
    "press": (rf"Press {LABEL}\.", rf"点 {LABEL}。"),
    "fill": (rf"Fill in\s+{LABEL} with {TYPED}\.", rf"在 {LABEL} 填 {TYPED}。"),
    "choose": (rf"Choose {LABEL} for {LABEL}\.", rf"{LABEL} 选 {LABEL}。"),
    "tick": (r"Tick every line\.", r"勾选每一项。"),
    "sign": (rf"Sign as {TYPED}\.", rf"签名 {TYPED}。"),
    "complete": (rf"Complete {LABEL}\.", rf"办结 {LABEL}。"),
    "pool": (rf"Open the case {LABEL} from the pool\.", rf"从待领打开工单 {LABEL}。"),
    "cases": (rf"Open the case {LABEL} from the list of cases\.", rf"从工单列表打开工单 {LABEL}。"),
}
DONE = {"en": "“{step}” is complete.", "zh": "“{step}”已办结。"}


def sentences(text: str, language: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What the numbered lines of the page ask for, in order."""
    column = 0 if language == "en" else 1
    known = {verb: re.compile(shapes[column]) for verb, shapes in SENTENCES.items()}
    steps = re.findall(r"^\d+\. (.*(?:\n   .*)*)", text, re.MULTILINE)
    for step in steps:
        found = sorted(
            (match.start(), verb, match.groups())
            for verb, shape in known.items()
            for match in shape.finditer(step)
        )
        assert found, f"nobody can follow: {step}"
        covered = sum(sum(group in step for group in groups) for _, _, groups in found)
        assert covered == len(re.findall(f"{LABEL}|{TYPED}", step)), f"not all is typed: {step}"
        for _, verb, groups in found:
            yield verb, groups


class Reader:
    """Somebody who follows the page to the letter."""

    def __init__(self, visitors: Visitors, base: str, language: str) -> None:
        self._visitors = visitors
        self._base = base
        self._language = language
        self._page: Page | None = None

    @property
    def page(self) -> Page:
        assert self._page is not None, "the page begins without a log-in"
        return self._page

    def do(self, verb: str, words: tuple[str, ...]) -> None:
        verbs: Mapping[str, Callable[..., None]] = {
            "log_in": self._log_in,
            "press": self._press,
            "fill": self._fill,
            "choose": self._choose,
            "tick": self._tick,
            "sign": self._sign,
            "complete": self._complete,
            "pool": self._open_from_pool,
            "cases": self._open_from_list,
        }
        verbs[verb](*words)

    def _log_in(self, name: str) -> None:
        self._page = self._visitors.arrive(width=1360, height=900)
        self.page.goto(self._base)
        if self._language == "en":
            self.page.get_by_role("button", name="English").or_(
                self.page.get_by_role("link", name="English")
            ).click()
        user, password, button = {
            "en": ("User name", "Password", "Log in"),
            "zh": ("用户名", "密码", "登录"),
        }[self._language]
        self.page.get_by_label(user).fill(name)
        self.page.get_by_label(password).fill(PASSWORD)
        self.page.get_by_role("button", name=button).click()
        expect(self.page.get_by_role("main")).to_contain_text(
            {"en": "My work", "zh": "我的工作"}[self._language]
        )

    def _press(self, name: str) -> None:
        target = self.page.get_by_role("button", name=name).or_(
            self.page.get_by_role("link", name=name)
        )
        target.first.click()
        self.page.wait_for_load_state("networkidle")

    def _main(self) -> Locator:
        return self.page.get_by_role("main")

    def _fill(self, label: str, text: str) -> None:
        self._main().get_by_role("textbox", name=re.compile(f"^{re.escape(label)}")).or_(
            self._main().get_by_label(re.compile(f"^{re.escape(label)}"))
        ).first.fill(text)

    def _choose(self, first: str, second: str) -> None:
        option, group = (first, second) if self._language == "en" else (second, first)
        choices = self._main().get_by_role("radiogroup", name=group)
        choices.get_by_label(option, exact=True).check()

    def _tick(self) -> None:
        for box in self._main().get_by_role("checkbox").all():
            box.check()

    def _sign(self, name: str) -> None:
        label = {"en": "Name of the signer", "zh": "签字人姓名"}[self._language]
        self._main().get_by_label(label).fill(name)

    def _complete(self, step: str) -> None:
        self._main().get_by_role("button", name=f"“{step}”").click()
        expect(self._main()).to_contain_text(DONE[self._language].format(step=step))

    def _open_from_pool(self, title: str) -> None:
        self.page.goto(f"{self._base}/desk/?tab=pool")
        self.page.get_by_role("link", name=title).first.click()
        expect(self.page.get_by_role("heading", name=title)).to_be_visible()

    def _open_from_list(self, title: str) -> None:
        self.page.goto(f"{self._base}/desk/cases")
        self.page.get_by_role("link", name=title).first.click()
        expect(self.page.get_by_role("heading", name=title)).to_be_visible()


@pytest.mark.parametrize("name", PAGES)
def test_the_tutorial_is_true_when_typed(
    name: str, installation: Installation, visitors: Visitors
) -> None:
    language = "zh" if name.endswith(".zh.md") else "en"
    text = (DOCS / name).read_text("utf-8")
    visitors.expect("422")
    installation.load_demo()
    with installation.serving("demo") as base:
        reader = Reader(visitors, base, language)
        for verb, words in sentences(text, language):
            reader.do(verb, words)
        ending = {"en": "Done and signed off", "zh": "已修好签收"}[language]
        assert f"**{ending}**" in text
        expect(reader.page.get_by_role("main")).to_contain_text(ending)
        _run_commands(text, installation)


def _run_commands(text: str, installation: Installation) -> None:
    commands = re.findall(r"```sh\n(.*?)\n```", text, re.DOTALL)
    assert commands
    for command in commands:
        words = shlex.split(command.replace("TUOBAN_HOME=var/demo ", ""))
        assert words.pop(0) == ".venv/bin/tuoban"
        done = installation.run(*words)
        assert done.returncode == 0, done.stdout + done.stderr
