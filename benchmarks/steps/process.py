"""The process that is measured, as a pack and as BPMN, and how a case of it is played.

Thirteen steps with a choice, a parallel part and a loop. A large repair is brought to its end by
fourteen completions: two steps are done twice, in two rounds of the loop, and one is passed by.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

PACK = Path(__file__).with_name("repair.yaml").read_text("utf-8")
BPMN = Path(__file__).with_name("repair.bpmn")
PROCESS = "repair"
"""The id of the process in the BPMN."""


class Move(NamedTuple):
    """A step that is completed, with what is entered there."""

    step: str
    data: dict[str, object] = {}


PLAY = (
    Move("receive", {"kind": "large"}),
    Move("inspect"),
    Move("quote"),
    Move("consent"),
    Move("prepare"),
    Move("order"),
    Move("fetch"),
    Move("work"),
    Move("check", {"good": False}),
    Move("work"),
    Move("check", {"good": True}),
    Move("settle"),
    Move("deliver"),
    Move("follow_up"),
)

_HEAD = """
pack: bench-growing
version: 2026.1
language: en
title: Growing
roles: {clerk: Clerk, worker: Worker}
fields: {good: {type: boolean, en: Good}}
starts: [{request: repair, en: Repair, by: clerk}]
process:
"""


def in_line(nodes: int) -> str:
    """A pack of so many steps, one behind the other."""
    steps = (f"  - {{step: s{n}, en: Step {n}, by: worker}}\n" for n in range(1, nodes + 1))
    return f"{_HEAD}{''.join(steps)}  - {{end: closed, en: Closed}}\n"


def in_a_loop(rounds: int) -> str:
    """A pack of one step that is done again and again."""
    return (
        f"{_HEAD}  - repeat: rounds\n    en: Rounds\n    until: good\n    at-most: {rounds}\n"
        "    steps: [{step: work, en: Work, by: worker, form: [good]}]\n"
        "  - {end: closed, en: Closed}\n"
    )
