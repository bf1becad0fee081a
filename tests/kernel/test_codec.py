"""What is written as JSON is read back, and nothing else passes for it."""

from __future__ import annotations

import json
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tuoban.kernel.codec import decode, encode
from tuoban.kernel.commands import Sealed
from tuoban.kernel.events import ItemCompleted, LastStepsBegan
from tuoban.kernel.expressions import Filed, Known, Row
from tuoban.kernel.json_text import canonical, state_text, state_text_after
from tuoban.kernel.state import NEW, Activation, Entry, State
from tuoban.kernel.text import Text


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
    text = state_text_after(after, STATE, state_text(STATE))
    assert text == state_text(after)
    assert decode(json.loads(text)) == after


def test_a_state_is_written_after_one_that_was_written_after_another() -> None:
    first = STATE.but({"last_item": 2})
    second = first.but({"entries": {**first.entries, "more": (Entry(2, ()),)}})
    written = state_text_after(first, STATE, state_text(STATE))
    assert state_text_after(second, first, written) == state_text(second)


def test_what_is_read_has_its_defaults() -> None:
    lean = json.loads(state_text(STATE))
    assert "clocks" not in lean
    assert "clocks" in encode(STATE)
    assert decode(lean) == decode(encode(STATE)) == STATE
    assert state_text(NEW) == '{"$":"State"}'


def test_what_would_read_as_a_mark_is_not_written_after_another_either() -> None:
    with pytest.raises(ValueError, match="begin with"):
        state_text_after(STATE.but({"values": {"$n": 1}}), STATE, state_text(STATE))


@pytest.mark.parametrize(
    "value",
    [
        [None, True, False, 0, -7, 2**80, 1.5, 1e-07, 1e22],
        ["", 'a "quoted" \\ line\n\t\x00\x7f\u2028 刹车'],
        {"b": 1, "a": [], "a!": {}, "": (), 10: "ten", 9: "nine", "刹": frozenset({"b", "a"})},
        [Decimal("1.50"), NINE, NINE.astimezone(ZoneInfo("Asia/Shanghai")), NINE.date()],
        [time(9, 30), timedelta(days=1, microseconds=1), Text("刹车", "Brake")],
        [Sealed("ref", "digest"), Known("asset-1", "car", {"b": 1}), Filed("f", "d", "n", 3, "t")],
        [Row(2, {"b": Decimal(1), "a": None}), MappingProxyType({"b": NINE, "a": Entry(1, ())})],
        ItemCompleted(1, "2", NINE, None, {"b": 1, "a": Row(1, {})}, (), {}, ""),
        [LastStepsBegan(), STATE],
    ],
)
def test_canonical_text_is_what_is_encoded_with_its_keys_in_order(value: Any) -> None:
    plain = json.dumps(encode(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert canonical(value) == plain


@pytest.mark.parametrize("value", [{"$n": 1}, {"a": [{"$": 1}]}, [Row(1, {"$t": 1})], float("nan")])
def test_what_json_does_not_have_or_would_read_as_a_mark_has_no_text(value: Any) -> None:
    with pytest.raises(ValueError, match=r"begin with|not JSON compliant"):
        canonical(value)


def test_what_is_no_value_has_no_text() -> None:
    with pytest.raises(TypeError, match="has no JSON form"):
        canonical([object()])
