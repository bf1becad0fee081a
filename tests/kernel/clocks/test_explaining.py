"""The explanation says what was counted, and its sum is right."""

from __future__ import annotations

import pytest

from tests.kernel.calendars.support import at, wall
from tests.kernel.clocks.support import (
    CALENDARS,
    changed,
    due_on_wall,
    extended,
    moved,
    pause,
    paused,
    resumed,
    started,
    stopped,
    until,
)
from tuoban.kernel.clocks import (
    Ledger,
    LimitChanged,
    Until,
    amount_text,
    doubts,
    rows,
    sentence,
)

NOON = "2026-03-02 12:00"


@pytest.mark.parametrize(
    ("ledger", "now", "zh", "en"),
    [
        (
            started("2026-03-02 09:05"),
            NOON,
            "接车 09:05 + 2 工作小时，城东店日历，无暂停 = 11:05",
            "reception 09:05 + 2 working hours, calendar East, no pauses = 11:05",
        ),
        (
            started("2026-03-06 17:00"),
            "2026-03-06 17:00",
            "接车 3月6日 周五 17:00 + 2 工作小时，城东店日历，无暂停 = 3月9日 周一 10:00",
            "reception Fri 6 Mar 17:00 + 2 working hours, calendar East, no pauses"
            " = Mon 9 Mar 10:00",
        ),
        (
            started("2026-12-31 17:00"),
            "2026-12-31 17:00",
            "接车 2026年12月31日 周四 17:00 + 2 工作小时，城东店日历，无暂停"
            " = 2027年1月1日 周五 10:00",
            "reception Thu 31 Dec 2026 17:00 + 2 working hours, calendar East, no pauses"
            " = Fri 1 Jan 2027 10:00",
        ),
        (
            started("2026-03-02 09:00").then(*pause("2026-03-02 10:30", "2026-03-02 13:30")),
            "2026-03-02 14:00",
            "接车 09:00 + 2 工作小时，城东店日历，暂停 1 次（2 小时工作时间） = 14:00",
            "reception 09:00 + 2 working hours, calendar East, 1 pause (2 h of working time)"
            " = 14:00",
        ),
        (
            started("2026-03-02 09:00").then(paused("2026-03-02 10:15")),
            "2026-03-02 10:20",
            "接车 09:00 + 2 工作小时，城东店日历，暂停 1 次（5 分钟工作时间）"
            "；10:15 起暂停，还剩 45 分钟工作时间",
            "reception 09:00 + 2 working hours, calendar East, 1 pause (5 min of working time)"
            "; paused since 10:15, 45 min of working time left",
        ),
        (
            started("2026-03-02 09:00", "4 working hours").then(
                changed("2026-03-02 09:30", "2 working hours"),
                extended("2026-03-02 10:00", "30 working minutes"),
            ),
            "2026-03-02 10:00",
            "接车 09:00 + 2 工作小时（09:30 起，原为 4 工作小时：优先级改为紧急）"
            " + 延期 30 工作分钟，城东店日历，无暂停 = 11:30",
            "reception 09:00 + 2 working hours (since 09:30, before that 4 working hours: now"
            " urgent) + extension 30 working minutes, calendar East, no pauses = 11:30",
        ),
        (
            started("2026-03-06 15:00", "2 workdays").then(moved("2026-03-06 16:00", "west")),
            "2026-03-06 16:00",
            "接车 3月6日 周五 15:00 + 2 个工作日（当天不计），城东店日历，16:00 起城西店日历，"
            "无暂停 = 3月9日 周一 20:00",
            "reception Fri 6 Mar 15:00 + 2 workdays (the first day not counted), calendar East,"
            " from 16:00 calendar West, no pauses = Mon 9 Mar 20:00",
        ),
        (
            started("2026-03-02 09:00", "30 minutes"),
            NOON,
            "接车 09:00 + 30 分钟，按自然时间，无暂停 = 09:30",
            "reception 09:00 + 30 minutes, in elapsed time, no pauses = 09:30",
        ),
        (
            until("2026-03-02 09:00", "2026-03-04 18:00"),
            NOON,
            "期限 3月4日 周三 18:00",
            "limit Wed 4 Mar 18:00",
        ),
        (
            until("2026-03-02 09:00", "2026-03-04 18:00").then(
                extended("2026-03-03 09:00", "2 workdays")
            ),
            "2026-03-03 09:00",
            "期限 3月4日 周三 18:00 + 延期 2 个工作日，城东店日历 = 3月6日 周五 18:00",
            "limit Wed 4 Mar 18:00 + extension 2 workdays, calendar East = Fri 6 Mar 18:00",
        ),
    ],
)
def test_a_limit_is_explained_in_a_sentence(ledger: Ledger, now: str, zh: str, en: str) -> None:
    found = sentence(ledger, CALENDARS, at(now))
    assert found.zh == zh
    assert found.en == en


