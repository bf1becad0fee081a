"""Applying a decision table to a case: what it looked at and what it gave, fit to be kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from tuoban.kernel.clocks import Length
from tuoban.kernel.decisions import Reason
from tuoban.kernel.definition import Field, FieldType, Table, Text
from tuoban.kernel.expressions.errors import BudgetExceeded
from tuoban.kernel.expressions.values import NUMBERS
from tuoban.kernel.refusals import Problem
from tuoban.kernel.values import LONG_TEXT, parse

_UNITS: Mapping[FieldType, Decimal] = {"money": Decimal("0.01"), "number": Decimal("1E-10")}
"""The smallest parts of numbers that a field can hold."""
_TYPES: Mapping[type, FieldType] = {
    str: "text",
    bool: "boolean",
    Decimal: "number",
    date: "date",
    datetime: "datetime",
    timedelta: "duration",
    Length: "duration",
}
_KEPT = {kind: Field("", type_, Text("", ""), long=True) for kind, type_ in _TYPES.items()}
"""What a value that a table looked at is kept as; others are not kept."""


@dataclass(frozen=True, slots=True)
class Result:
    """What an event records of an application, see `DecisionMade`."""

    inputs: Mapping[str, Any]
    rules: tuple[int, ...]
    outputs: Mapping[str, Any]
    reason: Reason | None


def apply_table(table: Table, names: Mapping[str, Any], zone: tzinfo) -> Result:
    """What the table gives for these names; times without an offset are meant in `zone`."""
    nothing = {field.name: None for field in table.outputs}
    try:
        outcome = table.decision(names)
    except BudgetExceeded:
        return Result({}, (), nothing, "budget-exceeded")
    inputs = dict(_kept(table, outcome.inputs, zone))
    given = table.decision.by_name(outcome.value)
    outputs = {}
    for field in table.outputs:
        outputs[field.name], problem = typed(field, given[field.name], zone)
        if problem is not None:
            return Result(inputs, outcome.rules, nothing, "output-not-allowed")
    return Result(inputs, outcome.rules, outputs, outcome.reason)


def _kept(table: Table, values: Iterable[Any], zone: tzinfo) -> Iterator[tuple[str, Any]]:
    """The values it looked at that may be kept, by the heads of their columns."""
    for column, value in zip(table.inputs, values, strict=True):
        if column.personal:
            continue
        if value is None:
            yield column.text, None
        elif type(value) in _KEPT:
            kept, problem = typed(_KEPT[type(value)], value, zone)
            if problem is None:
                yield column.text, kept


def typed(field: Field, value: Any, zone: tzinfo) -> tuple[Any, Problem | None]:
    """The value as its field keeps it: numbers rounded to what it can hold, texts as they are."""
    if isinstance(value, list):
        pairs = [typed(field, each, zone) for each in value]
        return tuple(one for one, _ in pairs), next((bad for _, bad in pairs if bad), None)
    if isinstance(value, Decimal) and field.type in _UNITS:
        value = _rounded(value, _UNITS[field.type])
    if isinstance(value, str) and len(value) > LONG_TEXT:
        return None, Problem("too-long", field.name, {"limit": LONG_TEXT, "length": len(value)})
    kept, problem = parse(field, value, zone)
    if field.type == "text" and isinstance(value, str) and problem is None:
        return value, None  # nobody typed it, so that blanks are meant
    return kept, problem


def _rounded(number: Decimal, unit: Decimal) -> Decimal:
    """The number half up to a multiple of `unit`; as it is where no field could hold it."""
    rounded = number.quantize(unit, ROUND_HALF_UP, NUMBERS)
    return rounded if rounded.is_finite() and rounded != number else number
