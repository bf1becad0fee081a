"""A request that comes again, under its key, is answered as the first one and done once."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from tests.faces.api.conftest import program_of, token_of
from tests.faces.api.test_operations import entries, post
from tests.faces.api.test_problems import problem
from tests.runtime.shop import NINE, Shop, open_shop, row, together
from tuoban.runtime.cases import clock, idempotency
from tuoban.runtime.cases.models import CommandKey

COMMENT = {"text": "请尽快"}


def test_within_30_days_it_is_answered_and_not_done(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = shop.start(at=NINE)
    client, address = program_of(shop["mei"], days=None), f"{row(case).number}/comment"
    monkeypatch.setattr(clock, "now", lambda: NINE)
    first = post(client, address, **COMMENT).json()
    before = entries(case)
    kept = timedelta(days=30) - timedelta(seconds=1)
    monkeypatch.setattr(clock, "now", lambda: NINE + kept)
    idempotency.forget(NINE + kept)
    assert post(client, address, **COMMENT).json() == {**first, "repeated": True}
    problem(post(client, address, text="另一句"), 409, "key-reused")
    assert entries(case) == before

    over = timedelta(days=30, seconds=1)
    monkeypatch.setattr(clock, "now", lambda: NINE + over)
    idempotency.forget(NINE + over)
    again = post(client, address, **COMMENT).json()
    assert not again["repeated"]
    assert entries(case) > before


def test_what_was_refused_may_be_asked_again_under_its_key(shop: Shop) -> None:
    number = row(shop.start(at=NINE)).number
    han, lei = program_of(shop["han"]), program_of(shop["lei"])
    post(lei, f"{number}/items/1/claim")
    problem(post(han, f"{number}/items/1/claim"), 409, "held-by-other")
    post(lei, f"{number}/items/1/release")
    post(lei, f"{number}/items/1/release", "another")
    assert post(han, f"{number}/items/1/claim").status_code == 200


def test_two_people_may_choose_the_same_key(shop: Shop) -> None:
    case = shop.start(at=NINE)
    before = entries(case)
    for name in ("mei", "lei"):
        answer = post(program_of(shop[name]), f"{row(case).number}/comment", **COMMENT)
        assert answer.json()["repeated"] is False
    assert entries(case) == before + 2


@pytest.mark.parametrize("key", ["", "x" * 101, "a\tb"])
def test_a_key_that_is_none_is_refused(shop: Shop, key: str) -> None:
    case = shop.start(at=NINE)
    before = entries(case)
    answer = post(program_of(shop["mei"]), f"{row(case).number}/comment", key, **COMMENT)
    problem(answer, 422, "key-malformed")
    assert entries(case) == before


@pytest.mark.django_db(transaction=True)
def test_sent_several_times_at_once_it_is_done_once() -> None:
    shop = open_shop()
    case = shop.start(at=NINE)
    before, token = entries(case), token_of(shop["mei"])
    address = f"/api/v1/cases/{row(case).number}/comment"
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": "once"}

    def send() -> Any:
        try:
            return Client(headers=headers).post(address, json.dumps(COMMENT), "application/json")
        finally:
            connection.close()

    answers = together(*[send] * 4)
    told = [each.json() for each in answers if not isinstance(each, Exception)]
    assert sorted(each["repeated"] for each in told) == [False, True, True, True]
    assert len({each["seq"] for each in told}) == 1
    assert entries(case) == before + 1
    assert CommandKey.objects.filter(key="once").count() == 1
