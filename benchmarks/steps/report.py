"""The figures as text, and whether the goals are met."""

from __future__ import annotations

from dataclasses import dataclass, field

from benchmarks.page import machine

LEAST_RATIO = 3
"""How many times faster than the other engine one completion is to be."""
MOST_GROWTH = 1.5
"""How many times longer a completion may take in the largest process, or after the most steps."""
MOST_SECONDS = 1.0
"""CPU time in which the largest pack is compiled."""

BEGIN = "<!-- figures of steps: written by make bench -->\n"
END = "<!-- end of figures of steps -->"


@dataclass(frozen=True)
class Figures:
    """Seconds of CPU for one completion, ours and the other engine's, and by how large the process
    is or how much was done before; and to compile the pack of so many bytes."""

    ours: float
    other: float
    library: str
    nodes: dict[int, float]
    steps: dict[int, float]
    rounds: dict[int, float]
    pack: str
    compiling: float
    growth: dict[str, dict[int, float]] = field(init=False)

    def __post_init__(self) -> None:
        found = {
            "steps in the process": self.nodes,
            "steps taken before": self.steps,
            "rounds taken before": self.rounds,
        }
        object.__setattr__(self, "growth", found)

    @property
    def ratio(self) -> float:
        return self.other / self.ours


def figures(found: Figures) -> str:
    """The section of the README."""
    return (
        f"{machine()}; {found.library}.\n\n"
        "| | CPU for one completion | ratio |\n|---|--:|--:|\n"
        f"| {found.library} | {found.other * 1e6:.1f} µs | 1 |\n"
        f"| ours | {found.ours * 1e6:.1f} µs | **{found.ratio:.1f}** |\n\n"
        "| µs of CPU for one completion, by | 1 | 10 | 100 | 1,000 | growth |\n"
        f"|---|--:|--:|--:|--:|--:|\n{''.join(_row(*each) for each in found.growth.items())}\n"
        f"The largest pack, {found.pack}, is compiled in {found.compiling:.2f} s.\n\n"
        f"Goals: a completion {LEAST_RATIO} times faster than the other engine; growth of at most "
        f"{MOST_GROWTH}; the largest pack compiled in {MOST_SECONDS:.0f} s.\n"
    )


def _row(name: str, seconds: dict[int, float]) -> str:
    cells = (
        f"{seconds[each] * 1e6:.1f}" if each in seconds else "–" for each in (1, 10, 100, 1000)
    )
    return f"| {name} | {' | '.join(cells)} | {growth(seconds):.2f} |\n"


def growth(seconds: dict[int, float]) -> float:
    """How many times as long the largest takes as the smallest."""
    return seconds[max(seconds)] / seconds[min(seconds)]


def misses(found: Figures) -> list[str]:
    """The goals that were missed, as sentences."""
    missed = []
    if found.ratio < LEAST_RATIO:
        missed.append(
            f"a completion is {found.ratio:.1f} times faster than with {found.library}, "
            f"the goal is {LEAST_RATIO}"
        )
    missed += [
        f"by {name} a completion grows {growth(each):.2f} times, the goal is {MOST_GROWTH}"
        for name, each in found.growth.items()
        if growth(each) > MOST_GROWTH
    ]
    if found.compiling > MOST_SECONDS:
        missed.append(
            f"{found.pack} was compiled in {found.compiling:.2f} s, "
            f"the goal is {MOST_SECONDS:.0f} s"
        )
    return missed
