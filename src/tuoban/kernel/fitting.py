"""Calculated values made fit to be kept as values of a type: rounded to what it can hold."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import tzinfo
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from tuoban.kernel.definition import Field, FieldType
from tuoban.kernel.expressions import Row
from tuoban.kernel.expressions.values import NUMBERS
from tuoban.kernel.refusals import Problem
from tuoban.kernel.rows import cells_of, read_value
from tuoban.kernel.values import LONG_TEXT, parse

_UNITS: Mapping[FieldType, Decimal] = dict.fromkeys(("number", "percent"), Decimal("1E-10"))
"""The smallest parts of numbers that a field can hold."""


def fitted(
    field: Field, value: Any, zone: tzinfo, current: Any = None
) -> tuple[Any, Problem | None]:
    """The value as its field keeps it: numbers rounded half up to what it can hold, texts as they
    are; or the problem why it cannot be kept. Times without an offset are meant in `zone`.

    The rows of a list have the cells that are entered in such a list: what is computed in them, or
    stands in no column, is left out.

    Args:
        current: what the list holds now, whose rows stay who they are; all others are new ones.
    """
    if field.type == "list":
        return _fitted_list(field, value, zone, current)
    value = _rounded(field, value)
    if isinstance(value, str) and len(value) > LONG_TEXT:
        return None, Problem("too-long", field.name, {"limit": LONG_TEXT, "length": len(value)})
    kept, problem = parse(field, value, zone)
    if field.type == "text" and isinstance(value, str) and problem is None:
        return value, None  # nobody typed it, so that blanks are meant
    return kept, problem


def _rounded(field: Field, value: Any) -> Any:
    if not isinstance(value, Decimal):
        return value
    unit = minor_unit(field) if field.type == "money" else _UNITS.get(field.type)
    return rounded(value, unit) if unit is not None else value


def _fitted_list(
    field: Field, value: Any, zone: tzinfo, current: Any
) -> tuple[Any, Problem | None]:
    rows = [_fitted_row(field, row) for row in value] if isinstance(value, list | tuple) else value
    kept, problems = read_value(field, rows, zone, current)
    return (None, problems[0]) if problems else (kept, None)


def _fitted_row(field: Field, row: Any) -> Any:
    if field.is_plain:
        return _rounded(field.columns[0], row)
    if not isinstance(row, Mapping):
        return row
    cells = cells_of(field, row)
    entered = (column for column in field.columns if column.computed is None)
    fit = {each.name: _rounded(each, cells.get(each.name)) for each in entered}
    return row.having(fit) if isinstance(row, Row) else fit


def minor_unit(field: Field) -> Decimal:
    """The smallest amount of a money field: 0.01, or 1 where its currency has no smaller unit."""
    return Decimal((0, (1,), -field.decimals))


def rounded(number: Decimal, unit: Decimal) -> Decimal:
    """The number half up to a multiple of `unit`; as it is where no field could hold it."""
    found = number.quantize(unit, ROUND_HALF_UP, NUMBERS)
    return found if found.is_finite() and found != number else number
