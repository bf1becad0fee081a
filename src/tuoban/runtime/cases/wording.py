"""Values in words: as a reader sees them, in both languages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta, tzinfo
from decimal import Decimal
from typing import Any

from tuoban.kernel.clocks import Length
from tuoban.kernel.commands import Sealed
from tuoban.kernel.definition import Definition, Field, Text
from tuoban.kernel.expressions import text_of
from tuoban.kernel.money import decimals_of
from tuoban.runtime.cases import outside
from tuoban.runtime.people import directory

ERASED = Text("（已删除）", "(erased)")
HIDDEN = Text("＊＊＊", "***")

_YES, _NO = Text("是", "yes"), Text("否", "no")
_SIGNS = {"CNY": "¥", "USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "HKD": "HK$"}
_UNITS = (
    (timedelta(days=1), "天", "day"),
    (timedelta(hours=1), "小时", "hour"),
    (timedelta(minutes=1), "分钟", "minute"),
)


def same(text: str) -> Text:
    """A text that reads the same in both languages."""
    return Text(text, text)


def moment(at: datetime, zone: tzinfo) -> str:
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M}"


def span(length: timedelta) -> Text:
    """A length of time in its largest units: "1 小时 30 分钟" / "1 hour 30 minutes"."""
    zh, en, rest = [], [], abs(length)
    for unit, name_zh, name_en in _UNITS:
        count, rest = divmod(rest, unit)
        if count:
            zh.append(f"{count} {name_zh}")
            en.append(f"{count} {name_en}{'' if count == 1 else 's'}")
    return Text(" ".join(zh) or "0 分钟", " ".join(en) or "0 minutes")


def in_words(
    definition: Definition,
    field: Field,
    value: Any,
    zone: tzinfo,
    opened: Mapping[str, Any] | None,
) -> Text:
    """A value of the field in words.

    Args:
        opened: personal values by reference; None for a reader who may not see them.
    """
    if isinstance(value, Sealed):
        if opened is None:
            return HIDDEN
        if value.ref not in opened:
            return ERASED
        value = opened[value.ref]
    if field.type == "list" and isinstance(value, tuple | list):
        return _list_in_words(definition, field, value, zone, opened)
    if field.type == "choice":
        return field.option(str(value)) or same(str(value))
    if field.type == "person":
        return same(directory.name_of(str(value)))
    if field.type == "customer" and opened is None:
        return HIDDEN
    if field.kind:
        return same(outside.name_of(str(value)))
    return _plain(definition, field, value, zone)


def _list_in_words(
    definition: Definition,
    field: Field,
    rows: Sequence[Any],
    zone: tzinfo,
    opened: Mapping[str, Any] | None,
) -> Text:
    """How many rows it has; plain values one by one."""
    if not field.is_plain:
        return Text(f"{len(rows)} 行", f"{len(rows)} {'row' if len(rows) == 1 else 'rows'}")
    words = [in_words(definition, field.columns[0], row, zone, opened) for row in rows]
    return Text("、".join(each.zh for each in words), ", ".join(each.en for each in words))


def _plain(definition: Definition, field: Field, value: Any, zone: tzinfo) -> Text:
    if isinstance(value, bool):
        return _YES if value else _NO
    if isinstance(value, datetime):
        return same(moment(value, zone))
    if isinstance(value, date):
        return same(value.isoformat())
    if isinstance(value, timedelta):
        return span(value)
    if isinstance(value, Length):
        return value.text
    if isinstance(value, Decimal):
        return same(_number(definition, field, value))
    return same(text_of(value))


def _number(definition: Definition, field: Field, value: Decimal) -> str:
    if field.type == "money":
        sign = _SIGNS.get(definition.currency, f"{definition.currency} ")
        return f"{sign}{value:,.{decimals_of(definition.currency)}f}"
    digits = f"{value:,f}" if field.type == "integer" else f"{value.normalize():,f}"
    return f"{digits} {field.unit}" if field.unit else digits
