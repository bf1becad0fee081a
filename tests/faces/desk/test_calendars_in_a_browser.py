"""Editing hours in a real browser: what is typed shows at once, by keyboard and on a phone, too."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Dialog, Page, expect

from tests.faces.desk.demo_with import come_in
from tests.support.browser import Visitors, accessibility_violations
from tests.support.server import serving_demo

PATHS = (
    "/desk/calendars",
    "/desk/calendars/new",
    "/desk/calendars/units",
    "/desk/calendars/people",
    "/desk/calendars/people/hanmei",
    "/desk/calendars/branch",
)


WORDS = {
    "中文": {
        "html": "zh",
        "name.zh": "中文名称",
        "name.en": "英文名称",
        "key": "代码",
        "copy": "以此为起点",
        "create": "新建日历",
        "created": "日历已新建",
        "mon": "周一",
        "fri": "周五",
        "sat": "周六",
        "to friday": "周一的时段用到周五",
        "unsaved": "未保存",
        "unchanged": "无改动",
        "from": "从",
        "number": "数量",
        "at 13": "3月2日 周一 13:00",
        "at 16": "3月2日 周一 16:00",
        "in force": "按现行作息：3月2日 周一 12:00",
        "save": "保存",
        "saved": "已保存为版本 2",
        "no span": "“nine”不是时段",
        "date": "日期",
        "like a weekday": "照星期几上班",
        "like": "照星期几",
        "at hours": "按时段上班",
        "hours": "时段",
        "why": "原因（中文）",
        "set": "设定这一天",
    },
    "English": {
        "html": "en",
        "name.zh": "Name in Chinese",
        "name.en": "Name in English",
        "key": "Key",
        "copy": "Begin with the hours of",
        "create": "Create the calendar",
        "created": "The calendar is created",
        "mon": "Monday",
        "fri": "Friday",
        "sat": "Saturday",
        "to friday": "Copy Monday to Friday",
        "unsaved": "not saved yet",
        "unchanged": "nothing changed",
        "from": "From",
        "number": "How many",
        "at 13": "Mon 2 Mar 13:00",
        "at 16": "Mon 2 Mar 16:00",
        "in force": "By the hours in force now: Mon 2 Mar 12:00",
        "save": "Save",
        "saved": "Saved as version 2",
        "no span": "“nine” is not a span of time",
        "date": "Date",
        "like a weekday": "work like a weekday",
        "like": "Like which weekday",
        "at hours": "work at these hours",
        "hours": "Hours",
        "why": "Why, in Chinese",
        "set": "Set this day",
    },
}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The demo, served by the real program."""
    with serving_demo(tmp_path_factory.mktemp("home")) as address:
        yield address


def log_in(page: Page, address: str, language: str = "中文") -> None:
    title = "我的工作" if language == "中文" else "My work"
    come_in(page, address, "admin")
    # The language stays with the person, who may have chosen another one in the test before.
    if page.get_by_role("heading", name=title).count() == 0:
        page.locator("summary", has_text="管理员").click()
        page.get_by_role("button", name=language).click()
    expect(page.get_by_role("heading", name=title)).to_be_visible()


def is_in_view(page: Page) -> bool:
    """Whether what has the focus can be seen."""
    return bool(
        page.evaluate(
            """() => {
                const box = document.activeElement.getBoundingClientRect();
                return box.top >= 0 && box.bottom <= innerHeight;
            }"""
        )
    )


@pytest.mark.parametrize("width", [360, pytest.param(1280, marks=pytest.mark.long)])
def test_what_is_wrong_with_a_day_is_where_the_keyboard_goes_on(
    visitors: Visitors, address: str, width: int
) -> None:
    page = visitors.arrive(width=width)
    log_in(page, address)
    page.goto(f"{address}/desk/calendars/branch")
    page.locator("#day-2026-10-05").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#day-2026-10-06")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#panel-kind-off")).to_be_focused()
    assert is_in_view(page)
    page.keyboard.press("ArrowDown")
    expect(page.locator("#panel-spans")).to_be_visible()
    page.locator("#panel-spans").fill("25:00-26:00")
    page.locator("#set-day").press("Enter")
    expect(page.locator("#panel-spans-problem")).to_be_visible()
    expect(page.locator("#panel-spans")).to_be_focused()
    assert is_in_view(page)
    page.locator("#try").press("Enter")
    expect(page.locator("#try")).to_be_focused()
    assert is_in_view(page)


