"""Computed fields: always what their expression gives now, and never in an event."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tests.kernel.engine.playing import HEADER, ZONE, Play
from tuoban.kernel import events as e
from tuoban.kernel.definition import Definition
from tuoban.kernel.engine import step_place
from tuoban.kernel.forms import value_shown
from tuoban.kernel.language import compile_pack
from tuoban.kernel.names import Names
from tuoban.kernel.refusals import Refused

RECORDS = """records:
  line:
    quantity: {type: integer, en: Quantity}
    price: {type: money, en: Price}
    discounted: {type: money, en: Discounted, is: amount * (1 - rate)}
    amount: {type: money, en: Amount, is: quantity * price}
fields:
  lines: {type: list, of: line, en: Lines, rules: [
    {that: sum(lines.amount) <= 1000, else: {en: Too much, zh: 太多}}]}
  rate: {type: number, en: Rate}
  due: {type: money, en: Due, is: total + fee}
  total: {type: money, en: Total, is: sum(lines.discounted)}
  fee: {type: money, en: Fee, is: total / 3}
  half: {type: integer, en: Half, is: count(lines) / 2}
  last: {type: datetime, en: Last, is: fill.at}
  label: {type: text, en: Label, is: 'if due > 100 then "dear" else "cheap"'}
"""
PROCESS = """
  - {step: fill, en: Fill, by: worker, form: [lines, rate, total]}
  - {step: gate, en: Gate, by: worker, form: [due, lines, rate],
     needs: [{that: due > 20, else: {en: Low, zh: 低}}]}
  - {step: dear, en: Dear, by: worker, when: 'label = "dear"'}
  - {step: own, en: Own, by: worker, form: [found],
     fields: {found: {type: list, of: line, en: Found}}}
  - {step: after, en: After, by: worker, when: sum(own.found.amount) = 6}
  - end: closed
"""


def source(fields: str = RECORDS, process: str = PROCESS) -> str:
    return HEADER.strip("\n").replace("fields:\n", fields) + "\n" + process.strip("\n") + "\n"


def define(fields: str = RECORDS, process: str = PROCESS) -> Definition:
    return compile_pack(source(fields, process))


DEFINITION = define()


def line(quantity: int, price: str) -> dict[str, str]:
    return {"quantity": str(quantity), "price": price}


def play(**data: Any) -> Play:
    data = {"lines": [line(2, "10"), line(1, "5.55")], "rate": "0", **data}
    return Play(DEFINITION).start().do("fill", **data)


def names(case: Play) -> Names:
    return Names(case.definition, case.state, {}, ZONE)


def test_a_computed_field_is_what_its_expression_gives() -> None:
    read = names(play())
    assert [row["amount"] for row in read["lines"]] == [Decimal("20.00"), Decimal("5.55")]
    assert read["total"] == Decimal("25.55")
    assert read["label"] == "cheap"
    assert read["case"]["due"] == read["due"]
    assert "due" in set(read["case"])
    assert read["last"].utcoffset() is not None


def test_money_is_rounded_half_up_wherever_it_is_computed() -> None:
    read = names(play(lines=[line(1, "0.05"), line(1, "0.15")], rate="0.5"))
    assert [row["discounted"] for row in read["lines"]] == [Decimal("0.03"), Decimal("0.08")]
    assert read["total"] == Decimal("0.11")
    assert read["fee"] == Decimal("0.04")


def test_an_integer_is_rounded_to_a_whole_one() -> None:
    assert names(play(lines=[line(1, "1"), line(1, "1"), line(1, "1")]))["half"] == 2


def test_what_cannot_be_computed_is_null() -> None:
    read = names(Play(DEFINITION).start())
    assert read["total"] is None
    assert read["due"] is None
    assert read["lines"] is None
    assert names(play(lines=[]))["total"] is None


def test_no_event_holds_what_is_computed() -> None:
    case = play()
    for event in case.journal:
        if isinstance(event, e.FieldsSet):
            assert not event.values.keys() & DEFINITION.derived.keys() - {"lines"}
            for row in event.values.get("lines", ()):
                assert set(row) == {"quantity", "price"}


def test_gates_and_conditions_follow_what_is_computed() -> None:
    case = play(lines=[line(1, "5")])
    assert case.item("gate").locked == (0,)
    assert play().item("gate").locked is None
    assert play(lines=[line(1, "90")]).do("gate").open() == {"dear"}
    assert play().do("gate").open() == {"own"}


def test_the_form_shows_what_follows_from_what_is_entered() -> None:
    case = play()
    item = case.item("gate")
    place = step_place(DEFINITION, case.state, item, case.surroundings())
    rows = case.state.values["lines"]
    assert value_shown(place, "due", {"lines": rows, "rate": Decimal(0)}) == Decimal("34.07")
    assert value_shown(place, "due", {"lines": rows[:1], "rate": Decimal(0)}) == Decimal("26.67")
    assert value_shown(place, "lines", {"lines": rows})[0]["amount"] == Decimal("20.00")


def refusal(**data: Any) -> list[tuple[str, str]]:
    with pytest.raises(Refused) as refused:
        play(**data)
    return [(each.code, each.place) for each in refused.value.problems]


def test_nobody_enters_what_is_computed() -> None:
    lines = [{**line(1, "1"), "amount": "7"}]
    assert refusal(lines=lines, total="7") == [
        ("read-only", "lines[1].amount"),
        ("read-only", "total"),
    ]


def test_rules_read_what_is_computed_from_what_is_entered() -> None:
    assert refusal(lines=[line(2, "501")]) == [("rule", "lines")]


def test_the_rows_of_a_step_of_its_own_are_computed_too() -> None:
    case = play().do("gate").do("own", found=[line(2, "3")])
    assert case.open() == {"after"}


def test_what_many_fields_need_is_computed_once() -> None:
    """Each doubles the one before: computed anew for every name this would never end."""
    doubled = "".join(
        f"  d{n}: {{type: number, en: D, is: d{n - 1} + d{n - 1}}}\n" for n in range(1, 41)
    )
    definition = define(
        f"fields:\n{doubled}  d0: {{type: number, en: D, is: 0.000001}}\n",
        """
  - {step: fill, en: Fill, by: worker, when: d40 > 0}
  - end: closed
