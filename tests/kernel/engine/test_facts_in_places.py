"""Customers and assets that fields of steps, blocks, reactions and called processes name."""

from __future__ import annotations

from typing import Any

import pytest

from tests.kernel.engine.playing import Play
from tuoban.kernel import commands as c
from tuoban.kernel import events as e
from tuoban.kernel.definition import Definition
from tuoban.kernel.facts import KIND, held
from tuoban.kernel.language import check_pack, compile_pack

PACK = """
pack: cars
version: 1
language: en
title: Cars
roles: {worker: Worker}
kinds:
  vehicle:
    en: Vehicle
    facts:
      plate: {type: text, en: Plate}
      colour: {type: text, en: Colour}
      miles: {type: integer, en: Miles}
      unread: {type: text, en: Unread}
  customer:
    en: Customer
    facts: {level: {type: choice, en: Level, options: {gold: Gold, plain: Plain}}}
fields:
  main: {type: asset, kind: vehicle, en: Main}
processes:
  wash:
    en: Wash
    fields:
      car: {type: asset, kind: vehicle, en: Car}
      who: {type: customer, en: Who}
    steps:
      - {step: rinse, en: Rinse, by: worker, form: [who], when: 'car.colour = "red"'}
      - {step: wax, en: Wax, by: worker, when: 'who.level = "gold"'}
      - {set: car.miles, to: 1}
      - {end: washed, en: Washed}
starts: [{request: go, en: Go, by: worker}]
process:
  - step: pick
    en: Pick
    by: worker
    fields: {own: {type: asset, kind: vehicle, en: Own}}
    form: [own]
  - repeat: turns
    until: turns.round = 2
    fields: {loaned: {type: asset, kind: vehicle, en: Loaned, default: pick.own}}
    steps:
      - step: lend_out
        en: Lend
        by: worker
        form: [loaned]
        returns-to: [pick]
        needs: [{that: 'pick.own.colour != "blue"', else: Blue}]
      - {step: talk, en: Talk, by: worker, when: loaned = pick.own}
      - {set: loaned.miles, to: 5}
  - stage: work
    steps:
      - {step: do_it, en: Do, by: worker}
    during:
      - on: extra
        en: Extra
        by: worker
        fields: {part: {type: asset, kind: vehicle, en: Part}}
        form: [part]
        then: [{call: wash, as: washing, with: {car: part}}]
  - {set: main, to: turns.loaned}
  - {set: pick.own.miles, to: 7}
  - {step: last, en: Last, by: worker, when: 'extra.part.colour = "red"'}
  - {end: done, en: Done}
"""

CARS = {"asset-1": "red", "asset-2": "green", "asset-3": "red"}


@pytest.fixture(scope="module")
def cars() -> Definition:
    return compile_pack(PACK)


def play(cars: Definition) -> Play:
    played = Play(cars)
    played.opened = {ref: {KIND: "vehicle", "colour": colour} for ref, colour in CARS.items()}
    played.opened["customer-1"] = {KIND: "customer", "level": "gold"}
    return played.start().do("pick", own="asset-1")


def named(played: Play) -> dict[str, str]:
    return {each.name: each.ref for each in held(played.definition, played.state)}


def written(played: Play) -> list[tuple[str, dict[str, Any]]]:
    return [
        (each.ref, dict(each.facts)) for each in played.journal if isinstance(each, e.FactsWritten)
    ]


def test_only_the_facts_that_are_read_are_taken_up(cars: Definition) -> None:
    learned = [each for each in play(cars).journal if isinstance(each, e.FactsLearned)]
    assert cars.reads["customer"] == {"level"}
    assert learned[0].facts["colour"] == "red"


def test_every_round_names_its_own(cars: Definition) -> None:
    played = play(cars).do("lend_out", loaned="asset-2")
    assert played.open() == {"lend_out"}, "another car than the picked one is not talked about"
    played.do("lend_out", loaned="asset-1")
    assert played.open() == {"talk"}
    assert named(played) == {"own#1": "asset-1", "loaned@1": "asset-2", "loaned@2": "asset-1"}


def test_a_default_chooses_what_another_field_names(cars: Definition) -> None:
    played = play(cars).do("lend_out")
    assert played.open() == {"talk"}
    assert named(played)["loaned@1"] == "asset-1"


def test_a_changed_fact_locks_what_needs_it(cars: Definition) -> None:
    played = play(cars)
    played.opened["asset-1"] = {KIND: "vehicle", "colour": "blue"}
    events = played.carry_out(c.Recheck())
    assert [type(each) for each in events] == [e.FactsLearned, e.ItemLocked]


def test_handed_in_read_and_written(cars: Definition) -> None:
    played = play(cars).do("lend_out").do("talk").do("lend_out", loaned="asset-2")
    activation = played.item("do_it").activation
    played.carry_out(c.React("li", "extra", activation, {"part": "asset-3"}))
    played.do("washing.rinse", who="customer-1").do("washing.wax").do("do_it")
    assert played.open() == {"last"}
    assert played.state.values["main"] == "asset-2"
    assert written(played) == [
        ("asset-1", {"miles": 5}),
        ("asset-2", {"miles": 5}),
        ("asset-3", {"miles": 1}),
        ("asset-1", {"miles": 7}),
    ]


def test_what_is_not_of_the_kind_is_refused(cars: Definition) -> None:
    played = play(cars)
    command = c.Complete("li", played.item("lend_out").id, None, {"loaned": "customer-1"})
    assert played.refused(command) == "invalid"


def test_what_was_sent_back_is_named_no_longer(cars: Definition) -> None:
    played = play(cars).do("lend_out", loaned="asset-2")
    played.send_back("lend_out", "pick")
    assert named(played) == {}
    played.do("pick", own="asset-3").do("lend_out")
    assert {*named(played).values()} == {"asset-3", "asset-2"}, "the draft of the second stands"


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ("with: {car: part}", "with: {car: part.colour}", "handed-unfit"),
        ("with: {car: part}", "with: {who: part}", "handed-unfit"),
        ("set: main, to: turns.loaned", "set: main, to: extra.part.colour", "reference-unfit"),
        ("set: pick.own.miles", "set: pick.at.miles", "nothing-on-file"),
        ("set: pick.own.miles", "set: pick.own.mile", "unknown-fact"),
        ("set: pick.own.miles", "set: pick.own.plate", "fact-not-set"),
        ("set: pick.own.miles", "set: pick.owner.miles", "unknown-member"),
        ("default: pick.own", "default: pick.own.plate", "reference-unfit"),
    ],
)
def test_what_does_not_fit_is_a_problem(before: str, after: str, code: str) -> None:
    assert [each.code for each in check_pack(PACK.replace(before, after)).problems] == [code]