def test_who_leaves_with_changes_is_asked_first(visitors: Visitors, address: str) -> None:
    asked: list[str] = []
    page = visitors.arrive()

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    log_in(page, address)
    page.goto(f"{address}/desk/calendars/branch")
    page.locator("#try-number").fill("3")
    page.get_by_role("link", name="按部门").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("各部门的日历")
    assert asked == []

    page.goto(f"{address}/desk/calendars/branch")
    page.locator("#week-0-mon").fill("09:00-10:00")
    page.get_by_role("link", name="按部门").click()
    expect(page.locator("#week-0-mon")).to_have_value("09:00-10:00")
    expect(page.locator("#editor")).to_have_attribute("data-unsaved", "yes")
    page.locator("[data-discard]").click()
    expect(page.locator("#week-0-mon")).not_to_have_value("09:00-10:00")
    assert asked == ["beforeunload"]


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


@pytest.mark.parametrize(
    ("language", "width"),
    [pytest.param("English", 360, marks=pytest.mark.long), ("中文", 1280)],
)
def test_lunch_an_exception_and_a_trial(
    visitors: Visitors, address: str, language: str, width: int
) -> None:
    visitors.expect("422")
    say = WORDS[language]
    page = visitors.arrive(width=width)
    log_in(page, address, language)
    page.goto(f"{address}/desk/calendars/new")
    key = f"shop-{width}-{say['html']}"
    page.get_by_label(say["name.zh"]).fill(f"门店 {key}")
    page.get_by_label(say["name.en"]).fill(f"Shop {key}")
    page.get_by_label(say["key"], exact=True).fill(key)
    page.get_by_label(say["copy"]).select_option("standard")
    page.get_by_role("button", name=say["create"]).click()
    expect(page.get_by_role("status").first).to_contain_text(say["created"])

    page.get_by_role("textbox", name=say["mon"]).fill("09:00-11:00, 12:00-18:00")
    page.get_by_role("button", name=say["to friday"]).click()
    expect(page.get_by_role("textbox", name=say["fri"])).to_have_value("09:00-11:00, 12:00-18:00")
    expect(page.get_by_text(say["unsaved"])).to_be_visible()

    page.get_by_label(say["from"], exact=True).fill("2026-03-02T10:00")
    page.get_by_label(say["number"]).fill("2")
    page.get_by_label(say["number"]).press("Tab")
    result = page.locator("#trial-result")
    expect(result).to_contain_text(say["at 13"])
    expect(result).to_contain_text(say["in force"])

    page.get_by_role("textbox", name=say["sat"]).fill("nine")
    page.get_by_role("button", name=say["save"], exact=True).click()
    expect(page.get_by_role("textbox", name=say["sat"])).to_be_focused()
    expect(page.get_by_text(say["no span"])).to_be_visible()
    page.get_by_role("textbox", name=say["sat"]).fill("")

    page.locator("#add-day").click()
    page.get_by_label(say["date"]).fill("2026-03-02")
    page.get_by_label(say["like a weekday"]).check()
    page.get_by_label(say["like"], exact=True).select_option("sat")
    page.get_by_label(say["at hours"]).check()
    page.get_by_label(say["hours"], exact=True).fill("14:00-16:00")
    page.get_by_label(say["why"]).fill("盘点")
    page.get_by_role("button", name=say["set"]).click()
    expect(page.get_by_text("盘点").first).to_be_visible()
    expect(result).to_contain_text(say["at 16"])
    assert fits(page)
    assert accessibility_violations(page) == []

    page.get_by_role("button", name=say["save"], exact=True).click()
    expect(page.get_by_text(say["saved"])).to_be_visible()
    expect(page.get_by_role("textbox", name=say["mon"])).to_have_value("09:00-11:00, 12:00-18:00")
    expect(page.get_by_text(say["unchanged"])).to_be_visible()


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


@pytest.mark.parametrize("language", ["中文", pytest.param("English", marks=pytest.mark.long)])
def test_pages_of_hours_fit_a_small_phone_and_are_accessible(
    visitors: Visitors, address: str, language: str
) -> None:
    page = visitors.arrive(width=360, height=780)
    log_in(page, address, language)
    for path in PATHS:
        page.goto(address + path)
        assert fits(page)
        # Those of the Chinese pages are looked for by night.
        assert language == "中文" or accessibility_violations(page) == []


def test_saving_with_a_double_click_saves_once(visitors: Visitors, address: str) -> None:
    page = visitors.arrive()
    log_in(page, address)
    page.goto(f"{address}/desk/calendars/branch")
    page.get_by_role("textbox", name="周六").fill("09:00-13:00")
    page.get_by_role("button", name="保存", exact=True).dblclick()
    expect(page.get_by_text("已保存为版本 2")).to_be_visible()
    expect(page.get_by_text("版本 3")).to_have_count(0)


@pytest.mark.long
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
