"""The figures as text, and whether the goals are met."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from benchmarks.page import machine
from benchmarks.runtime.stopwatch import Took

MOST_TOKENS = {"SQLite": 16.0, "PostgreSQL": 8.0}
"""In how many steps of the token game a step is to be done."""
MOST_ROWS = {"SQLite": 6.0, "PostgreSQL": 2.5}
"""In how many times what its rows take by the bare driver. 2.5 was the first aim on SQLite, too:
where a commit costs the disk next to nothing, the ratio is that of Python to C on the machine."""
MOST_GROWTH = 1.2
"""How many times longer a step may take where the most cases are live."""
LEAST_TOGETHER = 1.6
"""How many times as much two processes are to get done as one, where there are cores for them and
for the server."""
ENOUGH_CORES = 3

BEGIN = "<!-- figures of the runtime: written by make bench -->\n"
END = "<!-- end of figures of the runtime -->"


@dataclass(frozen=True)
class Figures:
    """What was measured on one database: seconds for one step, by what is compared and by how many
    cases are live; steps in a second of one process and of two, where more than one may write."""

    database: str
    compared: Mapping[str, Took]
    writes: float
    live: Mapping[int, Took]
    workers: tuple[float, float] | None = None

    def ratio(self, of: str, to: str) -> Took:
        """By either clock, how many times as long one takes as the other."""
        long, short = self.compared[of], self.compared[to]
        return Took(long.wall / short.wall, long.cpu / short.cpu)

    @property
    def growth(self) -> Took:
        many, one = self.live[max(self.live)], self.live[min(self.live)]
        return Took(many.wall / one.wall, many.cpu / one.cpu)

    @property
    def together(self) -> float | None:
        return self.workers[1] / self.workers[0] if self.workers is not None else None


def read(database: str, plain: Mapping[str, Any]) -> Figures:
    """What `measure` printed."""
    compared = dict(plain["compared"])
    writes = compared.pop("writes")
    return Figures(
        database,
        {name: Took(*each) for name, each in compared.items()},
        writes,
        {int(size): Took(*each) for size, each in plain["live"].items()},
        tuple(plain["workers"]) if plain["workers"] is not None else None,
    )


_ROWS = {
    "tokens": "a step of the token game",
    "rows": "the rows of our step, by the bare driver",
    "ours": "our step",
    "anew": "our step, the case read anew",
}


def figures(found: list[Figures]) -> str:
    """The section of the README."""
    told = "\n".join(_of_one(each) for each in found)
    return (
        f"{machine()}.\n\n{told}\n"
        f"Goals: by the clock on the wall, our step in {MOST_TOKENS['SQLite']:.0f} steps of the "
        f"token game on SQLite and {MOST_TOKENS['PostgreSQL']:.0f} on PostgreSQL, and in "
        f"{MOST_ROWS['SQLite']} and {MOST_ROWS['PostgreSQL']} times what its rows take; growth of "
        f"at most {MOST_GROWTH}; where there are {ENOUGH_CORES} cores or more, two processes "
        f"{LEAST_TOGETHER} times as much as one.\n"
    )


def _of_one(found: Figures) -> str:
    rows = "".join(_row(found, each) for each in _ROWS)
    sizes = " | ".join(f"{size:,}" for size in found.live)
    return (
        f"| {found.database} | wall | token games | its rows | CPU | token games | its rows |\n"
        f"|---|--:|--:|--:|--:|--:|--:|\n{rows}\n"
        f"| {found.database}, by live cases | {sizes} | growth |\n"
        f"|---|{'--:|' * len(found.live)}--:|\n"
        f"{_growth_row(found, 'wall')}{_growth_row(found, 'cpu')}\n"
        f"A step writes by {found.writes:.1f} statements.{_together(found)}\n"
    )


def _row(found: Figures, name: str) -> str:
    took = found.compared[name]
    tokens, rows = found.ratio(name, "tokens"), found.ratio(name, "rows")
    return (
        f"| {_ROWS[name]} | {_us(took.wall)} | {tokens.wall:.1f} | {rows.wall:.1f} "
        f"| {_us(took.cpu)} | {tokens.cpu:.1f} | {rows.cpu:.1f} |\n"
    )


def _growth_row(found: Figures, clock: str) -> str:
    cells = " | ".join(_us(getattr(each, clock)) for each in found.live.values())
    name = {"wall": "wall", "cpu": "CPU"}[clock]
    return f"| {name} | {cells} | {getattr(found.growth, clock):.2f} |\n"


def _together(found: Figures) -> str:
    if found.workers is None:
        return ""
    one, two = found.workers
    return (
        f" One process did {one:,.0f} steps in a second, two together {two:,.0f}: "
        f"**{two / one:.2f}** times as many, on {os.cpu_count()} cores that the server shares."
    )


def _us(seconds: float) -> str:
    return f"{seconds * 1e6:,.0f} µs"


def misses(found: list[Figures], cores: int) -> list[str]:
    """The goals that were missed, as sentences."""
    return [f"on {each.database} {miss}" for each in found for miss in _misses(each, cores)]


def _misses(found: Figures, cores: int) -> Iterator[str]:
    tokens, rows = found.ratio("ours", "tokens").wall, found.ratio("ours", "rows").wall
    if tokens > (most := MOST_TOKENS[found.database]):
        yield f"a step takes {tokens:.1f} steps of the token game, the goal is {most:.0f}"
    if rows > (most := MOST_ROWS[found.database]):
        yield f"a step takes {rows:.1f} times what its rows take, the goal is {most}"
    if found.growth.wall > MOST_GROWTH:
        yield f"a step grows {found.growth.wall:.2f} times, the goal is {MOST_GROWTH}"
    together = found.together
    if together is not None and cores >= ENOUGH_CORES and together < LEAST_TOGETHER:
        yield f"two processes do {together:.2f} times as much, the goal is {LEAST_TOGETHER}"
