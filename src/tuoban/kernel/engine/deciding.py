"""Applying a decision table to a case: what it looked at and what it gave, fit to be kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from decimal import Decimal
from typing import Any

from tuoban.kernel.clocks import Length
from tuoban.kernel.decisions import Reason
from tuoban.kernel.definition import Field, FieldType, Table, Text
from tuoban.kernel.expressions import Known
from tuoban.kernel.expressions.errors import BudgetExceeded
from tuoban.kernel.fitting import fitted
from tuoban.kernel.refusals import Problem

_TYPES: Mapping[type, FieldType] = {
    str: "text",
    bool: "boolean",
    Decimal: "number",
    date: "date",
    datetime: "datetime",
    time: "time",
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
        kept, may_stand = plain(value, zone)
        if may_stand:
            yield column.text, kept


def plain(value: Any, zone: tzinfo) -> tuple[Any, bool]:
    """A value as it may stand in an event, and whether it may: null and single values do."""
    if value is None:
        return None, True
    if isinstance(value, Known):
        return value.ref, True
    if type(value) not in _KEPT:
        return None, False
    kept, problem = typed(_KEPT[type(value)], value, zone)
    return kept, problem is None


def typed(
    field: Field, value: Any, zone: tzinfo, current: Any = None
) -> tuple[Any, Problem | None]:
    """The value as its field keeps it: numbers rounded to what it can hold, texts as they are.
    Where a table collects what several rules give, it is each of them.

    Args:
        current: what the field holds now, see `fitted`.
    """
    if isinstance(value, list) and field.type != "list":
        pairs = [typed(field, each, zone) for each in value]
        return tuple(one for one, _ in pairs), next((bad for _, bad in pairs if bad), None)
    return fitted(field, value, zone, current)
