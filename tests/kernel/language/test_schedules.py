"""Schedules as packs write them."""

from __future__ import annotations

import pytest

from tests.kernel.language.support import with_step
from tuoban.kernel.definition import Reaction
from tuoban.kernel.language import PackError, compile_pack
from tuoban.kernel.schedules import Schedule

FIVE = 17 * 60


def schedule_of(text: str) -> Schedule | None:
    then = "then: [{step: b, zh: 乙, by: clerk}]"
    written = with_step(f"by: clerk\nduring: [{{every: ▸{text}, as: again, {then}}}]")
    source, _, rest = written.partition("▸")
    moment = compile_pack(source + rest).nodes["again"].holding(Reaction).moment
    assert moment is not None
    return moment.schedule


@pytest.mark.parametrize(
    ("text", "schedule", "zh", "en"),
    [
        ("day at 9:00", Schedule("day", 540), "每天 09:00", "every day at 09:00"),
        (
            "workday at 17:00",
            Schedule("workday", FIVE),
            "每个工作日 17:00",
            "every workday at 17:00",
        ),
        (
            "week on monday at 9:00",
            Schedule("week", 540, weekday=0),
            "每周一 09:00",
            "every Monday at 09:00",
        ),
        (
            "month on day 25 at 17:00",
            Schedule("month", FIVE, day=25),
            "每月25日 17:00",
            "every month on day 25 at 17:00",
        ),
        (
            "month on last day at 17:00",
            Schedule("month", FIVE, last="day"),
            "每月最后一天 17:00",
            "on the last day of every month at 17:00",
        ),
        (
            "month on last workday",
            Schedule("month", last="workday"),
            "每月最后一个工作日 00:00",
            "on the last workday of every month at 00:00",
        ),
        (
            "quarter on  day 10 at 09:00",
            Schedule("quarter", 540, day=10),
            "每季度第10天 09:00",
            "every quarter on day 10 at 09:00",
        ),
        (
            "year on 3-01 at 9:00",
            Schedule("year", 540, day=1, month=3),
            "每年3月1日 09:00",
            "every year on 03-01 at 09:00",
        ),
    ],
)
def test_a_schedule_is_read_and_said(text: str, schedule: Schedule, zh: str, en: str) -> None:
    read = schedule_of(text)
    assert read == schedule
    assert (read.text.zh, read.text.en) == (zh, en)


def test_a_length_is_still_a_length() -> None:
    assert schedule_of("2 hours") is None


@pytest.mark.parametrize(
    "text",
    [
        "day on monday at 9:00",
        "week at 9:00",
        "week on someday at 9:00",
        "month on monday at 9:00",
        "month on day 0 at 9:00",
        "quarter on day 93 at 9:00",
        "quarter on 3-01 at 9:00",
        "year on day 60 at 9:00",
        "year on 2-30 at 9:00",
        "year on 13-01 at 9:00",
        "day at 24:00",
        "day at 9:60",
        "day at nine",
        "workday on last workday",
        "month on last monday",
        "month at 9:00",
    ],
)
def test_what_is_no_schedule_is_told(text: str) -> None:
    with pytest.raises(PackError) as error:
        schedule_of(text)
    assert [each.code for each in error.value.problems] == ["bad-schedule"]
