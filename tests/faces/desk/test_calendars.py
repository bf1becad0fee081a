"""The page of a calendar: what its buttons do to what is typed, and what saving does."""

from dataclasses import replace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.faces.desk.conftest import Visit
from tests.faces.desk.hours_form import form_of, press
from tests.faces.desk.page import Answer, Page
from tests.runtime.shop import NINE, Shop
from tuoban.runtime.calendars.models import Calendar, CalendarVersion
from tuoban.runtime.calendars.queries import calendar_of
from tuoban.runtime.calendars.service import create_calendar, save_version
from tuoban.runtime.calendars.texts import STANDARD, CalendarText, DayText
from tuoban.runtime.people import hours
from tuoban.runtime.people.models import Unit
from tuoban.runtime.people.service import set_calendar

ADDRESS = "/desk/calendars/standard"


@pytest.fixture
def staff(visit: Visit) -> Client:
    return visit("root")


def opened(client: Client, address: str = ADDRESS) -> Answer:
    response = client.get(address)
    assert response.status_code == 200
    return response


def saved() -> CalendarText:
    found = calendar_of("standard")
    assert found is not None
    return found.kept.text()


def days(answer: Answer) -> list[str]:
    return form_of(answer).get("day", [])


def test_lunch_is_changed_by_typing_and_saving(staff: Client, shop: Shop) -> None:
    page = opened(staff)
    assert Page(page).value("week.0.mon") == "09:00-12:00, 13:00-18:00"

    page = press(staff, page, "copy.0", week_0_mon="9:00-11:30，12:30-18:00")
    assert Page(page).value("week.0.fri") == "9:00-11:30，12:30-18:00"
    press(staff, page, "save", note="午休提前")

    assert saved().weeks[0].days == (*("09:00-11:30, 12:30-18:00",) * 5, "", "")
    version = CalendarVersion.objects.latest("number")
    assert (version.saved_by, version.note) == (shop["root"].person_id, "午休提前")
    assert hours.snapshot().units["east"] == "standard@2/Asia/Shanghai"
    history = Page(opened(staff)).text
    assert "已保存为版本 2" in history
    assert "管理员" in history


def test_a_day_is_chosen_in_the_year_and_becomes_an_exception(staff: Client, shop: Shop) -> None:
    page = press(staff, opened(staff), "choose.2026-03-07")
    page = press(staff, page, "", panel_kind="like")
    page = press(staff, page, "set-day", panel_like="fri", panel_zh="补班")
    assert days(page) == ['["2026-03-07","","fri","补班",""]']
    page = press(staff, page, "show.2026")
    day = Page(page).by_id("day-2026-03-07")
    assert day is not None
    assert day.text.startswith("7 例 2026-03-07 周六，例外，补班")

    press(staff, page, "save")

    assert saved().days == (DayText("2026-03-07", like="fri", zh="补班", en="补班"),)
    page = press(staff, opened(staff), "remove-day.2026-03-07")
    press(staff, page, "save")
    assert saved().days == ()


def test_a_day_that_is_open_when_saving_is_saved_too(staff: Client) -> None:
    page = press(staff, opened(staff), "choose.2026-03-03")
    press(staff, page, "save")
    assert saved().days == (DayText("2026-03-03"),)


def test_a_day_that_cannot_be_used_is_told_beside_its_entry(staff: Client) -> None:
    page = press(staff, opened(staff), "choose.2026-03-07")
    page = press(staff, page, "", panel_kind="spans")
    page = press(staff, page, "set-day", panel_spans="9 to 5")
    assert "不是时段" in Page(page).problem("panel-spans")
    assert Page(page).value("panel.spans") == "9 to 5"
    assert days(page) == []
    page = press(staff, page, "save", week_0_sun="all day")
    assert "不是时段" in Page(page).problem("panel-spans")
    assert "不是时段" in Page(page).problem("week-0-sun")
    assert "有 2 处" in Page(page).refusal


def test_all_that_is_wrong_stands_beside_its_entry_and_nothing_typed_is_lost(
    staff: Client,
) -> None:
    page = press(staff, opened(staff), "add-week")
    page = press(
        staff,
        page,
        "save",
        week_0_tue="09:00-12:00, 11:00-13:00",
        week_1_first="",
        week_1_wed="nine to five",
        note="改\u200b动",
    )

    assert "重叠" in Page(page).problem("week-0-tue")
    assert "只能留一份" in Page(page).problem("week-1-first")
    assert "不是时段" in Page(page).problem("week-1-wed")
    assert Page(page).problem("note")
    assert Page(page).value("week.1.wed") == "nine to five"
    assert "没有保存" in Page(page).refusal
    assert CalendarVersion.objects.count() == 1


