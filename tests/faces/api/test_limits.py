"""How often programs may ask: told in every answer, held over every process, for each by itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from tests.faces.api.conftest import Ask, program_of
from tests.faces.api.test_problems import problem
from tests.runtime.shop import NINE, Shop
from tuoban.runtime.cases import clock
from tuoban.runtime.people import rates
from tuoban.runtime.people.models import Allowance

CALENDARS = "/api/v1/calendars"


@pytest.fixture(autouse=True)
def few(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """At nine o'clock five requests a minute are answered to those who are known, and three to
    others."""
    settings.TUOBAN_API = {"known": 5, "unknown": 3}
    monkeypatch.setattr(clock, "now", lambda: NINE)
    rates.start_anew()
    yield
    rates.start_anew()


def told(client: Client, times: int, address: str = CALENDARS) -> list[Any]:
    return [client.get(address) for _ in range(times)]


def test_who_asks_too_often_is_told_when_to_ask_again(shop: Shop, few: None) -> None:
    client = program_of(shop["lei"])
    *answered, refused = told(client, 6)
    assert [each.status_code for each in answered] == [200] * 5
    assert answered[0]["RateLimit-Policy"] == '"minute";q=5;w=60'
    assert [each["RateLimit"] for each in answered] == [
        f'"minute";r={n};t=60' for n in (4, 3, 2, 1, 0)
    ]
    problem(refused, 429, "too-many")
    assert (refused["Retry-After"], refused["RateLimit"]) == ("60", '"minute";r=0;t=60')


def test_the_next_minute_is_another_one(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    client = program_of(shop["lei"])
    told(client, 6)
    monkeypatch.setattr(clock, "now", lambda: NINE + timedelta(seconds=59))
    (late,) = told(client, 1)
    assert (late.status_code, late["Retry-After"]) == (429, "1")
    monkeypatch.setattr(clock, "now", lambda: NINE + timedelta(seconds=60))
    assert told(client, 1)[0].status_code == 200


def test_each_token_and_each_session_has_its_own(shop: Shop, ask: Ask) -> None:
    first = program_of(shop["lei"])
    told(first, 6)
    second, browser = program_of(shop["lei"], name="BI"), ask("lei")
    assert [each.get(CALENDARS).status_code for each in (first, second, browser)] == [429, 200, 200]


def test_bad_tokens_are_slowed_down_by_address_and_keep_nobody_else_out(shop: Shop) -> None:
    guessing = Client(headers={"Authorization": "Bearer tuoban_guessed"})
    assert [each.status_code for each in told(guessing, 5)] == [401, 401, 401, 429, 429]
    assert Client().get(CALENDARS).status_code == 429
    assert Client().get("/api/v1/openapi.json").status_code == 429
    assert Client(REMOTE_ADDR="192.0.2.1").get(CALENDARS).status_code == 401
    assert told(program_of(shop["lei"]), 1)[0].status_code == 200


def test_0_is_no_limit(shop: Shop, settings: Settings) -> None:
    settings.TUOBAN_API = {"known": 0, "unknown": 0}
    answers = told(program_of(shop["lei"]), 8)
    assert {each.status_code for each in answers} == {200}
    assert "RateLimit" not in answers[0]


def test_where_one_process_serves_nothing_is_asked_of_the_database(db: None) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("several processes may serve there")
    with CaptureQueriesContext(connection) as asked:
        assert sum(rates.take("x", 100, NINE).may for _ in range(120)) == 100
    assert len(asked) == 0


# -- over several processes -----------------------------------------------------------------------

shared = pytest.mark.skipif(
    connection.vendor == "sqlite", reason="one process serves there, and nobody shares"
)


@shared
def test_several_processes_share_one_allowance(db: None) -> None:
    """Each process is one that has just begun: what others hold is in the database alone. What it
    keeps to itself is less than a lot, which is two."""
    answered = 0
    for _ in range(4):
        rates.start_anew()
        answered += sum(rates.take("x", 40, NINE).may for _ in range(15))
    assert 40 - 2 <= answered <= 40


@shared
def test_what_is_held_is_never_more_than_the_allowance(db: None) -> None:
    for limit in (1, 7, 19, 20, 21, 39, 100):
        rates.start_anew()
        assert sum(rates.take(f"x{limit}", limit, NINE).may for _ in range(limit + 5)) == limit
        assert Allowance.objects.count() > 0
        rates.start_anew()
        assert not rates.take(f"x{limit}", limit, NINE).may


@shared
def test_a_lot_is_one_statement_and_the_requests_of_a_lot_are_none(db: None) -> None:
    with CaptureQueriesContext(
        connection,
    ) as drawn:
        for _ in range(100):
            rates.take("x", 100, NINE)
    assert len(drawn) == 20
    with CaptureQueriesContext(connection) as refused:
        for _ in range(50):
            rates.take("x", 100, NINE)
    assert len(refused) == 0


@shared
def test_a_busy_database_keeps_nobody_out(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(*_: object) -> int:
        raise OperationalError("database is locked")

    monkeypatch.setattr(rates, "_given_with", busy)
    assert rates.take("x", 100, NINE).may


@shared
def test_what_is_over_is_cleared_away(db: None) -> None:
    rates.take("x", 5, NINE)
    assert rates.forget(NINE + timedelta(seconds=60)) == 0
    assert rates.forget(NINE + timedelta(seconds=120)) == 1
