"""Values from outside become exactly those that FEEL has, whatever they were."""

from collections import OrderedDict
from datetime import UTC, datetime, timedelta, tzinfo
from decimal import Decimal
from enum import IntEnum
from types import MappingProxyType
from typing import Any

import pytest

from tuoban.kernel.expressions import (
    BudgetExceeded,
    Function,
    Range,
    compile_expression,
    evaluate,
    explain,
)


class Nowhere(tzinfo):
    """A zone that does not know its offset."""

    def utcoffset(self, at: datetime | None) -> timedelta | None:
        return None

    def tzname(self, at: datetime | None) -> str:
        return "nowhere"

    def dst(self, at: datetime | None) -> timedelta | None:
        return None


class East(Nowhere):
    """A zone of an unknown make, eight hours east."""

    def utcoffset(self, at: datetime | None) -> timedelta | None:
        return timedelta(hours=8)


class Level(IntEnum):
    HIGH = 2


ADOPTED: list[tuple[Any, Any]] = [
    (3, Decimal(3)),
    (Level.HIGH, Decimal(2)),
    (0.1, Decimal("0.1")),
    (float("nan"), None),
    (Decimal("Infinity"), None),
    (Decimal("1e99999"), None),
    (10**6145, None),
    (10**100_000, None),
    (10**34 + 1, Decimal(10**34)),
    (Decimal("1." + "3" * 60), Decimal("1." + "3" * 33)),
    (Range(1, 5), Range(Decimal(1), Decimal(5))),
    (Range(float("nan"), 5), Range(None, Decimal(5))),
    (object(), None),
    (MappingProxyType({"a": 1}), {"a": Decimal(1)}),
    (OrderedDict(a=(1, 2)), {"a": [Decimal(1), Decimal(2)]}),
]


@pytest.mark.parametrize(("given", "expected"), ADOPTED, ids=range(len(ADOPTED)))
def test_a_value_from_outside_is_one_of_feel(given: Any, expected: Any) -> None:
    value = evaluate("x", {"x": given})
    assert value == expected
    assert type(value) is type(expected)


@pytest.mark.parametrize(
    "position", ["xs[n]", 'substring("abc", n)', "sublist(xs, n)", "remove(xs, n)"]
)
def test_an_absurd_position_is_none(position: str) -> None:
    for absurd in (Decimal("9e6144"), Decimal("-9e6144"), Decimal("1e-6000")):
        assert evaluate(position, {"xs": [1], "n": absurd}) is None


def test_what_a_function_of_the_caller_gives_is_adopted_too() -> None:
    given = Function((), lambda: 10**7000)
    assert evaluate("xs[f()]", {"xs": [1], "f": given}) == []


def test_large_whole_numbers_are_paid_for() -> None:
    with pytest.raises(BudgetExceeded):
        evaluate("for i in 1..9000 return n", {"n": 10**6000})


def test_a_zone_without_an_offset_is_none_and_any_other_is_its_offset() -> None:
    lost, east = datetime(2026, 3, 1, tzinfo=Nowhere()), datetime(2026, 3, 1, 8, tzinfo=East())
    assert evaluate('d + duration("PT1H")', {"d": lost}) == lost.replace(hour=1, tzinfo=None)
    assert evaluate("d = e", {"d": east, "e": datetime(2026, 3, 1, tzinfo=UTC)}) is True


def test_a_range_from_outside_is_explained_like_any_other() -> None:
    (cause,) = explain(compile_expression("x in r"), {"x": 9, "r": Range(1, 5)})
    assert cause.describe("en") == "“x” is 9, it must fit r"


def test_a_value_without_end_is_shown_shortened() -> None:
    endless: list[Any] = []
    endless.append(endless)
    (cause,) = explain(compile_expression("x = 1"), {"x": endless})
    assert cause.describe("zh")
