"""A table over the pieces of its inputs: which rules fit where, as bits.

A rule *surely* fits a piece if its test was seen to be passed there; it *may* fit also where its
test could not be analysed. What is told of a table rests on the one or the other, so that nothing
is told that is not so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tuoban.kernel.decisions.cells import cuts_of
from tuoban.kernel.decisions.decision import Decision
from tuoban.kernel.decisions.pieces import Domain, Piece, pieces_of
from tuoban.kernel.expressions import ExpressionError, Tests
from tuoban.kernel.expressions.limits import Meter

MOST_TESTS = 100_000
"""Evaluations of cells; a table that takes more is not analysed."""


class TooLarge(Exception):
    """The table takes more work than is allowed."""


@dataclass(frozen=True, slots=True)
class Column:
    """One input. The masks of rules have a bit for each piece.

    `sure_pieces` are those whose values may occur for certain.
    """

    label: str
    domain: Domain | None
    pieces: tuple[Piece, ...]
    surely: tuple[int, ...]
    maybe: tuple[int, ...]

    @property
    def all_pieces(self) -> int:
        return (1 << len(self.pieces)) - 1

    @property
    def sure_pieces(self) -> int:
        return sum(1 << at for at, piece in enumerate(self.pieces) if piece.is_sure)


class Columns:
    """Reads the inputs of a decision, one after the other, within one limit of work."""

    def __init__(self, decision: Decision) -> None:
        self._decision = decision
        self._left = MOST_TESTS

    def read(self, at: int, domain: Domain | None) -> Column:
        """Raises `TooLarge`."""
        head = self._decision.table.inputs[at]
        label = head.label or head.expression
        tests = [row.tests[at] for row in self._decision.rows]
        known = [cuts_of(one, domain.kind) if domain is not None else None for one in tests]
        allowed = self._decision.inputs[at].allowed
        bounds = cuts_of(allowed, domain.kind) if allowed is not None and domain else ()
        if domain is None or bounds is None:
            return _unknown(label, tests)
        cuts = [cut for each in (*known, bounds) if each is not None for cut in each]
        found = self._allowed(pieces_of(domain, cuts), allowed)
        everywhere = (1 << len(found)) - 1
        masks: dict[str, int | None] = {}
        for one, read in zip(tests, known, strict=True):
            if one.text not in masks:
                masks[one.text] = None if read is None else self._mask(one, found)
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
        self._left -= len(found)
        if self._left < 0:
            raise TooLarge
        try:
            return sum(
                1 << at
                for at, piece in enumerate(found)
                if tests.evaluate(piece.sample, {}, Meter(1_000)) is True
            )
        except ExpressionError:
            return None


def _unknown(label: str, tests: Sequence[Tests]) -> Column:
    """An input of which nothing is known: only `-` is surely passed."""
    surely = tuple(int(not one.tree.tests) for one in tests)
    return Column(label, None, (Piece(None),), surely, tuple(1 for _ in tests))
