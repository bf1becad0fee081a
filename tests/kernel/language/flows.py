"""Short processes for the tests of what is proved of them."""

from __future__ import annotations

from tests.kernel.language.support import process
from tuoban.kernel.language import PackProblem, check_pack

STAGE = "{{stage: {}, zh: 段, steps: [{}]}}"


def step(name: str, more: str = "") -> str:
    return f"{{step: {name}, zh: 步, by: clerk{more}}}"


def undone(steps: str) -> str:
    """What is to be done where a step is undone."""
    return f", undo: [{steps}]"


def problems(text: str) -> tuple[PackProblem, ...]:
    return check_pack(process(text + "\n- {end: done, zh: 完成}")).problems


def one(text: str) -> tuple[str, str]:
    """The one problem of a process, with the way to it."""
    (problem,) = problems(text)
    return problem.code, str(problem.facts.get("path", ""))
