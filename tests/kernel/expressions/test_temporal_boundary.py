"""What becomes of values that Python cannot hold where they leave the expressions."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from tuoban.kernel.codec import encode
from tuoban.kernel.definition import Field, FieldType, Text
from tuoban.kernel.expressions import evaluate
from tuoban.kernel.values import parse

WIDE = [
    *("10000-01-01", "-0001-01-01", "10:00:00.000000001", "10000-01-01T00:00:00Z"),
    *("2021-01-01T10:00:00.000000001", "P1000000000D", "PT0.000000001S"),
]
TYPES: list[tuple[FieldType, str]] = [
    ("date", "not-date"),
    ("datetime", "not-datetime"),
    ("duration", "not-duration"),
    ("text", "not-text"),
    ("phone", "not-text"),
    ("number", "not-number"),
    ("integer", "not-integer"),
    ("money", "not-money"),
    ("choice", "not-option"),
]


@pytest.mark.parametrize("text", WIDE)
@pytest.mark.parametrize(("type_", "code"), TYPES)
def test_a_field_refuses_a_wide_value_in_words(type_: FieldType, code: str, text: str) -> None:
    field = Field("f", type_, Text("f", "f"))
    value, problem = parse(field, evaluate(f'@"{text}"', {}), ZoneInfo("Asia/Shanghai"))
    assert value is None
    assert problem is not None
    assert problem.code == code


@pytest.mark.parametrize("text", WIDE)
def test_no_journal_takes_a_wide_value(text: str) -> None:
    with pytest.raises(TypeError, match="has no JSON form"):
        encode(evaluate(f'@"{text}"', {}))


def test_ordinary_calculations_stay_what_the_journal_takes() -> None:
    now = datetime(2026, 3, 1, 9, tzinfo=UTC)
    for text in ("now + duration(length) / 7", "now - duration(length) * 0.3"):
        moment = evaluate(text, {"now": now, "length": "PT1H"})
        assert type(moment) is datetime
        assert "$t" in encode(moment)
