"""Built-in functions on ranges: reading one, and how ranges and points lie to one another.

A range lies between two cuts, each just before or just after a value; a point is the range of
that one value. So every relation compares cuts, and says the right thing of open and closed ends.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from tuoban.kernel.expressions.builtins.range_text import read_range
from tuoban.kernel.expressions.operators import compare
from tuoban.kernel.expressions.signatures import builtin
from tuoban.kernel.expressions.values import Range


class Cut(NamedTuple):
    """Just before a value (side -1) or just after it (side 1); of no value, before or after all."""

    value: Any
    side: int


_AROUND = 2
_APART = 3


def _order(left: Cut, right: Cut) -> int | None:
    """0 for the same cut, ±`_AROUND` for the two cuts around one value, else ±`_APART` or more;
    null where the values cannot be compared."""
    if left.value is None or right.value is None:
        return _APART * (_infinity(left) - _infinity(right))
    order = compare(left.value, right.value)
    return _APART * order if order else order if order is None else left.side - right.side


def _infinity(cut: Cut) -> int:
    return cut.side if cut.value is None else 0


class Position(NamedTuple):
    """How the cuts of one range lie to those of another: `low_high` is the order of the first
    one's low cut and the second one's high cut."""

    low_low: int
    low_high: int
    high_low: int
    high_high: int


def _cuts(value: Any) -> tuple[Cut, Cut]:
    if not isinstance(value, Range):
        return Cut(value, -1), Cut(value, 1)
    low_is_open = value.low is not None and not value.low_included
    high_is_open = value.high is not None and not value.high_included
    return Cut(value.low, 1 if low_is_open else -1), Cut(value.high, -1 if high_is_open else 1)


def _relation(holds: Callable[[Position], bool]) -> Callable[[Any, Any], bool | None]:
    """A function of two ranges or points; null where they cannot be compared."""

    def apply(left: Any, right: Any) -> bool | None:
        orders = [_order(one, other) for one in _cuts(left) for other in _cuts(right)]
        known = [order for order in orders if order is not None]
        return holds(Position(*known)) if len(known) == len(orders) else None

    return apply


_POINT = "number|text|date|time|datetime|duration"
_FORMS = {
    "two points": f"point1: {_POINT}, point2: {_POINT}",
    "point, range": f"point: {_POINT}, range: range",
    "range, point": f"range: range, point: {_POINT}",
    "two ranges": "range1: range, range2: range",
}

_RELATIONS: tuple[tuple[str, tuple[str, ...], Callable[[Position], bool]], ...] = (
    ("before", tuple(_FORMS), lambda p: p.high_low <= 0),
    ("after", tuple(_FORMS), lambda p: p.low_high >= 0),
    ("meets", ("two ranges",), lambda p: p.high_low == _AROUND),
    ("met by", ("two ranges",), lambda p: p.low_high == -_AROUND),
    ("overlaps", ("two ranges",), lambda p: p.low_high < 0 < p.high_low),
    (
        "overlaps before",
        ("two ranges",),
        lambda p: p.low_low < 0 < p.high_low and p.high_high <= 0,
    ),
    (
        "overlaps after",
        ("two ranges",),
        lambda p: p.low_high < 0 < p.low_low and p.high_high >= 0,
    ),
    (
        "finishes",
        ("point, range", "two ranges"),
        lambda p: p.high_high == 0 and p.low_low >= 0,
    ),
    (
        "finished by",
        ("range, point", "two ranges"),
        lambda p: p.high_high == 0 and p.low_low <= 0,
    ),
    ("includes", ("range, point", "two ranges"), lambda p: p.low_low <= 0 <= p.high_high),
    ("during", ("point, range", "two ranges"), lambda p: p.high_high <= 0 <= p.low_low),
    ("starts", ("point, range", "two ranges"), lambda p: p.low_low == 0 and p.high_high <= 0),
    (
        "started by",
        ("range, point", "two ranges"),
        lambda p: p.low_low == 0 and p.high_high >= 0,
    ),
    ("coincides", ("two points", "two ranges"), lambda p: p.low_low == 0 == p.high_high),
)
"""Each relation with the forms it has in the standard, and when it holds."""

ROWS = (
    builtin("range(from: text) -> range", read_range, metered=True),
    *(
        builtin(f"{name}({_FORMS[form]}) -> boolean", _relation(holds))
        for name, forms, holds in _RELATIONS
        for form in forms
    ),
)
