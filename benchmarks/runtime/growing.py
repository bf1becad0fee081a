"""What a step costs by how many cases are live beside the one that is moved."""

from __future__ import annotations

from django.db import connection

from benchmarks.runtime import databases, house
from benchmarks.runtime.crowd import Crowd
from benchmarks.runtime.house import Step
from benchmarks.runtime.stopwatch import Stopwatch, Took, best, server_of
from tuoban.runtime.cases import states

TURNS = 4
"""How often each size has its turn; the first round of each is not counted."""


def by_live_cases(sizes: tuple[int, ...], rounds: int) -> dict[int, Took]:
    """A step of each place in the process, of cases that nobody has in hand.

    Args:
        sizes: how many are live; one alone is played from its beginning to its end.
    """
    crowds = {size: _crowd(size) for size in sizes if size > 1}
    databases.copy(databases.FOUNDED, "live-1")
    took: dict[int, list[Stopwatch]] = {size: [] for size in sizes}
    for turn in range(TURNS):
        for size in sizes:
            databases.use(f"live-{size}")
            played = range(turn * rounds, (turn + 1) * rounds)
            found = [_round(crowds.get(size), number) for number in played]
            took[size] += found[1:]
    return {size: best(found) for size, found in took.items()}


def _crowd(size: int) -> Crowd:
    databases.use(databases.copy(databases.FOUNDED, f"live-{size}"))
    return Crowd(house.known("crowd"), size)


def _round(among: Crowd | None, number: int) -> Stopwatch:
    watch = Stopwatch(server_of(connection.connection))
    if among is None:
        ours = house.known(f"alone-{number}")
        for step in house.steps(ours, house.start(ours)):
            _complete(step, watch)
    else:
        for step in among.one_at_each_step(number):
            _complete(step, watch)
    return watch


def _complete(step: Step, watch: Stopwatch) -> None:
    states.forget_kept()
    with watch.timed():
        step.complete()
