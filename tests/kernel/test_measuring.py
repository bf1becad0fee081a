"""Indicators: the value of a case, what is made of the values, and whether it meets its target."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from tests.kernel.engine.playing import HEADER, NINE, ZONE, Play
from tuoban.kernel import measurable, measuring
from tuoban.kernel.definition import Derived, Indicator, Over, Sampled
from tuoban.kernel.language import compile_pack
from tuoban.kernel.language.indicators import _read_over
from tuoban.kernel.measuring import Reading, figure

PROCESS = """
  - {step: work, en: Work, by: worker, within: 2 hours, form: [amount]}
  - {step: call, en: Call, by: worker, outcomes: {reached: Reached, missed: Missed}}
  - {end: done, en: Done}
"""


def with_indicators(*written: str) -> Play:
    lines = "".join(f"  {each}\n" for each in written)
    return Play(compile_pack(f"{HEADER}{PROCESS.lstrip(chr(10))}indicators:\n{lines}"))


def one(written: str) -> Play:
    return with_indicators(f"one: {{en: One, {written}}}")


def reading(play: Play) -> Reading | None:
    measure = play.definition.indicators["one"].measure
    assert isinstance(measure, Sampled)
    names = measuring.names_of(play.definition, play.state, play.at, ZONE)
    return measuring.reading(measure, names)


def value(play: Play) -> Any:
    found = reading(play)
    return found.value if found is not None else None


def test_a_case_gives_what_is_read_of_it() -> None:
    play = one("sum: amount, per: work.by").start()
    assert reading(play) == Reading(None)
    play.do("work", amount="12.50")
    assert reading(play) == Reading(Decimal("12.50"), "li")


def test_a_case_that_where_does_not_mean_is_none_of_them() -> None:
    play = one("count: cases, where: amount > 20").start(amount="12.50")
    assert reading(play) is None
    play.do("work", amount="30")
    assert reading(play) == Reading(value=True)


def test_how_and_when_a_case_ended_is_known_once_it_has() -> None:
    play = one("mean: end.at - start.at").start()
    assert value(play) is None
    play.wait(hours=1).do("work").do("call", outcome="reached")
    assert value(play) == timedelta(hours=1)
    ended = one("share: 'end.outcome = \"done\"'").start()
    assert value(ended) is False
    ended.do("work").do("call", outcome="missed")
    assert value(ended) is True


def test_what_was_late_is_counted_while_it_is_and_afterwards() -> None:
    play = one("sum: late.work").start()
    assert value(play) == 0
    play.wait(hours=3)
    assert (value(play), play.state.late) == (1, {})
    play.do("work")
    assert (value(play), play.state.late) == (1, {"work": 1})
    whole = one("share: late.case = 0").start()
    whole.wait(hours=1).do("work")
    assert value(whole) is True


def test_a_name_that_the_pack_gives_comes_first() -> None:
    text = HEADER.replace("  good:", "  late: {type: integer, en: Late}\n  good:")
    text = text.replace("form: [kind,", "form: [late, kind,")
    process = PROCESS.lstrip("\n")
    definition = compile_pack(f"{text}{process}indicators:\n  one: {{en: One, sum: late}}\n")
    assert value(Play(definition).start(late="7")) == 7


@pytest.mark.parametrize(
    ("over", "begin", "end"),
    [
        ("started last 2 days", "2026-02-28 09:00", "2026-03-02 09:00"),
        ("started last 1 month", "2026-02-02 09:00", "2026-03-02 09:00"),
        ("started this day", "2026-03-02 00:00", "2026-03-02 09:00"),
        ("started this week", "2026-03-02 00:00", "2026-03-02 09:00"),
        ("started previous week", "2026-02-23 00:00", "2026-03-02 00:00"),
        ("started previous month", "2026-02-01 00:00", "2026-03-01 00:00"),
        ("started this quarter", "2026-01-01 00:00", "2026-03-02 09:00"),
        ("started previous year", "2025-01-01 00:00", "2026-01-01 00:00"),
    ],
)
def test_a_period_lies_where_the_calendar_says(over: str, begin: str, end: str) -> None:
    found = _read_over(over)
    assert found is not None
    shown = [
        f"{each.astimezone(ZONE):%Y-%m-%d %H:%M}"
        for each in measuring.window(found, NINE, ZONE)
        if each is not None
    ]
    assert shown == [begin, end]


def test_a_month_back_from_its_last_day_is_the_last_day_there_is() -> None:
    at = datetime(2026, 3, 31, 9, tzinfo=ZONE)
    found = _read_over("ended last 1 month")
    assert found is not None
    begin, _ = measuring.window(found, at, ZONE)
    assert begin == datetime(2026, 2, 28, 9, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("over", "running", "ended"),
    [
        (Over(), True, True),
        (Over("running"), True, False),
        (Over("started", "this", period="day"), True, True),
        (Over("ended", "this", period="day"), False, True),
        (Over("started", "previous", period="day"), False, False),
    ],
)
def test_a_case_is_looked_at_by_how_it_stands(over: Over, running: bool, ended: bool) -> None:
    play = one("count: cases").start()
    assert measuring.is_over(over, play.state, play.at, ZONE) is running
    play.do("work").do("call", outcome="missed")
    assert measuring.is_over(over, play.state, play.at, ZONE) is ended


def sampled(word: str) -> Sampled:
    return Sampled(word, None, Over())  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("word", "made"),
    [("sum", 15), ("mean", 3), ("median", 2), ("p90", 8), ("min", 1), ("max", 8)],
)
def test_what_is_made_of_numbers(word: str, made: int) -> None:
    numbers = [Decimal(each) for each in (8, 1, 2, 3, 1)]
    found = figure(sampled(word), [*numbers, None])
    assert (found.value, found.cases, found.unknown) == (Decimal(made), 5, 1)


def test_what_is_made_of_lengths_of_time_is_one() -> None:
    lengths = [timedelta(minutes=each) for each in (1, 2, 3, 10)]
    assert figure(sampled("mean"), lengths).value == timedelta(minutes=4)
    assert figure(sampled("median"), lengths).value == timedelta(minutes=2, seconds=30)


def test_nine_in_ten_do_not_exceed_p90() -> None:
    numbers = [Decimal(each) for each in range(1, 11)]
    assert figure(sampled("p90"), numbers).value == 9


def test_a_share_is_of_the_cases_of_which_it_can_be_told() -> None:
    found = figure(sampled("share"), [True, True, False, None])
    assert (found.value, found.hits, found.cases, found.unknown) == (Decimal("0.666667"), 2, 3, 1)


def test_of_no_cases_there_is_no_share_and_no_mean_but_a_count_and_a_sum() -> None:
    made = {word: figure(sampled(word), []).value for word in ("share", "mean", "count", "sum")}
    assert made == {"share": None, "mean": None, "count": 0, "sum": 0}


def indicator(written: str) -> Indicator:
    return one(written).definition.indicators["one"]


@pytest.mark.parametrize(
    ("target", "met"),
    [
        ("= 0.5", True), ("!= 0.5", False), ("< 50 %", False), ("<= 50 %", True),
        ("> 49.9 %", True), (">= 51 %", False),
    ],
)  # fmt: skip
def test_a_value_is_held_against_its_target(target: str, met: bool) -> None:
    wanted = indicator(f"share: amount > 1, target: '{target}'").target
    assert wanted is not None
    assert measuring.is_met(wanted, Decimal("0.5"), {}) is met
    assert measuring.is_met(wanted, None, {}) is None


def test_a_length_of_time_is_held_against_one() -> None:
    wanted = indicator("mean: end.at - start.at, target: < settings.patience").target
    assert wanted is not None
    settings = {"patience": timedelta(minutes=30)}
    assert measuring.is_met(wanted, timedelta(minutes=29), settings) is True
    assert measuring.is_met(wanted, timedelta(minutes=30), settings) is False
    assert measuring.is_met(wanted, timedelta(minutes=29), {}) is None


def test_what_is_calculated_comes_behind_what_it_is_calculated_from() -> None:
    play = with_indicators(
        "rate: {en: Rate, is: good / many}",
        "other: {en: Other, count: cases}",
        "good: {en: Good, count: amount > 1}",
        "many: {en: Many, count: cases}",
    )
    made = play.definition.indicators
    assert measuring.needed(made, ["rate"]) == ("rate", "good", "many")
    assert measuring.in_order(made, ["rate"]) == ("good", "many", "rate")
    rate = made["rate"].measure
    assert isinstance(rate, Derived)
    values = {"good": Decimal(1), "many": Decimal(3)}
    assert measuring.derived(rate, values, {}) == Decimal("0.333333")
    assert measuring.derived(rate, {"good": Decimal(1), "many": Decimal(0)}, {}) is None


def test_a_version_that_lacks_a_name_is_known_not_to_have_it() -> None:
    newer = one("share: 'call.outcome = \"reached\"'").definition
    older = Play("- {step: work, en: Work, by: worker}\n- {end: done, en: Done}").definition
    assert measurable.is_known(newer, newer.indicators["one"])
    assert not measurable.is_known(older, newer.indicators["one"])
    fields = {name: each for name, each in newer.fields.items() if name != "amount"}
    without = replace(newer, fields=fields)
    assert not measurable.is_known(without, indicator("sum: case.amount"))
    assert measurable.is_known(without, indicator("share: late.work = 0"))
    renamed = Play(PROCESS.replace("step: work", "step: first")).definition
    assert not measurable.is_known(renamed, indicator("share: late.work = 0"))


def test_moments_are_those_of_the_wall() -> None:
    play = one("count: now = start.at").start()
    assert value(play) is True


TOWED = """
  - {call: towing, en: Towing}
  - {call: towing, as: again, en: Again, within: 1 hour}
  - {step: bill, en: Bill, by: worker}
  - {end: done, en: Done}
