"""The figures as text, and whether the goal is met."""

from __future__ import annotations

from dataclasses import dataclass

from benchmarks.page import machine

FEW, MANY = 1_000, 6_000
"""Steps of the packs that are checked; the longer one is nearly as large as a pack may be."""
MOST_RATIO = 1.5
"""So many times as long a step may take in the longer one."""

BEGIN = "<!-- figures of packs: written by make bench -->\n"
END = "<!-- end of figures of packs -->"


@dataclass(frozen=True)
class Figures:
    """The seconds of CPU in which each of the two was checked."""

    few: float
    many: float

    @property
    def ratio(self) -> float:
        """How many times as long a step takes in the longer one."""
        return (self.many / MANY) / (self.few / FEW)


def figures(found: Figures) -> str:
    """The section of the README."""
    return (
        f"{machine()}.\n\n"
        f"{FEW} steps in {found.few:.2f} s of CPU, {MANY} in {found.many:.2f} s: a step takes "
        f"**{found.ratio:.2f}** times as long; the goal is {MOST_RATIO}.\n"
    )


def misses(found: Figures) -> list[str]:
    """The goal, as a sentence, if it was missed."""
    if found.ratio <= MOST_RATIO:
        return []
    return [f"a step took {found.ratio:.2f} times as long in the longer pack, not {MOST_RATIO}"]
