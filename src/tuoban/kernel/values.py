"""Typed values: from what somebody typed to a value of a field's type, and back to text.

Types at rest: text and phone are `str`, integer, number, money and percent (30 %
is 30) `Decimal`,
boolean `bool`, choice the option's key, person the person's id, unit the unit's key, customer and
asset a reference (`asset-17`), file and image a `Filed`, date `date`, time a `time` of day without
a zone, datetime an aware UTC `datetime`, duration `timedelta` or, for working time and workdays,
a `Length`. Money is kept to the minor unit of its currency. None stands for 'not given'.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from decimal import Decimal
from typing import Any

from tuoban.kernel.clocks import ClockError, Length, Measure, as_length
from tuoban.kernel.definition import Field, FieldType
from tuoban.kernel.expressions import Filed, Known
from tuoban.kernel.media import endings
from tuoban.kernel.refusals import Problem
from tuoban.kernel.text import Text

SHORT_TEXT = 500
LONG_TEXT = 20_000
LARGEST = Decimal(10) ** 15
"""No number that is kept is larger, nor smaller than its negative."""
_FIRST_YEAR, _LAST_YEAR = 1900, 2200
_LONGEST = timedelta(days=36_525)  # a hundred years

_MOBILE = re.compile(r"1[3-9]\d{9}")
_LANDLINE = re.compile(r"0\d{2,3}-?\d{7,8}(-\d{1,6})?")
_HOTLINE = re.compile(r"[48]00-?\d{3}-?\d{4}")
_ABROAD = re.compile(r"\+(?!86)\d{6,15}")
_NUMBER = re.compile(r"[+-]?\d{1,15}(\.\d{1,10})?")
_PERSON = re.compile(r"\S{1,64}")
_TIME = re.compile(r"(\d{1,2})[:：](\d{2})(?::(\d{2})(?:\.0+)?)?")
_REFERENCE = re.compile(r"(customer|asset)-[1-9][0-9]{0,17}")
_DURATION = re.compile(
    r"(\d{1,6})\s*(秒钟?|分钟?|小时|天|周|seconds?|minutes?|hours?|days?|weeks?)", re.I
)
_WORKING_UNITS = {
    **dict.fromkeys(("工作分钟", "working minute"), "working minute"),
    **dict.fromkeys(("工作小时", "working hour"), "working hour"),
    **dict.fromkeys(("工作日", "个工作日", "workday"), "workday"),
}
_WORKING = re.compile(
    rf"([0-9]{{1,6}}(?:\.[0-9]{{1,3}})?)\s*((?:{'|'.join(_WORKING_UNITS)})s?)", re.IGNORECASE
)
_SECONDS = {"秒": 1, "分": 60, "小": 3600, "天": 86400, "周": 604800}
_SECONDS |= {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}
_TRUE = frozenset({"true", "yes", "on", "1", "是"})
_FALSE = frozenset({"false", "no", "off", "0", "否"})


class BadValue(ValueError):
    """What was entered is not a value of the field's type."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


def parse(field: Field, raw: Any, zone: tzinfo) -> tuple[Any, Problem | None]:
    """The typed value of `raw`, or the problem that stands beside the field.

    `raw` may be text as typed or a value that is typed already. Blank text is None. Times without
    an offset are meant in `zone`.
    """
    if isinstance(raw, str):
        raw = _visible(raw).strip()
    if raw is None or raw == "":
        return None, None
    try:
        value = _READERS[field.type](field, raw, zone)
        _check_bounds(field, value)
    except BadValue as bad:
        return None, Problem(bad.code, field.name, bad.facts)
    return value, None


def to_input(field: Field, value: Any, zone: tzinfo) -> str:
    """The text that, typed into the field, gives `value` again."""
    if value is None or isinstance(value, tuple):
        return ""  # a list is typed cell by cell
    if isinstance(value, Filed):
        return value.ref
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.astimezone(zone).strftime("%Y-%m-%dT%H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return clock_text(value)
    if isinstance(value, timedelta):
        length = as_length(value)
        return length.text.en if length is not None else f"{value // timedelta(minutes=1)} minutes"
    if isinstance(value, Length):
        return value.text.en
    if isinstance(value, Decimal):
        return f"{value:.{field.decimals}f}" if field.type == "money" else f"{value:f}"
    return str(value)


def beginning_of(day: date, zone: tzinfo) -> datetime:
    """The instant at which a date begins in `zone`; the nearest one that Python can name."""
    try:
        return datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)
    except OverflowError:
        return _LAST if day.year > 1 else _FIRST


