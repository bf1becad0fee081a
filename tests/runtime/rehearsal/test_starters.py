"""Who begins the case of a scenario: somebody of the cast, for an outside party whoever records."""

import pytest

from tuoban.runtime.rehearsal import play, read_scenarios

pytestmark = pytest.mark.django_db

PACK = """\
pack: calls
version: 1
language: en
title: Calls
roles: {clerk: Clerk, guard: Guard, caller: {en: Caller, recorded-by: clerk}}
starts: [{request: call, en: Call, by: [caller, clerk]}]
process:
  - {step: answer, en: Answer, by: clerk}
  - {end: over}
"""


def told(by: str) -> list[tuple[str, bool]]:
    scenario = f"""
- scenario: somebody calls
  cast: {{gus: guard, mei: clerk}}
  start: {{by: {by}}}
  play: [{{mei: answer}}]
  expect: {{ended: over}}
"""
    (read,) = read_scenarios(scenario)
    return [(each.text.en, each.failed) for each in play(read, PACK, "").lines]


def test_who_records_for_an_outside_party_begins_for_it() -> None:
    lines = told("caller")
    assert lines[0] == ("caller (recorded by mei) starts “Call”", False)
    assert not any(failed for _, failed in lines)


def test_nobody_else_begins() -> None:
    assert told("lei") == [
        ("“lei” is not in the cast", True),
        ("It stops here: the rest, and what is expected, was not played", False),
    ]
