"""What a step costs by how many cases are live beside the one that is moved."""

from __future__ import annotations

from django.db import connection

from benchmarks.runtime import databases, house
from benchmarks.runtime.crowd import Crowd
from benchmarks.runtime.house import Step
from benchmarks.runtime.stopwatch import Stopwatch, Took, best, server_of
from tuoban.runtime.cases import states

WARM = 4
"""So many rounds of each size come before those that count."""


def by_live_cases(sizes: tuple[int, ...], rounds: int) -> dict[int, Took]:
    """A step of each place in the process, of cases that nobody has in hand. The sizes take turns,
    round after round, so that whatever else the machine does meets them alike.

    Args:
        sizes: how many are live; one alone is played from its beginning to its end.
    """
    crowds = {size: _crowd(size) for size in sizes if size > 1}
    databases.copy(databases.FOUNDED, _name(1))
    took: dict[int, list[Stopwatch]] = {size: [] for size in sizes}
    with databases.in_turns(map(_name, sizes)) as take:
        for number in range(WARM + rounds):
            for size in sizes:
                take(_name(size))
                took[size].append(_round(crowds.get(size), number))
    return {size: best(found[WARM:]) for size, found in took.items()}


def _name(size: int) -> str:
    return f"live-{size}"


def _crowd(size: int) -> Crowd:
    databases.use(databases.copy(databases.FOUNDED, _name(size)))
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
