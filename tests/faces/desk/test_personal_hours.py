"""The page of a person's own hours: weeks, shifts, absences, and the month that results."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.faces.desk.conftest import Visit
from tests.faces.desk.hours_form import form_of, press
from tests.faces.desk.page import Answer, Page
from tests.runtime.shop import NINE, Shop
from tuoban.runtime.people import hours
from tuoban.runtime.people.models import PersonalHours
from tuoban.runtime.people.personal import AbsenceText, PersonalText
from tuoban.runtime.people.queries import personal_version
from tuoban.runtime.people.service import revoke, save_personal_hours, set_head

ADDRESS = "/desk/calendars/people/lei"


@pytest.fixture
def staff(visit: Visit) -> Client:
    return visit("root")


def opened(client: Client) -> Answer:
    response = client.get(ADDRESS)
    assert response.status_code == 200
    return response


def words(answer: Answer, day: str) -> str:
    found = Page(answer).by_id(f"day-{day}")
    assert found is not None
    (said,) = (
        each for each in found.walk() if "visually-hidden" in each.attributes.get("class", "")
    )
    return said.text


def test_a_shift_an_absence_and_a_week_show_in_the_month_and_are_saved(
    staff: Client, shop: Shop
) -> None:
    page = press(staff, opened(staff), "show.2026-03")
    page = press(staff, page, "choose.2026-03-03")
    page = press(staff, page, "", panel_kind="spans")
    page = press(staff, page, "set-day", panel_spans="12:00-20:00", panel_zh="晚班")
    page = press(staff, page, "add-absence")
    page = press(
        staff,
        page,
        "add-week.dated",
        absence_0_start="2026-03-04T09:00",
        absence_0_end="2026-03-04T12:00",
        absence_0_zh="体检",
    )
    page = press(staff, page, "", week_0_first="2026-03-09", week_0_mon="10:00-14:00")
    assert words(page, "2026-03-03") == "2026-03-03 周二，例外，晚班，12:00-20:00"
    assert words(page, "2026-03-04") == "2026-03-04 周三，缺勤，体检，13:00-18:00"
    assert words(page, "2026-03-09") == "2026-03-09 周一，工作日，10:00-14:00"
    assert not PersonalHours.objects.exists()

    press(staff, page, "save")

    name = hours.snapshot().of_performer(shop["lei"].person_id, "east")
    assert name is not None
    lei = hours.snapshot().calendars[name]
    assert lei.on(date(2026, 3, 3)).label.en == "晚班"
    assert len(lei.absences) == 1
    listed = Page(staff.get("/desk/calendars/people")).text
    assert listed.index("李雷") < listed.index("陈小美")
    assert "1 个班次" in listed


def test_taking_everything_away_leaves_the_hours_of_the_unit(staff: Client, shop: Shop) -> None:
    page = press(staff, opened(staff), "choose.2026-03-03")
    press(staff, page, "save")
    assert hours.snapshot().people
    page = press(staff, opened(staff), "remove-day.2026-03-03")
    press(staff, page, "save")
    assert hours.snapshot().people == {}


def test_what_is_wrong_stands_beside_its_entry(staff: Client) -> None:
    page = press(staff, opened(staff), "add-absence")
    page = press(
        staff,
        page,
        "save",
        absence_0_start="2026-03-04T09:00",
        absence_0_end="2026-03-04T08:00",
    )
    assert "不晚于" in Page(page).problem("absence-0-end")
    assert Page(page).value("absence.0.end") == "2026-03-04T08:00"
    assert not PersonalHours.objects.exists()


def test_what_somebody_saved_meanwhile_is_not_overwritten(staff: Client, shop: Shop) -> None:
    page = press(staff, opened(staff), "choose.2026-03-03")
    save_personal_hours(shop["lei"], PersonalText(), expected=0, at=NINE)
    page = press(staff, page, "save")
    assert "已保存版本 1" in Page(page).refusal
    assert PersonalHours.objects.count() == 1
    press(staff, page, "save")
    assert PersonalHours.objects.count() == 2


def test_who_is_not_staff_looks_and_changes_nothing(visit: Visit) -> None:
    lei = visit("lei")
    page = press(lei, opened(lei), "show.2026-03")
    assert not Page(page).has_entry("absence.0.start")
    form = {**form_of(page), "act": "save", "absences": "1", "absence.0.start": "2026-03-04T09:00"}
    assert lei.post(ADDRESS, form).status_code == 403
    assert not PersonalHours.objects.exists()


@pytest.mark.parametrize(
    ("asks", "sees"), [("han", True), ("min", True), ("gang", True), ("qi", False), ("sun", False)]
)
def test_when_somebody_is_away_is_for_their_units_and_those_above(
    visit: Visit, asks: str, sees: bool
) -> None:
    client = visit(asks)
    for answer in (client.get(ADDRESS), client.post(ADDRESS, {"act": "show.2026-03"})):
        assert answer.status_code == (200 if sees else 404)
    listed = Page(client.get("/desk/calendars/people")).text
    assert ("李雷" in listed) == sees


@pytest.mark.parametrize(("asks", "sees"), [("root", True), ("lei", True), ("han", False)])
def test_why_somebody_is_away_is_for_them_and_staff(
    visit: Visit, shop: Shop, asks: str, sees: bool
) -> None:
    away = AbsenceText("2026-03-04T09:00", "2026-03-04T12:00", "复查", "check-up")
    reasoned = PersonalText(absences=(away,))
    for number, content in enumerate((reasoned, PersonalText(), reasoned)):
        save_personal_hours(shop["lei"], content, expected=number, at=NINE)
    client = visit(asks)
    assert client.get(ADDRESS, {"version": "1"}).status_code == 200
    month = press(client, opened(client), "show.2026-03")
    assert "2026-03-04 周三，缺勤" in Page(month).text
    assert ("复查" in month.content.decode()) == sees
    old = personal_version(shop["lei"], 1, shop[asks])
    assert old is not None
    assert ((old.absences[0].zh, old.absences[0].en) == ("复查", "check-up")) == sees


def test_a_head_without_a_role_sees_the_hours_of_the_unit(visit: Visit, shop: Shop) -> None:
    revoke(shop["sun"], "clerk", shop.units["west"])
    set_head(shop.units["hq"], shop["sun"])
    assert visit("sun").get(ADDRESS).status_code == 200


def test_who_has_hours_of_their_own_is_listed_first_at_a_fixed_cost(
    staff: Client, shop: Shop
) -> None:
    staff.get("/desk/calendars/people")  # what a server looks up once is no cost of the page
    with CaptureQueriesContext(connection) as before:
        staff.get("/desk/calendars/people")
    absence = AbsenceText("2026-03-02T09:00", "2026-03-03T09:00")
    for number, content in enumerate((PersonalText(), PersonalText(absences=(absence,)))):
        save_personal_hours(shop["qi"], content, expected=number, at=NINE)
        save_personal_hours(shop["lei"], PersonalText(), expected=number, at=NINE)
    with CaptureQueriesContext(connection) as after:
        page = Page(staff.get("/desk/calendars/people"))
    assert len(after) == len(before)
    assert page.text.index("赵琦") < page.text.index("李雷")


def test_somebody_who_is_not_there_is_not_found(staff: Client) -> None:
    assert staff.get("/desk/calendars/people/nobody").status_code == 404
    assert "没有这个名字" in Page(staff.get("/desk/calendars/people?q=nobody")).text
