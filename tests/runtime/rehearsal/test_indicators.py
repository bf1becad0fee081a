"""Scenarios that expect what indicators come to."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from tuoban.kernel.measuring import Value
from tuoban.runtime.rehearsal import ScenarioError, play, read_scenarios
from tuoban.runtime.rehearsal.measures import read_value

PACK = """
pack: ask
version: 1
language: en
title: Ask
roles: {clerk: Clerk}
starts: [{request: ask, en: Ask, by: clerk}]
process:
  - {step: reply, en: Reply, by: clerk, within: 1 hours, outcomes: {yes: "Yes", no: "No"}}
  - {end: done, en: Done}
indicators:
  agreed: {en: Agreed, share: reply.outcome = "yes", over: ended this day, target: ">= 50 %"}
  waits: {en: Time, mean: end.at - start.at, over: ended this day}
  open: {en: Open, count: cases, over: running}
"""
SCENARIO = """
- scenario: asked
  cast: {ann: clerk}
  clock: 2026-03-02 09:00
  start: {by: ann, request: ask}
  play:
    - {indicators: {open: 1, agreed: none}}
    - {clock: 09:30}
    - {ann: reply, outcome: "yes"}
  expect: {ended: done, indicators: {agreed: %s, waits: 30 minutes, open: 0}}
"""


def failures(scenario: str) -> list[str]:
    (read,) = read_scenarios(scenario)
    return [each.text.en for each in play(read, PACK, "", {}).lines if each.failed]


@pytest.mark.django_db
def test_what_is_expected_is_held_against_the_cases_of_the_scenario() -> None:
    assert failures(SCENARIO % "100 %") == []
    assert failures(SCENARIO % "50 %") == ["Agreed: 100 %, expected 50 %"]
    assert failures(SCENARIO.replace("open: 0", "opn: 0") % "1") == ["there is no indicator “opn”"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", Decimal(0)),
        ("1.50", Decimal("1.5")),
        ("50 %", Decimal("0.5")),
        ("50%", Decimal("0.5")),
        ("2 hours", timedelta(hours=2)),
        ("0 minutes", timedelta(0)),
        ("none", None),
        ("—", None),
    ],
)
def test_a_value_is_read_as_it_is_written(text: str, value: Value | None) -> None:
    assert read_value(text) == value


@pytest.mark.parametrize("text", ["", "many", "3 workdays", "1 month", "NaN"])
def test_what_no_indicator_may_be_is_told_at_its_place(text: str) -> None:
    with pytest.raises(ScenarioError) as told:
        read_scenarios(SCENARIO % (text or '""'))
    assert "scenarios.yaml:10:46" in told.value.read("en")
