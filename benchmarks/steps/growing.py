"""How the cost of a completion grows with the process, and with what was done before."""

from __future__ import annotations

from benchmarks.steps.ours import Moment, moments
from benchmarks.steps.process import Move, in_a_loop, in_line
from tuoban.kernel.definition import Definition
from tuoban.kernel.language import compile_pack

NODES = (10, 100, 1_000)
"""Steps that a process has."""
TAKEN = (1, 10, 100, 1_000)
"""Steps that were taken before."""

Measured = dict[int, tuple[Definition, list[Moment]]]


def by_nodes() -> Measured:
    """The fifth to seventh completion in processes of different length."""
    found: Measured = {}
    for nodes in NODES:
        definition = compile_pack(in_line(nodes))
        found[nodes] = (definition, moments(definition, _line(7))[4:])
    return found


def by_steps_taken() -> Measured:
    """Three completions after so many others, in a process that is long enough."""
    definition = compile_pack(in_line(max(TAKEN) + 10))
    return _after(definition, moments(definition, _line(max(TAKEN) + 4)))


def by_rounds_taken() -> Measured:
    """Three completions after so many rounds of a loop."""
    definition = compile_pack(in_a_loop(max(TAKEN) + 10))
    again = [Move("work", {"good": False})] * (max(TAKEN) + 4)
    return _after(definition, moments(definition, again))


def _line(length: int) -> list[Move]:
    return [Move(f"s{number}") for number in range(1, length + 1)]


def _after(definition: Definition, played: list[Moment]) -> Measured:
    return {taken: (definition, played[taken : taken + 3]) for taken in TAKEN}
