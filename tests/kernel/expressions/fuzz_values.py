"""Values as no well-behaved caller would give them, for the names of the fuzzed texts."""

from collections import namedtuple
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from enum import Enum, IntEnum
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

from tests.kernel.expressions.fuzz_words import NAMES
from tuoban.kernel.expressions import Function, Range, YearMonth


class Text(str):
    """A text of a class of its own."""

    __slots__ = ()

    def __str__(self) -> str:
        return "not " + super().__str__()


class Whole(int):
    """A whole number of a class of its own."""


class Grade(IntEnum):
    LOW = 1


class Colour(Enum):
    RED = "red"


class Moment(datetime):
    """A date and time of a class of its own."""


class Endless(list[Any]):
    """A list of a class of its own."""


Pair = namedtuple("Pair", "a b")
FACE = datetime.fromisoformat("2026-03-01T09:30")
EARLIEST = datetime.fromisoformat("0001-01-01T00:00")
LATEST = datetime.fromisoformat("9999-12-31T23:59:59.999999")
SHANGHAI, BERLIN = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/Berlin")


def _circle() -> list[Any]:
    circle: list[Any] = [1]
    circle.append(circle)
    return circle


def _own_member() -> dict[str, Any]:
    own: dict[str, Any] = {"b": 1}
    own["a"] = own
    return own


def _deep(levels: int) -> Any:
    value: Any = Decimal(1)
    for _ in range(levels):
        value = [value, value]
    return value


def _deep_context(levels: int) -> Any:
    value: Any = Decimal(1)
    for _ in range(levels):
        value = {"a": value, "b": value}
    return value


VALUES: dict[str, list[Any]] = {
    "number": [
        *(
            0,
            1,
            -1,
            3,
            10,
            10**33,
            10**34 + 1,
            -(10**6144),
            Whole(7),
            Grade.LOW,
        ),
        *(0.1, -0.0, 1e308, 5e-324, float("inf"), float("-inf"), float("nan")),
        *(Decimal("1.50"), Decimal("-0"), Decimal("NaN"), Decimal("sNaN"), Decimal("Infinity")),
        *(Decimal("9." + "9" * 33 + "e6144"), Decimal("1e-6176")),
        *(10**6145, Whole(10**5000), Decimal("1e99999"), Decimal("1." + "7" * 60)),
        *(Fraction(1, 3), 1 + 2j),
    ],
    "text": [
        *(
            "",
            "a",
            "abc",
            "刹车",
            "😀",
            "\ud83d",
            "e\u0301",
            "\x00",
            "a\nb",
            "x" * 500,
            Text("sub"),
        ),
        *("(a*)*b", "[", "\\", "$1", "1e5", "2026-02-28", "P1D", "10:00:00", "null", b"bytes"),
        *(Colour.RED, bytearray(b"x")),
    ],
    "boolean": [True, False, 1, 0],
    "date": [date(2026, 2, 28), date(2024, 2, 29), date.min, date.max, Moment(2026, 1, 1)],
    "time": [
        *(time(10), time(23, 59, 59, 999999), time(10, tzinfo=UTC), time(10, tzinfo=SHANGHAI)),
        *(time(10, tzinfo=timezone(timedelta(hours=23, minutes=59))), time(2, 30, fold=1)),
        time(10, tzinfo=timezone(-timedelta(seconds=1))),
    ],
    "datetime": [
        *(FACE, EARLIEST, LATEST, Moment(2026, 3, 1, tzinfo=UTC)),
        *(
            datetime.min.replace(tzinfo=timezone(timedelta(hours=14))),
            datetime.max.replace(tzinfo=UTC),
        ),
        *(
            datetime.max.replace(tzinfo=timezone(-timedelta(hours=14))),
            datetime.min.replace(tzinfo=UTC),
        ),
        *(datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN, fold=1), datetime(1, 1, 1, tzinfo=SHANGHAI)),
        datetime(2026, 3, 29, 2, 30, tzinfo=BERLIN),
        *(datetime.max.replace(tzinfo=SHANGHAI), datetime.min.replace(tzinfo=BERLIN)),
    ],
    "days": [
        *(timedelta(), timedelta(days=1), timedelta(seconds=-1), timedelta(microseconds=1)),
        *(timedelta.min, timedelta.max),
    ],
    "months": [
        YearMonth(0),
        YearMonth(14),
        YearMonth(-1),
        YearMonth(10**30),
        YearMonth(-(10**30)),
    ],
    "list": [
        *(
            [],
            [1, 2, 3],
            (1, "a", None),
            [3, 1, 2],
            ["b", "a"],
            [None],
            [True, False],
            [[1], [[2]]],
        ),
        *([{"a": 1, "b": "x"}, {"a": 2}], [0.1, Decimal("NaN")], Endless([1]), Pair(1, 2), {1, 2}),
        *(_circle(), _deep(20), _deep(60), range(5), [date(2026, 1, 1), date(2025, 1, 1)]),
        *([Decimal(1)] * 300, list("hello"), [YearMonth(1), timedelta(1)], iter([1])),
    ],
    "context": [
        *({}, {"a": 1, "b": [1, 2], "unit price": 2.5}, {"金额": "x", "item": 5}, _own_member()),
        {1: 2, None: 3},
        *({"a": Decimal("NaN"), "b": float("inf")}, _deep_context(20), _deep_context(60)),
        *({"": 1, 'a"b': 2, "if": 3}, {"a": {1, 2}, "b": object()}, {("a",): 1}),
        {"key": "a", "value": 1},
    ],
    "range": [
        *(Range(Decimal(1), Decimal(5)), Range(None, Decimal(3)), Range("a", Decimal(1))),
        *(Range([Decimal(1)], {}), Range(date.min, date.max), Range(None, None)),
        *(Range(1, 5), Range(float("nan"), 5), Range(Range(1, 2), 10**6145)),
        Range(Decimal(5), Decimal(1), low_included=False, high_included=False),
    ],
    "function": [
        *(Function((), lambda: 1), Function(("a",), lambda a: [a, a]), len, Function),
        *(Function(("a", "b"), lambda a, b: float("nan")), Function(("a",), lambda a: {1, 2})),
        Function(("a", "b"), lambda a, b: True),
    ],
    "null": [None],
    "any": [None, object(), NotImplemented, ..., type, frozenset({1}), memoryview(b"x")],
}


def facts(text: str, pick: Callable[[Sequence[Any]], Any]) -> dict[str, Any]:
    """A value for every name in `text`, mostly of the kind that the name speaks of."""
    kinds = sorted(VALUES)
    return {
        name: pick(VALUES[pick(kinds) if pick(range(4)) == 0 else kind])
        for kind, names in NAMES.items()
        for name in names
        if name in text
    }
