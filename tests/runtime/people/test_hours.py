"""Whose hours count: the names of calendars and the values behind them."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.runtime.shop import NINE, Shop, together
from tuoban.kernel.calendars import CHINA, add, between
from tuoban.runtime.calendars.findings import ContentError, SavedMeanwhile
from tuoban.runtime.calendars.models import Calendar
from tuoban.runtime.calendars.service import create_calendar, rename, save_version
from tuoban.runtime.calendars.texts import STANDARD, CalendarText, DayText, WeekText
from tuoban.runtime.people import hours
from tuoban.runtime.people.demo_loading import load_demo_organisation
from tuoban.runtime.people.models import PersonalHours, Unit
from tuoban.runtime.people.personal import AbsenceText, PersonalText
from tuoban.runtime.people.service import (
    create_unit,
    deactivate_user,
    save_personal_hours,
    set_calendar,
)

EARLY = replace(STANDARD, weeks=(WeekText("", (*("07:00-15:00",) * 5, "", "")),))
PART_TIME = PersonalText((WeekText("", (*("09:00-12:00",) * 4, "", "", "")),))
MONDAY = date(2026, 3, 2)


def own(shop: Shop, text: PersonalText, expected: int = 0) -> str:
    """Save these hours for Lei; the name of his hours in the east."""
    save_personal_hours(shop["lei"], text, expected=expected, at=NINE, by="1")
    name = hours.snapshot().of_performer(shop["lei"].person_id, "east")
    assert name is not None
    return name


def test_a_root_has_the_standard_hours_and_units_below_have_them_too(shop: Shop) -> None:
    now = hours.snapshot()

    assert now.units == dict.fromkeys(("hq", "east", "west"), "standard@1/Asia/Shanghai")
    standard = now.calendars["standard@1/Asia/Shanghai"]
    assert standard.label.zh == "标准工作时间"
    assert standard.holidays == CHINA
    assert [str(each) for each in standard.on(MONDAY).spans] == ["09:00-12:00", "13:00-18:00"]


def test_unchanged_hours_cost_one_query(shop: Shop) -> None:
    first = hours.snapshot()
    standard = first.calendars["standard@1/Asia/Shanghai"]

    with CaptureQueriesContext(connection) as queries:
        second = hours.snapshot()
        assert second.calendars["standard@1/Asia/Shanghai"] is standard

    assert second is first
    assert len(queries) == 1


def test_a_new_version_shows_at_once_and_the_old_name_means_what_it_meant(shop: Shop) -> None:
    hours.snapshot()
    save_version(Calendar.objects.get(), EARLY, expected=1, at=NINE)

    now = hours.snapshot()

    assert now.units["east"] == "standard@2/Asia/Shanghai"
    assert str(now.calendars["standard@2/Asia/Shanghai"].on(MONDAY).spans[0]) == "07:00-15:00"
    assert str(now.calendars["standard@1/Asia/Shanghai"].on(MONDAY).spans[0]) == "09:00-12:00"


def test_a_unit_given_a_calendar_hands_it_down_until_it_is_taken_back(shop: Shop) -> None:
    early = create_calendar("early", "早班", "Early", EARLY, at=NINE)
    set_calendar(shop.units["hq"], early, at=None)
    assert hours.snapshot().units["east"] == "early@1/Asia/Shanghai"

    set_calendar(shop.units["east"], Calendar.objects.get(key="standard"), at=None)
    assert hours.snapshot().units["east"] == "standard@1/Asia/Shanghai"
    assert hours.snapshot().units["west"] == "early@1/Asia/Shanghai"

    set_calendar(shop.units["east"], None, at=None)
    assert hours.snapshot().units["east"] == "early@1/Asia/Shanghai"


def test_a_unit_at_the_top_cannot_be_left_without_hours(shop: Shop) -> None:
    with pytest.raises(ValueError, match="at the top"):
        set_calendar(shop.units["hq"], None, at=None)
    assert Unit.objects.get(key="hq").calendar is not None


def test_every_calendar_is_named_in_the_zone_of_every_unit(shop: Shop) -> None:
    create_calendar("early", "早班", "Early", EARLY, at=NINE)
    create_unit("urumqi", "乌鲁木齐", "Urumqi", time_zone="Asia/Urumqi")

    now = hours.snapshot()

    assert now.keys["early", "urumqi"] == "early@1/Asia/Urumqi"
    assert now.keys["always", "east"] == "always@0/Asia/Shanghai"
    assert ("late", "east") not in now.keys
    assert ("early", "moon") not in now.keys
    assert len(now.keys) == len(list(now.keys)) == 3 * 4
    assert now.calendars["early@1/Asia/Urumqi"].zone == ZoneInfo("Asia/Urumqi")
    assert now.calendars["always@0/Asia/Urumqi"].label.en == "Round the clock"
    shift = now.calendars["always@0/Etc/GMT+8"]
    assert between(shift, NINE, NINE.replace(day=3)).days == 1


@pytest.mark.parametrize(
    "name",
    [
        "",
        "standard",
        "standard@2/Asia/Shanghai",
        "standard@1",
        "standard@1/Moon/Base",
        "standard@1/../secret",
        "standard@1/Asia/Shanghai+1",
        "standard@1/Asia/Shanghai+999@1",
        "early@1/Asia/Shanghai",
        "always@1/Asia/Shanghai",
        "standard@1/Asia/Shanghai\0",
        "standard@999999999999/Asia/Shanghai",
    ],
)
def test_a_name_of_nothing_is_not_found(shop: Shop, name: str) -> None:
    with pytest.raises(KeyError):
        hours.snapshot().calendars[name]
    assert name not in hours.snapshot().calendars


def test_hours_of_ones_own_lie_over_those_of_the_unit(shop: Shop) -> None:
    name = own(
        shop,
        PersonalText(
            (WeekText("", ("10:00-12:00", "", "", "", "", "", "")), WeekText("2026-04-01", None)),
            (DayText("2026-03-03", "12:00-20:00", zh="晚班"),),
            (AbsenceText("2026-03-02T10:00", "2026-03-02T11:00", "体检"),),
        ),
    )
    assert name == f"standard@1/Asia/Shanghai+{shop['lei'].pk}@1"
    lei = hours.snapshot().calendars[name]
    assert lei.label.zh == "李雷"
    assert lei.on(date(2026, 3, 3)).label.en == "晚班"
    assert len(lei.on(date(2026, 4, 2)).spans) == 2
    zone = ZoneInfo("Asia/Shanghai")
    nine = datetime(2026, 3, 2, 9, tzinfo=zone)
    assert between(lei, nine, nine.replace(hour=20)).total_seconds() == 3600
    assert hours.snapshot().of_performer(shop["han"].person_id, "east") == (
        "standard@1/Asia/Shanghai"
    )


def test_an_empty_version_leaves_nobody_with_hours_of_their_own(shop: Shop) -> None:
    old = own(shop, PART_TIME)
    new = own(shop, PersonalText(), expected=1)

    assert new == "standard@1/Asia/Shanghai"
    assert hours.snapshot().people == {}
    assert hours.snapshot().calendars[old].label.zh == "李雷"


def test_a_saturday_worked_like_a_day_on_which_one_is_free_stays_free(shop: Shop) -> None:
    like_friday = replace(STANDARD, days=(DayText("2026-03-07", like="fri"),))
    save_version(Calendar.objects.get(), like_friday, expected=1, at=NINE)

    lei = hours.snapshot().calendars[own(shop, PART_TIME)]

    assert lei.on(date(2026, 3, 7)).spans == ()
    assert lei.on(MONDAY).spans != ()


def test_all_that_is_wrong_with_hours_of_ones_own_comes_at_once(shop: Shop) -> None:
    text = PersonalText(
        (WeekText(), WeekText("2026-04-01", None)),
        (DayText("2026-03-03", like="mon"), DayText("2026-03-04", "9-5")),
        (
            AbsenceText("2026-03-02T10:00", "2026-03-02T10:00"),
            AbsenceText("tomorrow", "2026-03-02T25:00"),
            AbsenceText("2026-03-02T10:00", "2199-03-02T10:00"),
        ),
    )
    with pytest.raises(ContentError) as refused:
        own(shop, text)
    assert {each.place for each in refused.value.placed} == {
        "week.0.mon",
        "day.0.like",
        "day.1.spans",
        "absence.0.end",
        "absence.1.start",
        "absence.1.end",
        "absence.2.end",
    }
    assert not PersonalHours.objects.exists()


def test_hours_of_ones_own_edited_by_two_are_saved_by_one(busy_shop: Shop) -> None:
    lei = busy_shop["lei"]

    def save(by: str) -> PersonalHours:
        return save_personal_hours(lei, PART_TIME, expected=0, at=NINE, by=by)

    came = together(lambda: save("1"), lambda: save("2"))

    assert sorted(type(each).__name__ for each in came) == ["PersonalHours", "SavedMeanwhile"]
    with pytest.raises(SavedMeanwhile):
        save_personal_hours(lei, PART_TIME, expected=0, at=NINE)


def test_a_name_saved_anew_after_a_rollback_means_the_new_content(shop: Shop) -> None:
    standard = Calendar.objects.get()
    with transaction.atomic():
        save_version(standard, EARLY, expected=1, at=NINE)
        assert str(monday_in_the_east()) == "07:00-15:00"
        transaction.set_rollback(True)

    assert str(monday_in_the_east()) == "09:00-12:00"
    late = CalendarText((WeekText("", (*("14:00-22:00",) * 5, "", "")),))
    save_version(standard, late, expected=1, at=NINE)
    assert str(monday_in_the_east()) == "14:00-22:00"


def test_a_renamed_calendar_and_a_person_who_left_keep_their_hours(shop: Shop) -> None:
    name = own(shop, PART_TIME)
    rename(Calendar.objects.get(), "总部时间", "Head office hours")
    deactivate_user(shop["lei"])

    now = hours.snapshot()

    assert now.calendars[now.units["hq"]].label.zh == "总部时间"
    hour = timedelta(hours=1)
    assert add(now.calendars[name], NINE, hour) == NINE + hour


def test_the_demo_has_a_branch_with_hours_of_its_own_and_a_late_shift(db: None) -> None:
    load_demo_organisation(NINE)

    now = hours.snapshot()

    assert now.units["hq"] == now.units["west"] == "standard@1/Asia/Shanghai"
    assert now.units["east"] == "branch@1/Asia/Shanghai"
    (person,) = now.people
    name = now.of_performer(person, "east")
    assert name is not None
    hanmei = now.calendars[name]
    assert (hanmei.label.zh, hanmei.on(date(2026, 3, 4)).label.zh) == ("韩梅", "晚班")


def monday_in_the_east() -> object:
    now = hours.snapshot()
    return now.calendars[now.units["east"]].on(MONDAY).spans[0]


@pytest.mark.parametrize("typed", [",", "，、 ", " "])
def test_a_week_that_holds_no_hours_is_refused_however_it_is_typed(shop: Shop, typed: str) -> None:
    week = WeekText("", (typed, *("",) * 6))
    with pytest.raises(ContentError) as refused:
        own(shop, PersonalText((week,)))
    assert [each.place for each in refused.value.placed] == ["week.0.mon"]


def test_an_absence_that_ends_before_it_begins_is_refused_in_any_form(shop: Shop) -> None:
    absence = AbsenceText("2026-03-02 09:00", "2026-03-02T08:00")
    with pytest.raises(ContentError) as refused:
        own(shop, PersonalText(absences=(absence,)))
    assert [each.place for each in refused.value.placed] == ["absence.0.end"]


def test_hours_begin_with_their_first_version(shop: Shop) -> None:
    with pytest.raises(SavedMeanwhile):
        own(shop, PART_TIME, expected=999_999_999)
    assert own(shop, PART_TIME).endswith("@1")


def test_hours_that_arrive_twice_are_saved_once(shop: Shop) -> None:
    own(shop, PART_TIME)
    assert own(shop, PART_TIME).endswith("@1")
    with pytest.raises(SavedMeanwhile):
        own(shop, PersonalText())
    assert PersonalHours.objects.count() == 1