LATE = started("2026-03-02 09:00")


@pytest.mark.parametrize(
    ("ledger", "now", "zh", "en"),
    [
        (  # late, and paused afterwards: the pause has not moved the limit
            LATE.then(paused("2026-03-02 14:00")),
            "2026-03-03 14:00",
            "接车 09:00 + 2 工作小时，城东店日历，期内无暂停 = 11:00；14:00 起暂停",
            "reception 09:00 + 2 working hours, calendar East, no pauses in that time = 11:00"
            "; paused since 14:00",
        ),
        (  # paused before and after the limit
            LATE.then(
                *pause("2026-03-02 10:00", "2026-03-02 11:00"),
                *pause("2026-03-02 13:00", "2026-03-02 18:00"),
            ),
            "2026-03-03 14:00",
            "接车 09:00 + 2 工作小时，城东店日历，暂停 1 次（1 小时工作时间） = 12:00",
            "reception 09:00 + 2 working hours, calendar East, 1 pause (1 h of working time)"
            " = 12:00",
        ),
        (  # another team after the limit
            LATE.then(moved("2026-03-02 14:00", "west")),
            "2026-03-03 14:00",
            "接车 09:00 + 2 工作小时，城东店日历，无暂停 = 11:00",
            "reception 09:00 + 2 working hours, calendar East, no pauses = 11:00",
        ),
        (  # done
            LATE.then(stopped("2026-03-02 10:50")),
            "2026-03-05 14:00",
            "接车 09:00 + 2 工作小时，城东店日历，无暂停 = 11:00",
            "reception 09:00 + 2 working hours, calendar East, no pauses = 11:00",
        ),
        (  # done while paused: the pause grows no more
            LATE.then(paused("2026-03-02 10:15"), stopped("2026-03-02 11:15")),
            "2026-03-05 14:00",
            "接车 3月2日 周一 09:00 + 2 工作小时，城东店日历，暂停 1 次（1 小时工作时间）"
            "；10:15 起暂停，11:15 完成时还剩 45 分钟工作时间",
            "reception Mon 2 Mar 09:00 + 2 working hours, calendar East,"
            " 1 pause (1 h of working time); paused since 10:15,"
            " done at 11:15 with 45 min of working time left",
        ),
        (  # done while paused and late
            LATE.then(paused("2026-03-02 13:15"), stopped("2026-03-02 14:15")),
            "2026-03-05 14:00",
            "接车 09:00 + 2 工作小时，城东店日历，期内无暂停 = 11:00",
            "reception 09:00 + 2 working hours, calendar East, no pauses in that time = 11:00",
        ),
        (  # a limit in another year
            until("2026-12-30 09:00", "2027-01-04 18:00"),
            "2026-12-30 12:00",
            "期限 2027年1月4日 周一 18:00",
            "limit Mon 4 Jan 2027 18:00",
        ),
        (  # changed to a moment of this day
            LATE.then(LimitChanged(at("2026-03-02 10:00"), Until(at("2026-03-02 17:00")))),
            "2026-03-02 10:00",
            "期限 3月2日 周一 17:00（10:00 起，原为 2 工作小时）",
            "limit Mon 2 Mar 17:00 (since 10:00, before that 2 working hours)",
        ),
        (  # a moment, extended in elapsed time on its own date
            until("2026-03-02 09:00", "2026-03-04 18:00").then(
                extended("2026-03-03 09:00", "30 minutes")
            ),
            "2026-03-03 09:00",
            "期限 3月4日 周三 18:00 + 延期 30 分钟，按自然时间 = 18:30",
            "limit Wed 4 Mar 18:00 + extension 30 minutes, in elapsed time = 18:30",
        ),
        (  # changed several times, once to what it was
            LATE.then(
                changed("2026-03-02 09:10", "4 working hours"),
                changed("2026-03-02 09:20", "6 working hours"),
                changed("2026-03-02 09:30", "6 working hours", "", ""),
            ),
            "2026-03-02 09:40",
            "接车 09:00 + 6 工作小时（09:20 起，此前为 4 工作小时：优先级改为紧急），城东店日历，"
            "无暂停 = 16:00",
            "reception 09:00 + 6 working hours (since 09:20, before that 4 working hours: now"
            " urgent), calendar East, no pauses = 16:00",
        ),
        (  # elapsed time, held over days
            started("2026-03-02 09:00", "3 days").then(paused("2026-03-02 21:00")),
            "2026-03-04 22:05",
            "接车 3月2日 周一 09:00 + 3 天，按自然时间，暂停 1 次（2 天 1 小时 5 分钟）"
            "；21:00 起暂停，还剩 2 天 12 小时",
            "reception Mon 2 Mar 09:00 + 3 days, in elapsed time, 1 pause (2 d 1 h 5 min)"
            "; paused since 21:00, 2 d 12 h left",
        ),
        (  # held while another team takes over: an hour at East, two and a half at West
            started("2026-03-02 16:30").then(
                paused("2026-03-02 17:00"),
                moved("2026-03-02 18:00", "west"),
                resumed("2026-03-03 08:30"),
            ),
            "2026-03-03 09:00",
            "接车 3月2日 周一 16:30 + 2 工作小时，城东店日历，18:00 起城西店日历，"
            "暂停 1 次（3 小时 30 分钟工作时间） = 3月3日 周二 10:00",
            "reception Mon 2 Mar 16:30 + 2 working hours, calendar East, from 18:00 calendar West,"
            " 1 pause (3 h 30 min of working time) = Tue 3 Mar 10:00",
        ),
    ],
)
def test_the_sum_is_right_and_the_sentence_natural_whatever_happened(
    ledger: Ledger, now: str, zh: str, en: str
) -> None:
    found = sentence(ledger, CALENDARS, at(now))
    assert found.zh == zh
    assert found.en == en


