"""Editing hours in a real browser: what is typed shows at once, by keyboard and on a phone, too."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.support.browser import Visitors, accessibility_violations
from tests.support.server import new_installation

PATHS = (
    "/desk/calendars",
    "/desk/calendars/new",
    "/desk/calendars/units",
    "/desk/calendars/people",
    "/desk/calendars/people/hanmei",
    "/desk/calendars/branch",
)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The demo, served by the real program."""
    with new_installation(tmp_path_factory.mktemp("home")).serving("demo") as address:
        yield address


def log_in(page: Page, address: str, language: str = "中文") -> None:
    title = "我的工作" if language == "中文" else "My work"
    page.goto(f"{address}/desk/")
    page.get_by_label("用户名").fill("admin")
    page.get_by_label("密码").fill("tuoban")
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("^(我的工作|My work)$"))
    # The language stays with the person, who may have chosen another one in the test before.
    if page.get_by_role("heading", name=title).count() == 0:
        page.locator("summary", has_text="管理员").click()
        page.get_by_role("button", name=language).click()
    expect(page.get_by_role("heading", name=title)).to_be_visible()


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


@pytest.mark.parametrize("width", [360, 1280])
def test_lunch_an_exception_and_a_trial(visitors: Visitors, address: str, width: int) -> None:
    visitors.expect("422")
    page = visitors.arrive(width=width)
    log_in(page, address)
    page.goto(f"{address}/desk/calendars/new")
    page.get_by_label("中文名称").fill(f"门店 {width}")
    page.get_by_label("英文名称").fill(f"Shop {width}")
    page.get_by_label("代码").fill(f"shop-{width}")
    page.get_by_label("以此为起点").select_option("standard")
    page.get_by_role("button", name="新建日历").click()
    expect(page.get_by_role("status").first).to_contain_text("日历已新建")

    page.get_by_role("textbox", name="周一").fill("09:00-11:00, 12:00-18:00")
    page.get_by_role("button", name="周一的时段用到周五").click()
    expect(page.get_by_role("textbox", name="周五")).to_have_value("09:00-11:00, 12:00-18:00")
    expect(page.get_by_text("未保存")).to_be_visible()

    page.get_by_label("从", exact=True).fill("2026-03-02T10:00")
    page.get_by_label("数量").fill("2")
    page.get_by_label("数量").press("Tab")
    result = page.locator("#trial-result")
    expect(result).to_contain_text("3月2日 周一 13:00")
    expect(result).to_contain_text("按现行作息：3月2日 周一 12:00")

    page.get_by_role("textbox", name="周六").fill("nine")
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_role("textbox", name="周六")).to_be_focused()
    expect(page.get_by_text("“nine”不是时段")).to_be_visible()
    page.get_by_role("textbox", name="周六").fill("")

    page.locator("#add-day").click()
    page.get_by_label("日期").fill("2026-03-02")
    page.get_by_label("照星期几上班").check()
    page.get_by_label("照星期几", exact=True).select_option("sat")
    page.get_by_label("按时段上班").check()
    page.get_by_label("时段", exact=True).fill("14:00-16:00")
    page.get_by_label("原因（中文）").fill("盘点")
    page.get_by_role("button", name="设定这一天").click()
    expect(page.get_by_text("盘点").first).to_be_visible()
    expect(result).to_contain_text("3月2日 周一 16:00")
    assert fits(page)
    assert accessibility_violations(page) == []

    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_text("已保存为版本 2")).to_be_visible()
    expect(page.get_by_role("textbox", name="周一")).to_have_value("09:00-11:00, 12:00-18:00")
    expect(page.get_by_text("无改动")).to_be_visible()


def test_days_are_walked_and_chosen_with_the_keyboard(visitors: Visitors, address: str) -> None:
    page = visitors.arrive()
    log_in(page, address, "English")
    page.goto(f"{address}/desk/calendars/standard")
    page.get_by_role("button", name="2027 ›").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="The year 2027")).to_be_focused()
    expect(
        page.get_by_text("The public holidays of 2027 (China) are not confirmed")
    ).to_be_visible()
    page.locator("#day-2027-01-01").focus()
    for key in ("ArrowDown", "ArrowRight", "ArrowLeft", "ArrowRight"):
        page.keyboard.press(key)
    expect(page.locator("#day-2027-01-09")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_label("off", exact=True)).to_be_focused()
    expect(page.get_by_label("Date")).to_have_value("2027-01-09")
    page.keyboard.press("ArrowRight")
    page.get_by_label("Hours", exact=True).fill("10:00-12:00")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Set this day").press("Enter")
    expect(page.locator("#day-2027-01-09")).to_be_focused()
    expect(page.locator("#day-2027-01-09")).to_have_accessible_name(
        "2027-01-09 Saturday, exception, 10:00-12:00"
    )
    assert accessibility_violations(page) == []


@pytest.mark.parametrize("language", ["中文", "English"])
def test_pages_of_hours_fit_a_small_phone_and_are_accessible(
    visitors: Visitors, address: str, language: str
) -> None:
    page = visitors.arrive(width=360, height=780)
    log_in(page, address, language)
    for path in PATHS:
        page.goto(address + path)
        assert fits(page)
        assert accessibility_violations(page) == []


def test_pages_of_hours_are_legible_by_night(visitors: Visitors, address: str) -> None:
    page = visitors.arrive()
    page.emulate_media(color_scheme="dark")
    log_in(page, address)
    for path in PATHS:
        page.goto(address + path)
        assert accessibility_violations(page) == []


def test_what_is_typed_survives_the_end_of_the_session(visitors: Visitors, address: str) -> None:
    visitors.expect("401")
    page = visitors.arrive()
    log_in(page, address)
    page.goto(f"{address}/desk/calendars/branch")
    page.get_by_role("textbox", name="周日").fill("10:00-12:00")
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_role("alert").first).to_contain_text("登录已失效")
    expect(page.get_by_role("textbox", name="周日")).to_have_value("10:00-12:00")
