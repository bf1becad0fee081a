"""Values in words: as a reader sees them, in both languages."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta, tzinfo
from decimal import Decimal
from typing import Any

from tuoban.kernel.clocks import Length
from tuoban.kernel.commands import Sealed
from tuoban.kernel.definition import Definition, Field, Text
from tuoban.kernel.expressions import Filed, Known, text_of
from tuoban.kernel.money import decimals_of
from tuoban.kernel.outsiders import role_of
from tuoban.kernel.values import clock_text
from tuoban.runtime.cases import outside
from tuoban.runtime.people import directory

ERASED = Text("（已删除）", "(erased)")
SHORTEST_MASKED, SHOWN_LONG = 6, 10  # digits
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


def masked(value: Any) -> Any:
    """A personal value with what somebody could be reached or known by left out of its middle: of
    each long number in it the beginning and the end are shown. Names and addresses stand as they
    are."""
    return _LONG_NUMBER.sub(_ends, value) if isinstance(value, str) else value


_LONG_NUMBER = re.compile(rf"[A-Za-z+]{{0,2}}\d(?:[ -]?\d){{{SHORTEST_MASKED - 1},}}[Xx]?")
"""Digits, perhaps in groups, with what stands before a passport's and behind an identity card's."""


def _ends(found: re.Match[str]) -> str:
    number = found[0]
    is_long = sum(map(str.isdigit, number)) >= SHOWN_LONG
    return f"{number[:3]}****{number[-4:]}" if is_long else f"{number[:2]}****{number[-2:]}"


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
        return _person(definition, str(value))
    if field.type == "unit":
        return directory.unit_name(str(value))
    if field.type == "customer" and opened is None:
        return HIDDEN
    if field.kind:
        name = outside.name_of(value.ref if isinstance(value, Known) else str(value))
        return same(name) if name is not None else ERASED
    return _plain(definition, field, value, zone)


def _person(definition: Definition, person: str) -> Text:
    role = definition.roles.get(role_of(person) or "")
    return role.label if role is not None else same(directory.name_of(person))


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
    if isinstance(value, Filed):
        return same(value.name)
    if isinstance(value, bool):
        return _YES if value else _NO
    if isinstance(value, datetime):
        return same(moment(value, zone))
    if isinstance(value, date):
        return same(value.isoformat())
    if isinstance(value, time):
        return same(clock_text(value))
    if isinstance(value, timedelta):
        return span(value)
    if isinstance(value, Length):
        return value.text
    if isinstance(value, Decimal):
        return _number(definition, field, value)
    return same(text_of(value))


def _number(definition: Definition, field: Field, value: Decimal) -> Text:
    if field.type == "money":
        sign = _SIGNS.get(definition.currency, f"{definition.currency} ")
        minus = "-" if value < 0 else ""
        return same(f"{minus}{sign}{abs(value):,.{decimals_of(definition.currency)}f}")
    digits = f"{value:,f}" if field.type == "integer" else f"{value.normalize():,f}"
    unit = field.unit_words
    return Text(f"{digits} {unit.zh}".strip(), f"{digits} {unit.en}".strip())
