"""Values as JSON has them: without dates, durations and exact fractions."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from tuoban.kernel.dmn.types import Type
from tuoban.kernel.expressions import Function, Range
from tuoban.kernel.expressions.builtins.conversion import write
from tuoban.kernel.expressions.limits import MAX_VALUE_DEPTH, Meter
from tuoban.kernel.expressions.temporal import (
    read_date,
    read_datetime,
    read_duration,
    read_time,
    write_temporal,
)

_READ: Mapping[str, Callable[[str], Any]] = {
    "date": read_date,
    "time": read_time,
    "datetime": read_datetime,
    "days": read_duration,
    "months": read_duration,
}


def from_plain(value: Any, type_: Type | None, depth: int = 0) -> Any:
    """A value as JSON has it, with the texts read that by the type are dates, times, durations.

    What cannot be read stays a text; what is deeper than values may be stays as it is.
    """
    if type_ is None or depth > MAX_VALUE_DEPTH:
        return value
    if isinstance(value, str) and type_.shape.kind in _READ:
        read = _READ[type_.shape.kind](value)
        return value if read is None else read
    if isinstance(value, list):
        return [from_plain(each, type_.element or type_, depth + 1) for each in value]
    if isinstance(value, dict) and type_.members is not None:
        members = type_.members
        return {
            name: from_plain(each, members.get(name), depth + 1) for name, each in value.items()
        }
    if type_.element is not None:
        return from_plain(value, type_.element, depth + 1)
    return value


def to_plain(value: Any) -> Any:
    """A value of FEEL for JSON. A number that a float does not hold exactly becomes a text."""
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, Decimal):
        return _number(value)
    if isinstance(value, list):
        return [to_plain(each) for each in value]
    if isinstance(value, Mapping):
        return {name: to_plain(each) for name, each in value.items()}
    if isinstance(value, Range | Function):
        return write(Meter(100_000), value)
    return write_temporal(value)


def _number(value: Decimal) -> int | float | str:
    text = format(value, "f") if abs(value) < Decimal(10) ** 40 else str(value)
    if value == value.to_integral_value() and abs(value) < Decimal(10) ** 34:
        return int(value)
    return float(value) if Decimal(repr(float(value))) == value else text