""",
    )
    case = Play(definition).start()
    assert names(case)["d40"] == Decimal("0.000001") * 2**40
    assert case.open() == {"fill"}


MONEY = """fields:
  price: {type: money, en: Price}
  lines: {type: list, of: money, en: Lines}
  third: {type: money, en: Third, is: price / 3}
  parts:
    type: text
    en: Parts
    is: 'string join(for p in split(price, [1, 1, 1]) return string(p), " ")'
"""
CURRENCIES = [
    ("CNY", "100.00", "33.33", "33.34 33.33 33.33", "1.234"),
    ("JPY", "100", "33", "34 33 33", "1.5"),
    ("KWD", "100.000", "33.333", "33.334 33.333 33.333", "1.2345"),
]


@pytest.mark.parametrize(("currency", "price", "third", "parts", "finer"), CURRENCIES)
def test_money_is_kept_and_computed_in_the_minor_unit_of_its_currency(
    currency: str, price: str, third: str, parts: str, finer: str
) -> None:
    process = """
  - {step: fill, en: Fill, by: worker, form: [price, lines]}
  - {step: look, en: Look, by: worker}
  - end: closed
"""
    definition = compile_pack(f"currency: {currency}\n" + source(MONEY, process))
    case = Play(definition).start().do("fill", price="100", lines=["7"])
    assert str(case.state.values["price"]) == price
    read = names(case)
    assert (str(read["third"]), read["parts"]) == (third, parts)
    with pytest.raises(Refused) as refused:
        Play(definition).start().do("fill", price=finer, lines=[finer])
    assert [(each.code, each.place) for each in refused.value.problems] == [
        ("not-money", "price"),
        ("not-money", "lines[1]"),
    ]


def test_what_was_done_for_a_computed_value_lapses_when_that_changes() -> None:
    process = """
  - {step: fill, en: Fill, by: worker, form: [lines, rate]}
  - {step: agree, en: Agree, by: worker, covers: [total]}
  - {step: change, en: Change, by: worker, form: [lines]}
  - {step: settle, en: Settle, by: worker, needs: [agree]}
  - end: closed
"""
    case = Play(define(process=process)).start().do("fill", lines=[line(1, "5")], rate="0")
    case.do("agree").do("change", lines=[line(5, "1")])
    assert case.state.completions["agree"][0].counts
    case = Play(define(process=process)).start().do("fill", lines=[line(1, "5")], rate="0")
    case.do("agree").do("change", lines=[line(2, "5")])
    assert not case.state.completions["agree"][0].counts
