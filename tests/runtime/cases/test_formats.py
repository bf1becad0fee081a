"""What older programs wrote is read: states are made anew, journals are brought to today's form."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.runtime.shop import NINE, Shop, row
from tuoban.runtime.cases import states, upgrades
from tuoban.runtime.cases.audit import audit
from tuoban.runtime.cases.definitions import compiled
from tuoban.runtime.cases.models import Case
from tuoban.runtime.cases.queries import case_page
from tuoban.runtime.cases.service import Outcome


def write_state(case: Outcome, plain: object) -> None:
    Case.objects.filter(pk=case.case_id).update(state=json.dumps(plain))


@pytest.fixture
def case(shop: Shop) -> Outcome:
    started = shop.start()
    shop.look(started)
    return started


OLD_STATES = [
    {"format": states.FORMAT - 1, "state": {"phase": "what an older program knew"}},
    {"format": states.FORMAT + 1, "state": {}},
    {"$": "State", "status": "running"},
    [],
]


@pytest.mark.parametrize("old", OLD_STATES)
def test_a_state_of_another_format_is_made_anew_from_the_journal(
    shop: Shop, case: Outcome, old: object
) -> None:
    kept = row(case).state
    write_state(case, old)

    found = row(case)
    assert states.is_kept(kept, states.read(found, compiled(found.definition)))
    assert [item.node for item in case_page(shop["lei"], case.case_id, NINE).items] == [
        "agree",
        "mend",
    ]
    assert audit().findings == ()


def test_the_next_command_stores_the_state_in_todays_format(shop: Shop, case: Outcome) -> None:
    write_state(case, OLD_STATES[0])

    shop.agree(case)

    assert json.loads(row(case).state)["format"] == states.FORMAT
    assert audit().findings == ()


def test_a_state_that_claims_todays_format_and_is_none_is_not_taken(case: Outcome) -> None:
    write_state(case, {"format": states.FORMAT, "state": {"phase": 1}})

    found = row(case)
    with pytest.raises(ValueError, match="not a state"):
        states.read(found, compiled(found.definition))


def rename(old: str, new: str) -> upgrades.Step:
    def step(payload: dict[str, Any]) -> dict[str, Any]:
        payload[new] = payload.pop(old)
        return payload

    return step


def test_an_old_payload_goes_through_every_step_to_todays_format() -> None:
    steps = {1: rename("a", "b"), 2: rename("b", "c"), 3: rename("c", "d")}

    assert upgrades.upgrade({"format": 1, "a": 7}, steps, 4) == {"format": 4, "d": 7}
    assert upgrades.upgrade({"format": 3, "c": 7}, steps, 4) == {"format": 4, "d": 7}
    assert upgrades.upgrade({"format": 4, "d": 7}, steps, 4) == {"format": 4, "d": 7}


def test_a_step_leads_from_every_format_there_was() -> None:
    assert set(upgrades.STEPS) == set(range(1, upgrades.FORMAT))


@pytest.mark.parametrize("payload", [{"format": upgrades.FORMAT + 1}, {"format": "1"}, {}, [], 1])
def test_a_payload_of_no_known_format_is_not_read(payload: object) -> None:
    with pytest.raises(ValueError, match="format"):
        upgrades.upgrade(payload)
