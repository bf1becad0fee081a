"""The verbs that change calendars: versions, conflicts, holidays, and what is refused."""

from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from tests.runtime.shop import NINE, together
from tuoban.runtime.calendars import editions, lookup
from tuoban.runtime.calendars.findings import ContentError, SavedMeanwhile
from tuoban.runtime.calendars.models import (
    Calendar,
    CalendarMark,
    CalendarVersion,
    HolidayEdition,
)
from tuoban.runtime.calendars.service import (
    create_calendar,
    rename,
    save_version,
    standard_calendar,
    take_up_holidays,
)
from tuoban.runtime.calendars.texts import (
    STANDARD,
    CalendarText,
    DayText,
    WeekDays,
    WeekText,
    from_json,
)

pytestmark = pytest.mark.django_db

ZONE = ZoneInfo("Asia/Shanghai")
SHOP: WeekDays = ("8:00-12:00，14:00-20:00", *("08:00-12:00, 14:00-20:00",) * 5, "")


def weekly(*days: str) -> CalendarText:
    mon, tue, wed, thu, fri, sat, sun = days
    return CalendarText((WeekText("", (mon, tue, wed, thu, fri, sat, sun)),))


def mark() -> str:
    return CalendarMark.objects.get().token


def places(content: CalendarText) -> set[str]:
    """Where the refusal of this content finds something wrong."""
    with pytest.raises(ContentError) as refused:
        create_calendar("x", "甲", "X", content, at=NINE)
    assert not Calendar.objects.exists()
    return {each.place for each in refused.value.placed}


def test_a_calendar_begins_with_its_first_version_in_one_form_of_writing() -> None:
    shop = create_calendar("shop", "门店", "Shop", weekly(*SHOP), at=NINE, by="7", note="开业")

    version = shop.versions.get()
    text = from_json(version.content, keeps_holidays=True)
    assert (version.number, version.saved_by, version.saved_at) == (1, "7", NINE)
    assert text.weeks[0].days is not None
    assert text.weeks[0].days[0] == "08:00-12:00, 14:00-20:00"
    assert version.holidays == editions.newest()


def test_a_saved_version_is_in_force_and_the_old_one_stays_as_it_was() -> None:
    shop = create_calendar("shop", "门店", "Shop", weekly(*SHOP), at=NINE)
    old, before = shop.versions.get().content, mark()

    saved = save_version(shop, replace(STANDARD, keeps_holidays=False), expected=1, at=NINE)

    assert (saved.number, saved.holidays) == (2, None)
    assert shop.versions.get(number=1).content == old
    assert lookup.newest_numbers() == {"always": 0, "shop": 2}
    assert mark() != before


def test_what_was_edited_before_somebody_saved_is_refused() -> None:
    shop = create_calendar("shop", "门店", "Shop", at=NINE)
    save_version(shop, STANDARD, expected=1, at=NINE, by="7")

    with pytest.raises(SavedMeanwhile) as refused:
        save_version(shop, weekly(*SHOP), expected=1, at=NINE, by="8")

    assert (refused.value.number, refused.value.by, refused.value.at) == (2, "7", NINE)
    assert shop.versions.count() == 2


@pytest.mark.django_db(transaction=True)
def test_of_two_who_save_at_once_one_is_refused() -> None:
    shop = create_calendar("shop", "门店", "Shop", at=NINE)

    def save(by: str) -> CalendarVersion:
        return save_version(shop, STANDARD, expected=1, at=NINE, by=by)

    came = together(lambda: save("7"), lambda: save("8"))

    assert sorted(type(each).__name__ for each in came) == ["CalendarVersion", "SavedMeanwhile"]
    assert shop.versions.count() == 2


@pytest.mark.django_db(transaction=True)
def test_of_two_who_need_the_standard_calendar_at_once_both_get_it() -> None:
    came = together(standard_calendar, standard_calendar)

    assert [str(each) for each in came] == ["standard", "standard"]
    assert CalendarVersion.objects.count() == 1


def test_everything_wrong_with_a_content_comes_at_once_with_its_place() -> None:
    text = CalendarText(
        (
            WeekText("", ("9-5", "09:00-12:00, 11:00-13:00", "", "", "", "", "")),
            WeekText("2026-13-01", ("09:00-12:00", "", "", "", "", "", "")),
            WeekText("2026-05-01", ("09:00-12:00", "", "", "", "", "", "")),
            WeekText("2026-05-01", ("09:00-12:00", "", "", "", "", "", "")),
        ),
        (
            DayText("2026-10-10", "25:00-26:00"),
            DayText("2026-10-11", like="someday"),
            DayText("1492-10-12"),
            DayText("2026-10-13", zh="a\nb"),
            DayText("2026-10-13"),
        ),
    )
    assert places(text) == {
        "week.0.mon",
        "week.0.tue",
        "week.1.first",
        "week.3.first",
        "day.0.spans",
        "day.1.like",
        "day.2.day",
        "day.3.zh",
        "day.4.day",
    }


