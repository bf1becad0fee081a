"""No loop goes round and round without stopping for somebody, for time or for a message."""

from __future__ import annotations

import pytest

from tests.kernel.language.flows import one, problems, step

LATE = {
    "due": step("a", ", due: start.at, late: {at the limit: move on}"),
    "before": step("a", ", within: 1 hour, late: {1 hour before: move on}"),
    "from": step("a", ", within: {limit: 1 hour, from: start.at}, late: {at the limit: move on}"),
    "after": step("a", ", within: 1 hour, late: {1 hour after: move on}"),
}
SPINS = {
    "a condition interrupts at once": f"""
- repeat: r
  until: a.count > 1
  steps:
    - stage: s
      zh: 段
      steps: [{step("a")}]
      during: [{{when: amount > 1, interrupting: true}}]""",
    "it is late at once": f"""
- repeat: r
  until: a.count > 1
  steps: [{LATE["due"]}]""",
    "it is late before": f"""
- repeat: r
  until: a.count > 1
  steps: [{LATE["before"]}]""",
    "its time counts from before": f"""
- repeat: r
  until: a.count > 1
  steps:
    - {LATE["from"]}""",
    "a plan of what nobody need add": f"""
- repeat: r
  until: r.round > 1
  steps: [{{plan: p, zh: 计划, steps: [{step("a", ", optional: true")}]}}]""",
    "a plan whose end may be set at once": f"""
- repeat: r
  fields: {{ok: {{type: boolean, zh: 好}}}}
  until: r.round > 3
  steps:
    - {{set: ok, to: true}}
    - {{plan: p, zh: 计划, complete-when: ok = true, steps: [{step("a")}]}}""",
    "a plan in which enough may be done": f"""
- repeat: r
  until: r.round > 1
  steps: [{{plan: p, zh: 计划, complete-when: amount < 1, steps: [{step("a")}]}}]""",
}
STOPS = {
    "a condition interrupts with work": f"""
- repeat: r
  until: a.count > 1
  steps:
    - stage: s
      zh: 段
      steps: [{step("a")}]
      during: [{{when: amount > 1, interrupting: true, then: [{step("x")}]}}]""",
    "somebody interrupts": f"""
- repeat: r
  until: a.count > 1
  steps:
    - stage: s
      zh: 段
      steps: [{step("a")}]
      during: [{{on: x, zh: 停, by: clerk, interrupting: true}}]""",
    "it takes its time": f"""
- repeat: r
  until: a.count > 1
  steps: [{LATE["after"]}]""",
    "a plan whose end every round has to bring anew": f"""
- repeat: r
  fields: {{ok: {{type: boolean, zh: 好}}}}
  until: ok = true
  steps:
    - plan: p
      zh: 计划
      complete-when: ok = true and r.round > 0
      steps: [{step("a", ", form: [ok]")}, {step("b")}]""",
    "a plan with what must be done": f"""
- repeat: r
  until: a.count > 1
  steps: [{{plan: p, zh: 计划, steps: [{step("a")}, {step("b", ", optional: true")}]}}]""",
}


@pytest.mark.parametrize("case", SPINS)
def test_a_round_may_be_over_at_once(case: str) -> None:
    assert one(SPINS[case]) == ("loop-may-spin", "r")


@pytest.mark.parametrize("case", STOPS)
def test_a_round_stops_for_somebody_or_for_time(case: str) -> None:
    assert problems(STOPS[case]) == ()
