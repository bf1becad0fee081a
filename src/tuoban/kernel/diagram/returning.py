"""Lines for work that is sent back, below a row of boxes, and which of them can be drawn.

Those to one place share a trunk; shorter ones lie above longer ones. A line that would cross
another is not drawn: its box says in words where its work may be sent back to.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tuoban.kernel.diagram.geometry import Edge, Point
from tuoban.kernel.diagram.piece import End, Foot, link

LANE = 12
"""From one line to the next."""
_PORT = 14
_EDGE = 10


@dataclass(frozen=True, slots=True)
class Trunk:
    """The lines that lead back to one place: the order of that, and of whoever sends it back."""

    target: int
    sources: tuple[int, ...]

    @property
    def last(self) -> int:
        return self.sources[-1]

    @property
    def length(self) -> int:
        return self.last - self.target

    def is_crossed_by(self, other: Trunk) -> bool:
        """Whether lines of a longer one would cut this."""
        return any(self.target < leg < self.last for leg in (other.target, *other.sources))

    def overlaps(self, other: Trunk) -> bool:
        return self.target < other.last and other.target < self.last


def drawn(wanted: Sequence[tuple[int, int]]) -> tuple[Trunk, ...]:
    """Of the wanted lines, each from a place to one before it, those that cross no other; the
    shorter ones first."""
    kept: dict[int, Trunk] = {}
    for source, target in sorted(set(wanted), key=lambda each: (each[0] - each[1], each)):
        former = kept.get(target)
        trunk = Trunk(target, (*(former.sources if former else ()), source))
        others = [each for each in kept.values() if each.target != target]
        if all(_get_along(trunk, each) for each in others):
            kept[target] = trunk
    return tuple(sorted(kept.values(), key=lambda each: (each.length, each.target)))


def _get_along(one: Trunk, other: Trunk) -> bool:
    if not one.overlaps(other):
        return True
    short, long = sorted((one, other), key=lambda each: (each.length, each.target))
    return not short.is_crossed_by(long)


def edges(
    trunks: Sequence[Trunk], feet: Sequence[Foot], keys: Sequence[str], floors: Sequence[int]
) -> tuple[tuple[Edge, ...], int]:
    """The lines, and how far down they, and what stands there, reach.

    Args:
        feet: where they may be fastened, in the order of their places.
        keys: what stands there.
        floors: how far down that reaches.
    """
    levels = _levels(trunks, floors)
    ports = _ports(trunks, levels, feet)
    made = []
    for trunk in trunks:
        y, end = levels[trunk], ports[trunk.target, trunk.target]
        for source in trunk.sources:
            begin = ports[source, trunk.target]
            made.append(
                link(
                    "return",
                    End(keys[source]),
                    End(keys[trunk.target]),
                    Point(begin, feet[source].y),
                    Point(begin, y),
                    Point(end, y),
                    Point(end, feet[trunk.target].y),
                )
            )
    return tuple(made), max((*floors, *levels.values()))


def _levels(trunks: Sequence[Trunk], floors: Sequence[int]) -> dict[Trunk, int]:
    """How far down each runs: below all that it goes around."""
    found: dict[Trunk, int] = {}
    for trunk in trunks:
        above = [found[each] for each in found if each.overlaps(trunk)]
        found[trunk] = max((*floors[trunk.target : trunk.last + 1], *above)) + LANE
    return found


def _ports(
    trunks: Sequence[Trunk], levels: Mapping[Trunk, int], feet: Sequence[Foot]
) -> dict[tuple[int, int], int]:
    """Where each line is fastened, by its place and the place it leads to: from left to right what
    goes out, the shortest first, and what comes in."""
    found: dict[tuple[int, int], int] = {}
    for place, foot in enumerate(feet):
        out = [trunk for trunk in trunks if place in trunk.sources]
        out.sort(key=lambda each: levels[each])
        ends = [each.target for each in out]
        ends += [place for each in trunks if each.target == place]
        middle = (foot.left + foot.right) // 2
        for order, end in enumerate(ends):
            if foot.said:
                x = foot.right - _EDGE - _PORT * (len(ends) - 1 - order)
            else:
                x = middle + _PORT * order - _PORT * (len(ends) - 1) // 2
            found[place, end] = x
    return found
