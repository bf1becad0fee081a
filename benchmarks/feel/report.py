"""The figures as text: what was measured, on what, and whether the goals are met."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from math import isclose
from typing import Any

from benchmarks.feel.examples import Example
from benchmarks.page import between_markers, machine

LEAST_RATIO = 20
"""How many times faster than each other library every evaluation is to be."""
MOST_SECONDS = 2.0
"""The CPU time that compiling a thousand conditions may take."""

BEGIN, END = "<!-- figures: written by make bench -->\n", "<!-- end of figures -->"
_HEADER = (
    "| expression | ours | pySFeel | ratio | bkflow-feel | ratio | its tree alone |\n"
    "|---|--:|--:|--:|--:|--:|--:|\n"
)


@dataclass(frozen=True)
class Measured:
    """Seconds of CPU for one evaluation of an example, by library."""

    example: Example
    seconds: dict[str, float]

    def ratio(self, library: str) -> float | None:
        """How many times as long the library takes as ours."""
        theirs = self.seconds.get(library)
        return None if theirs is None else theirs / self.seconds["ours"]


@dataclass(frozen=True)
class Figures:
    """All that one run measured; `compiling` is for a thousand conditions."""

    examples: list[Measured]
    compiling: float
    versions: dict[str, str]

    def ratios(self) -> Iterator[tuple[float, str, str]]:
        """Every ratio with its example and library, all libraries as they document their use."""
        for one in self.examples:
            for library, version in self.versions.items():
                ratio = one.ratio(library)
                if ratio is not None:
                    yield ratio, one.example.key, version


def figures(found: Figures) -> str:
    """The section of the README."""
    lowest, key, library = min(found.ratios())
    least, least_key, other = min(best(found))
    rows = "".join(_row(one) for one in found.examples)
    return (
        f"{machine()}; {', '.join(found.versions.values())}. "
        f"Microseconds of CPU for one evaluation:\n\n{_HEADER}{rows}\n"
        f"On every expression at least **{least:.1f}** times faster than one of the two "
        f"({least_key}, {other}); the goal is {LEAST_RATIO}. The lowest ratio of all is "
        f"{lowest:.1f} ({key}, {library}).\n\n"
        f"Compiling 1,000 distinct conditions: **{found.compiling:.2f} s** of CPU; "
        f"the goal is {MOST_SECONDS:.0f} s.\n"
    )


def _row(one: Measured) -> str:
    cells = [
        _microseconds(one, "ours"),
        _microseconds(one, "pysfeel"),
        _ratio(one, "pysfeel"),
        _microseconds(one, "bkflow"),
        _ratio(one, "bkflow"),
        _microseconds(one, "bkflow_tree"),
    ]
    return f"| {one.example.key}: `{one.example.text}` | {' | '.join(cells)} |\n"


def _microseconds(one: Measured, library: str) -> str:
    seconds = one.seconds.get(library)
    return "–" if seconds is None else f"{seconds * 1e6:.1f}"


def _ratio(one: Measured, library: str) -> str:
    ratio = one.ratio(library)
    return "–" if ratio is None else f"{ratio:.0f}"


def replaced(page: str, section: str) -> str:
    """The page with `section` between its markers; raises `ValueError` if it has none."""
    return between_markers(page, section, BEGIN, END)


def best(found: Figures) -> list[tuple[float, str, str]]:
    """For each expression the higher of its ratios, in the order of the expressions."""
    highest: dict[str, tuple[float, str, str]] = {}
    for ratio, key, library in found.ratios():
        highest[key] = max(highest.get(key, (0.0, key, library)), (ratio, key, library))
    return list(highest.values())


def misses(found: Figures) -> list[str]:
    """The goals that were missed, as sentences."""
    missed = [
        f"{key}: {ratio:.1f} times faster than {library}, the goal is {LEAST_RATIO}"
        for ratio, key, library in best(found)
        if ratio < LEAST_RATIO
    ]
    if found.compiling > MOST_SECONDS:
        missed.append(f"compiling took {found.compiling:.2f} s, the goal is {MOST_SECONDS} s")
    return missed


def agrees(found: Any, expected: Any) -> bool:
    """Whether two values mean the same; other libraries calculate with floats."""
    if isinstance(expected, Decimal):
        is_number = isinstance(found, int | float | Decimal) and not isinstance(found, bool)
        return is_number and isclose(found, expected, rel_tol=1e-12)
    if isinstance(expected, list):
        return len(found) == len(expected) and all(map(agrees, found, expected))
    if isinstance(expected, dict):
        return found.keys() == expected.keys() and all(
            agrees(found[key], member) for key, member in expected.items()
        )
    return type(found) is type(expected) and bool(found == expected)
