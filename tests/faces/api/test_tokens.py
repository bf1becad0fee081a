"""Programs ask by tokens: within their scopes, never beyond whoever they are of."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from tests.faces.api.conftest import Ask, program_of
from tests.faces.api.test_operations import FIRST, entries, post
from tests.faces.api.test_problems import problem
from tests.runtime.shop import NINE, Shop, row
from tuoban.faces.api.api import api
from tuoban.faces.api.signed_in import Access
from tuoban.runtime.cases import clock
from tuoban.runtime.cases.audit import audit
from tuoban.runtime.cases.models import Case, JournalEntry
from tuoban.runtime.cases.queries import case_page
from tuoban.runtime.people import service, tokens
from tuoban.runtime.people.models import AccessToken, PeopleChange
from tuoban.runtime.people.recording import Act
from tuoban.runtime.people.unfit import Unfit

CALENDARS = "/api/v1/calendars"


def test_a_program_works_by_its_token_and_the_journal_names_it(shop: Shop) -> None:
    case = shop.start(at=NINE)
    lei = program_of(shop["lei"])
    address = f"{row(case).number}/items/1"
    assert post(lei, f"{address}/claim").status_code == 200
    assert post(lei, f"{address}/complete", "two", **FIRST).status_code == 200
    token = AccessToken.objects.get()
    first, *others = JournalEntry.objects.filter(case=case.case_id).order_by("seq")
    assert "token" not in json.loads(first.payload)
    assert {json.loads(each.payload)["token"] for each in others if each.actor} == {token.pk}
    page = case_page(shop["lei"], case.case_id, NINE)
    by = {entry.token for entry in page.timeline if entry.actor == "李雷"}
    assert by == {"ERP"}
    assert not audit([case.case_id]).findings
    desk = Client()
    desk.force_login(shop["lei"])
    assert "由令牌“ERP”" in desk.get(f"/desk/cases/{row(case).number}").content.decode()


def test_only_the_digest_is_kept(shop: Shop) -> None:
    text = tokens.make(shop["lei"], "ERP", ["read"], days=None, at=NINE)
    assert text.startswith("tuoban_")
    assert len(text) > 32 + len("tuoban_")
    kept = AccessToken.objects.values().get()
    assert not any(text in str(each) or text[7:] in str(each) for each in kept.values())


@pytest.mark.parametrize("scopes", [("read",), ("work",), ("operate",)])
def test_a_token_opens_what_its_scopes_say_and_nothing_else(shop: Shop, scopes: Any) -> None:
    number = row(shop.start(at=NINE)).number
    client = program_of(shop["lei"], *scopes)
    asked = {
        "read": client.get(f"/api/v1/cases/{number}/items"),
        "work": post(client, f"{number}/items/1/claim"),
        "operate": post(client, f"{number}/items/1/urge", "another", message="急"),
    }
    for scope, answer in asked.items():
        if scope in scopes:
            assert answer.status_code != 403
        else:
            problem(answer, 403, "out-of-scope")


def test_every_address_names_the_scope_that_it_needs() -> None:
    for router in api._get_bound_routers():
        for path, view in router.path_operations.items():
            for operation in view.operations:
                if path == "/openapi.json":
                    continue
                (access,) = operation.auth_callbacks
                assert isinstance(access, Access)
                assert (access.scope == "read") == (operation.methods == ["GET"]), path


def test_a_token_never_reaches_further_than_its_user(shop: Shop) -> None:
    number = row(shop.start(at=NINE)).number
    problem(program_of(shop["sun"]).get(f"/api/v1/cases/{number}/items"), 404, "unknown-case")
    lei = program_of(shop["lei"])
    service.revoke(shop["lei"], "mender", shop.units["east"])
    problem(post(lei, f"{number}/items/1/claim"), 404, "unknown-case")


@pytest.mark.parametrize(
    "written",
    ["Bearer tuoban_made-up", "Bearer", "Bearer 令牌".encode().decode("latin-1"), "Basic eDp5", ""],
)
def test_what_is_no_token_is_none_whatever_cookies_come_along(ask: Ask, written: str) -> None:
    answer = ask("lei").get(CALENDARS, headers={"Authorization": written})
    problem(answer, 401, "bad-token")
    assert answer["WWW-Authenticate"] == "Bearer"


def test_a_token_that_was_revoked_ends_at_once(shop: Shop) -> None:
    client = program_of(shop["lei"])
    assert client.get(CALENDARS).status_code == 200
    tokens.end(AccessToken.objects.get(), Act(NINE, shop["root"].person_id))
    problem(client.get(CALENDARS), 401, "bad-token")
    assert PeopleChange.objects.filter(what="token-ended", user=shop["lei"]).count() == 1


def test_a_token_expires(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    client = program_of(shop["lei"], days=2)
    made = AccessToken.objects.get().made_at
    for later, status in ((timedelta(days=2, seconds=-1), 200), (timedelta(days=2), 401)):
        monkeypatch.setattr(clock, "now", lambda later=later: made + later)
        assert client.get(CALENDARS).status_code == status


def test_who_leaves_or_is_an_administrator_no_more_has_no_tokens(shop: Shop) -> None:
    act = Act(NINE, shop["root"].person_id)
    lei = program_of(shop["lei"])
    service.deactivate_user(shop["lei"], act=act)
    problem(lei.get(CALENDARS), 401, "bad-token")
    service.return_user(shop["lei"], act=act)
    problem(lei.get(CALENDARS), 401, "bad-token")

    boss = service.create_user("boss", "主任", password="x", is_staff=True, at=NINE)
    service.set_password(shop["root"], "y")
    client = program_of(boss)
    assert client.get(CALENDARS).status_code == 200
    service.set_administrator(boss, is_administrator=False, act=act)
    problem(client.get(CALENDARS), 401, "bad-token")


def test_a_user_who_was_switched_off_otherwise_is_not_answered_either(shop: Shop) -> None:
    client = program_of(shop["lei"])
    shop["lei"].is_active = False
    shop["lei"].save()
    problem(client.get(CALENDARS), 401, "bad-token")


def test_a_use_is_noted_now_and_then(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    client = program_of(shop["lei"])
    used = []
    for minutes in (0, 4, 6):
        monkeypatch.setattr(clock, "now", lambda m=minutes: NINE + timedelta(minutes=m))
        client.get(CALENDARS)
        used.append(AccessToken.objects.get().used_at)
    assert used == [NINE, NINE, NINE + timedelta(minutes=6)]


@pytest.mark.parametrize(
    ("name", "scopes", "days", "field"),
    [
        ("", ["read"], 1, "name"),
        ("a\nb", ["read"], 1, "name"),
        ("x" * 61, ["read"], 1, "name"),
        ("ERP", [], 1, "scope"),
        ("ERP", ["all"], 1, "scope"),
        ("ERP", ["read"], 0, "days"),
        ("ERP", ["read"], 367, "days"),
        ("taken", ["read"], 1, "name"),
    ],
)
def test_what_cannot_be_a_token_is_told(
    shop: Shop, name: str, scopes: list[str], days: int, field: str
) -> None:
    tokens.make(shop["lei"], "taken", ["read"], days=1, at=NINE)
    with pytest.raises(Unfit) as caught:
        tokens.make(shop["lei"], name, scopes, days=days, at=NINE)
    assert caught.value.field == field
    assert AccessToken.objects.count() == 1


def test_nobody_heaps_up_tokens(shop: Shop) -> None:
    for number in range(tokens.MOST):
        tokens.make(shop["lei"], str(number), ["read"], days=1, at=NINE)
    with pytest.raises(Unfit):
        tokens.make(shop["lei"], "one more", ["read"], days=1, at=NINE)
    tokens.make(shop["lei"], "one more", ["read"], days=1, at=NINE + timedelta(days=1))


# -- by the cookie of a browser -------------------------------------------------------------------


def test_by_its_cookie_a_browser_changes_nothing_without_proof_of_its_page(shop: Shop) -> None:
    case = shop.start(at=NINE)
    before = entries(case)
    address = f"{row(case).number}/items/1/claim"
    client = Client(enforce_csrf_checks=True)
    client.force_login(shop["lei"])
    problem(post(client, address), 403, "forged")
    file = client.post(
        "/api/v1/files?name=a.txt",
        b"words",
        content_type="application/octet-stream",
        headers={"Idempotency-Key": "k"},
    )
    problem(file, 403, "forged")
    assert entries(case) == before
    assert client.get(CALENDARS).status_code == 200

    client.get("/desk/")
    shown = client.get("/desk/session").json()["token"]
    headers = {"Idempotency-Key": "key", "X-CSRFToken": shown}
    foreign = {**headers, "Origin": "https://evil.example"}
    problem(
        client.post(f"/api/v1/cases/{address}", "{}", "application/json", headers=foreign),
        403,
        "forged",
    )
    assert (
        client.post(
            f"/api/v1/cases/{address}", "{}", "application/json", headers=headers
        ).status_code
        == 200
    )


def test_a_page_of_another_site_may_not_even_ask_whether_it_might(shop: Shop, ask: Ask) -> None:
    number = Case.objects.get(pk=shop.start(at=NINE).case_id).number
    answer = ask("lei").options(
        f"/api/v1/cases/{number}/items/1/claim",
        headers={
            "Origin": "https://evil.example",
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "idempotency-key",
        },
    )
    problem(answer, 405, "method-not-allowed")
    assert not any(name.startswith("Access-Control") for name in answer.headers)
