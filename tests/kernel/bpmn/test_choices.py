"""A choice of a file is the same choice in the pack: the first condition that holds, in the order
of the file."""

from __future__ import annotations

import pytest

from tests.kernel.bpmn.building import START, begun, flow, imported, node, process_of, tasks
from tuoban.kernel.language import check_pack

E = '<endEvent id="e" name="Done"/>'
X, Y = '<endEvent id="x" name="X"/>', '<endEvent id="y" name="Y"/>'


def gate(id_: str, default: str = "") -> str:
    return node("exclusiveGateway", id_, **({"default": default} if default else {}))


def test_a_way_on_is_tried_before_an_end_that_stands_behind_it() -> None:
    process = START + tasks("a", "b") + E + X + Y + gate("g", "g_y_5")
    process += flow("s > a", "a > g", "g > b ? amount > 10", "g > x ? amount > 5", "g > y", "b > e")
    assert begun(process).do("a", amount=20).open() == {"b"}
    assert begun(process).do("a", amount=7).state.outcome == "x"
    assert begun(process).do("a", amount=1).state.outcome == "y"


@pytest.mark.parametrize(("n", "place"), [(9, "b"), (7, "c"), (5, "d"), (1, "f")])
@pytest.mark.parametrize("default", ["f", "d"])
def test_ways_that_come_together_sooner_keep_their_turn(n: int, place: str, default: str) -> None:
    """b and d come together, and c stands between them."""
    said = {"b": "n > 8", "c": "n > 6", "d": "n > 4", "f": "n > 0"}
    ways = [
        f"g > {each}" + ("" if each == default else f" ? {condition}")
        for each, condition in (said if default == "f" else {**said, "d": ""}).items()
    ]
    if default == "d":
        place = {"d": "f"}.get(place, place)
    number = 3 + list(said).index(default)
    process = START + tasks("a", "b", "c", "d", "f", "h") + E
    process += gate("g", f"g_{default}_{number}") + gate("m") + gate("o")
    process += flow("s > a", "a > g", *ways, "b > m", "d > m", "m > h", "h > o", "c > o", "f > o")
    process += '<sequenceFlow id="last" sourceRef="o" targetRef="e"/>'
    assert begun(process).do("a", n=n).open() == {place}


def test_a_way_out_of_a_loop_is_tried_before_the_way_back() -> None:
    process = START + tasks("a") + E + Y + gate("m") + gate("g", "g_e_6")
    process += flow("s > m", "m > a", "a > g", "g > y ? n > 10", "g > m ? n > 5", "g > e")
    assert begun(process).do("a", n=20).state.outcome == "y"
    assert begun(process).do("a", n=7).open() == {"a"}
    assert begun(process).do("a", n=1).state.outcome == "done"


def warned(process: str) -> list[str]:
    found = [each for each in imported(process).warnings if each.code != "role-made"]
    return [each.describe("en") for each in found if each.code != "field-made"]


def test_where_no_condition_holds_it_is_told_how_the_case_goes_on() -> None:
    process = START + tasks("a", "b") + E + X + gate("g") + gate("m") + gate("n", "n_e_6")
    process += flow("s > a", "a > g", 'g > m ? k = "yes"', "m > b", "b > n", "n > e")
    process += flow('g > x ? k = "no"', "n > m ? again = true")
    assert "the case goes on to “m”" in warned(process)[0]
    assert begun(process).do("a", k="other").open() == {"b"}
    alone = START + tasks("a", "b") + E + gate("g")
    alone += flow("s > a", "a > g", "g > b ? k > 5", "b > e")
    assert "decides nothing" in warned(alone)[0]
    both = START + tasks("a", "b", "c") + E + gate("g") + gate("m")
    both += flow("s > a", "a > g", "g > b ? k > 5", "g > c ? k < 2", "b > m", "c > m", "m > e")
    assert "goes on to what follows the choice" in warned(both)[0]
    assert begun(both).do("a", k=3).state.outcome == "done"


def test_a_default_flow_is_not_judged_by_a_condition() -> None:
    process = START + tasks("a", "b", "c") + E + gate("g", "g_b_3") + gate("m")
    process += flow("s > a", "a > g", "g > b ? k > 5", "g > c ? k > 2", "b > m", "c > m", "m > e")
    assert "stands on a default flow" in warned(process)[0]
    assert begun(process).do("a", k=7).open() == {"c"}
    assert begun(process).do("a", k=1).open() == {"b"}


@pytest.mark.parametrize("first", [gate("g"), ""])
def test_what_ends_the_case_is_done_only_where_its_condition_holds(first: str) -> None:
    process = first + START + tasks("a", "b") + E + X + ("" if first else gate("g"))
    process += flow("s > a", "a > g", 'g > b ? k = "yes"', 'g > x ? k = "no"', "b > e")
    report = check_pack(imported(process).text)
    assert "without an end" in report.problems[0].read("en")


@pytest.mark.parametrize(
    ("said", "feel"),
    [
        ("${shop == 'A&&B' && k == \"!x\"}", 'shop = "A&&B" and k = "!x"'),
        ("${orderAmount > 100}", "order_amount > 100"),
        ('Kind = "Kind" or Kind = "x"', 'kind = "Kind" or kind = "x"'),
    ],
)
def test_a_condition_is_read_as_it_is_meant(said: str, feel: str) -> None:
    process = START + tasks("a", "b") + E + gate("g", "g_e_4")
    process += flow("s > a", "a > g", f"g > b ? {said}", "g > e", "b > e")
    assert f"when: {feel}," in process_of(process)


def test_a_field_has_one_name_in_all_conditions() -> None:
    process = START + tasks("a", "b", "c") + E + gate("g", "g_e_5")
    process += flow("s > a", "a > g", "g > b ? orderAmount > 9", "g > c ? orderAmount > 5")
    process += '<sequenceFlow id="g_e_5" sourceRef="g" targetRef="e"/>'
    process += '<sequenceFlow id="f6" sourceRef="b" targetRef="e"/>'
    process += '<sequenceFlow id="f7" sourceRef="c" targetRef="e"/>'
    assert begun(process).do("a", order_amount=7).open() == {"c"}
    assert "it is called order_amount" in warned(process)[0]


@pytest.mark.parametrize("said", ["fraud = true", "${fraud}", "not(fraud = false)"])
def test_a_step_that_is_called_like_a_field_gets_another_name(said: str) -> None:
    process = START + tasks("a", "fraud") + E + gate("g", "g_e_4")
    process += flow("s > a", "a > g", f"g > fraud ? {said}", "g > e", "fraud > e")
    assert begun(process).do("a", fraud=True).open() == {"fraud_2"}
    assert begun(process).do("a", fraud=False).state.outcome == "done"


def test_texts_and_paths_in_conditions_are_no_names_of_fields() -> None:
    process = START + tasks("a", "b") + E + gate("g", "g_e_4")
    process += flow("s > a", "a > g", 'g > b ? a.kind = "b"', "g > e", "b > e")
    assert begun(process).do("a", a_kind="b").open() == {"b"}
