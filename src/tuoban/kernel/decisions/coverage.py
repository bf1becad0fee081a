"""What a table leaves out, where its rules meet, and which of them can never decide.

Told only what is proved: for inputs whose values are known (`Domain`), and cells that compare with
literals. The inputs are taken to be independent of one another; a caller gives no domain for one
that is not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, combinations, islice

from tuoban.kernel.decisions.constants import constant
from tuoban.kernel.decisions.decision import Decision
from tuoban.kernel.decisions.grids import Columns, TooLarge
from tuoban.kernel.decisions.pieces import Domain
from tuoban.kernel.decisions.policies import Letter
from tuoban.kernel.decisions.sweeping import Sweep
from tuoban.kernel.decisions.words import example
from tuoban.kernel.expressions import BudgetExceeded, Expression
from tuoban.kernel.expressions.limits import Meter
from tuoban.kernel.expressions.operators import equal

MOST_PAIRS = 200_000
"""Pairs of rules; a table with more is not analysed."""
MOST_COMPARISONS = 2_000_000
"""Steps of comparing outputs, with one another or with priorities; a table that takes more is not
analysed."""
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
    except (TooLarge, BudgetExceeded):
        return Coverage(is_proved=False)


# Overlaps


def _overlaps(decision: Decision, sweep: Sweep) -> Iterator[Overlap]:
    must_differ = _MUST_DIFFER.get(decision.policy.letter)
    if must_differ is None:
        return
    is_fault = must_differ(decision)
    told: set[int] = set()
    for one, other in combinations(range(len(decision.rows)), 2):
        if other in told or not is_fault(one, other):
            continue
        common = sweep.common(one, other)
        if common is not None:
            told.add(other)
            yield Overlap(one + 1, other + 1, example(sweep.columns, common))


class _Results:
    """The outputs of all rules, each constant worked out once; compared within one limit."""

    def __init__(self, decision: Decision) -> None:
        texts = [tuple(entry.text for entry in row.entries) for row in decision.rows]
        values = {text: constant(text) for text in dict.fromkeys(chain.from_iterable(texts))}
        numbers = {row: number for number, row in enumerate(dict.fromkeys(texts))}
        self._numbers = [numbers[row] for row in texts]
        self._rows = [[values[text] for text in row] for row in texts]
        self._meter = Meter(MOST_COMPARISONS)

    def surely_differ(self, one: int, other: int) -> bool:
        """Whether two rules give different values for certain; raises `BudgetExceeded`."""
        if self._numbers[one] == self._numbers[other]:
            return False
        pairs = zip(self._rows[one], self._rows[other], strict=True)
        return any(self._are_different(left, right) for left, right in pairs)

    def _are_different(self, left: object, right: object) -> bool:
        self._meter.charge(1)
        if left is right or left is None or right is None:
            return False
        return equal(left, right, self._meter) is False


_MUST_DIFFER: Mapping[Letter, Callable[[Decision], Callable[[int, int], bool]]] = {
    "U": lambda decision: lambda one, other: True,
    "A": lambda decision: _Results(decision).surely_differ,
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
        meter = Meter(MOST_COMPARISONS)
        ranks = [_ranks(decision, row.entries, meter) for row in decision.rows]
        return lambda rule: sum(
            1 << other
            for other, rank in enumerate(ranks)
            if _is_before(rank, other, ranks[rule], rule)
        )
    return lambda rule: 0


_Ranks = tuple[int, ...] | None


def _ranks(decision: Decision, entries: Sequence[Expression], meter: Meter) -> _Ranks:
    """The priorities of a rule's outputs; None where they are not told by literals."""
    found: list[int] = []
    for column, entry in zip(decision.outputs, entries, strict=True):
        if not column.allowed:
            continue
        value = constant(entry.text)
        if value is None or column.allowed.reads:
            return None
        rank = column.allowed.rank(value, {}, meter)
        if rank is None:
            return None
        found.append(rank)
    return tuple(found)


def _is_before(rank: _Ranks, rule: int, than: _Ranks, other: int) -> bool:
    if rank is None or than is None or rule == other:
        return False
    return (rank, rule) < (than, other)
