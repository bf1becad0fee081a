"""Calculated values made fit to be kept as values of a type: rounded to what it can hold."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import tzinfo
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from tuoban.kernel.definition import Field, FieldType
from tuoban.kernel.expressions.values import NUMBERS
from tuoban.kernel.refusals import Problem
from tuoban.kernel.values import LONG_TEXT, parse

_UNITS: Mapping[FieldType, Decimal] = {"number": Decimal("1E-10")}
"""The smallest parts of numbers that a field can hold."""


def fitted(field: Field, value: Any, zone: tzinfo) -> tuple[Any, Problem | None]:
    """The value as its field keeps it: numbers rounded half up to what it can hold, texts as they
    are; or the problem why it cannot be kept. Times without an offset are meant in `zone`."""
    if isinstance(value, Decimal):
        unit = minor_unit(field) if field.type == "money" else _UNITS.get(field.type)
        value = rounded(value, unit) if unit is not None else value
    if isinstance(value, str) and len(value) > LONG_TEXT:
        return None, Problem("too-long", field.name, {"limit": LONG_TEXT, "length": len(value)})
    kept, problem = parse(field, value, zone)
    if field.type == "text" and isinstance(value, str) and problem is None:
        return value, None  # nobody typed it, so that blanks are meant
    return kept, problem


def minor_unit(field: Field) -> Decimal:
    """The smallest amount of a money field: 0.01, or 1 where its currency has no smaller unit."""
    return Decimal((0, (1,), -field.decimals))


def rounded(number: Decimal, unit: Decimal) -> Decimal:
    """The number half up to a multiple of `unit`; as it is where no field could hold it."""
    found = number.quantize(unit, ROUND_HALF_UP, NUMBERS)
    return found if found.is_finite() and found != number else number