processes:
  towing:
    en: Towing
    fields: {note: {type: text, en: Note}}
    steps:
      - {step: order, en: Order, by: worker, form: [note]}
      - repeat: hauls
        until: haul.outcome = "towed"
        at-most: 3
        steps:
          - step: haul
            en: Haul
            by: worker
            within: 1 hour
            outcomes: {towed: Towed, failed: Failed}
"""


def towed(written: str) -> Play:
    """A case whose first towing took three attempts, of which the first two were late."""
    text = f"{HEADER}{TOWED.lstrip(chr(10))}indicators: {{one: {{en: One, {written}}}}}\n"
    play = Play(compile_pack(text)).start().do("towing.order", note="blue")
    for hours, outcome in ((2, "failed"), (3, "failed"), (0, "towed")):
        play.wait(hours=hours).do("towing.haul", outcome=outcome)
    return play


def each_reading(play: Play) -> list[Any]:
    measure = play.definition.indicators["one"].measure
    assert isinstance(measure, Sampled)
    names = measuring.names_of(play.definition, play.state, play.at, ZONE)
    readings = measuring.readings(measure, play.definition, play.state, names, play.at, ZONE)
    return [each.value for each in readings]


def test_each_doing_of_a_step_of_a_called_process_keeps_how_late_it_was() -> None:
    assert each_reading(towed("share: haul.late = 0, of: towing.haul")) == [False, False, True]
    measured = towed('count: \'note = "blue" and haul.outcome = "failed"\', of: towing.haul')
    assert each_reading(measured) == [True, True, False]
    label = measured.definition.indicators["one"].measure
    assert isinstance(label, Sampled)
    assert label.each is not None
    assert label.each.label.en == "Towing: Haul"


def test_lateness_in_a_called_process_is_read_by_both_names() -> None:
    play = towed("sum: late.towing.haul")
    assert value(play) == 2
    indicator = play.definition.indicators["one"]
    assert measurable.is_known(play.definition, indicator)
    without = compile_pack(HEADER + TOWED.replace("haul", "pull").lstrip("\n"))
    assert not measurable.is_known(without, indicator)


def test_a_call_with_limits_of_its_own_was_late_itself() -> None:
    play = towed("sum: late.again").do("again.order").wait(hours=2)
    assert value(play) == 1


def test_every_completion_keeps_its_own_lateness() -> None:
    play = Play(
        compile_pack(
            HEADER
            + PROCESS.replace("form: [amount]}", "form: [amount]}", 1)
            .replace("by: worker, outcomes", "by: worker, returns-to: [work], outcomes")
            .replace("{step: call,", "{step: call, when: 'count(work.history[late > 0]) < 2',")
            .lstrip("\n")
        )
    )
    play.start().wait(hours=3).do("work")
    play.send_back("call", "work").wait(hours=3).do("work")
    assert play.state.outcome == "done"
    assert [each.late for each in play.state.completions["work"]] == [1, 1]
