"""What a table decides, by hit policy."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from tests.kernel.decisions.writing import table, with_policy
from tuoban.kernel.decisions import (
    DEFAULT_BUDGET,
    POLICIES,
    REASONS,
    DecisionTable,
    Input,
    Letter,
    Output,
    Rule,
    compile_table,
)
from tuoban.kernel.decisions.decision import STEPS_FOR_EACH
from tuoban.kernel.expressions import BOOLEAN, NUMBER, TEXT, choice_of
from tuoban.kernel.expressions.errors import BudgetExceeded

KNOWN = {"level": choice_of("i", "ii", "iii"), "amount": NUMBER, "vip": BOOLEAN, "limit": NUMBER}

FEE = table(
    """
    amount      | fee
    < 100       | 1
    [50..200]   | 2
    [150..300]  | 3
    """
)
RANKED = {"desk": ('"boss"', '"second"', '"first"')}
DESK = """
    amount | desk
    > 10   | "first"
    > 20   | "boss"
    > 30   | "second"
    > 40   | "boss"
"""


def decided(made: DecisionTable, **context: Any) -> tuple[Any, tuple[int, ...], str | None]:
    outcome = compile_table(made, KNOWN)(context)
    return outcome.value, outcome.rules, outcome.reason


@pytest.mark.parametrize(
    ("hit", "amount", "value", "rules"),
    [
        ("U", 20, Decimal(1), (1,)),
        ("A", 20, Decimal(1), (1,)),
        ("F", 60, Decimal(1), (1,)),
        ("R", 60, [Decimal(1), Decimal(2)], (1, 2)),
        ("C", 160, [Decimal(2), Decimal(3)], (2, 3)),
        ("C+", 60, Decimal(3), (1, 2)),
        ("C<", 160, Decimal(2), (2, 3)),
        ("C>", 160, Decimal(3), (2, 3)),
        ("C#", 160, Decimal(2), (2, 3)),
        ("C#", 20, Decimal(1), (1,)),
    ],
)
def test_the_hit_policy_says_what_comes_of_the_rules_that_fit(
    hit: Letter, amount: int, value: Any, rules: tuple[int, ...]
) -> None:
    assert decided(with_policy(FEE, hit), amount=amount) == (value, rules, None)


@pytest.mark.parametrize(
    ("hit", "value", "reason"),
    [
        ("U", None, "no-rule"),
        ("A", None, "no-rule"),
        ("F", None, "no-rule"),
        ("R", [], None),
        ("C", [], None),
        ("C+", None, "no-rule"),
        ("C<", None, "no-rule"),
        ("C>", None, "no-rule"),
        ("C#", Decimal(0), None),
    ],
)
def test_where_no_rule_fits_there_is_nothing_or_an_empty_list(
    hit: Letter, value: Any, reason: str | None
) -> None:
    assert decided(with_policy(FEE, hit), amount=900) == (value, (), reason)


def test_several_rules_break_the_promise_of_a_unique_table() -> None:
    assert decided(FEE, amount=60) == (None, (1, 2), "several-rules")


def test_rules_that_agree_keep_the_promise_of_any() -> None:
    made = table('amount | word\n > 1 | "a"\n > 2 | "a"\n > 3 | "b"', "A")
    assert decided(made, amount=3) == ("a", (1, 2), None)
    assert decided(made, amount=4) == (None, (1, 2, 3), "different-outputs")


def test_two_nulls_agree() -> None:
    assert decided(table("amount | x\n > 1 | null\n > 2 | null", "A"), amount=3) == (
        None, (1, 2), None,
    )  # fmt: skip


def test_priority_goes_by_the_order_of_the_allowed_values_then_of_the_page() -> None:
    made = table(DESK, "P", allowed=RANKED)
    assert decided(made, amount=50) == ("boss", (2, 4, 3, 1), None)
    assert decided(made, amount=15) == ("first", (1,), None)


def test_output_order_gives_all_by_priority() -> None:
    made = table(DESK, "O", allowed=RANKED)
    assert decided(made, amount=35) == (["boss", "second", "first"], (2, 3, 1), None)


def test_the_options_of_an_output_are_its_priorities() -> None:
    made = table(DESK, "P", shapes={"desk": choice_of("second", "first", "boss")})
    assert decided(made, amount=50) == ("second", (3, 1, 2, 4), None)


def test_priorities_of_several_outputs_count_from_the_left() -> None:
    made = table(
        """
        amount | who    ; word ; when
        > 1    | "b"    ; "x"  ; 1
        > 1    | "a"    ; "y"  ; 3
        > 1    | "a"    ; "x"  ; 2
        """,
        "O",
        allowed={"who": ('"a"', '"b"'), "when": ("< 3", ">= 3")},
    )
    assert decided(made, amount=5)[1] == (3, 2, 1)


def test_null_comes_after_every_priority() -> None:
    made = table('amount | desk\n > 1 | null\n > 1 | "b"', "O", allowed={"desk": ('"a"', '"b"')})
    assert decided(made, amount=5)[:2] == (["b", None], (2, 1))


SEVERAL = """
    level     ; vip   | limit           ; desk
    "i", "ii" ; -     | duration("PT1H"); "boss"
    -         ; true  | duration("PT2H"); "first"
