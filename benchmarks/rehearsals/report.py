"""The figures as text, and whether the goal is met."""

from __future__ import annotations

from dataclasses import dataclass

from benchmarks.page import machine

MOST_SECONDS = 20.0
"""CPU time in which a hundred scenarios are rehearsed."""

BEGIN = "<!-- figures of rehearsals: written by make bench -->\n"
END = "<!-- end of figures of rehearsals -->"


@dataclass(frozen=True)
class Figures:
    """How many scenarios of how many packs were played, and the seconds of
    CPU it took."""

    packs: int
    scenarios: int
    seconds: float

    @property
    def of_a_hundred(self) -> float:
        return self.seconds * 100 / self.scenarios


def figures(found: Figures) -> str:
    """The section of the README."""
    return (
        f"{machine()}.\n\n"
        f"{found.scenarios} scenarios of {found.packs} packs in {found.seconds:.1f} s of CPU: "
        f"**{found.of_a_hundred:.1f} s** for a hundred; the goal is {MOST_SECONDS:.0f} s.\n"
    )


def misses(found: Figures) -> list[str]:
    """The goal, as a sentence, if it was missed."""
    if found.of_a_hundred <= MOST_SECONDS:
        return []
    return [
        f"a hundred scenarios took {found.of_a_hundred:.1f} s, the goal is {MOST_SECONDS:.0f} s"
    ]
