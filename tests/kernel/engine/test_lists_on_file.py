"""Lists that begin with rows of an expression, and lists that are kept as facts."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tests.kernel.engine.playing import Play
from tuoban.kernel import commands as c
from tuoban.kernel import events as e
from tuoban.kernel.definition import Definition
from tuoban.kernel.expressions import Row
from tuoban.kernel.facts import KIND
from tuoban.kernel.forms import Place, prefilled
from tuoban.kernel.language import compile_pack

PACK = """
pack: visits
version: 1
language: en
title: Visits
roles: {worker: Worker}
records:
  finding:
    what: {type: text, en: What, required: true}
    cost: {type: money, en: Cost}
    fixed: {type: boolean, en: Fixed}
    double: {type: money, en: Double, is: cost * 2}
  kept:
    what: {type: text, en: What}
    cost: {type: money, en: Cost}
    fixed: {type: boolean, en: Fixed}
kinds:
  vehicle:
    en: Vehicle
    facts: {plate: {type: text, en: Plate}, open: {type: list, of: kept, en: Open}}
fields:
  vehicle: {type: asset, kind: vehicle, en: Vehicle, required: true}
  findings: {type: list, of: finding, default: vehicle.open, en: Findings, max: 3}
  again: {type: list, of: finding, en: Again, rules: [{that: count(again) < 3, else: Too many}]}
starts: [{request: go, en: Go, by: worker, form: [vehicle]}]
process:
  - {step: look, en: Look, by: worker, form: [findings]}
  - {step: check, en: Check, by: worker, form: [again], returns-to: [look]}
  - {set: again, to: 'for f in findings return {what: f.what, cost: f.cost / 3}'}
  - {set: findings, to: 'findings[not(coalesce(fixed, false))]'}
  - set: vehicle.open
    to: 'for f in findings[not(coalesce(fixed, false))] return {what: f.what, cost: f.cost}'
  - {step: read, en: Read, by: worker, when: 'count(vehicle.open) > 0 and again[1].double > 0'}
  - {end: done, en: Done}
"""


def row(key: int, what: str, cost: str | None = None, *, fixed: bool | None = None) -> Row:
    cells = {"what": what, "cost": Decimal(cost) if cost else None, "fixed": fixed}
    return Row(key, cells)


@pytest.fixture(scope="module")
def visits() -> Definition:
    return compile_pack(PACK)


def begun(visits: Definition, *rows: Row) -> Play:
    played = Play(visits)
    played.opened = {"asset-1": {KIND: "vehicle", "plate": "A1", "open": rows or None}}
    return played.start(vehicle="asset-1")


def shown(played: Play, step: str) -> Any:
    place = Place(
        played.definition,
        played.state,
        step,
        played.definition.nodes[step].step.form,
        {},
        played.surroundings().zone,
        played.surroundings().at,
    )
    return prefilled(place, place.form[0].entries[0].field)


def test_a_form_begins_with_the_rows_which_are_new_ones_of_the_case(visits: Definition) -> None:
    played = begun(visits, row(1, "Brake", "10"), row(2, "Lamp"))
    assert shown(played, "look") == (row(0, "Brake", "10.00"), row(0, "Lamp"))
    played.do("look", "li")
    assert played.state.values["findings"] == (row(1, "Brake", "10.00"), row(2, "Lamp"))
    assert played.state.last_row == 2


def test_what_was_entered_stands_before_the_default_also_when_it_is_nothing(
    visits: Definition,
) -> None:
    played = begun(visits, row(1, "Brake"))
    played.do("look", "li", findings=[])
    assert played.state.values["findings"] == ()
    played.send_back("check", "look")
    assert shown(played, "look") == ()


def test_a_return_shows_the_rows_as_a_draft(visits: Definition) -> None:
    played = begun(visits, row(1, "Brake"))
    played.do("look", "li", findings=[{"#": "+1", "what": "Brake"}, {"what": "Horn"}])
    entered = played.state.values["findings"]
    assert [each.key for each in entered] == [1, 2]
    played.send_back("check", "look")
    assert shown(played, "look") == entered


@pytest.mark.parametrize(
    "rows",
    [
        (row(1, ""), row(2, "Lamp")),
        tuple(row(number, f"Lamp {number}") for number in range(1, 5)),
    ],
)
def test_rows_that_the_list_cannot_hold_are_no_default(
    visits: Definition, rows: tuple[Row, ...]
) -> None:
    rows = tuple(Row(each.key, {**each, "fixed": True}) for each in rows)
    assert shown(begun(visits, *rows), "look") is None


def test_a_set_makes_new_rows_and_writes_rows_to_the_file(visits: Definition) -> None:
    played = begun(visits, row(1, "Brake", "10"))
    played.do(
        "look",
        "li",
        findings=[{"what": "Brake", "cost": "10", "fixed": "yes"}, {"what": "Horn", "cost": "1"}],
    )
    played.do("check", "li")
    again = played.state.values["again"]
    assert again == (Row(3, {**row(3, "Brake", "3.33")}), Row(4, {**row(4, "Horn", "0.33")}))
    (written,) = (each for each in played.journal if isinstance(each, e.FactsWritten))
    assert written.facts == {"open": (row(0, "Horn", "1.00"),)}
    assert played.state.values["findings"] == (row(2, "Horn", "1.00"),), "who it was"
    assert "read" in {each.node for each in played.state.items.values()}


def test_a_set_that_a_rule_forbids_leaves_the_list_null(visits: Definition) -> None:
    played = begun(visits)
    played.do("look", "li", findings=[{"what": f"Lamp {n}"} for n in range(3)])
    played.do("check", "li")
    made = next(each for each in played.journal if isinstance(each, e.AssignmentMade))
    assert (played.state.values["again"], made.unfit) == (None, {"again": "rule"})


def test_rows_that_changed_on_file_are_taken_up(visits: Definition) -> None:
    played = begun(visits)
    assert shown(played, "look") is None
    played.opened["asset-1"] = {**played.opened["asset-1"], "open": (row(1, "Horn"),)}
    assert [type(each) for each in played.carry_out(c.Recheck())] == [e.FactsLearned]
    assert shown(played, "look") == (row(0, "Horn"),)
    assert played.carry_out(c.Recheck()) == []
