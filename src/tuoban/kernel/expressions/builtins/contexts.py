"""Built-in functions on contexts."""

from collections.abc import Mapping
from typing import Any

from tuoban.kernel.expressions.limits import MAX_VALUE_DEPTH, Meter
from tuoban.kernel.expressions.signatures import builtin
from tuoban.kernel.expressions.values import adopt


def _get_value(meter: Meter, context: Mapping[str, Any], key: str) -> Any:
    return adopt(context.get(key), meter)


def _get_deep(meter: Meter, context: Mapping[str, Any], keys: list[str]) -> Any:
    """What lies at the end of a path; null where a part of it is missing."""
    value: Any = context if keys else None
    for key in keys:
        meter.charge(1)
        value = _get_value(meter, value, key) if isinstance(value, Mapping) else None
    return value


def _get_entries(meter: Meter, context: Mapping[str, Any]) -> list[dict[str, Any]]:
    meter.charge(len(context))
    return [{"key": key, "value": adopt(context[key], meter)} for key in context]


def _context(meter: Meter, entries: list[Any]) -> dict[str, Any] | None:
    made: dict[str, Any] = {}
    for entry in entries:
        meter.charge(1)
        if not isinstance(entry, Mapping) or "value" not in entry:
            return None
        key = adopt(entry.get("key"), meter)
        if not isinstance(key, str) or key in made:
            return None
        made[key] = adopt(entry["value"], meter)
    return made


def _put(meter: Meter, context: Mapping[str, Any], key: str, value: Any) -> dict[str, Any]:
    meter.charge(1 + len(context))
    return {**context, key: value}


def _put_deep(
    meter: Meter, context: Mapping[str, Any], keys: list[str], value: Any
) -> dict[str, Any] | None:
    """Puts a value into a context inside a context inside...; null if one of them is missing."""
    if not 0 < len(keys) <= MAX_VALUE_DEPTH:
        return None
    if len(keys) > 1:
        inner = context.get(keys[0])
        value = _put_deep(meter, inner, keys[1:], value) if isinstance(inner, Mapping) else None
        if value is None:
            return None
    return _put(meter, context, keys[0], value)


def _merge(meter: Meter, contexts: list[Any]) -> dict[str, Any] | None:
    merged: dict[str, Any] = {}
    for context in contexts:
        if not isinstance(context, Mapping):
            return None
        meter.charge(1 + len(context))
        merged.update(context)
    return merged


ROWS = (
    builtin("get value(m: context, key: text) -> any", _get_value, metered=True),
    builtin("get value(m: context, keys: list<text>) -> any", _get_deep, metered=True),
    builtin("get entries(m: context) -> list<context>", _get_entries, metered=True),
    builtin("context(entries: list) -> context", _context, metered=True),
    builtin("context put(context: context, key: text, value: any) -> context", _put, metered=True),
    builtin(
        "context put(context: context, keys: list<text>, value: any) -> context",
        _put_deep,
        metered=True,
    ),
    builtin("context merge(contexts: list) -> context", _merge, metered=True),
)
