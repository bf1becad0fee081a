"""What only a browser can show of lists: focus, typing that survives, Enter, cards on a phone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.runtime.shop import PACK_FOLDER
from tests.support.browser import Visitors, accessibility_violations
from tests.support.server import new_installation


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The demo with one process more, in which 李雷 may order."""
    installation = new_installation(tmp_path_factory.mktemp("home"))
    folder = tmp_path_factory.mktemp("packs") / "shop-order"
    _write_pack(folder)
    installation.load_demo()
    with installation.serving("demo") as address:
        for command in (
            ("publish", "--without-rehearsal", str(folder)),
            ("user", "grant", "lilei", "clerk", "hq"),
        ):
            done = installation.run(*command)
            assert done.returncode == 0, done.stdout + done.stderr
        yield address


def _write_pack(folder: Path) -> None:
    folder.mkdir()
    text = (PACK_FOLDER / "shop-order.yaml").read_text(encoding="utf-8")
    files = {"pack.yaml": text, "en.yaml": "{}\n", "README.md": "Order\n"}
    for name, content in files.items():
        (folder / name).write_text(content, encoding="utf-8")


def open_form(page: Page, address: str) -> None:
    page.goto(f"{address}/desk/")
    page.get_by_label("用户名").fill("lilei")
    page.get_by_label("密码").fill("tuoban")
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("heading", name="我的工作")).to_be_visible()
    page.goto(f"{address}/desk/new/shop-order/order")
    page.get_by_label("买方").fill("王建国")


def cell(page: Page, row: str, column: str) -> str:
    return f'[name="f.lines.{row}.{column}"]'


@pytest.mark.parametrize("width", [1280, pytest.param(360, marks=pytest.mark.long)])
def test_rows_come_and_go_without_losing_the_keyboard_or_what_is_typed(
    visitors: Visitors, address: str, width: int
) -> None:
    page = visitors.arrive(width=width)
    open_form(page, address)
    page.fill(cell(page, "+1", "what"), "灯")
    page.fill(cell(page, "+1", "quantity"), "2")
    page.fill(cell(page, "+1", "price"), "10.25")
    page.click("#new-lines-add")
    expect(page.locator(cell(page, "+2", "what"))).to_be_focused()
    expect(page.locator("#new-total-field")).to_contain_text("¥20.50")
    page.keyboard.type("线")
    page.click("#new-lines-add")
    expect(page.locator(cell(page, "+3", "what"))).to_be_focused()
    page.keyboard.type("壳")
    page.get_by_role("button", name="删除第 2 行").click()
    expect(page.locator("#new-lines-add")).to_be_focused()
    expect(page.locator(cell(page, "+2", "what"))).to_have_count(0)
    expect(page.locator(cell(page, "+3", "what"))).to_have_value("壳")
    assert accessibility_violations(page) == []
    page.reload()
    expect(page.locator(cell(page, "+3", "what"))).to_have_value("壳")
    expect(page.locator(cell(page, "+2", "what"))).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_enter_sends_the_form_and_does_not_change_rows(visitors: Visitors, address: str) -> None:
    visitors.expect("422")
    page = visitors.arrive()
    open_form(page, address)
    page.fill(cell(page, "+1", "what"), "灯")
    page.press(cell(page, "+1", "quantity"), "Enter")
    expect(page.locator("#refusal")).to_contain_text("需要改正")
    expect(page.locator(cell(page, "+1", "quantity"))).to_be_focused()
    page.fill(cell(page, "+1", "quantity"), "2")
    page.press(cell(page, "+1", "quantity"), "Enter")
    page.wait_for_url("**/desk/cases/*")
    expect(page.locator("table.lines")).to_contain_text("灯")
