"""Programs begin cases as people do at the desk: with the same form and the same rights."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from tests.faces.api.conftest import Ask
from tests.faces.api.test_problems import problem
from tests.runtime.shop import REQUEST, SLUG, Shop
from tuoban.runtime.cases.models import Case, JournalEntry, NumberSequence

ASKED: dict[str, Any] = {"process": SLUG, "request": "repair", "values": REQUEST}


def start(client: Client, key: str = "key", **said: Any) -> Any:
    return client.post(
        "/api/v1/cases",
        json.dumps(ASKED | said),
        content_type="application/json",
        headers={"Idempotency-Key": key},
    )


def test_a_program_begins_a_case_once(shop: Shop, ask: Ask) -> None:
    first, second = (start(ask("mei")).json() for _ in range(2))
    case = Case.objects.get()
    assert first == {"case": case.number, "seq": 1, "repeated": False}
    assert second == {**first, "repeated": True}
    entry = JournalEntry.objects.get(case=case)
    assert (entry.command, entry.actor) == ("Start", shop["mei"].person_id)
    problem(start(ask("mei"), request="other"), 409, "key-reused")


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"process": "nothing"}, "unknown-process"),
        ({"request": "nothing"}, "unknown-request"),
        ({"unit": "nowhere"}, "unknown-unit"),
        ({"process": "\0"}, "invalid"),
        ({"unit": "\0"}, "invalid"),
        ({"values": {"owner": "\0"}}, "invalid"),
        ({"values": {}}, "invalid"),
        ({"urgent": True}, "invalid"),
    ],
)
def test_what_cannot_begin_is_refused_and_takes_no_number(
    shop: Shop, ask: Ask, said: dict[str, Any], code: str
) -> None:
    problem(start(ask("mei"), **said), 422, code)
    assert not Case.objects.exists()
    assert not NumberSequence.objects.exists()


def test_who_may_not_ask_for_it_begins_nothing(shop: Shop, ask: Ask) -> None:
    problem(start(ask("lei")), 422, "not-starter")
    problem(start(ask("mei"), unit="west"), 422, "not-starter")
    problem(start(Client()), 401, "not-signed-in")
    assert not Case.objects.exists()


def test_a_key_is_needed(shop: Shop, ask: Ask) -> None:
    answer = ask("mei").post("/api/v1/cases", json.dumps(ASKED), content_type="application/json")
    problem(answer, 422, "invalid")
    assert not Case.objects.exists()
