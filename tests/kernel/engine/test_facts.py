"""What a case knows of the customers and assets that its fields name."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from tests.kernel.engine.playing import Play
from tuoban.kernel import commands as c
from tuoban.kernel import events as e
from tuoban.kernel.definition import Definition
from tuoban.kernel.facts import KIND
from tuoban.kernel.language import compile_pack
from tuoban.kernel.names import Names
from tuoban.kernel.refusals import Refused

PACK = """
pack: cars
version: 1
language: en
title: Cars
case: {title: "{vehicle.plate}"}
roles: {worker: Worker, boss: Boss}
kinds:
  vehicle:
    en: Vehicle
    facts:
      plate: {type: text, en: Plate}
      next_service: {type: date, en: Next service}
      same_fault: {type: boolean, en: Same fault}
      colour: {type: text, en: Colour}
  customer:
    en: Customer
    facts: {level: {type: choice, en: Level, options: {gold: Gold, plain: Plain}}}
fields:
  vehicle: {type: asset, kind: vehicle, en: Vehicle, required: true}
  owner: {type: customer, en: Owner}
  again: {type: boolean, en: Again, default: vehicle.same_fault}
starts: [{request: go, en: Go, by: [worker], form: [vehicle, owner]}]
process:
  - {step: greet, en: Greet, by: worker, when: owner.level = "gold"}
  - step: look
    en: Look
    by: worker
    form: [again]
    needs: [{that: vehicle.next_service = null, else: Serviced}]
  - {set: vehicle.next_service, to: 'date("2026-06-01")'}
  - {step: hand_over, en: Hand over, by: worker, when: vehicle.next_service > date("2026-05-01")}
  - {end: done, en: Done}
"""

CAR = {KIND: "vehicle", "plate": "A12345", "next_service": None, "same_fault": True}


@pytest.fixture(scope="module")
def cars() -> Definition:
    return compile_pack(PACK)


def play(cars: Definition, **opened: Any) -> Play:
    played = Play(cars)
    played.opened = {"asset-1": CAR, "customer-2": {KIND: "customer", "level": "gold"}} | opened
    return played


def test_the_facts_that_the_pack_reads_are_taken_up_by_an_event(cars: Definition) -> None:
    played = play(cars).start(vehicle="asset-1", owner="customer-2")
    learned = {each.ref: each.facts for each in played.journal if isinstance(each, e.FactsLearned)}
    assert learned == {
        "asset-1": {"plate": "A12345", "next_service": None, "same_fault": True},
        "customer-2": {"level": "gold"},
    }
    assert played.state.values["vehicle"] == "asset-1"
    assert {each.node for each in played.state.items.values()} == {"greet"}


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("vehicle", "asset-9", "not-asset"),
        ("vehicle", "customer-2", "not-asset"),
        ("vehicle", "A12345", "not-asset"),
        ("owner", "customer-9", "not-customer"),
        ("owner", "asset-1", "not-customer"),
    ],
)
def test_what_nobody_knows_is_refused(cars: Definition, field: str, value: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        play(cars).start(**{"vehicle": "asset-1", field: value})
    assert [(each.place, each.code) for each in refused.value.problems] == [(field, code)]


def test_an_asset_of_another_kind_is_refused(cars: Definition) -> None:
    with pytest.raises(Refused) as refused:
        play(cars, **{"asset-1": {KIND: "boiler"}}).start(vehicle="asset-1")
    assert refused.value.problems[0].code == "not-asset"


def test_a_default_reads_a_fact(cars: Definition) -> None:
    played = play(cars).start(vehicle="asset-1")
    played.do("look", "li")
    assert played.state.values["again"] is True


def test_a_changed_fact_is_taken_up_and_gates_are_judged_again(cars: Definition) -> None:
    played = play(cars).start(vehicle="asset-1")
    played.opened["asset-1"] = {**CAR, "next_service": date(2026, 4, 1)}
    events = played.carry_out(c.Recheck())
    assert [type(each) for each in events] == [e.FactsLearned, e.ItemLocked]
    assert played.carry_out(c.Recheck()) == []


def test_a_fact_that_the_pack_does_not_read_changes_nothing(cars: Definition) -> None:
    played = play(cars).start(vehicle="asset-1")
    played.opened["asset-1"] = {**CAR, "colour": "red"}
    assert played.carry_out(c.Recheck()) == []


def test_a_set_writes_a_fact_which_is_read_at_once(cars: Definition) -> None:
    played = play(cars).start(vehicle="asset-1")
    played.do("look", "li")
    written = [each for each in played.journal if isinstance(each, e.FactsWritten)]
    assert [(each.ref, each.facts) for each in written] == [
        ("asset-1", {"next_service": date(2026, 6, 1)})
    ]
    made = next(each for each in played.journal if isinstance(each, e.AssignmentMade))
    assert written[0].number == made.number
    assert {each.node for each in played.state.items.values()} == {"hand_over"}


def test_built_in_facts_are_read_like_others() -> None:
    text = PACK.replace(
        "owner.level", "vehicle.cases > 2 and vehicle.last_at > start.at and owner.level"
    )
    reads = compile_pack(text).reads
    assert reads["vehicle"] >= {"cases", "last_at"}


def test_a_field_read_as_a_whole_reads_every_fact() -> None:
    text = PACK.replace('owner.level = "gold"', "owner != null")
    assert compile_pack(text).reads["customer"] == {"level", "cases", "last_at"}


def test_moments_are_read_in_the_zone_of_the_case(cars: Definition) -> None:
    played = play(cars).start(vehicle="asset-1")
    at = datetime(2026, 3, 1, 23, 0, tzinfo=UTC)
    opened = {"customer-2": {KIND: "customer", "last_at": at}}
    zone = played.surroundings().zone
    names = Names(cars, played.state, opened, zone).with_own({"owner": "customer-2"})
    assert names["owner"]["last_at"].isoformat() == "2026-03-02T07:00:00+08:00"


def test_a_set_without_anything_named_writes_nothing(cars: Definition) -> None:
    text = PACK.replace("Vehicle, required: true", "Vehicle")
    played = play(compile_pack(text)).start()
    played.do("look", "li")
    made = next(each for each in played.journal if isinstance(each, e.AssignmentMade))
    assert made.unfit == {"vehicle.next_service": "nothing-named"}
    assert not [each for each in played.journal if isinstance(each, e.FactsWritten)]
