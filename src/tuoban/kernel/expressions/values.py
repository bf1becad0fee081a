"""The values of FEEL: what they are in Python, and how values from outside become them.

Inside an evaluation only these exact types occur: `Decimal` (finite, 34 digits), `str`, `bool`,
`None`, `date`, `time`, `datetime`, `timedelta` and what is wider than they are (see `wide`),
`YearMonth`, `Length` (working time and workdays), `list`, `Range`, `Function` and `Mapping` (a
context, whose members are adopted when they are read).
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from decimal import ROUND_HALF_EVEN, Context, Decimal
from typing import Any
from zoneinfo import ZoneInfo

from tuoban.kernel.clocks.lengths import Length
from tuoban.kernel.expressions.limits import (
    CHARACTERS_PER_STEP,
    ITEMS_PER_STEP,
    MAX_VALUE_DEPTH,
    Meter,
)
from tuoban.kernel.expressions.wide import WideDate, WideDateTime, WideDuration, WideTime

NUMBERS = Context(prec=34, rounding=ROUND_HALF_EVEN, Emin=-6143, Emax=6144, traps=[])
"""The arithmetic of the standard: IEEE 754 decimal128. Errors give NaN, never an exception."""
as_decimal128 = NUMBERS.plus
"""A number rounded to what `NUMBERS` can hold; infinite where it is too large."""


@dataclass(frozen=True, slots=True, order=True)
class YearMonth:
    """A duration of years and months, in months; may be negative."""

    months: int


@dataclass(frozen=True, slots=True)
class Range:
    """All values from `low` to `high`; `None` as an end means no bound on that side."""

    low: Any
    high: Any
    low_included: bool = True
    high_included: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class Function:
    """A function as a value: the way for a caller to offer functions of its own in a context.

    `call` gets as many adopted values as there are `parameters` and returns a value; it must
    not raise.
    """

    parameters: tuple[str, ...]
    call: Callable[..., Any]


class Row(Mapping[str, Any]):
    """A context with an identity, which stays with it through filters, sorts and loops.

    To an expression it is a context like any other: two rows with the same members are equal.
    To Python they are the same row only if their keys are the same, too. It never changes.

    Args:
        key: who it is among the rows of its case; 0 where nobody has given it one yet.
    """

    __slots__ = ("_members", "key")

    def __init__(self, key: int, members: Mapping[str, Any]) -> None:
        self.key = key
        self._members = dict(members)

    def __getitem__(self, name: str) -> Any:
        return self._members[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._members)

    def __len__(self) -> int:
        return len(self._members)

    def having(self, members: Mapping[str, Any]) -> "Row":
        """The same with these members."""
        return Row(self.key, members)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Row):
            return NotImplemented
        return self.key == other.key and self._members == other._members

    __hash__ = None  # type: ignore[assignment]  # its members may be lists

    def __repr__(self) -> str:
        return f"Row({self.key}, {self._members!r})"


class Known(Row):
    """What is known of somebody or something on file; two of them are equal if they are the same
    one, whatever is known.

    Args:
        ref: who or what it is.
        kind: of which kind that is.
    """

    __slots__ = ("kind", "ref")

    def __init__(self, ref: str, kind: str, members: Mapping[str, Any]) -> None:
        super().__init__(0, members)
        self.ref = ref
        self.kind = kind

    def having(self, members: Mapping[str, Any]) -> "Known":
        return Known(self.ref, self.kind, members)

    def __eq__(self, other: object) -> bool:
        return self.ref == other.ref if isinstance(other, Known) else NotImplemented

    __hash__ = None

    def __repr__(self) -> str:
        return f"Known({self.ref!r}, {self._members!r})"


class Filed(Mapping[str, Any]):
    """A file that a value holds. To an expression it is a context of its name, its size in bytes
    and its media type; two are equal if they are the same upload.

    Args:
        ref: by which the content is found.
        digest: the SHA-256 of the content.
    """

    __slots__ = ("digest", "name", "ref", "size", "type")

    def __init__(self, ref: str, digest: str, name: str, size: int, type: str) -> None:  # noqa: A002
        self.ref = ref
        self.digest = digest
        self.name = name
        self.size = size
        self.type = type

    def __getitem__(self, name: str) -> Any:
        if name == "size":
            return Decimal(self.size)
        if name in FILE_MEMBERS:
            return getattr(self, name)
        raise KeyError(name)

    def __iter__(self) -> Iterator[str]:
        return iter(FILE_MEMBERS)

    def __len__(self) -> int:
        return len(FILE_MEMBERS)

    def __eq__(self, other: object) -> bool:
        return self.ref == other.ref if isinstance(other, Filed) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.ref)

    def __repr__(self) -> str:
        return f"Filed({self.ref!r}, {self.name!r})"


FILE_MEMBERS = ("name", "size", "type")
"""What an expression reads of a file."""


def number(value: Decimal) -> Decimal | None:
    """`value` as a result: null where it is not a number."""
    return value if value.is_finite() else None


PLAIN = frozenset(
    {str, bool, type(None), date, timedelta, YearMonth, Length, dict, Function}
    | {WideDate, WideTime, WideDateTime, WideDuration}
)
"""The types whose values are FEEL values as they are."""

_ZONES = frozenset({type(None), timezone, ZoneInfo})
_LARGEST = 20_411
"""Bits of the largest whole number that `NUMBERS` can hold, and those of a step."""
_BITS_PER_STEP = 64


def adopt(value: Any, meter: Meter, depth: int = 0) -> Any:
    """A value from the context as a FEEL value; what FEEL does not know is null."""
    kind = type(value)
    if kind in PLAIN:
        return value
    if kind is Decimal:
        rounded = as_decimal128(value)
        return rounded if rounded.is_finite() else None
    if kind is list or kind is tuple:
        if depth > MAX_VALUE_DEPTH:
            return None
        meter.left -= 1 + len(value) // ITEMS_PER_STEP
        if meter.left < 0:
            meter.exceeded()
        if kind is list and PLAIN.issuperset(map(type, value)):
            return value
        return [item if type(item) in PLAIN else adopt(item, meter, depth + 1) for item in value]
    if kind is datetime or kind is time:
        return value if type(value.tzinfo) in _ZONES else _in_known_zone(value)
    if kind is int:
        return _adopt_int(value, meter)
    return _adopt_relative(value, meter, depth)


def _adopt_int(value: int, meter: Meter) -> Decimal | None:
    bits = value.bit_length()
    meter.charge(bits // _BITS_PER_STEP)
    return number(NUMBERS.create_decimal(value)) if bits <= _LARGEST else None


def _in_known_zone(value: Any) -> Any:
    """With the offset that a zone of another make gives; without a zone where it gives none."""
    offset = value.utcoffset()
    return value.replace(tzinfo=None if offset is None else timezone(offset))


def _adopt_relative(value: Any, meter: Meter, depth: int) -> Any:
    """Ranges, subclasses of the known types, and types that have a near relative in FEEL."""
    if isinstance(value, Mapping):
        return value
    if isinstance(value, Range):
        if depth > MAX_VALUE_DEPTH:
            return None
        low, high = adopt(value.low, meter, depth + 1), adopt(value.high, meter, depth + 1)
        return Range(low, high, bool(value.low_included), bool(value.high_included))
    for kind, convert in _RELATIVES:
        if isinstance(value, kind):
            return adopt(convert(value), meter, depth)
    return None


def _plain_time(value: time) -> time:
    parts = (value.hour, value.minute, value.second, value.microsecond)
    return time(*parts, tzinfo=value.tzinfo, fold=value.fold)


def _plain_date(value: date) -> date:
    return date(value.year, value.month, value.day)


_RELATIVES: tuple[tuple[Any, Callable[[Any], Any]], ...] = (
    (str, str.__str__),
    (int, int.__int__),
    (float, lambda value: NUMBERS.create_decimal(repr(float(value)))),
    (Decimal, Decimal),
    (datetime, lambda value: datetime.combine(_plain_date(value), _plain_time(value.timetz()))),
    (date, _plain_date),
    (time, _plain_time),
    (timedelta, lambda value: timedelta(value.days, value.seconds, value.microseconds)),
    (list, list),
    (tuple, list),
)


KIND_OF: dict[type, str] = {
    type(None): "null",
    Decimal: "number",
    str: "text",
    bool: "boolean",
    date: "date",
    time: "time",
    datetime: "datetime",
    timedelta: "days",
    YearMonth: "months",
    Length: "length",
    list: "list",
    dict: "context",
    Range: "range",
    Function: "function",
    WideDate: "date",
    WideTime: "time",
    WideDateTime: "datetime",
    WideDuration: "days",
}


WIDE: dict[type, type] = {
    date: WideDate,
    time: WideTime,
    datetime: WideDateTime,
    timedelta: WideDuration,
}
"""What stands for the values of a kind that Python's own type cannot hold."""