def test_the_rows_of_work_that_is_done_count_no_further() -> None:
    ledger = started("2026-03-02 09:00").then(stopped("2026-03-02 10:00"))
    found = rows(ledger, CALENDARS, at("2026-03-02 12:00"))
    assert [(each.what.en, amount_text(each.total).en) for each in found] == [
        ("reception: 2 working hours, calendar East", "0 min of working time"),
        ("done", "1 h of working time"),
        ("due", "1 h of working time"),
    ]


def test_moments_are_shown_in_the_zone_of_the_calendar() -> None:
    ledger = started("2026-03-02 16:00", on="berlin")
    assert due_on_wall(ledger, "Europe/Berlin") == "2026-03-02 11:00"
    assert sentence(ledger, CALENDARS, at("2026-03-02 20:00")).en.endswith("no pauses = 11:00")


def test_the_rows_tell_what_each_stretch_counted() -> None:
    ledger = started("2026-03-02 11:00", "4 working hours").then(
        *pause("2026-03-02 14:00", "2026-03-02 15:00"), stopped("2026-03-02 18:00")
    )
    found = rows(ledger, CALENDARS, at("2026-03-02 18:00"))
    assert [
        (wall(each.at)[-5:], each.what.zh, amount_text(each.counted).zh, amount_text(each.total).zh)
        for each in found
    ] == [
        ("11:00", "接车：4 工作小时，城东店日历", "0 分钟工作时间", "0 分钟工作时间"),
        ("14:00", "暂停：等配件", "2 小时工作时间", "2 小时工作时间"),
        ("15:00", "恢复", "0 分钟工作时间", "2 小时工作时间"),
        ("17:00", "到期", "2 小时工作时间", "4 小时工作时间"),
        ("18:00", "完成", "1 小时工作时间", "5 小时工作时间"),
    ]
    assert found[1].what.en == "paused: waiting for parts"


def test_changes_and_extensions_are_rows_with_their_reasons() -> None:
    ledger = started("2026-03-02 09:00").then(
        changed("2026-03-02 09:10", "1 working hour"),
        moved("2026-03-02 09:20", "west"),
        extended("2026-03-02 09:30", "1 workday"),
    )
    found = rows(ledger, CALENDARS, at("2026-03-02 09:40"))
    assert [each.what.en for each in found] == [
        "reception: 2 working hours, calendar East",
        "limit now 1 working hour: now urgent",
        "now calendar West",
        "extended by 1 workday: the customer agrees",
        "due",
    ]


def test_a_limit_over_a_year_that_is_not_confirmed_is_doubtful() -> None:
    now = at("2026-12-25 09:00")
    (found,) = doubts(started("2026-12-25 09:00", "10 workdays", "china"), CALENDARS, now)
    assert found.code == "year-unconfirmed"
    assert doubts(started("2026-12-25 09:00", "1 workday", "china"), CALENDARS, now) == ()
    assert doubts(started("2026-12-25 09:00", "30 days", "china"), CALENDARS, now) == ()
