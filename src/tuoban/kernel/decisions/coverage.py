"""What a table leaves out, where its rules meet, and which of them can never decide.

Told only what is proved: for inputs whose values are known (`Domain`), and cells that compare with
literals. The inputs are taken to be independent of one another; a caller gives no domain for one
that is not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, islice

from tuoban.kernel.decisions.compiling import constant
from tuoban.kernel.decisions.decision import Decision
from tuoban.kernel.decisions.grids import Columns, TooLarge
from tuoban.kernel.decisions.pieces import Domain
from tuoban.kernel.decisions.policies import Letter
from tuoban.kernel.decisions.sweeping import Sweep
from tuoban.kernel.decisions.words import example
from tuoban.kernel.expressions import Expression, ExpressionError
from tuoban.kernel.expressions.limits import Meter
from tuoban.kernel.expressions.operators import equal

MOST_PAIRS = 200_000
"""Pairs of rules; a table with more is not analysed."""
MOST_SHOWN = 3
"""Gaps that are shown of one table; when they are mended, the next are found."""


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two rules that fit together though the hit policy forbids it, and what fits both."""

    first: int
    second: int
    example: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """What was found.

    Attributes:
        gaps: what no rule fits, as a row of the table would say it; the first few.
        overlaps: for each rule the first one before it with which it must not fit together.
        unreachable: the rules that can never decide anything.
        is_proved: False where the table takes too much work; then nothing is told of it.
    """

    gaps: tuple[str, ...] = ()
    overlaps: tuple[Overlap, ...] = ()
    unreachable: tuple[int, ...] = ()
    is_proved: bool = True


def coverage(decision: Decision, domains: Sequence[Domain | None]) -> Coverage:
    """What is proved about a table, given what is known of the values of each input."""
    rules = len(decision.rows)
    if rules * rules > MOST_PAIRS:
        return Coverage(is_proved=False)
    try:
        reader = Columns(decision)
        columns = [reader.read(at, domain) for at, domain in enumerate(domains)]
        sweep = Sweep(columns, rules)
        return Coverage(
            tuple(example(columns, gap) for gap in islice(sweep.gaps(), MOST_SHOWN)),
            tuple(_overlaps(decision, sweep)),
            tuple(_unreachable(decision, sweep)),
        )
    except TooLarge:
        return Coverage(is_proved=False)


# Overlaps


def _overlaps(decision: Decision, sweep: Sweep) -> Iterator[Overlap]:
    is_fault = _MUST_DIFFER.get(decision.policy.letter)
    if is_fault is None:
        return
    told: set[int] = set()
    for one, other in combinations(range(len(decision.rows)), 2):
        common = sweep.common(one, other) if other not in told else None
        if common is not None and is_fault(decision, one, other):
            told.add(other)
            yield Overlap(one + 1, other + 1, example(sweep.columns, common))


def _surely_differ(decision: Decision, one: int, other: int) -> bool:
    pairs = zip(decision.rows[one].entries, decision.rows[other].entries, strict=True)
    return any(_are_different(left, right) for left, right in pairs)


def _are_different(left: Expression, right: Expression) -> bool:
    """Whether two cells give different values for certain."""
    one, other = constant(left.text), constant(right.text)
    if one is None or other is None:
        return False
    try:
        return equal(one, other, Meter(1_000)) is False
    except ExpressionError:
        return False


_MUST_DIFFER: Mapping[Letter, Callable[[Decision, int, int], bool]] = {
    "U": lambda decision, one, other: True,
    "A": _surely_differ,
}
"""By hit policy, whether two rules must not fit together."""


# Rules that never decide


def _unreachable(decision: Decision, sweep: Sweep) -> Iterator[int]:
    before = _before(decision)
    return (
        rule + 1 for rule in range(len(decision.rows)) if sweep.never_decides(rule, before(rule))
    )


def _before(decision: Decision) -> Callable[[int], int]:
    """For a rule, those that decide before it does, as bits."""
    if decision.policy.letter == "F":
        return lambda rule: (1 << rule) - 1
    if decision.policy.letter == "P":
        ranks = [_ranks(decision, row.entries) for row in decision.rows]
        return lambda rule: sum(
            1 << other
            for other, rank in enumerate(ranks)
            if _is_before(rank, other, ranks[rule], rule)
        )
    return lambda rule: 0


_Ranks = tuple[int, ...] | None


def _ranks(decision: Decision, entries: Sequence[Expression]) -> _Ranks:
    """The priorities of a rule's outputs; None where they are not told by literals."""
    found: list[int] = []
    for column, entry in zip(decision.outputs, entries, strict=True):
        if not column.allowed:
            continue
        value = constant(entry.text)
        if value is None or any(tests.names for tests in column.allowed):
            return None
        rank = column.rank(value, {}, Meter(1_000))
        if rank is None:
            return None
        found.append(rank)
    return tuple(found)


def _is_before(rank: _Ranks, rule: int, than: _Ranks, other: int) -> bool:
    if rank is None or than is None or rule == other:
        return False
    return (rank, rule) < (than, other)
