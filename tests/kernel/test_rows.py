"""Lists: rows read cell by cell, and rows that stay who they are."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuoban.kernel.codec import decode, encode
from tuoban.kernel.definition import Field, Text
from tuoban.kernel.expressions import Row, evaluate
from tuoban.kernel.rows import last_key, numbered, read_value, titles_of

ZONE = ZoneInfo("Asia/Shanghai")


def label(text: str) -> Text:
    return Text(text, text)


WHAT = Field("what", "text", label("What"), required=True)
QUANTITY = Field("quantity", "integer", label("Quantity"), minimum=Decimal(1))
LINES = Field("lines", "list", label("Lines"), columns=(WHAT, QUANTITY))
TAGS = Field("tags", "list", label("Tags"), columns=(Field("", "text", label("Tags")),))


def line(what: str, quantity: object = "1", **key: str) -> dict[str, object]:
    return {"what": what, "quantity": quantity, **({"#": key["key"]} if key else {})}


def read(raw: Any, field: Field = LINES, current: Any = None) -> Any:
    value, problems = read_value(field, raw, ZONE, current)
    assert problems == ()
    return value


def problems(raw: Any, field: Field = LINES) -> list[tuple[str, str]]:
    return [(each.code, each.place) for each in read_value(field, raw, ZONE)[1]]


def test_cells_are_typed() -> None:
    assert read([line("Lamp", "2")]) == (Row(0, {"what": "Lamp", "quantity": Decimal(2)}),)
    assert read(["red", " blue "], TAGS) == ("red", "blue")


def test_a_row_in_which_nothing_stands_is_left_out() -> None:
    assert [row["what"] for row in read([line("", ""), line("Lamp"), {"#": "+2"}])] == ["Lamp"]
    assert read(["", "red"], TAGS) == ("red",)


def test_an_empty_list_was_given_and_nothing_was_not() -> None:
    assert read("") == ()
    assert read([]) == ()
    assert read(None) is None


def test_every_problem_names_its_row_and_column() -> None:
    assert problems([line("", "1"), {}, line("Lamp", "none"), line("Fan", "0")]) == [
        ("required", "lines[1].what"),
        ("not-integer", "lines[2].quantity"),
        ("too-small", "lines[3].quantity"),
    ]
    assert problems([{"what": "Lamp", "colour": "red"}]) == [("unknown-field", "lines[1].colour")]
    assert problems(["Lamp"]) == [("not-row", "lines[1]")]
    assert problems(7) == [("not-list", "lines")]


def test_a_list_has_so_many_rows() -> None:
    field = replace(LINES, minimum=Decimal(2), maximum=Decimal(3))
    assert problems([line("a")], field) == [("too-few-rows", "lines")]
    assert problems([line("a"), line("b"), line("")], field) == [("required", "lines[3].what")]
    assert problems([line(each) for each in "abcd"], field) == [("too-many-rows", "lines")]
    assert problems([line("a")] * 501) == [("too-many-rows", "lines")]


def test_new_rows_are_numbered_in_one_series() -> None:
    values = {"lines": read([line("a"), line("b")]), "tags": ("red",), "more": read([line("c")])}
    given = numbered(values, 7)
    assert [row.key for row in given["lines"]] == [8, 9]
    assert [row.key for row in given["more"]] == [10]
    assert given["tags"] == ("red",)
    assert last_key(7, given) == 10
    assert last_key(12, given) == 12


def test_a_row_stays_who_it_is_while_it_is_edited_and_moved() -> None:
    before = numbered({"lines": read([line("a"), line("b"), line("c")])}, 0)["lines"]
    posted = [line("C", key="3"), line("new"), line("a", key="1")]
    after = read(posted, current=before)
    assert [(row.key, row["what"]) for row in after] == [(3, "C"), (0, "new"), (1, "a")]


@pytest.mark.parametrize("key", ["9", "+1", "", "²", "1" * 30])
def test_a_key_that_the_list_does_not_hold_is_that_of_a_new_row(key: str) -> None:
    before = (Row(1, {"what": "a", "quantity": None}),)
    assert read([line("x", key=key)], current=before)[0].key == 0


def test_a_key_is_taken_once() -> None:
    before = (Row(1, {"what": "a", "quantity": None}),)
    assert [row.key for row in read([line("x", key="1"), line("y", key="1")], current=before)] == [
        1,
        0,
    ]


ROWS = (Row(4, {"n": Decimal(2)}), Row(5, {"n": Decimal(3)}), Row(6, {"n": Decimal(1)}))


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("rows", [4, 5, 6]),
        ("rows[n > 1]", [4, 5]),
        ("sort(rows, function(a, b) a.n < b.n)", [6, 4, 5]),
        ("reverse(rows)", [6, 5, 4]),
        ("for row in rows return row", [4, 5, 6]),
        ("[rows[2]]", [5]),
    ],
)
def test_what_an_expression_gives_are_the_same_rows(text: str, keys: list[int]) -> None:
    assert [row.key for row in evaluate(text, {"rows": ROWS})] == keys


def test_an_expression_sees_members_and_no_key() -> None:
    assert evaluate("sum(rows.n)", {"rows": ROWS}) == 6
    assert evaluate("rows[1] = {n: 2}", {"rows": ROWS}) is True
    assert evaluate("get entries(rows[1]).key", {"rows": ROWS}) == ["n"]


def test_rows_are_the_same_if_key_and_cells_are() -> None:
    assert Row(1, {"a": 1}) == Row(1, {"a": 1})
    assert Row(1, {"a": 1}) != Row(2, {"a": 1})
    assert Row(1, {"a": 1}) != {"a": 1}


def test_rows_come_back_from_the_journal_with_their_keys() -> None:
    assert decode(encode(ROWS)) == ROWS


@given(st.lists(st.lists(st.integers(-2, 8), max_size=6), max_size=8))
def test_whatever_is_done_to_a_list_no_key_is_given_twice(edits: list[list[int]]) -> None:
    """An edit names rows by where they stand; a place that there is not asks for a new row."""
    now: tuple[Row, ...] = ()
    last, given_away = 0, set[int]()
    for edit in edits:
        kept = [now[at] for at in dict.fromkeys(edit) if 0 <= at < len(now)]
        asked = [line(f"again {row['what']}", key=str(row.key)) for row in kept]
        asked += [line("new", key="+1") for at in edit if not 0 <= at < len(now)]
        values = numbered({"lines": read(asked, current=now)}, last)
        now, last = values["lines"], last_key(last, values)
        keys = [row.key for row in now]
        assert keys[: len(kept)] == [row.key for row in kept]
        assert given_away.isdisjoint(keys[len(kept) :])
        assert len(set(keys)) == len(keys)
        given_away.update(keys)


def test_a_row_is_called_by_what_stands_in_it_else_by_its_place() -> None:
    car = Field("car", "asset", label("Car"), kind="car")
    rides = Field("rides", "list", label("Rides"), columns=(car, WHAT))
    rows = (
        Row(7, {"car": "asset-1", "what": None}),
        Row(9, {"car": "asset-2", "what": "To town"}),
        Row(4, {"car": None, "what": None}),
    )

    def names(**called: Any) -> list[str]:
        return [title.en for title in titles_of(rides, rows, **called).values()]

    assert names() == ["Row 1", "To town", "Row 3"], "names of people and things stay in the files"
    assert names(called={"asset-1": "A1"}.get) == ["A1", "To town", "Row 3"]