def end_of(moment: date | datetime, zone: tzinfo) -> datetime:
    """The instant a limit names: a date means the end of that day in `zone`.

    What lies beyond the years that Python holds is the nearest instant that it does.
    """
    try:
        if isinstance(moment, datetime):
            return moment.astimezone(UTC)
        midnight = datetime(moment.year, moment.month, moment.day, tzinfo=zone)
        return (midnight + timedelta(days=1)).astimezone(UTC)
    except OverflowError:
        return _LAST if moment.year > 1 else _FIRST


_FIRST, _LAST = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)


def _text(field: Field, raw: Any, zone: tzinfo) -> str:
    if not isinstance(raw, str):
        raise BadValue("not-text")
    text = raw.replace("\r\n", "\n")
    if any(is_unwritable(char) for char in text):
        raise BadValue("not-text")
    limit = LONG_TEXT if field.long else SHORT_TEXT
    if len(text) > limit:
        raise BadValue("too-long", limit=limit, length=len(text))
    return text


_JOINERS = "\u200c\u200d"


def _visible(text: str) -> str:
    """The text without marks that nobody sees (they come along when text is pasted), except the
    joiners of which some scripts and emoji are made."""
    return "".join(
        char for char in text if char in _JOINERS or unicodedata.category(char) != "Cf"
    ).replace("\u2028", "\n")


def is_unwritable(char: str) -> bool:
    """Control characters, what is no character, and halves that no encoding can write."""
    return char not in "\n\t" and unicodedata.category(char) in ("Cc", "Cs", "Cn")


def _phone(field: Field, raw: Any, zone: tzinfo) -> str:
    return phone_number(_text(field, raw, zone))


def phone_number(typed: str) -> str:
    """A telephone number as it is kept, from how somebody wrote it.

    Raises:
        BadValue: `not-phone`.
    """
    written = re.sub(r"[\s()]", "", unicodedata.normalize("NFKC", typed)).removeprefix("+86")
    bare = written.replace("-", "")
    for number, shapes in ((bare, (_MOBILE, _ABROAD)), (written, (_LANDLINE, _HOTLINE))):
        if any(shape.fullmatch(number) for shape in shapes):
            return number
    raise BadValue("not-phone")


def _decimal(raw: Any, code: str) -> Decimal:
    if isinstance(raw, bool) or not isinstance(raw, str | int | Decimal):
        raise BadValue(code)
    if isinstance(raw, str):
        digits = raw.replace(",", "")
        if _NUMBER.fullmatch(digits) is None:
            raise BadValue(code)
        return Decimal(digits)
    number = Decimal(raw)
    if not number.is_finite() or abs(number) > LARGEST or number != round(number, 10):
        raise BadValue(code)
    return number


def _integer(field: Field, raw: Any, zone: tzinfo) -> Decimal:
    number = _decimal(raw, "not-integer")
    if number != number.to_integral_value():
        raise BadValue("not-integer")
    return number.to_integral_value()


def _number(field: Field, raw: Any, zone: tzinfo) -> Decimal:
    return _decimal(raw, "not-number")


def _percent(field: Field, raw: Any, zone: tzinfo) -> Decimal:
    """The number before the sign, which need not be typed."""
    if isinstance(raw, str):
        raw = unicodedata.normalize("NFKC", raw).removesuffix("%").rstrip()
    return _decimal(raw, "not-percent")


def _money(field: Field, raw: Any, zone: tzinfo) -> Decimal:
    unit = Decimal((0, (1,), -field.decimals))
    facts = {"decimals": field.decimals, "example": f"{Decimal(80).quantize(unit):f}"}
    try:
        amount = _decimal(raw, "not-money")
    except BadValue:
        raise BadValue("not-money", **facts) from None
    if amount != amount.quantize(unit):
        raise BadValue("not-money", **facts)
    return amount.quantize(unit)


def _boolean(field: Field, raw: Any, zone: tzinfo) -> bool:
    if isinstance(raw, bool):
        return raw
    word = str(raw).lower()
    if word not in _TRUE | _FALSE:
        raise BadValue("not-boolean")
    return word in _TRUE


def _choice(field: Field, raw: Any, zone: tzinfo) -> str:
    for key, label in field.options:
        if raw in (key, label.zh, label.en):
            return key
    labels = tuple(label for _, label in field.options)
    raise BadValue("not-option", value=str(raw)[:40], options=labels)


def _person(field: Field, raw: Any, zone: tzinfo) -> str:
    """The id as it stands; whether there is such a person, the place of the form knows."""
    if not isinstance(raw, str) or _PERSON.fullmatch(raw) is None:
        raise BadValue("not-person")
    return raw


def _unit(field: Field, raw: Any, zone: tzinfo) -> str:
    """The key as it stands; whether there is such a unit, the place of the form knows."""
    if not isinstance(raw, str) or _PERSON.fullmatch(raw) is None:
        raise BadValue("not-unit")
    return raw


