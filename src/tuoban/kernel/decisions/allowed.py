"""The allowed values of an output: where a value stands among them, without trying them all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from tuoban.kernel.expressions import Tests
from tuoban.kernel.expressions import syntax as s
from tuoban.kernel.expressions.limits import Meter

_Place = tuple[int, Tests]
_LOOKED_UP = frozenset({str, Decimal})
"""The types of the literals that are looked up."""


class Allowed:
    """Unary tests, that of the highest priority first; without any, all values are allowed.

    Tests that list nothing but texts and numbers are looked up, all others are tried in turn.
    `reads` says whether they read anything but the value.
    """

    __slots__ = ("_literals", "_tests", "_tried", "reads")

    def __init__(self, tests: Sequence[Tests] = ()) -> None:
        self._tests: tuple[_Place, ...] = tuple(enumerate(tests))
        self._tried = tuple((place, one) for place, one in self._tests if not _is_list(one))
        self._literals = dict(_literals(self._tests))
        self.reads = any(one.names for one in tests)

    def __bool__(self) -> bool:
        return bool(self._tests)

    def rank(self, value: Any, context: Mapping[str, Any], meter: Meter) -> int | None:
        """The place of a value among the allowed ones, from 0; null comes after them.

        None where it is none of them; 0 where all are allowed.
        """
        if not self._tests:
            return 0
        if value is None:
            return len(self._tests)
        meter.charge(1)
        if type(value) not in _LOOKED_UP:
            return _first(self._tests, value, context, meter)
        found = self._literals.get(value)
        before = self._tried
        if found is not None:
            before = tuple(one for one in before if one[0] < found)
            meter.charge(len(self._tried))
        tried = _first(before, value, context, meter)
        return found if tried is None else tried


def _first(
    tests: Sequence[_Place], value: Any, context: Mapping[str, Any], meter: Meter
) -> int | None:
    return next(
        (place for place, one in tests if one.evaluate(value, context, meter) is True), None
    )


def _is_list(tests: Tests) -> bool:
    """Whether the tests are nothing but literals; `-`, which is no test, is not."""
    tree = tests.tree
    literal = all(isinstance(one, s.Text | s.Number) for one in tree.tests)
    return literal and not tree.negated and bool(tree.tests)


def _literals(tests: Sequence[_Place]) -> Mapping[str | Decimal, int]:
    found: dict[str | Decimal, int] = {}
    for place, one in tests:
        if _is_list(one):
            for literal in one.tree.tests:
                if isinstance(literal, s.Text | s.Number):
                    found.setdefault(literal.value, place)
    return found
