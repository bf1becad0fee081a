"""The figures as text, and whether the goals are met."""

from __future__ import annotations

from dataclasses import dataclass

from benchmarks.page import machine

LEAST_RATIO = 30
"""How many times faster than the reference one due time is to be."""
MOST_MICROSECONDS = 20.0
"""CPU time of one due time."""
MOST_SECONDS = 0.5
"""CPU time of ten thousand open clocks."""

BEGIN = "<!-- figures of time limits: written by make bench -->\n"
END = "<!-- end of figures of time limits -->"


@dataclass(frozen=True)
class Figures:
    """Seconds of CPU: one due time ours and by the reference, the first one on a new calendar, and
    how ten thousand open clocks stand."""

    due: float
    reference: float
    first: float
    wall: float

    @property
    def ratio(self) -> float:
        return self.reference / self.due


def figures(found: Figures) -> str:
    """The section of the README."""
    return (
        f"{machine()}.\n\n"
        "| | CPU | in due times of the reference |\n|---|--:|--:|\n"
        f"| one due time by the reference | {found.reference * 1e3:.0f} ms | 1 |\n"
        f"| one due time | {found.due * 1e6:.1f} µs | 1/{found.ratio:,.0f} |\n"
        f"| the first due time on a new calendar | {found.first * 1e3:.1f} ms "
        f"| 1/{found.reference / found.first:,.0f} |\n"
        f"| 10,000 open clocks | {found.wall:.2f} s | {found.wall / found.reference:.1f} |\n\n"
        f"Goals: one due time {LEAST_RATIO} times faster than the reference and in "
        f"{MOST_MICROSECONDS:.0f} µs, 10,000 open clocks in {MOST_SECONDS} s.\n"
    )


def misses(found: Figures) -> list[str]:
    """The goals that were missed, as sentences."""
    missed = []
    if found.ratio < LEAST_RATIO:
        missed.append(
            f"a due time is {found.ratio:.1f} times faster than the reference, "
            f"the goal is {LEAST_RATIO}"
        )
    if found.due * 1e6 > MOST_MICROSECONDS:
        missed.append(
            f"a due time took {found.due * 1e6:.1f} µs, the goal is {MOST_MICROSECONDS:.0f} µs"
        )
    if found.wall > MOST_SECONDS:
        missed.append(f"10,000 clocks took {found.wall:.2f} s, the goal is {MOST_SECONDS} s")
    return missed
