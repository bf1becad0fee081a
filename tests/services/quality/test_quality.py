"""Callbacks and surveys as packs use them."""

import pytest

from tests.services.rehearsing import failures

pytestmark = pytest.mark.django_db


def test_every_attempt_counts_and_whoever_is_reached_says_how_satisfied_they_are() -> None:
    assert (
        failures(
            """
  - repeat: tries
    until: call.outcome = "reached"
    at-most: 3
    steps: [{step: call, en: Call, by: clerk, do: callback}]
  - {end: over}
""",
            """
start: {by: mei, request: ask}
play:
  - {mei: call, outcome: unreached}
  - {values: {call.attempts: 1}}
  - {mei: call, outcome: reached, refused: invalid, at: [score]}
  - {mei: call, outcome: reached, score: 6, refused: invalid, at: [score]}
  - {mei: call, outcome: reached, score: 4, said: Fine}
  - {values: {call.attempts: 2, call.score: 4}}
expect: {ended: over, scores: "4"}
""",
        )
        == []
    )


def test_a_survey_that_is_gone_back_past_counts_no_more() -> None:
    assert (
        failures(
            """
  - {step: survey, en: Survey, by: clerk, do: survey}
  - {step: read, en: Read, by: mender, returns-to: [survey]}
  - {end: over}
""",
            """
start: {by: mei, request: ask}
play:
  - {mei: survey, score: 2}
  - {lei: {return: read, to: survey, reason: Wrong customer}}
  - {mei: survey, score: 5}
  - {lei: read}
expect: {ended: over, scores: "5"}
""",
        )
        == []
    )
