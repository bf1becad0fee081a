"""Schedules as packs write them."""

from __future__ import annotations

import pytest

from tests.kernel.language.support import pack, refused, with_step
from tuoban.kernel.definition import Reaction
from tuoban.kernel.language import PackError, PackText, compile_pack
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


ASK = "{request: ask, zh: 申请, by: [clerk, head], form: [amount, note]}"


def starts(written: str, **sections: str) -> str:
    return pack(starts=f"[{ASK}, {{{written}}}]", **sections)


def test_a_start_without_a_name_is_called_by_its_place_and_its_schedule() -> None:
    start = compile_pack(starts("every: day at 9:00")).starts["every.2"]
    assert start.label.zh == "每天 09:00"
    assert start.recurrence is not None
    assert (start.by, start.form, start.recurrence.elements) == ((), (), None)


def test_its_name_is_one_of_the_requests() -> None:
    text = with_step('by: clerk\nwhen: start.request = "▸dayly"').replace("▸", "")
    named = "{every: day at 9:00, as: daily, zh: 每天}"
    written = text.replace("starts: [", f"starts: [{named}, ")
    with pytest.raises(PackError) as error:
        compile_pack(written)
    assert "daily" in error.value.problems[0].read("en")
    assert compile_pack(written.replace("dayly", "daily")).starts["daily"].label.zh == "每天"


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("every: ▸2 hours", "bad-schedule"),
        ("every: day at 9:00, ▸by: clerk", "unknown-key"),
        ("every: day at 9:00, as: ▸ask", "name-taken"),
        ("every: day at 9:00, as: ▸Daily", "bad-name"),
        ("every: day at 9:00, each: ▸place, in: 'units(\"store\")'", "unknown-field"),
        ("every: day at 9:00, each: note, in: ▸amount", "unknown-name"),
        ("every: day at 9:00, each: note, in: ▸now", "no-clock-here"),
        ("every: day at 9:00, each: note, in: ▸2", "wrong-kind"),
        ("every: day at 9:00, each: ▸amount, in: 'units(\"store\")'", "element-unfit"),
        ("every: day at 9:00, unit: ▸2", "wrong-kind"),
        ("every: day at 9:00, unit: ▸note", "unknown-name"),
        ("message: ▸alarm", "unknown-message"),
    ],
)
def test_what_a_start_cannot_say(written: str, code: str) -> None:
    assert refused(starts(written)).code == code


@pytest.mark.parametrize("key", ["each: note", "in: '[1]'"])
def test_a_list_and_its_field_belong_together(key: str) -> None:
    assert refused(starts(f"every: day at 9:00, {key}").replace("{every", "▸{every")).code == (
        "key-missing"
    )


@pytest.mark.parametrize(
    "field",
    [
        "{type: text, zh: 甲, personal: true}",
        "{type: list, of: text, zh: 甲}",
        "{type: text, zh: 甲, is: note}",
    ],
)
def test_the_field_of_an_element_is_plain(field: str) -> None:
    fields = (
        f"\n  amount: {{type: integer, zh: 数量}}\n  note: {{type: text, zh: 说明}}\n  own: {field}"
    )
    written = "every: day at 9:00, each: ▸own, in: 'units(\"store\")'"
    assert refused(starts(written, fields=fields)).code == "element-unfit"


def test_a_variant_changes_a_start_by_its_name() -> None:
    base = starts("every: day at 9:00, as: daily, zh: 每天")
    variant = "pack: ours\nversion: 1\nextends: demo@1\nstarts: [{as: daily, every: day at 8:00}]\n"
    definition = compile_pack(variant, bases={"demo@1": PackText(base)})
    recurrence = definition.starts["daily"].recurrence
    assert recurrence is not None
    assert recurrence.schedule == Schedule("day", 480)
    assert definition.starts["daily"].label.zh == "每天"
