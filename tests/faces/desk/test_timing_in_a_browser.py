"""A technician starts, pauses, goes on and finishes, at a desk and on a phone."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.faces.desk.demo_with import demo_with, log_in
from tests.support.browser import Visitors, accessibility_violations

ROLES = {"xiaomei": "clerk", "lilei": "mender"}
BEGUN, ENDED = '[name="f.labour.+1.begun"]', '[name="f.labour.+1.ended"]'
WHAT, AGAIN = '[name="f.labour.+1.what"]', '[name="f.labour.+2.what"]'


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with demo_with("shop-labour", ROLES, tmp_path_factory) as address:
        yield address


def reported(visitors: Visitors, address: str) -> str:
    mei = visitors.arrive()
    log_in(mei, address, "xiaomei")
    mei.goto(f"{address}/desk/new/shop-labour/mend")
    mei.get_by_label("物品").fill("水泵")
    mei.get_by_role("button", name="发起工单").click()
    mei.wait_for_url("**/desk/cases/*")
    return mei.url


def button(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


@pytest.mark.parametrize("width", [1280, pytest.param(360, marks=pytest.mark.long)])
def test_work_is_timed_with_a_pause(visitors: Visitors, address: str, width: int) -> None:
    visitors.expect("422")
    where = reported(visitors, address)
    lei = visitors.arrive(width=width)
    log_in(lei, address, "lilei")
    lei.goto(where)
    lei.get_by_role("button", name="领取并开工").dblclick()
    expect(lei.get_by_text("起作业中。")).to_be_visible()
    expect(lei.locator("table.lines-entry tbody tr")).to_have_count(1)
    assert lei.locator(BEGUN).input_value()
    lei.fill(WHAT, "换泵")
    lei.get_by_label("修好").check()
    button(lei, "暂停")
    expect(lei.get_by_label("暂停原因").first).to_be_focused()
    expect(lei.locator(WHAT)).to_have_value("换泵")
    lei.get_by_label("暂停原因").first.fill("等配件")
    button(lei, "暂停")
    expect(lei.get_by_role("button", name="继续开工")).to_be_focused()
    assert lei.locator(ENDED).input_value()
    expect(lei.locator('[name="f.labour.+1.paused"]')).to_have_value("等配件")
    expect(lei.get_by_label("修好")).to_be_checked()
    assert accessibility_violations(lei) == []
    lei.reload()
    assert lei.locator(ENDED).input_value()
    button(lei, "继续开工")
    expect(lei.locator(AGAIN)).to_have_value("换泵")
    expect(lei.get_by_role("button", name="完工", exact=True)).to_be_focused()
    lei.get_by_label("修好").check()
    lei.get_by_role("button", name="办结").click()
    expect(lei.get_by_text("还在计时：请先完工，或填结束时间。")).to_be_visible()
    assert accessibility_violations(lei) == []
    assert lei.evaluate("document.documentElement.scrollWidth <= innerWidth")
    lei.get_by_role("button", name="完工", exact=True).dblclick()
    expect(lei.get_by_role("button", name="继续开工")).to_be_visible()
    expect(lei.locator("table.lines-entry tbody tr")).to_have_count(2)
    lei.get_by_role("button", name="办结").click()
    expect(lei.get_by_text("“维修”已办结").first).to_be_visible()
    expect(lei.get_by_text("等配件").first).to_be_visible()


def test_a_page_that_is_behind_loses_no_stretch(visitors: Visitors, address: str) -> None:
    where = reported(visitors, address)
    lei = visitors.arrive()
    log_in(lei, address, "lilei")
    lei.goto(where)
    lei.get_by_role("button", name="领取", exact=True).click()
    expect(lei.get_by_role("button", name="开工", exact=True)).to_be_visible()
    other = lei.context.new_page()
    other.goto(where)
    button(other, "开工")
    expect(other.get_by_text("起作业中。")).to_be_visible()
    begun = other.locator(BEGUN).input_value()
    button(lei, "开工")
    expect(lei.get_by_text("起作业中。")).to_be_visible()
    assert lei.locator(BEGUN).input_value() == begun
    expect(lei.locator("table.lines-entry tbody tr")).to_have_count(1)
