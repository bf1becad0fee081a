"""Lists in a case: rows are typed and ruled one by one, and stay who they are."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tests.kernel.engine.playing import HEADER, Play, replay
from tuoban.kernel import commands as c
from tuoban.kernel import events as e
from tuoban.kernel.codec import decode, encode
from tuoban.kernel.expressions import Row
from tuoban.kernel.language import compile_pack
from tuoban.kernel.names import Names
from tuoban.kernel.refusals import Refused

RECORDS = """records:
  line:
    item: {type: text, en: Item, required: true}
    quantity: {type: integer, en: Quantity, min: 1}
    least: {type: integer, en: Least, rules: [
      {that: least <= quantity, else: {en: More than there are, zh: 多于数量}},
      {that: least < 100, warn: {en: That is much, zh: 很多}}]}
fields:
  lines: {type: list, of: line, en: Lines, rules: [
    {that: sum(lines.quantity) <= 10, else: {en: Too many, zh: 太多}}]}
  tags: {type: list, of: text, en: Tags}
"""
PROCESS = """
  - {step: fill, en: Fill, by: worker, form: [lines, tags]}
  - {step: check, en: Check, by: worker, form: [{field: lines, required: true}], returns-to: [fill]}
  - {step: many, en: Many, by: worker, when: "count(lines[quantity > 2]) > 1", form: [lines]}
  - {step: own, en: Own, by: worker, form: [found], returns-to: [fill],
     fields: {found: {type: list, of: line, en: Found}}}
  - {step: after, en: After, by: worker, when: sum(own.found.quantity) = 5, returns-to: [own]}
  - end: closed
"""
PACK = HEADER.replace("fields:\n", RECORDS) + PROCESS.strip("\n") + "\n"
DEFINITION = compile_pack(PACK)


def line(
    item: str, quantity: int = 1, key: int | None = None, **cells: object
) -> dict[str, object]:
    named = {} if key is None else {"#": str(key)}
    return {"item": item, "quantity": str(quantity), **cells, **named}


def play() -> Play:
    return Play(DEFINITION).start()


def keys(case: Play, name: str = "lines") -> list[int]:
    return [row.key for row in case.state.values[name]]


def test_rows_are_stored_typed_and_each_with_a_key() -> None:
    case = play().do("fill", lines=[line("a", 2), line("b")], tags=["red", "blue"])
    assert case.state.values["lines"] == (
        Row(1, {"item": "a", "quantity": Decimal(2), "least": None}),
        Row(2, {"item": "b", "quantity": Decimal(1), "least": None}),
    )
    assert case.state.values["tags"] == ("red", "blue")


def test_rows_keep_their_keys_when_others_come_and_go_and_no_key_comes_twice() -> None:
    case = play().do("fill", lines=[line("a"), line("b"), line("c", 3)])
    case.do("check", lines=[line("C", 4, key=3), line("d", 3), line("a", key=1)])
    assert keys(case) == [3, 4, 1]
    case.do("many", lines=[line("e"), line("a", key=1)])
    assert keys(case) == [5, 1]
    assert case.state.last_row == 5


def test_a_case_numbers_all_its_rows_in_one_series() -> None:
    case = play().do("fill", lines=[line("a")]).do("check").do("own", found=[line("x", 5)])
    assert [row.key for row in case.state.newest("own").data["found"]] == [2]  # type: ignore[union-attr]


def test_the_rows_of_a_step_stay_who_they_are_when_work_comes_back() -> None:
    case = play().do("fill", lines=[line("a")]).do("check")
    case.do("own", found=[line("x", 2), line("y", 3)]).send_back("after", to="own")
    case.do("own", found=[line("Y", 5, key=3)])
    assert [row.key for row in case.state.newest("own").data["found"]] == [3]  # type: ignore[union-attr]


def test_rows_sent_back_are_the_same_rows_when_they_come_again() -> None:
    case = play().do("fill", lines=[line("a"), line("b")]).send_back("check", to="fill")
    assert case.state.values["lines"] is None
    case.do("fill", lines=[line("b", key=2), line("c")])
    assert keys(case) == [2, 3]


def test_conditions_read_rows() -> None:
    case = play().do("fill", lines=[line("a", 3), line("b", 4), line("c")]).do("check")
    assert case.open() == {"many"}
    case = play().do("fill", lines=[line("a", 3), line("c")]).do("check")
    assert case.open() == {"own"}
    case.do("own", found=[line("x", 2), line("y", 3)])
    assert case.open() == {"after"}


def test_what_an_expression_reads_knows_who_it_is() -> None:
    case = play().do("fill", lines=[line("a", 1), line("b", 3)])
    names = Names(case.definition, case.state, {}, case.surroundings().zone)
    assert [row.key for row in names["lines"]] == [1, 2]


def refusal(**data: Any) -> list[tuple[str, str]]:
    with pytest.raises(Refused) as refused:
        play().do("fill", **data)
    return [(each.code, each.place) for each in refused.value.problems]


def test_every_problem_of_every_row_is_told_at_once() -> None:
    lines = [line("", 0), line("b", 1, least="2"), {"item": "c", "size": "1"}]
    assert refusal(lines=lines, note="x") == [
        ("unknown-field", "note"),
        ("required", "lines[1].item"),
        ("too-small", "lines[1].quantity"),
        ("unknown-field", "lines[3].size"),
    ]


def test_rules_are_judged_for_each_row_and_for_the_list() -> None:
    assert refusal(lines=[line("a", 5), line("b", 6, least="7")]) == [
        ("rule", "lines"),
        ("rule", "lines[2].least"),
    ]


def test_a_list_that_is_needed_has_a_row() -> None:
    case = play().do("fill", lines=[])
    assert case.state.values["lines"] == ()
    with pytest.raises(Refused) as refused:
        case.do("check")
    assert [(each.code, each.place) for each in refused.value.problems] == [("required", "lines")]


def test_a_refused_list_changes_nothing() -> None:
    case = play().do("fill", lines=[line("a")])
    before = case.state
    with pytest.raises(Refused):
        case.do("check", lines=[line("a", 99)])
    assert case.state is before


def test_a_state_with_rows_is_kept_and_replayed() -> None:
    case = play().do("fill", lines=[line("a"), line("b")]).do("check")
    assert decode(encode(case.state)) == case.state
    assert replay(case.definition, decode(encode(case.journal))) == case.state


def test_the_elements_of_an_each_are_the_rows_themselves() -> None:
    definition = compile_pack(
        HEADER.replace("fields:\n", RECORDS)
        + "  - {step: fill, en: Fill, by: worker, form: [lines]}\n"
        + "  - each: part\n"
        + '    in: "sort(lines[quantity > 1], function(a, b) a.quantity < b.quantity)"\n'
        + "    steps: [{step: pack, en: Pack, by: worker, when: part.quantity > 2}]\n"
        + "  - end: closed\n"
    )
    case = Play(definition).start()
    case.do("fill", lines=[line("a", 4), line("b", 1), line("c", 2)])
    (listed,) = case.state.listed["part"]
    assert [(row.key, row["item"]) for row in listed.values] == [(3, "c"), (1, "a")]
    assert case.open() == {"pack"}


CHECKED = compile_pack(
    HEADER.replace("fields:\n", RECORDS)
    + """
  - {step: fill, en: Fill, by: worker, form: [lines]}
  - step: check
    en: Check
    by: worker
    form: [{field: lines, read-only: true}]
    returns-to: [fill]
    checklist:
      - Table cleared
      - {per: lines, items: [Unpacked, {item: Counted, when: quantity > 1}]}
  - {step: after, en: After, by: worker, returns-to: [check]}
  - end: closed
