"""The step of a case beside the bare driver: all that are compared take turns, case after case."""

from __future__ import annotations

from contextlib import closing
from typing import Any, NamedTuple

from django.db import connection

from benchmarks.runtime import bare, databases, house
from benchmarks.runtime.bare import TokenGame, Write
from benchmarks.runtime.house import House
from benchmarks.runtime.stopwatch import Stopwatch, Took, best, server_of
from benchmarks.steps.process import PLAY
from tuoban.runtime.cases import states


class Transactions(NamedTuple):
    """What one case writes: as it begins, and with each of its steps."""

    beginning: list[Write]
    steps: list[list[Write]]


class Compared(NamedTuple):
    """One step: of the token game; its rows alone, by the bare driver; ours, and ours where the
    process has not had the case in hand before. `writes` are the statements of a step that write,
    on the average."""

    tokens: Took
    rows: Took
    ours: Took
    anew: Took
    writes: float


def compared(rounds: int) -> Compared:
    """Play cases in a copy of the house, and write the same rows in another copy."""
    played, written = (databases.copy(databases.FOUNDED, each) for each in ("played", "written"))
    game = TokenGame(databases.empty("tokens"))
    # The first cases of each side are not counted: statements are prepared, packs compiled.
    databases.use(databases.copy(databases.FOUNDED, "recorded"))
    known = _recorded(2 * rounds + 2)
    databases.use(played)
    ours = house.known()
    tokens, rows, kept, anew = [], [], [], []
    with closing(databases.bare(written)) as driver, closing(game.connection):
        for number, of_case in enumerate(known):
            tokens.append(_tokens(game))
            rows.append(_rows(driver, of_case))
            (anew if number % 2 else kept).append(_played(ours, keeps=not number % 2))
    writes = [len(step) for of_case in known for step in of_case.steps]
    return Compared(
        best(tokens[2:]), best(rows[2:]), best(kept[1:]), best(anew[1:]), sum(writes) / len(writes)
    )


def _recorded(cases: int) -> list[Transactions]:
    """Play so many cases, and note what each writes."""
    ours, found = house.known(), []
    for _ in range(cases):
        with bare.recorded() as beginning:
            case = house.start(ours)
        steps = []
        for step in house.steps(ours, case):
            with bare.recorded() as writes:
                step.complete()
            steps.append(writes)
        found.append(Transactions(beginning, steps))
    return found


def _tokens(game: TokenGame) -> Stopwatch:
    case, watch = game.begin(), Stopwatch(server_of(game.connection))
    for _ in PLAY:
        with watch.timed():
            game.step(case)
    return watch


def _rows(driver: Any, of_case: Transactions) -> Stopwatch:
    bare.write(driver, of_case.beginning)
    watch = Stopwatch(server_of(driver))
    for writes in of_case.steps:
        with watch.timed():
            bare.write(driver, writes)
    return watch


def _played(ours: House, *, keeps: bool) -> Stopwatch:
    """Args: keeps: whether the process may keep the state of the case from step to step."""
    case = house.start(ours)
    watch = Stopwatch(server_of(connection.connection))
    for step in house.steps(ours, case):
        if not keeps:
            states.forget_kept()
        with watch.timed():
            step.complete()
    return watch
