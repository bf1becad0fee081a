"""Built-in functions that turn one kind of value into another."""

import operator
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from tuoban.kernel.clocks.lengths import Length
from tuoban.kernel.expressions.limits import MAX_VALUE_DEPTH, Meter
from tuoban.kernel.expressions.signatures import builtin
from tuoban.kernel.expressions.temporal import write_temporal
from tuoban.kernel.expressions.values import (
    NUMBERS,
    Function,
    Range,
    adopt,
    number,
    weight,
)

_NUMBER = re.compile(r"-?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,5})?")
_PLAIN_NAME = re.compile(r"[^\W\d]\w*")


def to_string(meter: Meter, value: Any) -> str | None:
    """The standard's `string`: a text as it is, everything else as it would be written."""
    if value is None or isinstance(value, str):
        return value
    return write(meter, value)


_READABLE = 100_000
"""Steps that writing out a value for a reader may take."""


def text_of(value: Any) -> str:
    """A value for people to read: a text as it is, everything else as FEEL writes it.

    Raises `BudgetExceeded` for a value that is absurdly large.
    """
    return value if isinstance(value, str) else write(Meter(_READABLE), value)


def write(meter: Meter, value: Any, depth: int = 0) -> str:
    """Any value as FEEL text."""
    meter.charge(1)
    if depth > MAX_VALUE_DEPTH:
        meter.charge(meter.budget + 1)
    if isinstance(value, list):
        text = "[" + ", ".join(write(meter, one, depth + 1) for one in value) + "]"
    elif isinstance(value, Mapping):
        members = (
            f"{_write_key(str(key))}: {write(meter, adopt(value[key], meter), depth + 1)}"
            for key in value
        )
        text = "{" + ", ".join(members) + "}"
    elif isinstance(value, Range):
        text = _write_range(meter, value, depth)
    else:
        text = _write_scalar(value)
    meter.charge(weight(text))
    return text


def _write_scalar(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return write_number(value)
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    if isinstance(value, Function):
        return f"function({', '.join(value.parameters)})"
    if isinstance(value, Length):
        return f'working time("{value.text.en}")'
    return write_temporal(value)


def write_number(value: Decimal) -> str:
    """The shortest plain decimal notation: no exponent, no zeros at the end of a fraction."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _write_key(key: str) -> str:
    return key if _PLAIN_NAME.fullmatch(key) else _write_scalar(key)


def _write_range(meter: Meter, value: Range, depth: int) -> str:
    low = write(meter, value.low, depth + 1)
    high = write(meter, value.high, depth + 1)
    return f"{'[' if value.low_included else '('}{low}..{high}{']' if value.high_included else ')'}"


def to_number(text: str) -> Decimal | None:
    return number(NUMBERS.create_decimal(text)) if _NUMBER.fullmatch(text) else None


def _grouped_number(text: str, grouping: str | None, point: str | None) -> Decimal | None:
    if grouping not in (None, " ", ",", ".") or point not in (None, ".", ","):
        return None
    if grouping is not None:
        if grouping == point:
            return None
        text = text.replace(grouping, "")
    if point == ",":
        if "." in text:
            return None
        text = text.replace(",", ".")
    return to_number(text)


def _coalesce(*values: Any) -> Any:
    return next((value for value in values if value is not None), None)


ROWS = (
    builtin("string(from: any) -> text", to_string, metered=True),
    builtin("number(from: text) -> number", to_number),
    builtin("number(from: number) -> number", lambda value: value),
    builtin(
        "number(from: text, grouping separator: text?, decimal separator?: text?) -> number",
        lambda text, grouping, point=None: _grouped_number(text, grouping, point),
    ),
    builtin("not(negand: boolean) -> boolean", operator.not_),
    builtin("coalesce(values: any...) -> any", _coalesce),
    builtin("is defined(value: any) -> boolean", lambda value: value is not None),
)
