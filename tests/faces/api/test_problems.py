"""Whatever goes wrong is a problem: never a page, never a redirect, in the reader's language."""

import io
import re
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client
from django.utils.translation import override
from pytest_django import Settings

from tests.faces.api.conftest import Ask
from tests.runtime.shop import NINE, Shop
from tuoban.faces.api import calendars
from tuoban.faces.api.problems import KINDS
from tuoban.runtime.people.service import create_user

READ = [
    "/api/v1/calendars",
    "/api/v1/cases/X/clocks",
    "/api/v1/cases/X/items",
    "/api/v1/units/east/due",
]
HAN = re.compile(r"[\u3400-\u9fff]")


def problem(answer: Any, status: int, code: str) -> dict[str, Any]:
    found: dict[str, Any] = answer.json()
    assert answer["Content-Type"] == "application/problem+json"
    assert (answer.status_code, found["status"], found["code"]) == (status, status, code)
    return found


@pytest.mark.parametrize("address", READ)
def test_who_is_not_logged_in_is_told_so(db: None, address: str) -> None:
    problem(Client().get(address), 401, "not-signed-in")


def test_a_session_that_is_over_is_none(ask: Ask) -> None:
    client = ask("lei")
    client.cookies["sessionid"] = "forged"
    problem(client.get(READ[0]), 401, "not-signed-in")


def test_who_has_left_is_not_answered(shop: Shop, ask: Ask) -> None:
    client = ask("lei")
    shop["lei"].is_active = False
    shop["lei"].save()
    problem(client.get(READ[0]), 401, "not-signed-in")


def test_a_demo_log_in_is_answered_by_a_demo_to_its_own_machine_alone(
    shop: Shop, settings: Settings
) -> None:
    user = create_user("demo", "演示", password="tuoban", is_demo=True, at=NINE)
    client = Client(headers={"Host": "127.0.0.1:8000"})
    client.force_login(user)
    problem(client.get(READ[0]), 401, "not-signed-in")
    settings.DEMO_LOG_INS = True
    assert client.get(READ[0]).status_code == 200
    problem(client.get(READ[0], headers={"Via": "1.1 proxy"}), 401, "not-signed-in")


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "head", "options"])
@pytest.mark.parametrize("address", [*READ, "/api/v1/openapi.json"])
def test_addresses_are_only_read(ask: Ask, method: str, address: str) -> None:
    answer = getattr(ask("lei"), method)(address)
    assert (answer.status_code, answer["Allow"]) == (405, "GET")
    if method != "head":
        problem(answer, 405, "method-not-allowed")


def test_a_forged_form_of_another_page_changes_nothing(shop: Shop) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(shop["lei"])
    problem(client.post(READ[0]), 405, "method-not-allowed")
    problem(client.post("/api/v1/nothing"), 404, "not-found")


@pytest.mark.parametrize(
    "address", ["/api", "/api/", "/api/v1", "/api/v1/", "/api/v1/calendars/", "/api/v2/calendars"]
)
def test_what_is_not_there_is_never_a_redirect(ask: Ask, address: str) -> None:
    problem(ask("lei").get(address), 404, "not-found")


def test_an_unknown_host_and_an_unreadable_request_are_problems(ask: Ask) -> None:
    problem(ask("lei").get(READ[0], headers={"Host": "evil.example"}), 400, "bad-request")
    answer = ask("lei").get(READ[0], headers={"Content-Type": "text/plain; charset=x"})
    problem(answer, 400, "bad-request")


def test_a_form_with_parts_is_not_understood(ask: Ask) -> None:
    client = ask("lei")
    client.raise_request_exception = False
    for data in ({}, {"a": "b"}, {"file": io.BytesIO(b"content")}):
        for address in ("cases", "cases/X/items/1/complete"):
            answer = client.post(f"/api/v1/{address}", data, headers={"Idempotency-Key": "k"})
            problem(answer, 415, "unknown-media")
        answer = client.post("/api/v1/files?name=a", data, headers={"Idempotency-Key": "k"})
        problem(answer, 415, "unknown-media")


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [(OperationalError("away"), 503, "busy"), (RuntimeError("broken"), 500, "fault")],
)
def test_faults_are_problems_that_tell_nothing_of_the_inside(
    ask: Ask, monkeypatch: pytest.MonkeyPatch, error: Exception, status: int, code: str
) -> None:
    def broken(*_: object) -> None:
        raise error

    client = ask("lei")
    client.raise_request_exception = False
    monkeypatch.setattr(calendars, "check_known", broken)
    answer = client.get(READ[0])
    assert str(error) not in str(problem(answer, status, code))
    assert ("Retry-After" in answer) == (status == 503)


def test_a_database_that_is_away_before_anybody_is_known_is_busy(
    ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> None:
        raise OperationalError("away")

    client = ask("lei")
    monkeypatch.setattr("django.contrib.sessions.backends.db.SessionStore.load", away)
    assert problem(client.get(READ[0]), 503, "busy")["errors"] == []


@pytest.mark.parametrize(
    ("own", "accepted", "spoken"),
    [
        ("zh-hans", "", "zh-hans"),
        ("en", "", "en"),
        ("en", "zh-CN,zh;q=0.9,en;q=0.8", "zh-hans"),
        ("zh-hans", "fr, en-GB;q=0.7", "en"),
        ("en", "fr", "en"),
        ("en", "*", "en"),
        ("en", ";;q=é", "en"),
    ],
)
def test_the_language_is_the_one_accepted_else_the_users_own(
    shop: Shop, ask: Ask, own: str, accepted: str, spoken: str
) -> None:
    shop["lei"].language = own
    shop["lei"].save()
    answer = ask("lei", accepted).get("/api/v1/cases/none/clocks")
    found = problem(answer, 404, "unknown-case")
    assert answer["Content-Language"] == spoken
    assert {"Accept-Language", "Cookie"} <= set(answer["Vary"].split(", "))
    assert answer["Cache-Control"] == "private, no-store"
    assert bool(HAN.search(found["title"])) == (spoken == "zh-hans")


def test_the_desk_keeps_its_own_language(ask: Ask) -> None:
    assert ask("lei", "en").get("/desk/")["Content-Language"] == "zh-hans"


@pytest.mark.parametrize("code", KINDS)
def test_every_problem_has_its_texts_in_both_languages(code: str) -> None:
    for language, is_chinese in (("zh-hans", True), ("en", False)):
        with override(language):
            for text in (str(KINDS[code].title), str(KINDS[code].detail)):
                assert bool(HAN.search(text)) == is_chinese
