"""Scenarios add work to plans and look at what waits for its needs."""

import pytest

from tests.runtime.shop import PACK_FOLDER
from tuoban.runtime.rehearsal import play, read_scenarios

PACK = PACK_FOLDER.joinpath("shop-plan.yaml").read_text(encoding="utf-8")
SCENARIO = """\
- scenario: permits
  cast: {mei: clerk, lei: mender, pan: []}
  start: {by: mei, request: permits, thing: Hall}
  play:
    - {open: [land]}
    - {locked: [permit, works]}
    - {pan: {add: other}, refused: not-in-charge}
    - {lei: {add: land}, refused: not-addable}
    - {lei: {add: other, reason: Noise}}
    - {lei: {add: other}, refused: not-addable}
    - {lei: land}
    - {unlocked: permit}
    - {lei: other}
    - {mei: permit}
    - {lei: build}
    - {mei: bill}
  expect: {ended: closed}
"""


def failed(text: str) -> list[str]:
    (scenario,) = read_scenarios(text)
    return [each.text.en for each in play(scenario, PACK, "").lines if each.failed]


@pytest.mark.django_db
def test_work_is_added_and_what_waits_is_locked() -> None:
    assert failed(SCENARIO) == []


@pytest.mark.django_db
def test_a_wrong_expectation_is_told() -> None:
    assert failed(SCENARIO.replace("locked: [permit, works]", "unlocked: [works]")) == [
        "“Works”: locked, expected unlocked"
    ]