def _reference(field: Field, raw: Any, zone: tzinfo) -> str:
    """The reference as it stands, or of what was read; whether there is such a thing, the place of
    the form knows."""
    if isinstance(raw, Known):
        if raw.kind != field.kind:
            raise unknown_reference(field)
        return raw.ref
    found = _REFERENCE.fullmatch(raw) if isinstance(raw, str) else None
    if found is None or found[1] != field.type:
        raise unknown_reference(field)
    return found[0]


def _file(field: Field, raw: Any, zone: tzinfo) -> Filed:
    """The file that was looked up; what was typed means none."""
    if not isinstance(raw, Filed):
        raise BadValue("not-file")
    if field.accept and raw.type not in field.accept:
        raise BadValue("file-not-accepted", name=raw.name, accepted=endings(field.accept))
    if field.max_size and raw.size > field.max_size:
        raise BadValue("file-too-large", name=raw.name, limit=f"{field.max_size / 1e6:g}")
    return raw


def unknown_reference(field: Field) -> BadValue:
    """That there is no such customer, or asset."""
    return BadValue("not-asset") if field.type == "asset" else BadValue("not-customer")


def _date(field: Field, raw: Any, zone: tzinfo) -> date:
    if isinstance(raw, datetime):
        return raw.astimezone(zone).date()
    try:
        day = raw if isinstance(raw, date) else date.fromisoformat(str(raw))
    except ValueError:
        raise BadValue("not-date") from None
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise BadValue("not-date")
    return day


def _datetime(field: Field, raw: Any, zone: tzinfo) -> datetime:
    try:
        moment = raw if isinstance(raw, datetime) else datetime.fromisoformat(str(raw))
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=zone)
        moment = moment.astimezone(UTC)
    except (ValueError, OverflowError):
        raise BadValue("not-datetime") from None
    if not _FIRST_YEAR <= moment.year <= _LAST_YEAR or (
        isinstance(raw, str) and len(raw) < len("2026-11-21T9")
    ):
        raise BadValue("not-datetime")
    return moment


def _time(field: Field, raw: Any, zone: tzinfo) -> time:
    if isinstance(raw, time):
        return raw.replace(microsecond=0, tzinfo=None)
    match = _TIME.fullmatch(str(raw))
    if match is None:
        raise BadValue("not-time")
    try:
        return time(int(match[1]), int(match[2]), int(match[3] or 0))
    except ValueError:
        raise BadValue("not-time") from None


def clock_text(value: time) -> str:
    """`09:30`, with seconds only where there are some."""
    return value.isoformat("seconds" if value.second else "minutes")


def _working_time(text: str) -> Length | None:
    """`2 working hours`, `3 workdays`, also in Chinese."""
    match = _WORKING.fullmatch(text)
    if match is None:
        return None
    try:
        return Length(Decimal(match[1]), _WORKING_UNITS[match[2].lower().removesuffix("s")])
    except ClockError:
        raise BadValue("not-duration") from None


def _duration(field: Field, raw: Any, zone: tzinfo) -> timedelta | Length:
    if isinstance(raw, Length):
        if raw.measure not in (Measure.WORKING, Measure.WORKDAYS):
            raise BadValue("not-duration")
        return raw
    if isinstance(raw, timedelta):
        length = raw
    elif working := _working_time(str(raw)):
        return working
    else:
        match = _DURATION.fullmatch(str(raw))
        if match is None:
            raise BadValue("not-duration")
        length = timedelta(seconds=int(match[1]) * _SECONDS[match[2][0].lower()])
    if abs(length) > _LONGEST:
        raise BadValue("not-duration")
    return length


_READERS: Mapping[FieldType, Callable[[Field, Any, tzinfo], Any]] = {
    "text": _text,
    "phone": _phone,
    "integer": _integer,
    "number": _number,
    "percent": _percent,
    "money": _money,
    "boolean": _boolean,
    "choice": _choice,
    "date": _date,
    "datetime": _datetime,
    "time": _time,
    "duration": _duration,
    "person": _person,
    "unit": _unit,
    "customer": _reference,
    "asset": _reference,
    "file": _file,
    "image": _file,
}


def _check_bounds(field: Field, value: Any) -> None:
    if not isinstance(value, Decimal):
        return
    unit = field.unit_words
    shown = Text(f" {unit.zh}".rstrip(), f" {unit.en}".rstrip())
    if field.minimum is not None and value < field.minimum:
        raise BadValue("too-small", limit=f"{field.minimum:f}", unit=shown)
    if field.maximum is not None and value > field.maximum:
        raise BadValue("too-large", limit=f"{field.maximum:f}", unit=shown)
