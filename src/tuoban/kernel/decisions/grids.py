"""A table over the pieces of its inputs: which rules fit where, as bits.

A rule *surely* fits a piece if its test was seen to be passed there; it *may* fit also where its
test could not be analysed. What is told of a table rests on the one or the other, so that nothing
is told that is not so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from tuoban.kernel.decisions.cells import cuts_of
from tuoban.kernel.decisions.decision import Decision
from tuoban.kernel.decisions.pieces import Domain, Piece, pieces_of
from tuoban.kernel.expressions import BudgetExceeded, Tests
from tuoban.kernel.expressions.limits import Meter

MOST_TESTS = 100_000
"""Evaluations of cells; a table that takes more is not analysed."""
MOST_STEPS = 1_000_000
"""Steps of all these evaluations together."""
MOST_STEPS_OF_A_TEST = 1_000
"""A cell that takes more for one value is taken as one that cannot be analysed."""


class TooLarge(Exception):
    """The table takes more work than is allowed."""


@dataclass(frozen=True)
class Column:
    """One input. The masks of rules have a bit for each piece.

    `sure_pieces` are those whose values may occur for certain.
    """

    label: str
    domain: Domain | None
    pieces: tuple[Piece, ...]
    surely: tuple[int, ...]
    maybe: tuple[int, ...]

    @cached_property
    def all_pieces(self) -> int:
        return (1 << len(self.pieces)) - 1

    @cached_property
    def sure_pieces(self) -> int:
        return sum(1 << at for at, piece in enumerate(self.pieces) if piece.is_sure)


class Columns:
    """Reads the inputs of a decision, one after the other, within one limit of work."""

    def __init__(self, decision: Decision) -> None:
        self._decision = decision
        self._tests_left = MOST_TESTS
        self._steps_left = MOST_STEPS

    def read(self, at: int, domain: Domain | None) -> Column:
        """Raises `TooLarge`."""
        head = self._decision.table.inputs[at]
        label = head.label or head.expression
        tests = [row.tests[at] for row in self._decision.rows]
        distinct = {one.text: one for one in tests}
        known = {
            text: cuts_of(one, domain.kind) if domain is not None else None
            for text, one in distinct.items()
        }
        allowed = self._decision.inputs[at].allowed
        bounds = cuts_of(allowed, domain.kind) if allowed is not None and domain else ()
        if domain is None or bounds is None:
            return _unknown(label, tests)
        cuts = [cut for each in (*known.values(), bounds) if each is not None for cut in each]
        found = self._allowed(pieces_of(domain, cuts), allowed)
        everywhere = (1 << len(found)) - 1
        masks = {
            text: None if known[text] is None else self._mask(one, found)
            for text, one in distinct.items()
        }
        fitting = [masks[one.text] for one in tests]
        return Column(
            label,
            domain,
            tuple(found),
            tuple(0 if mask is None else mask for mask in fitting),
            tuple(everywhere if mask is None else mask for mask in fitting),
        )

    def _allowed(self, found: list[Piece], allowed: Tests | None) -> list[Piece]:
        """The pieces that the head of the column allows; null is not judged there."""
        mask = self._mask(allowed, found) if allowed is not None else None
        if mask is None:
            return found
        return [piece for at, piece in enumerate(found) if mask >> at & 1 or piece.sample is None]

    def _mask(self, tests: Tests, found: Sequence[Piece]) -> int | None:
        """Where the tests are passed; None where that takes too long to say."""
        self._tests_left -= len(found)
        if self._tests_left < 0:
            raise TooLarge
        try:
            return sum(
                1 << at for at, piece in enumerate(found) if self._passes(tests, piece.sample)
            )
        except BudgetExceeded:
            return None

    def _passes(self, tests: Tests, value: Any) -> bool:
        meter = Meter(MOST_STEPS_OF_A_TEST)
        try:
            return tests.evaluate(value, {}, meter) is True
        finally:
            self._steps_left -= meter.budget - meter.left
            if self._steps_left < 0:
                raise TooLarge


def _unknown(label: str, tests: Sequence[Tests]) -> Column:
    """An input of which nothing is known: only `-` is surely passed."""
    surely = tuple(int(not one.tree.tests) for one in tests)
    return Column(label, None, (Piece(None),), surely, tuple(1 for _ in tests))
