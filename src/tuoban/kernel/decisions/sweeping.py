"""Sweeping a table column by column, with the rules that are still in play.

Pieces that leave the same rules in play are followed together, and what was found to be covered is
remembered; so the sweep seldom comes near the number of all combinations.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tuoban.kernel.decisions.grids import Column, TooLarge

MOST_VISITS = 20_000
"""Places of the sweep, over the whole table; a table that takes more is not analysed."""
MOST_PIECES = 3_000_000
"""Pieces that are looked at on the way, and columns in which two rules are compared."""
MOST_COLUMNS = 100
"""Keeps the sweep within the interpreter's stack."""


class Sweep:
    """Sets of rules are numbers with a bit for each rule, the first being bit 0.

    Raises `TooLarge`, as its methods do.
    """

    def __init__(self, columns: Sequence[Column], rules: int) -> None:
        if len(columns) > MOST_COLUMNS:
            raise TooLarge
        self.columns = columns
        self.all_rules = (1 << rules) - 1
        self._visits_left = MOST_VISITS
        self._pieces_left = MOST_PIECES
        self._maybe = [_by_piece(column, column.maybe) for column in columns]
        self._surely = [_by_piece(column, column.surely) for column in columns]
        self._fit_the_rest = self._rest([(each.maybe, each.sure_pieces) for each in columns])
        self._surely_fit_the_rest = self._rest([(each.surely, each.all_pieces) for each in columns])

    def gaps(self) -> Iterator[tuple[int, ...]]:
        """What no rule fits: the pieces of the first columns, a mask for each; in all further
        columns it holds for every piece."""
        yield from self._gaps(0, self.all_rules, set())

    def _gaps(
        self, at: int, active: int, covered: set[tuple[int, int]]
    ) -> Iterator[tuple[int, ...]]:
        self._visit(at)
        if not active:
            yield ()
        if not active or at == len(self.columns) or active & self._fit_the_rest[at]:
            return
        pieces = self.columns[at].sure_pieces
        for rest, mask in _groups(pieces, active, self._maybe[at]).items():
            if (at + 1, rest) in covered:
                continue
            is_covered = True
            for gap in self._gaps(at + 1, rest, covered):
                is_covered = False
                yield (mask, *gap)
            if is_covered:
                covered.add((at + 1, rest))

    def never_decides(self, rule: int, before: int) -> bool:
        """Whether a rule fits nothing, or nothing that none of the rules `before` it fits.

        `rule` counts from 0.
        """
        if any(column.maybe[rule] == 0 for column in self.columns):
            return True
        return self._is_covered(rule, 0, before, set())

    def _is_covered(self, rule: int, at: int, active: int, covered: set[tuple[int, int]]) -> bool:
        self._visit(at)
        if not active:
            return False
        if at == len(self.columns) or active & self._surely_fit_the_rest[at]:
            return True
        groups = _groups(self.columns[at].maybe[rule], active, self._surely[at])
        for rest in groups:
            if (at + 1, rest) not in covered:
                if not self._is_covered(rule, at + 1, rest, covered):
                    return False
                covered.add((at + 1, rest))
        return True

    def common(self, one: int, other: int) -> tuple[int, ...] | None:
        """The pieces that two rules surely fit both, a mask for each column; None if there is no
        value that may occur for certain among them. Rules count from 0."""
        masks = []
        for column in self.columns:
            self._look(1)
            mask = column.surely[one] & column.surely[other] & column.sure_pieces
            if not mask:
                return None
            masks.append(mask)
        return tuple(masks)

    def _rest(self, fitting: Sequence[tuple[Sequence[int], int]]) -> list[int]:
        """For each column, the rules that fit all the pieces of it and of all behind it."""
        found, active = [], self.all_rules
        for masks, pieces in reversed(fitting):
            active &= sum(1 << at for at, mask in enumerate(masks) if not pieces & ~mask)
            found.append(active)
        return found[::-1]

    def _visit(self, at: int) -> None:
        """Come to a column, the pieces of which are then looked at."""
        self._visits_left -= 1
        if self._visits_left < 0:
            raise TooLarge
        if at < len(self.columns):
            self._look(len(self.columns[at].pieces))

    def _look(self, pieces: int) -> None:
        self._pieces_left -= pieces
        if self._pieces_left < 0:
            raise TooLarge


def _by_piece(column: Column, masks: Sequence[int]) -> list[int]:
    """For each piece the rules that fit it; those with the same mask are taken together."""
    rules: dict[int, int] = {}
    for rule, mask in enumerate(masks):
        rules[mask] = rules.get(mask, 0) | 1 << rule
    return [
        sum(those for mask, those in rules.items() if mask >> at & 1)
        for at in range(len(column.pieces))
    ]


def _groups(pieces: int, active: int, fitting: Sequence[int]) -> dict[int, int]:
    """By the rules that stay in play, the pieces that leave them."""
    groups: dict[int, int] = {}
    for at, rules in enumerate(fitting):
        if pieces >> at & 1:
            groups[active & rules] = groups.get(active & rules, 0) | 1 << at
    return groups
