"""What is written as JSON is read back, and nothing else passes for it."""

from __future__ import annotations

from typing import Any

import pytest

from tuoban.kernel.codec import decode, encode


@pytest.mark.parametrize("value", [{"$n": "x"}, [{"$": "State"}], {"a": {"$t": 1}}, {"$": 1}])
def test_what_would_read_as_a_mark_is_not_written(value: Any) -> None:
    with pytest.raises(ValueError, match="begin with"):
        encode(value)


@pytest.mark.parametrize(
    "plain",
    [
        {"$n": "x"},
        {"$t": 7},
        {"$d": "yesterday"},
        {"$s": "long"},
        {"$s": 1e300},
        {"$sealed": ["one"]},
        {"$": "Nothing"},
        {"$": "Timer"},
        {"$": "State", "items": None},
        {"$": []},
    ],
)
def test_what_was_never_written_is_not_read(plain: Any) -> None:
    with pytest.raises(ValueError, match=r"not a value|unknown kind|Invalid isoformat"):
        decode(plain)
