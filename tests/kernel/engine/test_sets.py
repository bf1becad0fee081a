"""`set`: fields get values that the process calculates; a return takes them back."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from tests.kernel.engine.playing import HEADER, NINE, ZONE, Play
from tuoban.kernel import events as e
from tuoban.kernel.language import compile_pack


def after(process: str, **data: Any) -> Play:
    return Play(f"{process}\n- {{step: work, by: worker}}\n- end: closed").start(**data)


def unfit(play: Play) -> list[dict[str, str]]:
    return [dict(each.unfit) for each in play.journal if isinstance(each, e.AssignmentMade)]


def test_a_field_gets_the_value_by_nobody() -> None:
    play = after("- {set: amount, to: amount * 2}", amount="1.50")
    assert play.state.values["amount"] == Decimal("3.00")
    (given,) = [each for each in play.journal if isinstance(each, e.FieldsSet) and each.item]
    (made,) = [each for each in play.journal if isinstance(each, e.AssignmentMade)]
    assert (given.by, given.item, made.node) == (None, made.number, "set.1")


def test_several_are_read_before_any_is_set() -> None:
    process = """
- set:
    kind: if good then "easy" else "hard"
    good: kind = "easy"
"""
    play = after(process.strip(), kind="hard", good=True)
    assert (play.state.values["kind"], play.state.values["good"]) == ("easy", False)


def test_the_moment_is_that_of_the_command() -> None:
    play = after("- {wait: 2 hours}\n- {set: wanted_at, to: now}").wait(hours=2)
    assert play.state.values["wanted_at"] == NINE + timedelta(hours=2)


def test_money_is_rounded_half_up() -> None:
    play = after("- {set: amount, to: amount / 8}", amount="1")
    assert play.state.values["amount"] == Decimal("0.13")


@pytest.mark.parametrize(
    ("value", "reason"), [("amount - 5", {"amount": "too-small"}), ("amount / 0", {})]
)
def test_a_value_that_does_not_fit_becomes_null_and_the_event_says_why(
    value: str, reason: dict[str, str]
) -> None:
    play = after(f"- {{set: amount, to: {value}}}", amount=1)
    assert play.state.values["amount"] is None
    assert unfit(play) == [reason]


def test_a_rule_of_the_field_forbids_a_value_too() -> None:
    text = HEADER.replace(
        "wanted_at: {type: datetime, en: Wanted at}",
        "wanted_at: {type: datetime, en: Wanted at, rules: [{that: wanted_at > now, else: Gone}]}",
    )
    process = "  - {set: wanted_at, to: start.at}\n  - {step: work, by: worker}\n  - end: closed\n"
    play = Play(compile_pack(text + process)).start()
    assert play.state.values["wanted_at"] is None
    assert unfit(play) == [{"wanted_at": "rule"}]


RETURNED = """
- {step: first, by: worker, form: [kind, amount]}
- {set: {amount: amount + 1, kind: null}}
- {step: last, by: worker, returns-to: [first]}
- end: closed
"""


def test_a_return_takes_it_back_and_it_is_made_anew() -> None:
    play = Play(RETURNED).start(amount=1, kind="easy").do("first", kind="hard", amount=5)
    assert (play.state.values["amount"], play.state.values["kind"]) == (Decimal(6), None)
    play.send_back("last", "first")
    assert (play.state.values["amount"], play.state.values["kind"]) == (Decimal(1), "easy")
    (voided,) = play.state.completions["first"]
    assert (voided.draft["amount"], voided.draft["kind"]) == (Decimal(5), "hard")
    play.do("first", kind="hard", amount=7)
    assert play.state.values["amount"] == Decimal(8)


def test_open_work_and_clocks_follow_it() -> None:
    process = """
- parallel:
    - {step: work, by: worker, due: wanted_at, needs: [{that: good = true, else: Not good}]}
    - stage: side
      steps:
        - {step: say, by: worker}
        - {set: {wanted_at: 'date and time("2026-03-02T12:00:00")', good: true}}
- end: closed
"""
    play = Play(process).start()
    assert (play.due("work"), play.item("work").locked) == (None, (0,))
    play.do("say")
    assert play.due("work") == datetime(2026, 3, 2, 12, tzinfo=ZONE)
    assert play.item("work").locked is None


def test_a_field_of_the_block_around_is_set_for_each_element() -> None:
    process = """
- each: one
  in: "[1, 2]"
  fields: {size: {type: integer, en: Size}}
  steps:
    - {set: size, to: one * 10}
    - {step: work, by: worker, when: size > 10}
- end: closed
"""
    play = Play(process).start()
    assert play.open() == {"work"}
    assert len(play.state.items) == 1


def test_what_its_when_rules_out_changes_nothing() -> None:
    play = after("- {set: amount, to: 5, when: good = true}", amount=1, good=False)
    assert play.state.values["amount"] == Decimal(1)
