"""Expected values: to values of FEEL, and whether a value is the expected one."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from scripts.conformance.suites import Expected
from tuoban.kernel.expressions.temporal import (
    read_date,
    read_datetime,
    read_duration,
    read_time,
    write_temporal,
)
from tuoban.kernel.expressions.values import kind_of

TOLERANCE = Decimal("1e-8")
"""How far numbers may lie apart and still count as the same."""

_READ = {"date": read_date, "time": read_time, "dateTime": read_datetime, "duration": read_duration}
_TEMPORAL_KINDS = {
    "date": {"date"},
    "time": {"time"},
    "dateTime": {"datetime"},
    "duration": {"days", "months"},
}


def value_of(expected: Expected) -> Any:
    """The value of FEEL that is meant, as inputs give it."""
    if expected is None:
        return None
    ((kind, content),) = expected.items()
    if kind == "list":
        return [value_of(each) for each in content]
    if kind == "context":
        return {name: value_of(each) for name, each in content.items()}
    if kind == "boolean":
        return content in ("true", "1")
    if kind == "decimal":
        return Decimal(content)
    return content if kind == "string" else _READ[kind](content)


def matches(value: Any, expected: Expected) -> bool:
    """Whether `value` is the expected one; numbers may differ by `TOLERANCE`."""
    if expected is None:
        return value is None
    ((kind, content),) = expected.items()
    if kind == "list":
        return (
            isinstance(value, list)
            and len(value) == len(content)
            and all(map(matches, value, content))
        )
    if kind == "context":
        return (
            isinstance(value, Mapping)
            and value.keys() == content.keys()
            and all(matches(value[name], content[name]) for name in content)
        )
    if kind == "boolean":
        return value is value_of(expected)
    if kind == "decimal":
        return isinstance(value, Decimal) and abs(value - Decimal(content)) < TOLERANCE
    if kind == "string":
        return isinstance(value, str) and value == content
    return kind_of(value) in _TEMPORAL_KINDS[kind] and (
        write_temporal(value) == content or value == value_of(expected)
    )
