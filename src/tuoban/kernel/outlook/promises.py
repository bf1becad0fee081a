"""Promises: the time limits of a process, held against how long the steps inside are expected to
take.

What is known are the steps that say so (`takes`), and the waits of a length that the pack or a
setting gives. Their longest path through a block is held against its limits, in the measure of the
limit; elapsed time is never less than working time, and no month has less than 28 days. Time in
other measures, further rounds and elements, and what may happen on the way are left out; nobody is
expected to be busy with anything else. What an outside party takes counts for its own limits, and
for no block that stands still meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from tuoban.kernel.calendars.instants import DAY
from tuoban.kernel.clocks import UNITS, Length, Measure, as_length
from tuoban.kernel.definition import Limit, Node, Region, Step
from tuoban.kernel.definition.graph import ROOT_REGION
from tuoban.kernel.expressions import Expression
from tuoban.kernel.limits import is_due
from tuoban.kernel.names import read
from tuoban.kernel.settings import SETTINGS

_UNUSUAL = frozenset(("quarter", "week"))
"""Units in which nobody tells a length unless asked for it so."""

_ELAPSED_AT_LEAST = {Measure.WORKING: 1, Measure.MONTHS: 28 * DAY}
"""How many microseconds go by, whatever the calendar, while one of a measure does."""

Nodes = Mapping[str, Node]
Regions = Mapping[str, Region]


@dataclass(frozen=True, slots=True)
class Promise:
    """One limit of a construct, or of the case where `node` is empty.

    Attributes:
        length: how long it is; None: that depends on the case, or it counts from something else
            than the beginning of what it is for.
        expected: how long what it holds is expected to take; None: nothing in it says so in the
            measure of the limit.
        is_partial: something in it takes time in a measure that is not counted, so that it takes
            longer than that.
        path: the steps and waits inside that take so long, after one another.
        is_written: the pack says all of it by itself, so that no setting changes it.
    """

    node: str
    limit: Limit
    length: Length | None
    expected: Length | None
    is_partial: bool = False
    path: tuple[str, ...] = ()
    is_written: bool = False

    @property
    def is_short(self) -> bool:
        """Whether it cannot be kept."""
        length, expected = self.length, self.expected
        return length is not None and expected is not None and expected.size > length.size


def promises(
    nodes: Nodes, regions: Regions, of_case: Iterable[Limit], settings: Mapping[str, Any]
) -> Iterator[Promise]:
    """Every limit by which something is due: those of the case, then down the page.

    Args:
        settings: the values in force, as the name `settings` gives them to read.
    """
    ours, all_ = (_Paths(nodes, regions, settings, only_ours=each) for each in (True, False))
    for limit in of_case:
        if is_due(limit.key):
            yield _promise("", limit, ours if limit.stops_while is None else all_)
    for node in nodes.values():
        is_block = not node.construct.is_work
        for limit in node.limits:
            if is_due(limit.key):
                stands_still = is_block and limit.stops_while is None
                yield _promise(node.key, limit, ours if stands_still else all_)


def without_length(nodes: Nodes, settings: Mapping[str, Any]) -> Iterator[str]:
    """What is expected to take a length of time that is not set, down the page.

    Args:
        settings: as for `promises`.
    """
    for node in nodes.values():
        given = node.construct.duration(node.limits)
        is_set = _value(given, settings) is not None
        if isinstance(given, Expression) and not _is_of_case(given) and not is_set:
            yield node.key


def steps_inside(nodes: Nodes, paths: Mapping[str, tuple[str, ...]], node: str) -> Iterator[str]:
    """The steps for which a limit of this node counts, down the page; of the case, all.

    Args:
        paths: the regions around each node.
    """
    regions = set(nodes[node].regions) if node else {ROOT_REGION}
    apart = {
        region for each in nodes.values() if each.construct.outlives for region in each.regions
    }
    for each in nodes.values():
        around = paths[each.key] if not node else _awaited_around(paths[each.key], apart)
        if isinstance(each.construct, Step) and (
            each.key == node or not regions.isdisjoint(around)
        ):
            yield each.key


def _awaited_around(path: tuple[str, ...], apart: Set[str]) -> tuple[str, ...]:
    """The regions around something that wait for it: not those that what runs on was called in."""
    last = max((depth for depth, region in enumerate(path) if region in apart), default=0)
    return path[last:]


def _promise(node: str, limit: Limit, paths: _Paths) -> Promise:
    length = _value(limit.length, paths.settings) if limit.start is None else None
    if length is None:
        return Promise(node, limit, None, None)
    measure = length.measure
    way = paths.of(node, measure) if node else paths.through(ROOT_REGION, measure)
    is_partial = any(not _at_least(each, measure) for each in paths.known_of(node))
    return Promise(
        node,
        limit,
        length,
        _told(way.size, length.unit) if way.size else None,
        is_partial,
        way.steps if way.steps != (node,) else (),
        isinstance(limit.length, Length) and paths.are_written(way.steps),
    )


def _value(given: Length | Expression | None, settings: Mapping[str, Any]) -> Length | None:
    """A length that is written, or follows from settings; None: it depends on the case, or is not
    set."""
    if not isinstance(given, Expression):
        return given
    if _is_of_case(given):
        return None
    value = read(given, {SETTINGS: settings})
    if isinstance(value, timedelta):
        return as_length(value)
    return value if isinstance(value, Length) else None


def _is_of_case(given: Expression) -> bool:
    """Whether it reads more than settings."""
    return any(each != SETTINGS for each in given.names)


def _told(size: int, unit: str) -> Length:
    """So much of a measure in this unit, or in the largest smaller one of which it is whole."""
    known = UNITS[unit]
    finer = [
        name
        for name, each in UNITS.items()
        if each.measure is known.measure and each.size <= known.size
        if name == unit or name not in _UNUSUAL
    ]
    finer.sort(key=lambda name: -UNITS[name].size)
    fit = next((name for name in finer if size % UNITS[name].size == 0), finer[-1])
    return Length(Decimal(size) / UNITS[fit].size, fit)


class _Way(NamedTuple):
    """So much of a measure, and what takes it, after one another."""

    size: int = 0
    steps: tuple[str, ...] = ()


def _longest(ways: Iterable[_Way]) -> _Way:
    """The first of the longest."""
    return max(ways, key=lambda each: each.size, default=_Way())


def _after_one_another(ways: Iterable[_Way]) -> _Way:
    found = tuple(ways)
    steps = tuple(step for each in found for step in each.steps)
    return _Way(sum(each.size for each in found), steps)


class _Paths:
    """The longest way through things, in one measure or another; each told once."""

    def __init__(
        self, nodes: Nodes, regions: Regions, settings: Mapping[str, Any], *, only_ours: bool
    ) -> None:
        self._nodes, self._regions, self.settings = nodes, regions, settings
        self._only_ours = only_ours
        self._known: dict[tuple[str, Measure], _Way] = {}

    def of(self, key: str, measure: Measure) -> _Way:
        """Of a construct: a step what it says, a block its longest branch."""
        if (key, measure) not in self._known:
            self._known[key, measure] = self._of(self._nodes[key], measure)
        return self._known[key, measure]

    def through(self, region: str, measure: Measure) -> _Way:
        """Of what stands in a region: after one another, or, in a plan, as it needs each other."""
        inside = self._regions[region]
        awaited = self._awaited(inside)
        if inside.ordered:
            return _after_one_another(self.of(each, measure) for each in awaited)
        until: dict[str, _Way] = {}
        return _longest(self._until(each, measure, until) for each in awaited)

    def _awaited(self, region: Region) -> tuple[str, ...]:
        """What stands in a region and is waited for."""
        nodes = self._nodes
        return tuple(each for each in region.nodes if not nodes[each].construct.outlives)

    def are_written(self, steps: Iterable[str]) -> bool:
        """Whether the pack says of all of these how long they take."""
        return all(isinstance(self._own(each), Length) for each in steps)

    def _own(self, key: str) -> Length | Expression | None:
        node = self._nodes[key]
        construct = node.construct
        if self._only_ours and isinstance(construct, Step) and construct.by.is_outside:
            return None
        return construct.duration(node.limits)

    def _of(self, node: Node, measure: Measure) -> _Way:
        own = _value(self._own(node.key), self.settings)
        if own is not None:
            size = _at_least(own, measure)
            return _Way(size, (node.key,) if size else ())
        return _longest(self.through(each, measure) for each in node.regions)

    def known_of(self, key: str) -> Iterator[Length]:
        """How long each thing in a construct is expected to take; empty: in the process."""
        if not key:
            yield from self._known_in(ROOT_REGION)
            return
        node = self._nodes[key]
        own = _value(self._own(key), self.settings)
        if own is not None:
            yield own
        for region in node.regions:
            yield from self._known_in(region)

    def _known_in(self, region: str) -> Iterator[Length]:
        for each in self._awaited(self._regions[region]):
            yield from self.known_of(each)

    def _until(self, key: str, measure: Measure, until: dict[str, _Way]) -> _Way:
        """What it takes until an entry of a plan is done, with all that it needs before."""
        if key not in until:
            until[key] = _Way()  # needs in a circle are a problem of their own
            beside = self._regions[self._nodes[key].region].nodes
            names = (need.name for need in self._nodes[key].gate)
            needed = [self._until(each, measure, until) for each in names if each in beside]
            until[key] = _after_one_another((_longest(needed), self.of(key, measure)))
        return until[key]


def _at_least(length: Length, measure: Measure) -> int:
    """How much of a measure goes by in a length, at least; 0: that is not known."""
    if length.measure is measure:
        return length.size
    known = _ELAPSED_AT_LEAST.get(length.measure, 0) if measure is Measure.ELAPSED else 0
    return length.size * known
