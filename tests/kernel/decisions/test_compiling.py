"""What is wrong with a table is told cell by cell, all of it at once."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.kernel.decisions.writing import table
from tuoban.kernel.decisions import (
    TEXTS,
    DecisionTable,
    Input,
    Output,
    Rule,
    TableError,
    TableProblem,
    compile_table,
)
from tuoban.kernel.expressions import CODES, DAYS, NUMBER, TEXT, choice_of
from tuoban.kernel.expressions.limits import Meter

KNOWN = {"level": choice_of("i", "ii", "iii"), "amount": NUMBER, "words": TEXT}
Told = tuple[str, int, int, str, int]


def problems(made: DecisionTable) -> tuple[TableProblem, ...]:
    with pytest.raises(TableError) as raised:
        compile_table(made, KNOWN)
    return raised.value.problems


def told(made: DecisionTable) -> list[Told]:
    return [
        (each.cell.part, each.cell.number, each.cell.column, each.code, each.position)
        for each in problems(made)
    ]


def test_everything_is_told_at_once_in_the_order_of_the_page() -> None:
    made = table(
        """
        level ; amout | limit            ; desk
        "iv"  ; < 5   | 3                ; "first"
        "i"   ; < "x" | duration("PT1H") ; "frist"
        "i" " ; -     | durration("P1D") ; "first"
        """,
        shapes={"limit": DAYS, "desk": choice_of("first", "second")},
        defaults={"desk": '"thrid"'},
    )
    assert told(made) == [
        ("input", 0, 2, "unknown-name", 0),
        ("default", 0, 2, "unknown-option", 0),
        ("test", 1, 1, "unknown-option", 0),
        ("entry", 1, 1, "wrong-type", 0),
        ("entry", 2, 2, "unknown-option", 0),
        ("test", 3, 1, "unclosed-text", 4),
        ("entry", 3, 1, "unknown-name", 0),
    ]


@pytest.mark.parametrize(
    ("drawn", "expected"),
    [
        ("amount | x\n \"a\" | 1", ("test", 1, 1, "wrong-type", 0)),
        ("level | x\n 3 | 1", ("test", 1, 1, "wrong-type", 0)),
        ("amount | x\n < 3, \"a\" | 1", ("test", 1, 1, "wrong-type", 5)),
        ("amount | x\n - | 1\n - | \"a\"", ("entry", 2, 1, "wrong-type", 0)),
        ("amount | x\n - | amount + ", ("entry", 1, 1, "unexpected-end", 8)),
        ("amount ; level | x\n - | 1", ("table", 1, 0, "cells-miscounted", 0)),
        ("amount | x ; x\n - | 1 ; 2", ("output", 0, 2, "output-listed-twice", 0)),
    ],
)  # fmt: skip
def test_a_cell_that_does_not_fit_is_told(drawn: str, expected: Told) -> None:
    assert told(table(drawn)) == [expected]


def test_an_option_of_a_condition_is_looked_at_too() -> None:
    made = table(
        'amount | x\n - | if amount > 5 then "a" else if amount > 3 then "c" else null',
        shapes={"x": choice_of("a", "b")},
    )
    assert told(made) == [("entry", 1, 1, "unknown-option", 47)]


def test_the_nearest_option_is_named() -> None:
    made = table('amount | desk\n - | "frist"', shapes={"desk": choice_of("first", "second")})
    (problem,) = problems(made)
    assert problem.facts["nearest"] == "first"
    assert problem.describe("en") == (
        "rule 1, output 1: “desk” has no option “frist”; the nearest is “first”"
    )
    assert problem.describe("zh").startswith("规则 1 的输出 1：")


def test_allowed_texts_of_an_input_are_its_options() -> None:
    made = table('words | x\n "c" | 1', allowed={"words": '"a", "b"'})
    assert told(made) == [("test", 1, 1, "unknown-option", 0)]


def test_allowed_values_that_cost_too_much_to_try_are_left_to_the_evaluation(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = table("amount | x\n - | 7", allowed={"x": ("< 2", "2", "3", "4")})
    assert told(made) == [("entry", 1, 1, "value-not-allowed", 0)]
    monkeypatch.setattr("tuoban.kernel.decisions.compiling.MOST_STEPS", 3)
    outcome = compile_table(made, KNOWN)({"amount": 1})
    assert (outcome.value, outcome.reason) == (None, "output-not-allowed")


def test_a_value_must_be_one_of_those_allowed() -> None:
    made = table("amount | x\n - | 1\n - | 7", allowed={"x": ("1", "[2..5]")})
    assert told(made) == [("entry", 2, 1, "value-not-allowed", 0)]


def test_allowed_values_are_checked_themselves() -> None:
    made = table("amount | x\n - | 1", allowed={"amount": '< "a"', "x": ("1", "< ")})
    assert told(made) == [
        ("allowed", 0, 1, "wrong-type", 2),
        ("value", 2, 1, "unexpected-end", 2),
    ]


@pytest.mark.parametrize("hit", ["C+", "C<", "C>", "C#"])
def test_only_one_output_can_be_combined(hit: str) -> None:
    made = table("amount | x ; y\n - | 1 ; 2", hit)  # type: ignore[arg-type]
    assert told(made) == [("table", 0, 0, "combines-one-output", 0)]


def test_only_numbers_have_a_sum_and_only_what_has_an_order_a_least() -> None:
    assert told(table('amount | x\n - | "a"', "C+")) == [("entry", 1, 1, "wrong-type", 0)]
    assert told(table("amount | x\n - | true", "C<")) == [("entry", 1, 1, "wrong-type", 0)]


@pytest.mark.parametrize("hit", ["P", "O"])
def test_priorities_need_an_order_of_values(hit: str) -> None:
    made = table("amount | x\n - | 1", hit)  # type: ignore[arg-type]
    assert told(made) == [("table", 0, 0, "no-priorities", 0)]


def test_a_count_has_no_default() -> None:
    made = table("amount | x\n - | 1", "C#", defaults={"x": "1"})
    assert told(made) == [("default", 0, 1, "default-unused", 0)]


LARGE = tuple(f"option_{at}" for at in range(6_000))


def test_literals_are_looked_up_among_any_number_of_allowed_values() -> None:
    cells = [f'- | "{option}"' for option in reversed(LARGE[-3_000:])]
    rows = "\n".join(["amount | x", *cells, '- | "none"'])
    assert told(table(rows, shapes={"x": choice_of(*LARGE)})) == [
        ("entry", 3_001, 1, "unknown-option", 0)
    ]
    numbers = table(rows.replace("option_", ""), allowed={"x": tuple(f'"{at}"' for at in
                                                                     range(6_000))})  # fmt: skip
    assert told(numbers) == [("entry", 3_001, 1, "value-not-allowed", 0)]


def test_the_nearest_is_sought_only_so_often() -> None:
    rows = "\n".join(["amount | x", '- | "option1"', '- | "option2"'])
    first, second = problems(table(rows, shapes={"x": choice_of(*LARGE)}))
    assert first.facts["nearest"].startswith("option_")
    assert second.facts["nearest"] == "-"


def test_a_place_among_allowed_values_is_that_of_trying_one_after_the_other() -> None:
    made = table(
        "amount | x\n - | amount",
        "P",
        allowed={"x": ("[5..7]", "3, 6", "not(1, 2, 4)", "2", '"a"', "-")},
    )
    ranks = compile_table(made, KNOWN).outputs[0].allowed
    places = [ranks.rank(value, {}, Meter(1_000)) for value in (*map(Decimal, range(8)), "a", None)]
    assert places == [2, 5, 3, 1, 5, 0, 0, 0, 4, 6]


@pytest.mark.parametrize(
    "made",
    [
        DecisionTable((Input("amount"),), (Output("x"),), (Rule(("-",), ("1",)),) * 25_001),
        DecisionTable((), (Output("x", choice_of(*LARGE)),) * 9, (Rule((), ('"x"',) * 9),)),
        DecisionTable((), (Output("x"),), (Rule(("-",) * 50_000, ("1",)),)),
    ],
)
def test_a_table_with_too_many_cells_is_refused_before_it_is_compiled(made: DecisionTable) -> None:
    assert told(made) == [("table", 0, 0, "table-too-large", 0)]


def test_a_table_of_too_much_text_is_refused() -> None:
    long = "1" + " " * 9_000
    made = DecisionTable((), (Output("x"),), (Rule((), (long,)),) * 300)
    assert told(made) == [("table", 0, 0, "table-too-long", 0)]
    assert problems(made)[0].facts == {"found": "2700300", "limit": "1000000"}


def test_a_large_table_is_compiled() -> None:
    made = DecisionTable((Input("amount"),), (Output("x"),), (Rule(("-",), ("1",)),) * 25_000)
    assert len(compile_table(made, KNOWN).rows) == 25_000


def test_a_table_without_anything_in_it_is_told_so() -> None:
    assert told(DecisionTable((), (), ())) == [
        ("table", 0, 0, "table-without-outputs", 0),
        ("table", 0, 0, "table-without-rules", 0),
    ]


def test_a_table_may_do_without_inputs() -> None:
    made = DecisionTable((), (Output(""),), (Rule((), ("1",)),))
    assert compile_table(made, KNOWN)({}).rules == (1,)


def test_a_wrong_input_is_told_once_not_for_every_cell_below() -> None:
    made = DecisionTable((Input("nothing"),), (Output("x"),), (Rule(('"a"',), ("1",)),) * 3)
    assert [each.code for each in problems(made)] == ["unknown-name"]


@pytest.mark.parametrize("code", TEXTS)
def test_a_problem_of_a_table_has_both_texts(code: str) -> None:
    zh, en = TEXTS[code]
    assert code not in CODES
    assert zh
    assert en.replace("“", "").replace("”", "").isascii()
