"""`decide`: a table is applied when its turn comes, and what it gave is read until it falls."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from textwrap import indent
from typing import Any

import pytest

from tests.kernel.engine.playing import HEADER, NINE, ZONE, Play
from tuoban.kernel import commands as c
from tuoban.kernel.codec import decode, encode
from tuoban.kernel.definition import Definition
from tuoban.kernel.events import DecisionMade, PassedOver
from tuoban.kernel.language import compile_pack
from tuoban.kernel.names import Names
from tuoban.kernel.refusals import Refused

PROCESS = """
- {step: look, by: worker, form: [kind, amount]}
- decide: grade
- {step: act, by: worker, within: grade.limit, returns-to: [look]}
- {step: back_desk, by: worker, when: grade.desk = "back", returns-to: [look]}
- end: closed
"""


def decisions(play: Play) -> list[DecisionMade]:
    return [event for event in play.journal if isinstance(event, DecisionMade)]


def read(play: Play, name: str = "grade") -> Any:
    return Names(play.definition, play.state, play.opened, ZONE)[name]


def with_tables(tables: str, process: str) -> Definition:
    head, _, rest = HEADER.partition("tables:\n")
    starts = rest[rest.index("starts:") :]
    text = (
        f"{head}tables:\n{indent(tables.strip(), '  ')}\n{starts}{indent(process.strip(), '  ')}\n"
    )
    return compile_pack(text)


def table(drawn: str, *keys: str) -> Definition:
    """A process of one step behind a decision by this table."""
    lines = "".join(f"  {key}\n" for key in ("en: Fee", *keys))
    tables = f"fee:\n{lines}  rules: |\n{indent(drawn.strip(), '    ')}"
    return with_tables(tables, "- decide: fee\n- {step: act, by: worker}\n- end: closed")


def test_a_decision_is_recorded_with_what_it_looked_at() -> None:
    play = Play(PROCESS).start().do("look", kind="hard", amount=20)
    (made,) = decisions(play)
    assert (made.node, made.rules, made.reason, made.at) == ("grade", (1,), None, NINE)
    assert made.inputs == {"kind": "hard", "amount": Decimal(20)}
    assert made.outputs == {"limit": timedelta(minutes=15), "desk": "back"}
    assert play.due("act") == NINE + timedelta(minutes=15)


def test_later_expressions_read_what_was_decided() -> None:
    play = Play(PROCESS).start()
    assert dict(read(play)) == {"count": 0, "all": [], "history": []}
    play.do("look", kind="easy").do("act")
    assert [each.node for each in play.journal if isinstance(each, PassedOver)] == ["back_desk"]
    assert play.state.outcome == "closed"
    made = {"limit": timedelta(hours=2), "desk": "front", "rules": (3,), "at": NINE}
    assert dict(read(play)) == {**made, "count": 1, "all": [made], "history": [made]}


def test_a_return_past_a_decision_lets_it_be_made_afresh() -> None:
    play = Play(PROCESS).start().do("look", kind="hard", amount=20).send_back("act", to="look")
    assert (read(play)["count"], read(play)["all"]) == (1, [])
    play.do("look", kind="hard", amount=5)
    assert (read(play)["limit"], read(play)["count"]) == (timedelta(hours=1), 2)
    assert [each.counts for each in play.state.completions["grade"]] == [False, True]


def test_every_round_of_a_loop_decides_for_itself() -> None:
    play = Play(
        """
        - repeat: rounds
          until: check.outcome = "good"
          steps:
            - {step: look, by: worker, form: [kind, amount]}
            - decide: grade
            - {step: check, by: worker, outcomes: {good: Good, bad: Bad}}
        - end: closed
        """
    ).start()
    play.do("look", kind="easy").do("check", outcome="bad")
    play.do("look", kind="hard").do("check", outcome="good")
    assert [each.outputs["desk"] for each in decisions(play)] == ["front", "back"]
    assert read(play)["desk"] == "back"


def test_a_gate_may_wait_for_a_decision_in_another_branch() -> None:
    play = Play(
        """
        - parallel:
            - {step: other, by: worker, needs: [grade]}
            - stage: one
              steps: [{step: look, by: worker, form: [kind]}, {decide: grade}]
        - end: closed
        """
    ).start()
    with pytest.raises(Refused, match="locked"):
        play.do("other")
    play.do("look", kind="easy").do("other")
    assert play.state.outcome == "closed"


def test_a_decision_that_its_condition_rules_out_is_passed_over() -> None:
    play = Play(PROCESS.replace("- decide: grade", '- {decide: grade, when: kind = "hard"}'))
    play.start().do("look", kind="easy")
    assert decisions(play) == []
    assert play.due("act") is None


def test_without_a_rule_there_is_no_result_and_the_event_says_why() -> None:
    play = Play(PROCESS).start().do("look")
    (made,) = decisions(play)
    assert (made.rules, made.reason) == ((), "no-rule")
    assert made.outputs == {"limit": None, "desk": None}
    assert play.due("act") is None


def test_a_broken_promise_gives_no_result_either() -> None:
    play = Play(table("| amount | => x |\n| > 1 | 1 |\n| > 2 | 2 |")).start(amount=5)
    (made,) = decisions(play)
    assert (made.rules, made.reason, made.outputs) == ((1, 2), "several-rules", {"x": None})


@pytest.mark.parametrize(
    ("hit", "expected"),
    [("collect", (Decimal(1), Decimal(2))), ("sum", Decimal(3)), ("count", Decimal(2))],
)
def test_many_results_are_a_list_or_one_combined(hit: str, expected: Any) -> None:
    drawn = "| amount | => x |\n| > 1 | 1 |\n| > 2 | 2 |"
    play = Play(table(drawn, f"hit: {hit}")).start(amount=5)
    assert decisions(play)[0].outputs == {"x": expected}
    assert decode(encode(decisions(play)[0])) == decisions(play)[0]


def test_many_results_of_several_outputs_are_a_list_each() -> None:
    drawn = '| amount | => x | => y |\n| > 1 | 1 | "a" |\n| > 2 | 2 | "b" |'
    play = Play(table(drawn, "hit: rule-order")).start(amount=5)
    assert decisions(play)[0].outputs == {"x": (Decimal(1), Decimal(2)), "y": ("a", "b")}
    assert read(play, "fee")["y"] == ("a", "b")


def test_money_is_rounded_half_up_to_the_minor_unit() -> None:
    drawn = "| amount | => x |\n| - | amount / 8 |"
    play = Play(table(drawn, "outputs: {x: {type: money, en: X}}")).start(amount="1.00")
    assert decisions(play)[0].outputs == {"x": Decimal("0.13")}


@pytest.mark.parametrize("key", ["hit: unique", "outputs: {x: {type: number, en: X}}"])
@pytest.mark.parametrize(
    ("entry", "value"),
    [
        ("amount / 3", "0.3333333333"),
        ("amount * 2 / 3", "0.6666666667"),
        ("-amount * 0.00000000005", "-0.0000000001"),
        ("amount * 0.000000000000001", "0"),
        ("10 ** 15 - amount / 3", "999999999999999.6666666667"),
        ("amount + 0.25", "1.25"),
    ],
)
def test_numbers_are_rounded_half_up_to_what_is_kept(entry: str, value: str, key: str) -> None:
    play = Play(table(f"| {entry} | => x |\n| - | {entry} |", key)).start(amount=1)
    (made,) = decisions(play)
    assert (made.outputs, made.inputs) == ({"x": Decimal(value)}, {entry: Decimal(value)})
    assert decode(encode(made)) == made


@pytest.mark.parametrize("text", [" a ", "", "  "])
@pytest.mark.parametrize("key", ["hit: unique", "outputs: {x: {type: text, en: X}}"])
def test_texts_are_kept_as_they_are(text: str, key: str) -> None:
    play = Play(table(f'| amount | => x |\n| - | "{text}" |', key)).start(amount=1)
    assert decisions(play)[0].outputs == {"x": text}


def test_a_text_that_is_too_long_gives_no_result() -> None:
    long = 'string join(for a in 1..201 return substring("{}", 1))'.format(" " * 100)
    play = Play(table(f"| amount | => x |\n| - | {long} |")).start(amount=1)
    (made,) = decisions(play)
    assert (made.outputs, made.reason) == ({"x": None}, "output-not-allowed")


@pytest.mark.parametrize(
    ("entry", "outputs"),
    [
        ("amount / 3", "outputs: {x: {type: integer, en: X}}"),
        ("string(amount)", "outputs: {x: {type: choice, en: X, options: {one: One}}}"),
        ("10 ** 20 * amount", "outputs: {x: {type: money, en: X}}"),
        ("amount / 0.000000000000000000000000001", "outputs: {x: {type: money, en: X}}"),
    ],
)
def test_a_value_that_its_type_cannot_hold_gives_no_result(entry: str, outputs: str) -> None:
    play = Play(table(f"| amount | => x |\n| - | {entry} |", outputs)).start(amount=7)
    (made,) = decisions(play)
    assert (made.outputs, made.rules, made.reason) == ({"x": None}, (1,), "output-not-allowed")


def test_a_table_that_takes_too_long_gives_no_result() -> None:
    endless = "count(for a in 1..1000, b in 1..1000 return a)"
    play = Play(table(f"| amount | => x |\n| - | {endless} |")).start(amount=7)
    (made,) = decisions(play)
    assert (made.outputs, made.reason) == ({"x": None}, "budget-exceeded")


def test_personal_values_are_looked_at_and_not_kept() -> None:
    drawn = '| name | count([name]) | kind | => x |\n| "Li" | - | - | 1 |\n| - | - | - | 2 |'
    play = Play(table(drawn, "hit: first"))
    play.opened["r1"] = "Li"
    play.start(name=c.Sealed("r1", "…"), kind="easy")
    (made,) = decisions(play)
    assert made.inputs == {"kind": "easy"}
    assert made.outputs == {"x": Decimal(1)}


def test_what_cannot_be_kept_is_looked_at_all_the_same() -> None:
    drawn = (
        '| [kind] | upper case(kind) | start.at | => x |\n| - | "EASY" | - | 1 |\n| - | - | - | 2 |'
    )
    play = Play(table(drawn, "hit: first")).start(kind="easy")
    (made,) = decisions(play)
    assert made.inputs == {"upper case(kind)": "EASY", "start.at": NINE}
    assert made.outputs == {"x": Decimal(1)}


def test_a_table_may_look_at_the_clock() -> None:
    drawn = '| today | => x |\n| < @"2026-03-02" | 1 |\n| - | 2 |'
    play = Play(table(drawn, "hit: first")).start()
    assert decisions(play)[0].outputs == {"x": Decimal(2)}


def test_one_table_may_be_decided_in_several_places() -> None:
    play = Play(
        """
        - decide: grade
        - {step: look, by: worker, form: [kind, amount]}
        - {decide: grade, as: again}
        - {step: act, by: worker, within: again.limit}
        - end: closed
        """
    ).start(kind="easy")
    play.do("look", kind="hard")
    assert [(each.node, each.outputs["desk"]) for each in decisions(play)] == [
        ("grade", "front"),
        ("again", "back"),
    ]
    assert play.due("act") == NINE + timedelta(hours=1)


def test_the_number_of_a_decision_is_no_work() -> None:
    play = Play(PROCESS).start().do("look", kind="easy")
    number = decisions(play)[0].number
    with pytest.raises(Refused, match="unknown-item"):
        play.carry_out(c.Claim("li", number))
