"""The processes in which the table of docs/reference/operations.md is played, and its cells."""

from __future__ import annotations

from collections.abc import Callable

from tests.kernel.engine.playing import Play
from tuoban.kernel import commands as c
from tuoban.kernel.commands import Sealed

STEP = """
- step: one
  by: worker
  form: [amount]
  signed-by: customer
  within: 1 hours
- {step: two, by: checker}
- end: closed
"""
STAGE = """
- stage: block
  within: 1 days
  steps:
    - {step: one, by: worker, form: [amount]}
- {step: two, by: checker}
- end: closed
"""
CHOOSE = """
- {step: look, by: worker, form: [kind]}
- choose:
    - when: kind = "hard"
      then:
        - {step: one, by: worker, form: [kind]}
    - otherwise:
        - {step: other, by: worker}
- {step: two, by: checker}
- end: closed
"""
PARALLEL = """
- {step: zero, by: worker}
- parallel:
    - stage: left
      steps: [{step: one, by: worker}]
    - stage: right
      steps: [{step: other, by: worker}]
- {step: two, by: checker}
- end: closed
"""
REPEAT = """
- repeat: rounds
  until: check.outcome = "good"
  at-most: 2
  steps:
    - {step: one, by: worker}
    - {step: check, by: checker, outcomes: {good: Good, bad: Bad}}
- {step: two, by: worker}
- end: closed
"""
EACH = """
- {step: zero, by: worker}
- each: part
  in: '["a", "b"]'
  ORDER
  steps:
    - {step: one, by: worker}
- {step: two, by: checker}
- end: closed
"""
TOGETHER = EACH.replace("ORDER", "order: together")
ONE_BY_ONE = EACH.replace("ORDER", "order: one by one")
DECIDE = """
- {step: one, by: worker, form: [kind, amount]}
- decide: grade
- {step: two, by: checker}
- end: closed
"""
END = """
- {step: one, by: worker}
- end: closed
"""
CELLS: dict[tuple[str, str], Callable[[], None]] = {}
"""What plays each cell, by operation and construct."""


def cell(operation: str, construct: str) -> Callable[[Callable[[], None]], Callable[[], None]]:
    def keep(played: Callable[[], None]) -> Callable[[], None]:
        CELLS[operation, construct] = played
        return played

    return keep


def signed(play: Play) -> Play:
    """Do the first step of `STEP`."""
    signatures = {"customer": Sealed("s1", "c1")}
    item = play.item("one").id
    play.carry_out(c.Complete("li", item, None, {"amount": "5"}, frozenset(), signatures))
    return play


def of_element(play: Play, number: int) -> int:
    """The open work of the first step for an element."""
    found = (
        item.id
        for item in play.state.items.values()
        if item.node == "one" and play.state.activations[item.activation].element == number
    )
    return next(found)


def jumped(play: Play, step: str, to: str) -> Play:
    play.carry_out(c.Jump("wang", play.item(step).id, to, "so be it"))
    return play
