"""Scenarios play the cases that their case has called, each through the runtime as live ones."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from tuoban.kernel.language import PackText
from tuoban.runtime.rehearsal import Played, ScenarioError, play, read_scenarios

FRONT = """\
pack: front
version: "1"
language: en
title: Front
roles: {clerk: Clerk, mover: {en: Mover, excludes: [clerk]}}
fields:
  what: {type: text, en: What, required: true}
  many: {type: integer, en: How many, default: '1'}
starts: [{request: ask, en: Ask, by: clerk, form: [what, many]}]
process:
  - {step: hear, en: Hear, by: clerk, outcomes: {yes: Yes}}
  - each: one
    in: for i in 1..many return i
    en: Each
    steps:
      - call: trip
        as: ride
        en: The ride
        with: {thing: what}
        returns: {cost: {type: integer, en: Cost}}
  - {step: bill, en: Bill, by: clerk, returns-to: [hear]}
  - {end: done, en: Done}
"""
TRIP = """\
pack: trip
version: "1"
language: en
title: Trip
roles: {driver: Driver, boss: Boss}
settings: {patience: {type: duration, en: Patience, required: true}}
fields: {thing: {type: text, en: Thing, required: true}, cost: {type: integer, en: Cost, max: 9}}
starts: [{request: go, en: Go, by: driver, form: [thing]}]
process:
  - step: drive
    en: Drive
    by: driver
    form: [{field: cost, required: true}]
    within: settings.patience
    late: {at the limit: tell boss}
    needs: [{that: thing != "gold", else: Too dear}]
  - {call: tow, en: The tow, when: cost > 5}
  - {end: there, en: There}
"""
TOW = """\
pack: tow
version: "1"
language: en
title: Tow
roles: {tower: Tower}
starts: [{request: pull, en: Pull, by: tower}]
process:
  - {step: pull_it, en: Pull, by: tower}
  - {end: pulled, en: Pulled}
"""
KNOWN = {f"{name}@1": PackText(text, None) for name, text in (("trip", TRIP), ("tow", TOW))}
SCENARIO = """\
- scenario: both are played
  cast: {ann: clerk, dan: driver, bob: boss, tim: tower}
  clock: 2026-03-02 09:00
  settings: {trip: {patience: 1 hour}}
  start: {by: ann, request: ask, what: Chair}
  play:
    - {ann: hear, outcome: yes}
    - {waits: ride}
    - {values: {thing: Chair}, in: ride}
    - {due: {drive: 10:00}, in: ride}
    - {unlocked: drive, in: trip}
    - {ann: drive, in: ride, cost: 3, refused: not-performer}
    - {clock: 10:00}
    - {told: bob}
    - {dan: drive, in: ride, cost: 30, refused: invalid, at: [cost]}
    - {dan: drive, in: ride, cost: 7}
    - {open: pull_it, in: [ride, tow]}
    - {ended: "—", in: ride}
    - {tim: pull_it, in: [trip, tow]}
    - {ended: there, in: ride}
    - {values: {ride.cost: 7}}
    - {ann: bill}
  expect: {ended: done, late: 0}
"""


def played(text: str, known: Mapping[str, PackText] = KNOWN) -> Played:
    (scenario,) = read_scenarios(text)
    return play(scenario, FRONT, "", known)


def failed(text: str, known: Mapping[str, PackText] = KNOWN) -> list[str]:
    return [each.text.en for each in played(text, known).lines if each.failed]


@pytest.mark.django_db
def test_what_is_called_is_begun_worked_on_and_answers() -> None:
    lines = played(SCENARIO).lines
    assert [each.text.en for each in lines if each.failed] == []
    begun = [each.text.en for each in lines if "begins:" in each.text.en]
    assert begun == ["“The ride” begins: trip", "“The tow” begins: tow"]
    inside = {each.text.en: each.inside for each in lines}
    label = inside["dan completes “Drive”"]
    assert label is not None
    assert label.en == "The ride"
    assert inside["ann completes “Bill”"] is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("{waits: ride}", "{open: drive, in: rides}", "“rides” has no case"),
        ("in: ride, cost: 7}", "in: [ride, tow], cost: 7}", "“tow” has no case"),
        ("{ended: there,", "{ended: here,", "ended: There, expected here"),
        ("{unlocked: drive", "{locked: drive", "“Drive”: unlocked, expected locked"),
    ],
)
def test_what_does_not_go_as_written_is_told(old: str, new: str, told: str) -> None:
    assert old in SCENARIO
    assert failed(SCENARIO.replace(old, new)) == [told]


TWO = """\
- scenario: two at once
  cast: {ann: clerk, dan: driver}
  settings: {trip: {patience: 1 hour}}
  start: {by: ann, request: ask, what: Chair, many: 2}
  play:
    - {ann: hear, outcome: yes}
    - {dan: drive, in: ride.2, cost: 1}
    - {dan: drive, in: ride, cost: 2}
    - {ended: there, in: ride.1}
    - {ann: bill}
  expect: {ended: done}
"""


@pytest.mark.django_db
def test_of_several_it_is_said_which_is_meant() -> None:
    assert failed(TWO) == []
    assert failed(TWO.replace("ride.2", "ride")) == [
        "“ride” has 2 running cases; say which, such as ride.2"
    ]


@pytest.mark.django_db
def test_a_call_that_the_scenario_answers_begins_no_case() -> None:
    answered = """\
- scenario: answered
  cast: {ann: clerk}
  start: {by: ann, request: ask, what: Chair}
  play:
    - {ann: hear, outcome: yes}
    - {closed: drive, in: ride}
    - {answered: ride, outcome: there, cost: 4}
    - {values: {ride.cost: 4}}
    - {ann: bill}
  expect: {ended: done}
"""
    assert failed(answered.replace("    - {closed: drive, in: ride}\n", "")) == []
    assert failed(answered) == [
        "“ride” has no case: the scenario answers it, or its pack is missing"
    ]


@pytest.mark.django_db
def test_what_a_called_pack_requires_must_be_set() -> None:
    with pytest.raises(ScenarioError, match="Patience"):
        played(SCENARIO.replace("  settings: {trip: {patience: 1 hour}}\n", ""))


@pytest.mark.parametrize("move", ["clock: 10:00", "message: news", "hours: {mon: '09:00-10:00'}"])
def test_what_concerns_no_single_case_happens_in_none(move: str) -> None:
    with pytest.raises(ScenarioError, match="is of no single case"):
        read_scenarios(SCENARIO.replace("{waits: ride}", f"{{{move}, in: ride}}"))