def test_a_day_worked_like_a_free_weekday_is_told_beside_the_exception(staff: Client) -> None:
    page = press(staff, opened(staff), "choose.2026-03-07")
    page = press(staff, page, "set-day", panel_kind="like", panel_like="sun")
    page = press(staff, page, "save")
    assert "没有工作时间" in Page(page).problem("exception-2026-03-07")


def test_what_somebody_saved_meanwhile_is_not_overwritten_unless_wanted(
    staff: Client, shop: Shop
) -> None:
    page = press(staff, opened(staff), "", week_0_sat="10:00-12:00")
    chief = shop["min"].person_id
    early = replace(STANDARD, keeps_holidays=False)
    save_version(Calendar.objects.get(), early, expected=1, at=NINE, by=chief)

    page = press(staff, page, "save")

    assert "周敏 已保存版本 2" in Page(page).refusal
    assert Page(page).value("week.0.sat") == "10:00-12:00"
    assert not saved().keeps_holidays
    press(staff, page, "save")
    assert saved().weeks[0].days == (*STANDARD.weeks[0].days[:5], "10:00-12:00", "")  # type: ignore[index]
    assert CalendarVersion.objects.count() == 3


def test_a_limit_is_tried_on_what_is_typed_and_on_what_holds(staff: Client) -> None:
    page = press(
        staff,
        opened(staff),
        "try",
        week_0_mon="09:00-11:00, 13:00-18:00",
        try_at="2026-03-02T10:00",
        try_number="2",
    )
    result = Page(page).by_id("trial-result")
    assert result is not None
    assert "3月2日 周一 14:00" in result.text
    assert "10:00 + 2 工作小时" in result.text
    assert "3月2日 周一 12:00" in result.text

    page = press(staff, page, "try", try_number="two")
    assert Page(page).problem("try-number")
    page = press(staff, page, "try", try_at="soon")
    assert Page(page).problem("try-at")


def test_a_year_that_is_not_confirmed_is_told_and_one_without_data_too(staff: Client) -> None:
    assert "未经确认" not in Page(press(staff, opened(staff), "show.2026")).text
    page = press(staff, opened(staff), "show.2030")
    assert "2030 年的放假安排（中国）未经确认" in Page(page).text
    assert "没有 2100 年的放假安排" in Page(press(staff, page, "show.2100")).text
    form = form_of(page)
    del form["holidays"]
    without = staff.post(ADDRESS, {**form, "act": ""})
    assert "未经确认" not in Page(without).text


def test_a_year_shows_holidays_and_moved_workdays_by_name(staff: Client) -> None:
    page = Page(press(staff, opened(staff), "show.2026"))
    holiday, moved = page.by_id("day-2026-10-01"), page.by_id("day-2026-10-10")
    assert holiday is not None
    assert moved is not None
    assert holiday.text == "1 休 2026-10-01 周四，法定节假日，国庆节"
    assert moved.text.startswith("10 班 2026-10-10 周六，调休上班，国庆节")
    assert "10-01 周四 – 10-07 周三" in page.text


def test_an_old_version_can_be_looked_at_and_put_in_force_again(staff: Client) -> None:
    page = press(staff, opened(staff), "", week_0_sat="10:00-12:00")
    press(staff, page, "save")
    page = opened(staff, f"{ADDRESS}?version=1")
    assert "已不再生效" in Page(page).text
    press(staff, page, "save")
    assert saved() == STANDARD
    assert CalendarVersion.objects.count() == 3
    assert staff.get(f"{ADDRESS}?version=9").status_code == 404


def test_saving_without_a_change_makes_no_version(staff: Client) -> None:
    press(staff, opened(staff), "save")
    assert CalendarVersion.objects.count() == 1


def test_who_is_not_staff_looks_and_tries_but_changes_nothing(visit: Visit) -> None:
    lei = visit("lei")
    page = opened(lei)
    assert not Page(page).has_entry("week.0.mon")
    page = press(lei, page, "try", try_at="2026-03-02T10:00")
    assert "3月2日 周一 12:00" in Page(page).text
    form = {**form_of(page), "weeks": "1", "week.0.mon": "00:00-24:00", "expected": "1"}
    for act in ("save", "set-day", "add-week", "nothing"):
        assert lei.post(ADDRESS, {**form, "act": act}).status_code == 403
    assert CalendarVersion.objects.count() == 1
    assert lei.get("/desk/calendars/new").status_code == 403
    assert lei.post(f"{ADDRESS}/name", {"name.zh": "x", "name.en": "x"}).status_code == 403
    assert lei.post("/desk/calendars/units", {"unit.east": "standard"}).status_code == 403
    doors = Page(opened(lei)).by_id("doors")
    assert doors is not None
    assert "日历" not in doors.text


