"""What is written as JSON is read back, and nothing else passes for it."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from tuoban.kernel.codec import decode, encode, encode_after, encode_lean
from tuoban.kernel.state import Activation, Entry, State


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


NINE = datetime(2026, 3, 2, 1, tzinfo=UTC)
STATE = State(
    status="running",
    request="repair",
    values={"price": Decimal("80.00"), "note": None},
    entries={"price": (Entry(1, Decimal("80.00"), "2"),), "note": (Entry(1, None),)},
    activations={0: Activation(0, "process", None, at=NINE)},
    sealed=frozenset({"b", "a"}),
    last_item=1,
)


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"values": {"price": Decimal("81.00"), "note": None}},
        {"values": {"note": None, "more": True}},  # one is gone, one has come
        {"values": {**STATE.values, "price": None}},
        {"values": {}},
        {"entries": {**STATE.entries, "price": (*STATE.entries["price"], Entry(2, "now a text"))}},
        {"entries": {"price": ()}},
        {"activations": {**STATE.activations, 1: Activation(1, "rounds/1", 0, 1)}},
        {"sealed": frozenset({"c"})},
        {"sealed": frozenset(), "last_item": 0},
        {"outcome": "closed", "ended_at": NINE, "copied": ("3",)},
    ],
)
def test_a_state_is_written_after_another_as_it_is_alone(changed: dict[str, Any]) -> None:
    after = STATE.but(changed)
    written = encode_after(after, STATE, encode_lean(STATE))
    assert list(written.items()) == list(encode_lean(after).items())
    assert decode(written) == after


def test_what_is_read_has_its_defaults() -> None:
    lean = encode_lean(STATE)
    assert "clocks" not in lean
    assert "clocks" in encode(STATE)
    assert decode(lean) == decode(encode(STATE)) == STATE


def test_what_would_read_as_a_mark_is_not_written_after_another_either() -> None:
    with pytest.raises(ValueError, match="begin with"):
        encode_after(STATE.but({"values": {"$n": 1}}), STATE, encode_lean(STATE))