"""


def test_several_outputs_give_a_context() -> None:
    made = table(SEVERAL, "F")
    assert decided(made, level="ii", vip=True)[0] == {"limit": timedelta(hours=1), "desk": "boss"}


def test_several_outputs_of_several_rules_give_a_list_of_contexts() -> None:
    decision = compile_table(table(SEVERAL, "C"), KNOWN)
    value = decision({"level": "i", "vip": True}).value
    assert [each["desk"] for each in value] == ["boss", "first"]
    assert decision.by_name(value)["desk"] == ["boss", "first"]
    assert decision.by_name(decision({"level": "iii"}).value) == {"limit": [], "desk": []}


def test_results_are_found_by_the_names_of_their_outputs() -> None:
    decision = compile_table(table(SEVERAL), KNOWN)
    assert decision.by_name(decision({"level": "i"}).value)["desk"] == "boss"
    assert decision.by_name(None) == {"limit": None, "desk": None}
    assert compile_table(FEE, KNOWN).by_name(Decimal(3)) == {"fee": Decimal(3)}


@pytest.mark.parametrize(
    ("hit", "value"),
    [("U", Decimal(7)), ("R", [Decimal(7)]), ("C", [Decimal(7)]), ("C+", Decimal(7))],
)
def test_a_default_stands_where_no_rule_fits(hit: Letter, value: Any) -> None:
    made = table("amount | fee\n < 5 | 1", hit, defaults={"fee": "3 + 4"})
    assert decided(made, amount=9) == (value, (), None)


def test_a_default_of_one_output_alone_is_no_whole_result() -> None:
    made = table("amount | a ; b\n < 5 | 1 ; 2", defaults={"a": "7"})
    assert decided(made, amount=9) == ({"a": Decimal(7), "b": None}, (), "no-rule")


def test_null_passes_only_what_asks_for_it_or_for_nothing() -> None:
    made = table('amount | x\n null | "none"\n < 5 | "few"\n - | "any"', "C")
    assert decided(made)[:2] == (["none", "any"], (1, 3))


def test_cells_may_read_other_names_and_the_tested_value() -> None:
    made = table("amount | x\n > limit | amount * 2\n ? <= limit and ? > 0 | limit")
    assert decided(made, amount=9, limit=5)[0] == Decimal(18)
    assert decided(made, amount=3, limit=5)[0] == Decimal(5)


def test_an_input_outside_its_allowed_values_gives_nothing() -> None:
    made = table("amount | x\n - | 1", allowed={"amount": "[0..10]"})
    assert decided(made, amount=11) == (None, (), "input-not-allowed")
    assert decided(made, amount=10) == (Decimal(1), (1,), None)
    assert decided(made) == (Decimal(1), (1,), None)


def test_an_output_outside_its_allowed_values_gives_nothing() -> None:
    made = table("amount | x\n - | amount", allowed={"x": ("[0..10]",)})
    assert decided(made, amount=11) == (None, (1,), "output-not-allowed")


@pytest.mark.parametrize("known", [KNOWN, None])
@pytest.mark.parametrize("hit", ["U", "F", "C"])
def test_a_default_outside_the_allowed_values_gives_nothing(hit: Letter, known: Any) -> None:
    made = table(
        'amount | x\n < 5 | "a"',
        hit,
        allowed={"x": ('"a"', '"b"')},
        defaults={"x": 'if amount > 8 then string(amount) else "b"'},
    )
    decision = compile_table(made, known)
    assert decision({"amount": 7}).reason is None
    outcome = decision({"amount": 9})
    assert (outcome.value, outcome.rules, outcome.reason) == (None, (), "output-not-allowed")


def test_a_literal_default_is_held_like_a_rule_where_no_names_are_known() -> None:
    made = table('amount | x\n < 5 | "z"', allowed={"x": ('"a"', '"b"')}, defaults={"x": '"z"'})
    decision = compile_table(made)
    assert decision({"amount": 3}).reason == decision({"amount": 9}).reason == "output-not-allowed"


def test_what_cannot_be_combined_gives_nothing() -> None:
    made = table("amount | x\n > 1 | 1\n > 2 | null", "C+")
    assert decided(made, amount=5) == (None, (1, 2), "not-combinable")


def test_the_values_of_the_inputs_come_along() -> None:
    made = table("amount * 2 ; level | x\n - ; - | 1")
    assert compile_table(made, KNOWN)({"amount": 4, "level": "i"}).inputs == (Decimal(8), "i")


def test_a_first_table_does_not_look_behind_the_rule_that_decides() -> None:
    endless = "count(for a in 1..1000, b in 1..1000 return a)"
    made = table(f"amount | x\n < 5 | 1\n - | {endless}", "F")
    assert decided(made, amount=1)[0] == Decimal(1)


def test_one_budget_holds_for_the_whole_table() -> None:
    made = DecisionTable(
        (Input("amount"),),
        (Output("x"),),
        tuple(Rule(("every x in 1..100 satisfies x < ?",), ("1",)) for _ in range(50)),
    )
    decision = compile_table(made, KNOWN)
    assert decision({"amount": 0}).rules == ()
    with pytest.raises(BudgetExceeded):
        decision({"amount": 0}, budget=300)
    with pytest.raises(BudgetExceeded):
        decision({"amount": 200}, budget=5_000)


@pytest.mark.parametrize(("hit", "rules"), [("F", 1), ("C", 2_000)])
def test_the_budget_of_a_large_table_allows_to_go_through_all_its_cells(
    hit: Letter, rules: int
) -> None:
    tests = ("? in [0..2] and ? != 5", *(["[0..9]"] * 9))
    passed = (tests, ("1",))
    first = passed if hit == "C" else (("[0..2]", *tests[1:-1], "> 100"), ("1",))
    made = DecisionTable(
        (Input("amount"),) * 10,
        (Output("x", NUMBER, tuple(map(str, range(500, -1, -1)))),),
        (*(Rule(*first) for _ in range(1_999)), Rule(*passed)),
        hit,
    )
    decision = compile_table(made, KNOWN)
    assert len(decision({"amount": 1}).rules) == rules
    with pytest.raises(BudgetExceeded):
        decision({"amount": 1}, budget=DEFAULT_BUDGET // 2)


def test_the_budget_grows_with_the_table_and_no_more() -> None:
    small, large = (
        compile_table(DecisionTable((), (Output("x"),), (Rule((), ("1 + 2",)),) * rules)).budget
        for rules in (1, 1_001)
    )
    assert large - small == 1_000 * STEPS_FOR_EACH * 4
    endless = "count(for a in 1..1000, b in 1..1000 return a)"
    with pytest.raises(BudgetExceeded):
        compile_table(table(f"amount | x\n - | {endless}"))({"amount": 1})


def test_a_table_tells_the_shape_of_its_result() -> None:
    shapes = {
        hit: compile_table(with_policy(FEE, hit), KNOWN).shape
        for hit in POLICIES
        if hit not in "PO"
    }
    assert shapes["U"] == shapes["C+"] == NUMBER
    assert (shapes["C"].kind, shapes["C"].of) == ("list", NUMBER)
    assert compile_table(table(DESK), KNOWN).shape == choice_of("first", "boss", "second")
    several = compile_table(table(SEVERAL), KNOWN).shape
    assert several.members is not None
    assert several.members["limit"].kind in ("days", "duration")


def test_without_known_names_everything_may_be_read() -> None:
    made = table("amount | x\n > limit | amount")
    assert compile_table(made)({"amount": 3, "limit": 2}).value == Decimal(3)


def test_declared_shapes_stand() -> None:
    assert compile_table(table("amount | x\n - | null", shapes={"x": TEXT}), KNOWN).shape == TEXT


def test_every_reason_reads_in_both_languages() -> None:
    for zh, en in REASONS.values():
        assert zh
        assert en.isascii()