def test_what_no_page_sends_changes_nothing(staff: Client) -> None:
    for form in (
        {},
        {"act": "save", "weeks": "99999", "expected": "1"},
        {"act": "choose.nonsense", "day": ["[1]", "[[[", "{}"]},
        {"act": "show.99999999999"},
        {"act": "nothing", "shown": "²", "weeks": "²"},
        {"act": "remove-week.0", "weeks": "1"},
    ):
        assert staff.post(ADDRESS, form).status_code in (200, 422)
    assert CalendarVersion.objects.count() == 1


def test_a_calendar_is_created_from_another_and_renamed(staff: Client, shop: Shop) -> None:
    entries = {"key": "Night shift", "name.zh": "夜班", "name.en": "", "copy": "standard"}
    page = Page(staff.post("/desk/calendars/new", entries))
    assert page.problem("key")
    assert page.problem("name-en")
    assert page.value("name.zh") == "夜班"

    entries |= {"key": "night", "name.en": "Night"}
    assert staff.post("/desk/calendars/new", entries).status_code == 302
    refused = staff.post("/desk/calendars/night/name", {"name.zh": " ", "name.en": "Nights"})
    assert Page(refused).problem("name-zh")
    staff.post("/desk/calendars/night/name", {"name.zh": "大夜班", "name.en": "Nights"})

    listed = Page(opened(staff, "/desk/calendars")).text
    assert "大夜班" in listed
    assert "还没有部门使用" in listed
    assert staff.get("/desk/calendars/nowhere").status_code == 404


def test_units_are_given_calendars_or_those_of_the_unit_above(staff: Client, shop: Shop) -> None:
    create_calendar("night", "夜班", "Night", at=NINE)
    page = Page(opened(staff, "/desk/calendars/units"))
    assert page.value("unit.east") == ""

    was = {"was.hq": "standard", "was.east": "", "was.west": ""}
    chosen = {"unit.hq": "", "unit.east": "night", "unit.west": "?", "unit.none": "night"}
    staff.post("/desk/calendars/units", was | chosen)

    assert Unit.objects.get(key="hq").calendar is not None
    assert hours.snapshot().units == {
        "hq": "standard@1/Asia/Shanghai",
        "east": "night@1/Asia/Shanghai",
        "west": "standard@1/Asia/Shanghai",
    }


def test_units_that_two_give_calendars_to_keep_what_each_chose(staff: Client, shop: Shop) -> None:
    create_calendar("night", "夜班", "Night", at=NINE)
    address = "/desk/calendars/units"
    form = {"was.hq": "standard", "was.east": "", "was.west": "", "unit.hq": "standard"}
    set_calendar(shop.units["east"], Calendar.objects.get(key="night"), at=None)

    staff.post(address, form | {"unit.east": "", "unit.west": "night"})
    assert hours.snapshot().units["east"] == "night@1/Asia/Shanghai"
    assert hours.snapshot().units["west"] == "night@1/Asia/Shanghai"

    clash = form | {"unit.hq": "night", "unit.east": "standard", "unit.west": ""}
    page = Page(answer := staff.post(address, clash))
    assert answer.status_code == 409
    assert page.problem("unit-east")
    assert hours.snapshot().units["hq"] == "standard@1/Asia/Shanghai"
    assert page.value("unit.east") == "standard"

    again = clash | {"was.east": page.value("was.east"), "was.west": page.value("was.west")}
    assert staff.post(address, again).status_code == 302
    assert hours.snapshot().units == {
        "hq": "night@1/Asia/Shanghai",
        "east": "standard@1/Asia/Shanghai",
        "west": "night@1/Asia/Shanghai",
    }


def test_the_list_costs_the_same_however_many_calendars_there_are(staff: Client) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            opened(staff, "/desk/calendars")
        return len(queries)

    one = cost()
    for number in range(3):
        create_calendar(f"shop-{number}", "门店", "Shop", at=NINE)
    cost()
    assert cost() <= one


def test_a_day_that_is_open_is_a_change_that_is_not_saved_yet(staff: Client) -> None:
    page = press(staff, opened(staff), "choose.2026-03-03")
    assert "未保存" in Page(page).text
    assert "未保存" not in Page(press(staff, page, "close-day")).text


def test_the_pages_are_english_where_english_is_wanted(visit: Visit) -> None:
    root = visit("root", "en")
    page = Page(press(root, opened(root), "show.2026"))
    assert "The year 2026" in page.text
    day = page.by_id("day-2026-10-01")
    assert day is not None
    assert day.text == "1 H 2026-10-01 Thursday, public holiday, National Day"


def test_half_a_character_and_endless_entries_are_not_shown(staff: Client) -> None:
    form = form_of(opened(staff)) | {
        "day": ['["2026-05-05","","","\\ud800",""]'],
        "try.number": ["9" * 100_000],
    }
    answer = staff.post(ADDRESS, form)
    assert answer.status_code == 200
    assert days(answer) == []
    assert "9" * 100 not in answer.content.decode()