""".strip("\n")
    + "\n"
)


def checking() -> Play:
    return Play(CHECKED).start().do("fill", lines=[line("a", 1), line("b", 3)])


def tick(case: Play, *keys: str) -> list[tuple[str, str]]:
    """Complete the check with these lines ticked; the problems."""
    item = case.item("check").id
    try:
        case.carry_out(c.Complete("li", item, None, {}, frozenset(keys), {}))
    except Refused as refused:
        return [(each.code, each.place) for each in refused.problems]
    return []


def test_a_checklist_is_asked_for_every_row() -> None:
    case = checking()
    assert tick(case, "1", "2.1") == [("unchecked", "check:2.2"), ("unchecked", "check:3.2")]
    assert tick(case, "1", "2.1", "2.2", "3.2") == []
    (done,) = case.state.completions["check"]
    assert done.checked == ("1", "2.1", "2.2", "3.2")
    event = next(each for each in case.journal if isinstance(each, e.ItemCompleted) and each.asked)
    assert {key: text.en for key, text in event.asked.items()} == {
        "2.1": "a: Unpacked",
        "2.2": "b: Unpacked",
        "3.2": "b: Counted",
    }


def test_lines_that_the_checklist_does_not_have_are_refused() -> None:
    assert tick(checking(), "1", "2.1", "2.2", "3.2", "1.1", "2", "4") == [
        ("unknown-check", "check:1.1"),
        ("unknown-check", "check:2"),
        ("unknown-check", "check:4"),
    ]


def test_a_line_of_a_row_that_has_gone_is_not_kept() -> None:
    case = checking()
    assert tick(case, "1", "2.1", "2.2", "3.2", "2.9", "3.1") == []
    assert case.state.completions["check"][0].checked == ("1", "2.1", "2.2", "3.2")


def test_what_is_asked_for_every_row_stands_together_and_rows_of_one_name_are_told_apart() -> None:
    case = Play(CHECKED).start().do("fill", lines=[line("a", 2), line("b", 1), line("a", 2)])
    assert [place for _, place in tick(case)] == [
        "check:1", "check:2.1", "check:3.1", "check:2.2", "check:2.3", "check:3.3",
    ]  # fmt: skip
    assert tick(case, "1", "2.1", "3.1", "2.2", "2.3", "3.3") == []
    event = next(each for each in case.journal if isinstance(each, e.ItemCompleted) and each.asked)
    assert event.asked["2.1"].en == "a 1: Unpacked"
    assert (event.asked["3.3"].zh, event.asked["2.2"].en) == ("a 3：Counted", "b: Unpacked")
