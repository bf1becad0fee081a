"""Shapes for the names of the fuzzed texts, values that have them, and whether a value has one."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from tests.kernel.expressions.fuzz_words import NAMES
from tuoban.kernel.expressions import (
    ANY,
    NULL,
    NUMBER,
    TEXT,
    Function,
    Range,
    Shape,
    YearMonth,
    choice_of,
    context_of,
    function_to,
    list_of,
    range_of,
)
from tuoban.kernel.expressions.shapes import kinds
from tuoban.kernel.expressions.values import kind_of

Pick = Callable[[Sequence[Any]], Any]
ROW = context_of({"a": NUMBER, "b": TEXT, "金额": NUMBER})
SHAPES: dict[str, Shape] = {
    **{name: Shape(kind) for kind, names in NAMES.items() for name in names},
    "备注": choice_of("a", "abc"),
    "xs": list_of(NUMBER),
    "明细": list_of(ROW),
    "deep": list_of(list_of(NUMBER)),
    "ctx": context_of({"a": NUMBER, "b": list_of(TEXT), "unit price": Shape("date")}),
    "报价": context_of({"a": ROW, "金额": NUMBER}, is_open=True),
    "r": range_of(NUMBER),
    "f": function_to(NUMBER),
    "wild": ANY,
    "nothing": NULL,
}
PLAIN: dict[str, list[Any]] = {
    "number": [Decimal(0), Decimal(2), Decimal("-1.5"), Decimal("9e6144"), Decimal("1e-6176")],
    "text": ["", "a", "abc", "2026-02-28", "刹车"],
    "boolean": [True, False],
    "date": [date(2026, 2, 28), date.min, date.max],
    "time": [time(10), time(23, 59, 59, tzinfo=UTC)],
    "datetime": [datetime.fromisoformat("2026-03-01T09:30"), datetime.max.replace(tzinfo=UTC)],
    "days": [timedelta(1), timedelta(seconds=-1), timedelta.max],
    "months": [YearMonth(14), YearMonth(-1)],
    "null": [None],
}
PLAIN["any"] = [value for values in PLAIN.values() for value in values]


def fitting(shape: Shape, pick: Pick) -> Any:
    """A value of that shape; now and then null, as any value may be."""
    if pick(range(6)) == 0:
        return None
    of = shape.of or ANY
    if shape.kind == "list":
        return [fitting(of, pick) for _ in range(pick(range(4)))]
    if shape.kind == "range":
        return Range(*(fitting(of, pick) for _ in range(2)))
    if shape.kind == "context":
        return {name: fitting(member, pick) for name, member in (shape.members or {}).items()}
    if shape.kind == "function":
        result = fitting(of, pick)
        return Function(("a",), lambda a: result)
    return pick(shape.options or PLAIN[shape.kind])


def fitting_facts(text: str, pick: Pick) -> dict[str, Any]:
    """A value of its shape for every name in `text`."""
    return {name: fitting(shape, pick) for name, shape in SHAPES.items() if name in text}


def has(value: Any, shape: Shape) -> bool:
    """Whether a value has the shape, in all its parts; null has every shape."""
    if value is None or shape.kind == "any":
        return True
    if value == []:
        return True  # what a filter gives at a position that is null, whatever it was to give
    if kind_of(value) not in kinds(shape):
        return False
    of = shape.of or ANY
    if shape.kind == "list":
        return all(has(item, of) for item in value)
    if shape.kind == "range":
        return has(value.low, of) and has(value.high, of)
    if shape.kind == "context":
        return _has_members(value, shape)
    return not shape.options or value in shape.options


def _has_members(value: Mapping[str, Any], shape: Shape) -> bool:
    members = shape.members
    if members is None:
        return True
    known = shape.is_open or set(value) <= set(members)
    return known and all(has(value.get(name), of) for name, of in members.items())
