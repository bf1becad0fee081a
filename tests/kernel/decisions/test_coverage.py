"""Gaps, overlaps and rules that never decide: what is told is so, and what is so is told."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.kernel.decisions.writing import table
from tuoban.kernel.decisions import (
    Coverage,
    Decision,
    Domain,
    Letter,
    Overlap,
    compile_table,
    coverage,
    domain_of,
)
from tuoban.kernel.expressions import (
    BOOLEAN,
    DATE,
    DATETIME,
    DAYS,
    LIST,
    MONTHS,
    NUMBER,
    TEXT,
    Shape,
    choice_of,
    compile_expression,
)
from tuoban.kernel.expressions.limits import Meter

KNOWN: Mapping[str, Shape] = {
    "level": choice_of("i", "ii", "iii"),
    "amount": NUMBER,
    "vip": BOOLEAN,
    "words": TEXT,
    "day": DATE,
    "at": DATETIME,
    "length": DAYS,
    "months": MONTHS,
    "limit": NUMBER,
    "things": LIST,
}


def covered(drawn: str, hit: Letter = "U", **more: Any) -> Coverage:
    decision = compile_table(table(drawn, hit, **more), KNOWN)
    return coverage(decision, [domain_of(column.value.shape) for column in decision.inputs])


GAPS = [
    ("amount\n < 100\n > 100", "amount = 100"),
    ("amount\n < 100\n [200..300]", "amount in [100..200)"),
    ("amount\n [0..100]", "amount < 0"),
    ("amount\n <= 0\n (1..5), 7", "amount in (0..1]"),
    ("amount\n <= -1.50", "amount > -1.50"),
    ("level\n \"i\", \"ii\"", 'level = "iii"'),
    ("level\n \"i\"", 'level in ("ii", "iii")'),
    ("level\n not(\"i\", \"iii\")", 'level in ("i", "iii")'),
    ("vip\n true", "vip = false"),
    ("words\n \"a\"\n \"b\"", 'words not in ("a", "b")'),
    ("words\n not(\"a\")", 'words = "a"'),
    ("day\n < date(\"2026-03-01\")\n > @\"2026-03-02\"",
     'day in [date("2026-03-01")..@"2026-03-02"]'),
    ("at\n < @\"2026-03-01T00:00:00Z\"", 'at >= @"2026-03-01T00:00:00Z"'),
    ("length\n <= duration(\"PT1H\")", 'length > duration("PT1H")'),
    ("months\n < @\"P1Y\"\n > @\"P1Y\"", 'months = @"P1Y"'),
    ("level ; amount\n \"i\" ; -\n - ; < 5", 'level in ("ii", "iii"), amount >= 5'),
    ("amount\n ? > 3 and ? < 9\n not(? > 1)\n ? in [9..20]\n ? between 20 and 30",
     "amount in (1..3]"),
    ("amount\n [1, 2]\n < 1\n > 2", "amount in (1..2)"),
]  # fmt: skip


def outputs(rows: str) -> str:
    """A table with an output that says nothing."""
    head, *lines = rows.splitlines()
    return "\n".join([f"{head} | x", *(f"{line} | {at}" for at, line in enumerate(lines, 1))])


@pytest.mark.parametrize(("rows", "gap"), GAPS)
def test_a_gap_is_told_in_the_words_of_the_table(rows: str, gap: str) -> None:
    assert covered(outputs(rows)).gaps[0] == gap


@pytest.mark.parametrize(
    "rows",
    [
        "amount\n < 100\n >= 100",
        "amount\n -",
        'level\n "i", "ii"\n "iii"',
        "vip\n true\n false",
        'words\n "a"\n not("a")',
        'day\n <= date("2026-03-01")\n >= date("2026-03-02")',
        'months\n <= @"P11M"\n >= @"P1Y"',
        'level ; vip\n "i" ; -\n - ; true\n not("i") ; false',
    ],
)
def test_a_table_without_gaps_is_left_in_peace(rows: str) -> None:
    assert covered(outputs(rows), "F").gaps == ()


@pytest.mark.parametrize(
    "rows",
    [
        "amount\n < limit",
        "amount\n ? * 2 < 5",
        "amount\n odd(?)",
        'words\n < "m"',
        'words\n ["a".."f"]',
        'words\n starts with(?, "a")',
        'at\n < @"2026-03-01T00:00:00"',
        "things\n [1, 2]",
        "amount + 1 ; things\n - ; [1]",
    ],
)
def test_what_cannot_be_analysed_is_never_called_a_gap(rows: str) -> None:
    assert covered(outputs(rows)) == Coverage()


def test_a_cell_that_cannot_be_analysed_hides_no_gap_elsewhere() -> None:
    assert covered(outputs('amount ; level\n < limit ; "i"')).gaps == ('level in ("ii", "iii")',)


def test_functions_on_a_few_values_are_tried_out() -> None:
    assert covered(outputs("level\n string length(?) < 3")).gaps == ('level = "iii"',)


def test_a_missing_value_is_a_gap_only_where_it_may_be_missing() -> None:
    decision = compile_table(table(outputs("amount\n < 5\n >= 5")), KNOWN)
    assert coverage(decision, [Domain("number")]).gaps == ()
    assert coverage(decision, [Domain("number", may_be_null=True)]).gaps == ("amount = null",)


def test_bounds_and_steps_are_part_of_what_may_be() -> None:
    decision = compile_table(table(outputs("amount\n [1..5]\n [6..10]")), KNOWN)
    whole = Domain("number", low=Decimal(1), high=Decimal(10), step=Decimal(1))
    assert coverage(decision, [whole]) == Coverage()
    cents = Domain("number", low=Decimal(1), high=Decimal(10), step=Decimal("0.01"))
    assert coverage(decision, [cents]).gaps == ("amount in (5..6)",)
    wider = Domain("number", low=Decimal(0), high=Decimal(10), step=Decimal(1))
    assert coverage(decision, [wider]).gaps == ("amount < 1",)


def test_the_allowed_values_of_an_input_are_all_there_are() -> None:
    assert covered(outputs("amount\n <= 5\n (5..9]"), allowed={"amount": "[0..9]"}).gaps == ()
    assert covered(outputs("amount\n <= 5"), allowed={"amount": "[0..9]"}).gaps == (
        "amount in (5..9]",
    )


def test_only_the_first_gaps_are_told() -> None:
    gaps = covered(outputs("amount\n 1\n 2\n 3\n 4\n 5")).gaps
    assert gaps == ("amount < 1",)
    rows = "level ; amount\n" + "\n".join(
        f'"{one}" ; {at}' for at, one in enumerate(("i", "ii", "iii"))
    )
    assert len(covered(outputs(rows)).gaps) == 3


def test_rules_of_a_unique_table_that_fit_together_are_told_with_an_example() -> None:
    found = covered(outputs('level ; amount\n "i", "ii" ; < 10\n "ii" ; > 5\n "iii" ; -'))
    assert found.overlaps == (Overlap(1, 2, 'level = "ii", amount in (5..10)'),)


def test_where_the_hit_policy_allows_it_rules_may_fit_together() -> None:
    rows = outputs("amount\n -\n > 5")
    assert not any(covered(rows, hit).overlaps for hit in ("F", "R", "C", "C+"))


def test_a_rule_that_meets_many_is_told_once() -> None:
    found = covered(outputs("amount\n > 1\n > 2\n > 3"))
    assert [(each.first, each.second) for each in found.overlaps] == [(1, 2), (1, 3)]


def test_rules_of_an_any_table_must_agree_where_they_meet() -> None:
    found = covered('amount | x\n > 1 | "a"\n > 2 | "a"\n > 3 | "b"\n > 4 | words', "A")
    assert [(each.first, each.second) for each in found.overlaps] == [(1, 3)]


def test_a_cell_that_cannot_be_analysed_meets_nothing() -> None:
    assert covered(outputs("amount\n > limit\n > 5")).overlaps == ()


def test_behind_rules_that_fit_all_it_fits_a_rule_is_never_reached() -> None:
    assert covered(outputs("amount\n > 5\n <= 5\n 3"), "F").unreachable == (3,)
    assert covered(outputs("amount\n > limit\n -\n > 5"), "F").unreachable == (3,)
    assert covered(outputs("amount\n > limit\n > 5\n -"), "F").unreachable == ()


def test_a_rule_for_a_missing_value_is_reached() -> None:
    assert covered(outputs("amount\n > 5\n <= 5\n null"), "F").unreachable == ()
    assert covered(outputs("amount\n > 5\n <= 5\n -"), "F").unreachable == ()


def test_a_rule_of_a_lower_priority_is_never_reached_behind_what_fits_all_it_fits() -> None:
    ranks = {"allowed": {"x": ('"high"', '"low"')}}
    found = covered('amount | x\n > 9 | "low"\n > 5 | "high"\n > 3 | "low"', "P", **ranks)
    assert found.unreachable == (1,)


@pytest.mark.parametrize("hit", ["U", "C", "F"])
def test_a_rule_that_fits_nothing_is_told_whatever_the_policy(hit: Letter) -> None:
    assert covered(outputs('level\n "i"\n not("i", "ii", "iii", null)'), hit).unreachable == (2,)


def test_a_large_table_is_left_alone_and_says_so() -> None:
    rows = "amount\n" + "\n".join(f"{at}" for at in range(600))
    assert covered(outputs(rows)) == Coverage(is_proved=False)
    names = " ; ".join(["amount"] * 120)
    assert not covered(outputs(f"{names}\n" + " ; ".join(["-"] * 120))).is_proved


def test_many_inputs_are_swept_without_trying_every_combination() -> None:
    known = {f"f{at}": BOOLEAN for at in range(40)}
    rows = [" ; ".join(known)]
    for at in range(40):
        rows.append(" ; ".join("true" if other == at else "-" for other in range(40)))
    decision = compile_table(table(outputs("\n".join(rows)), "C"), known)
    found = coverage(decision, [Domain("boolean")] * 40)
    assert found.is_proved
    assert found.gaps == (", ".join(f"f{at} = false" for at in range(40)),)


def any_table(rules: int, outputs: int, last: str) -> Decision:
    """Rules that all fit; their outputs are `"a"` but for the last one, which may tell the rule."""
    head = "amount | " + " ; ".join(f"x{at}" for at in range(outputs))
    cells = ['"a"'] * (outputs - 1)
    rows = [" ; ".join([*cells, last.format(at)]) for at in range(rules)]
    return compile_table(table("\n".join([head, *(f"- | {row}" for row in rows)]), "A"), KNOWN)


def test_outputs_that_are_the_same_need_no_comparing() -> None:
    assert coverage(any_table(440, 40, '"a"'), [Domain("number")]) == Coverage()


@pytest.mark.long
def test_comparing_outputs_has_a_limit() -> None:
    told_apart = any_table(440, 40, "amount + {}")
    assert coverage(told_apart, [Domain("number")]) == Coverage(is_proved=False)
    lists = any_table(440, 1, "[" + "1, " * 100 + "{0} - {0}]")
    assert coverage(lists, [Domain("number")]) == Coverage(is_proved=False)


@pytest.mark.long
def test_long_cells_have_a_limit_together_not_only_one_by_one() -> None:
    cells = [", ".join(str(1000 + at) for at in range(rule, rule + 480)) for rule in range(60)]
    assert covered(outputs("\n".join(["amount", *cells])), "C") == Coverage(is_proved=False)
    assert covered(outputs("\n".join(["amount", *cells[:1] * 300])), "C").is_proved


def test_columns_that_tell_no_rules_apart_are_compared_within_a_limit() -> None:
    head = " ; ".join(["things"] * 90 + ["amount"])
    rows = [" ; ".join(["-"] * 90 + [str(at)]) for at in range(300)]
    assert covered(outputs("\n".join([head, *rows[:100]]))).is_proved
    assert covered(outputs("\n".join([head, *rows]))) == Coverage(is_proved=False)


def test_more_allowed_values_than_a_cell_may_have_steps_are_ranked() -> None:
    ranks = {"allowed": {"x": tuple(f'"{at}"' for at in range(2_000))}}
    found = covered('amount | x\n > 5 | "1999"\n > 3 | "1998"', "P", **ranks)
    assert found.unreachable == (1,)


# Against trying everything

NUMBERS = [*map(Decimal, range(5)), None]
VALUES: Mapping[str, Sequence[Any]] = {
    "amount": NUMBERS,
    "level": ["i", "ii", "iii", None],
    "vip": [True, False, None],
}
DOMAINS: Mapping[str, Domain] = {
    "amount": Domain("number", low=Decimal(0), high=Decimal(4), step=Decimal(1), may_be_null=True),
    "level": Domain("choice", ("i", "ii", "iii"), may_be_null=True),
    "vip": Domain("boolean", may_be_null=True),
}
POINT = st.integers(-1, 5).map(str)
ENDS = st.tuples(st.sampled_from("[("), POINT, POINT, st.sampled_from("])"))
NUMBER_TEST = st.one_of(
    POINT.filter(lambda text: not text.startswith("-")),
    st.builds("{} {}".format, st.sampled_from(["<", "<=", ">", ">=", "!="]), POINT),
    ENDS.map(lambda ends: "{}{}..{}{}".format(*ends)),
    st.builds("? >= {} and ? != {}".format, POINT, POINT),
    st.just("null"),
    st.just("? < limit"),
)


def _cells(test: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    several = st.lists(test, min_size=1, max_size=2).map(", ".join)
    return st.one_of(st.just("-"), several, several.map(lambda text: f"not({text})"))


CELLS = {
    "amount": _cells(NUMBER_TEST),
    "level": _cells(st.sampled_from(['"i"', '"ii"', '"iii"', "null"])),
    "vip": _cells(st.sampled_from(["true", "false", "null"])),
}
ROW = st.tuples(*(CELLS[name] for name in VALUES), st.sampled_from(['"a"', '"b"', '"c"']))


@st.composite
def tables(draw: st.DrawFn, hit: Letter) -> Decision:
    rows = draw(st.lists(ROW, min_size=1, max_size=5))
    drawn = [" ; ".join(VALUES) + " | x"]
    drawn += [" ; ".join(row[:-1]) + f" | {row[-1]}" for row in rows]
    ranks = {"x": ('"a"', '"b"', '"c"')} if hit == "P" else {}
    return compile_table(table("\n".join(drawn), hit, allowed=ranks), KNOWN)


def fitting(decision: Decision, limit: int) -> Iterator[tuple[int, ...]]:
    """For every combination of values the rules that fit it."""
    for combination in product(*VALUES.values()):
        yield tuple(
            number
            for number, row in enumerate(decision.rows, start=1)
            if all(
                tests.evaluate(value, {"limit": Decimal(limit)}, Meter(1_000)) is True
                for tests, value in zip(row.tests, combination, strict=True)
            )
        )


def reads_limit(decision: Decision, *rules: int) -> bool:
    rows = [decision.rows[rule - 1] for rule in rules] if rules else decision.rows
    return any(tests.names for row in rows for tests in row.tests)


def found_in(decision: Decision) -> Coverage:
    return coverage(decision, [DOMAINS[name] for name in VALUES])


@given(decision=tables("U"))
@settings(max_examples=150)
def test_gaps_and_overlaps_are_those_of_trying_everything(decision: Decision) -> None:
    found = found_in(decision)
    tried = [tuple(fitting(decision, limit)) for limit in (-1, 6)]
    has_gap = [any(not rules for rules in each) for each in tried]
    if found.gaps:
        assert all(has_gap)
    elif not reads_limit(decision):
        assert not any(has_gap)
    told = {(each.first, each.second) for each in found.overlaps}
    met = [
        {(one, two) for rules in each for one in rules for two in rules if one < two}
        for each in tried
    ]
    assert all(told <= each for each in met)
    if not reads_limit(decision):
        assert {second for _, second in told} == {second for _, second in met[0]}


@given(decision=tables("U"))
@settings(max_examples=40)
def test_an_example_holds_for_some_values_and_for_all_of_them_it_is_so(decision: Decision) -> None:
    found = found_in(decision)
    for gap in found.gaps:
        assert {bool(rules) for rules in at_example(decision, gap)} == {False}
    for overlap in found.overlaps:
        rules = set(at_example(decision, overlap.example))
        assert rules
        assert all({overlap.first, overlap.second} <= set(each) for each in rules)


def at_example(decision: Decision, example: str) -> Iterator[tuple[int, ...]]:
    """The rules that fit where the example holds."""
    parts = [] if example == "-" else re.split(rf", (?=(?:{'|'.join(VALUES)}) )", example)
    conditions = [compile_expression(part) for part in parts]
    combinations = product(*VALUES.values())
    for combination, rules in zip(combinations, fitting(decision, 6), strict=True):
        context = dict(zip(VALUES, combination, strict=True))
        if all(condition(context) is True for condition in conditions):
            yield rules


@given(decision=tables("F"))
@settings(max_examples=150)
def test_rules_never_reached_are_those_of_trying_everything(decision: Decision) -> None:
    told = set(found_in(decision).unreachable)
    for limit in (-1, 6):
        reached = {rules[0] for rules in fitting(decision, limit) if rules}
        assert not told & reached
        if not reads_limit(decision):
            outside = _reached_outside(decision)
            assert told == set(range(1, len(decision.rows) + 1)) - reached - outside


def _reached_outside(decision: Decision) -> set[int]:
    """Rules that values beyond the bounds would reach: of them nothing is told."""
    reached = set()
    numbers = [*map(Decimal, range(-3, 8)), None]
    for combination in product(numbers, VALUES["level"], VALUES["vip"]):
        for number, row in enumerate(decision.rows, start=1):
            if all(
                tests.evaluate(value, {}, Meter(1_000)) is True
                for tests, value in zip(row.tests, combination, strict=True)
            ):
                reached.add(number)
                break
    return reached


@given(decision=tables("P"))
@settings(max_examples=100)
def test_rules_that_never_win_are_those_of_trying_everything(decision: Decision) -> None:
    told = set(found_in(decision).unreachable)
    for limit in (-1, 6):
        for combination in product(*VALUES.values()):
            context = dict(zip(VALUES, combination, strict=True)) | {"limit": Decimal(limit)}
            outcome = decision(context)
            assert not outcome.rules or outcome.rules[0] not in told
