"""Events of every kind as former programs wrote them, which every later one must fold to the same
state.

`events-<format>.json` holds random cases: the pack's text, the events as they are written down, and
the state that they add up to. The events of a format that was released never change; for events
that are new, cases are added:

    TUOBAN_WRITE_GOLDEN=1 .venv/bin/python -m pytest tests/golden

That also brings every `state` up to today's shape, as for the journals beside it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.golden import played
from tests.kernel.engine.families.case import FullCase
from tests.kernel.engine.families.ending import finish_full
from tests.kernel.engine.families.papers import CHILDREN
from tests.kernel.engine.families.writing import FULL_SHAPES, FullWriter, define, wish
from tests.kernel.engine.histories import live
from tests.kernel.engine.playing import replay
from tuoban.kernel import events as e
from tuoban.kernel.codec import decode, encode
from tuoban.kernel.events.held import mappings_of
from tuoban.kernel.json_text import canonical
from tuoban.kernel.language import PackError
from tuoban.runtime.cases import upgrades

FILE = Path(__file__).parent / f"events-{upgrades.FORMAT}.json"
ELSEWHERE = {e.CaseMigrated}
"""What is read with two versions of a process, see `tests/kernel/engine/test_migrating.py`."""


@cache
def kept() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(FILE.read_text("utf-8")) if FILE.exists() else []
    return found


def events_of(case: dict[str, Any]) -> list[e.Event]:
    return [decode(each) for each in case["events"]]


def state_of(case: dict[str, Any]) -> Any:
    return encode(replay(define(case["pack"]), events_of(case)))


def test_former_events_add_up_to_the_state_they_always_had() -> None:
    for case in kept():
        assert state_of(case) == case["state"]


def test_events_of_every_kind_are_kept() -> None:
    known = {type(event) for case in kept() for event in events_of(case)}
    assert set(get_args(e.Event)) - known == ELSEWHERE


def test_events_of_every_kind_are_written_as_they_are_encoded() -> None:
    for case in kept():
        for event in events_of(case):
            plain = encode(event)
            assert canonical(event) == json.dumps(
                plain, ensure_ascii=False, sort_keys=True, separators=(",", ":")
            )
            mappings = [getattr(event, each) for each in plain if each != "$"]
            held = [each for each in mappings if isinstance(each, Mapping) and each]
            assert mappings_of(event) == held


@pytest.mark.skipif("TUOBAN_WRITE_GOLDEN" not in os.environ, reason="writes the golden files")
def test_write_the_golden_events() -> None:
    cases = [case | {"state": state_of(case)} for case in kept()]
    known = {type(event) for case in cases for event in events_of(case)}
    missing = set(get_args(e.Event)) - known - ELSEWHERE
    if missing:
        cases += _holding(missing)
    lines = (json.dumps(case, ensure_ascii=False) for case in cases)
    FILE.write_text("[\n" + ",\n".join(lines) + "\n]\n", encoding="utf-8")


def _holding(missing: set[type[Any]]) -> Iterator[dict[str, Any]]:
    """Cases in which these events stand, as few as will do: random ones, where the one that is
    played for what is seldom does not hold them all."""
    found = [_plain(played.PACK, played.play())]
    if missing - found[0][0]:
        found += _random_cases()
    while missing:
        best = max(found, key=lambda each: len(missing & each[0]) / (40 + len(each[1]["events"])))
        if not missing & best[0]:
            return
        missing -= best[0]
        yield best[1]


def _random_cases() -> list[tuple[set[type[Any]], dict[str, Any]]]:
    found: list[tuple[set[type[Any]], dict[str, Any]]] = []

    @given(shapes=FULL_SHAPES, draw=st.data())
    @settings(
        max_examples=500,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def play(shapes: Any, draw: st.DataObject) -> None:
        pack = FullWriter(draw.draw(st.integers(0, 39))).pack(shapes)
        try:
            case = FullCase(define(pack))
        except PackError:
            return
        case.start(
            kind="hard",
            amount=12,
            thing="asset-1",
            buyer="customer-1",
            children=CHILDREN,
            wanted_at="2026-03-04 10:00",
            name=case.seal(),
        )
        live(case, lambda: wish(case, draw), draw.draw(st.integers(8, 30)))
        finish_full(case)
        found.append(_plain(pack, case))

    play()
    return found


def _plain(pack: str, case: FullCase) -> tuple[set[type[Any]], dict[str, Any]]:
    """What is kept of a case, and which events stand in it."""
    plain = {"pack": pack, "events": encode(case.journal), "state": encode(case.state)}
    return {type(each) for each in case.journal}, plain