def test_a_calendar_on_which_a_limit_would_never_pass_is_refused() -> None:
    work = ("09:00-12:00", "", "", "", "", "", "")
    assert places(weekly("", "", "", "", "", "", "")) == {""}
    assert places(CalendarText((WeekText("2026-01-01", work),))) == {"weeks"}
    assert places(CalendarText((WeekText("", work), WeekText("2026-05-01")))) == {"week.1.first"}


def test_a_day_worked_like_a_free_weekday_is_refused_at_that_day() -> None:
    text = replace(STANDARD, days=(DayText("2026-10-10", like="sun"),))
    assert places(text) == {"day.0.like"}


def test_too_much_of_anything_is_refused() -> None:
    many = tuple(WeekText(f"20{n:02d}-01-01") for n in range(60))
    assert "weeks" in places(replace(STANDARD, weeks=many))
    days = tuple(DayText(date.fromordinal(738000 + n).isoformat()) for n in range(700))
    assert places(replace(STANDARD, days=days)) == {"days"}
    long = DayText("2026-10-10", spans="09:00-09:01 " * 50, zh="长" * 100)
    assert places(replace(STANDARD, days=(long,))) == {"day.0.spans", "day.0.zh"}


@pytest.mark.parametrize("key", ["", "Shop", "a/b", "a@1", "always", "standard", "units", "x" * 65])
def test_a_key_that_names_would_not_bear_or_that_is_taken_is_refused(key: str) -> None:
    standard_calendar()
    with pytest.raises(ContentError) as refused:
        create_calendar(key, "甲", " ", at=NINE)
    assert {each.place for each in refused.value.placed} == {"key", "name.en"}


def test_a_renamed_calendar_keeps_its_version() -> None:
    shop = create_calendar("shop", "门店", "Shop", at=NINE)
    before = mark()

    rename(shop, "城东门店", "East shop")

    assert Calendar.objects.get().name.zh == "城东门店"
    assert shop.versions.count() == 1
    assert mark() != before


def test_new_public_holidays_make_a_version_of_each_calendar_that_keeps_them() -> None:
    shop = create_calendar("shop", "门店", "Shop", weekly(*SHOP), at=NINE)
    free = replace(STANDARD, keeps_holidays=False)
    create_calendar("free", "不休", "Without", free, at=NINE)
    later = datetime(2027, 1, 1, tzinfo=UTC)
    rows = editions.product_rows().replace("国庆节", "国庆")
    edition = HolidayEdition.objects.create(digest=editions.digest(rows), country="CN", rows=rows)

    made = take_up_holidays(later)

    assert [(each.calendar.key, each.number, each.saved_at) for each in made] == [
        ("shop", 2, later)
    ]
    assert made[0].holidays == edition
    assert made[0].content == shop.versions.get(number=1).content
    assert take_up_holidays(later) == []


def test_a_version_keeps_the_holidays_it_was_saved_with() -> None:
    create_calendar("shop", "门店", "Shop", at=NINE)
    rows = editions.product_rows().replace("国庆节", "国庆")
    HolidayEdition.objects.create(digest=editions.digest(rows), country="CN", rows=rows)
    take_up_holidays(NINE)

    national_day = date(2026, 10, 1)
    names = []
    for number in (1, 2):
        kept = lookup.version("shop", number)
        assert kept is not None
        names.append(lookup.value(kept, ZONE).on(national_day).label.zh)
    assert names == ["国庆节", "国庆"]


def test_hours_typed_in_full_width_are_kept_in_one_form() -> None:
    monday = "０９：００－１２：００，１３：００～１８：００"
    days = (DayText("2026-10-10", zh="国庆\u3000调休"),)
    shop = create_calendar("shop", "城东\u3000门店", "Shop", weekly(monday, *("",) * 6), at=NINE)
    save_version(shop, replace(STANDARD, days=days), expected=1, at=NINE)

    first, second = (lookup.version("shop", number) for number in (1, 2))
    assert first is not None
    assert second is not None
    assert first.text().weeks[0].days == ("09:00-12:00, 13:00-18:00", *("",) * 6)
    assert second.text().days[0].zh == "国庆 调休"
    assert first.name_zh == "城东 门店"


def test_a_calendar_ends_with_no_week_that_belongs_to_a_unit_above() -> None:
    as_above = replace(STANDARD, weeks=(*STANDARD.weeks, WeekText("2027-01-01", None)))
    assert places(as_above) == {"week.1.first"}


def test_a_form_that_arrives_twice_is_saved_once() -> None:
    shop = create_calendar("shop", "门店", "Shop", at=NINE)
    shorter = replace(STANDARD, keeps_holidays=False)
    once = save_version(shop, shorter, expected=1, at=NINE, by="7")
    assert save_version(shop, shorter, expected=1, at=NINE, by="7") == once
    for content, by in ((STANDARD, "7"), (shorter, "8")):
        with pytest.raises(SavedMeanwhile):
            save_version(shop, content, expected=1, at=NINE, by=by)
    assert shop.versions.count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_key_that_two_want_at_once_is_given_to_one() -> None:
    def create() -> str:
        try:
            return create_calendar("night", "夜班", "Night", at=NINE).key
        except ContentError as error:
            return error.placed[0].place

    assert sorted(map(str, together(*(create,) * 4))) == ["key", "key", "key", "night"]
    assert Calendar.objects.count() == 1