def kind_of(value: Any) -> str:
    """The kind of an adopted value."""
    return KIND_OF.get(type(value), "context")


def weight(value: Any) -> int:
    """The steps that handling `value` once costs."""
    kind = type(value)
    if kind is str:
        return len(value) // CHARACTERS_PER_STEP
    if kind is list:
        return len(value) // ITEMS_PER_STEP
    return 0


def weigh(value: Any, meter: Meter, depth: int = 0) -> Any:
    """A result for the caller, with every list and context in it copied and paid for.

    Values may share their parts, so that a small one is huge when written out: this makes
    sure that whoever handles the result later meets no more than the budget allows.
    """
    kind = type(value)
    if kind is str:
        meter.charge(len(value) // CHARACTERS_PER_STEP)
        return value
    if kind is list:
        meter.left -= 1 + len(value)
        if meter.left < 0 or depth > MAX_VALUE_DEPTH:
            meter.exceeded()
        depth += 1
        return [
            item
            if (kind := type(item)) in WEIGHTLESS
            else _weigh_members(item, meter, depth)
            if kind is dict
            else weigh(item, meter, depth)
            for item in value
        ]
    if kind is dict:
        return _weigh_members(value, meter, depth)
    return value if kind in KIND_OF else _weigh_mapping(value, meter, depth)


def _weigh_members(value: dict[str, Any], meter: Meter, depth: int) -> dict[str, Any]:
    """Results are mostly rows of short texts and numbers, so these are copied at once."""
    meter.left -= 1 + len(value)
    if meter.left < 0 or depth > MAX_VALUE_DEPTH:
        meter.exceeded()
    for member in value.values():
        kind = type(member)
        if kind is str:
            if len(member) >= CHARACTERS_PER_STEP:
                break
        elif kind is Decimal:
            if not member.is_finite():
                break
        elif kind not in _READY:
            break
    else:
        return value.copy()
    return {key: weigh(adopt(member, meter), meter, depth + 1) for key, member in value.items()}


def _weigh_mapping(value: Mapping[str, Any], meter: Meter, depth: int) -> Mapping[str, Any]:
    members = _weigh_members({str(key): value[key] for key in value}, meter, depth)
    return value.having(members) if isinstance(value, Row) else members


_READY = PLAIN - {str, dict}
"""Types whose values cost nothing beyond their place, and need not be adopted either."""
WEIGHTLESS = _READY | {Decimal, datetime, time, Range}
"""Types whose values, once adopted, cost nothing beyond their place."""
