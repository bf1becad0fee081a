"""Whether two values are one and the same."""

from collections.abc import Callable, Mapping
from typing import Any

from tuoban.kernel.expressions.limits import MAX_VALUE_DEPTH, Meter
from tuoban.kernel.expressions.operators import equal
from tuoban.kernel.expressions.signatures import builtin
from tuoban.kernel.expressions.temporal import write_temporal
from tuoban.kernel.expressions.values import Range, adopt, kind_of

_WRITTEN = frozenset({"date", "time", "datetime", "days", "months"})


def is_same(meter: Meter, left: Any = None, right: Any = None, depth: int = 0) -> bool:
    """The standard's `is`: of the same kind and equal, a moment with its zone written alike."""
    meter.charge(1)
    if depth > MAX_VALUE_DEPTH:
        meter.charge(meter.budget + 1)
    kind = kind_of(left)
    if kind != kind_of(right):
        return False
    if kind in _WRITTEN:
        return write_temporal(left) == write_temporal(right)
    parts = _PARTS.get(kind)
    if parts is None:
        return equal(left, right, meter) is True
    first, second = parts(left, meter), parts(right, meter)
    return set(first) == set(second) and all(
        is_same(meter, first[key], second[key], depth + 1) for key in first
    )


def _of_list(value: list[Any], meter: Meter) -> dict[Any, Any]:
    return dict(enumerate(value))


def _of_context(value: Mapping[str, Any], meter: Meter) -> dict[Any, Any]:
    return {key: adopt(value[key], meter) for key in value}


def _of_range(value: Range, meter: Meter) -> dict[Any, Any]:
    ends = (value.low, value.high, value.low_included, value.high_included)
    return dict(enumerate(ends))


_PARTS: dict[str, Callable[[Any, Meter], dict[Any, Any]]] = {
    "list": _of_list,
    "context": _of_context,
    "range": _of_range,
}

ROWS = (builtin("is(value1: any, value2?: any) -> boolean", is_same, metered=True),)
