"""Playing a case in the kernel. A state is a value, so each completion of a case can be measured
by itself, again and again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from time import process_time
from timeit import Timer
from typing import NamedTuple
from zoneinfo import ZoneInfo

from benchmarks.steps.process import PACK, PLAY, Move
from tuoban.kernel.commands import Complete, Start
from tuoban.kernel.definition import Definition
from tuoban.kernel.engine import advance
from tuoban.kernel.language import compile_pack
from tuoban.kernel.state import NEW, State
from tuoban.kernel.surroundings import Directory, Surroundings

SURROUNDINGS = Surroundings(
    at=datetime(2026, 3, 2, 1, tzinfo=UTC),
    zone=ZoneInfo("Asia/Shanghai"),
    directory=Directory(
        holders={
            ("clerk", "east"): frozenset({"li", "zhou"}),
            ("worker", "east"): frozenset({"han", "wu", "zhou"}),
        },
        parents={"hq": None, "east": "hq"},
        heads={"hq": "wang"},
        people=frozenset({"li", "han", "wu", "zhou", "wang"}),
    ),
)
_WHO = {"clerk": "li", "worker": "han"}
ROUND = 0.02
"""Seconds of CPU that one round takes at least."""


class Moment(NamedTuple):
    """A state of a case, and the completion that comes next."""

    state: State
    command: Complete


def begun(definition: Definition) -> State:
    """A case that has just begun."""
    command = Start(by="li", request="repair", unit="east", number="1")
    return advance(definition, NEW, command, SURROUNDINGS).state


def moments(definition: Definition, moves: Iterable[Move]) -> list[Moment]:
    """A case, played on: each of its moments, with the completion that leads to the next."""
    state, found = begun(definition), []
    for step, data in moves:
        item = next(each for each in state.items.values() if each.node == step)
        command = Complete(by=_WHO[item.roles[0]], item=item.id, data=data)
        found.append(Moment(state, command))
        state = advance(definition, state, command, SURROUNDINGS).state
    return found


def repair() -> tuple[Definition, list[Moment]]:
    """The process that is measured, and one case of it from its beginning to its end."""
    definition = compile_pack(PACK)
    return definition, moments(definition, PLAY)


def seconds(definition: Definition, played: Sequence[Moment]) -> float:
    """Seconds of CPU for one completion, the mean of these moments."""

    def complete_all() -> None:
        for state, command in played:
            advance(definition, state, command, SURROUNDINGS)

    timer, times = Timer(complete_all, timer=process_time), 1
    while (took := timer.timeit(times)) < ROUND:
        times *= 2
    return took / times / len(played)
