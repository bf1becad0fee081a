"""The page of tokens: made by whom they are of, shown once, revoked by them and administrators."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from tests.faces.desk.conftest import Visit
from tests.faces.desk.page import Page
from tests.runtime.shop import Shop
from tuoban.runtime.cases.clock import now
from tuoban.runtime.people import tokens
from tuoban.runtime.people.models import AccessToken, PeopleChange

LEI = "/desk/people/of/lei/tokens"
CALENDARS = "/api/v1/calendars"
MADE: dict[str, Any] = {"act": "make", "name": "ERP", "scope": ["read", "work"], "days": "90"}


def asked_by(text: str) -> int:
    return Client(headers={"Authorization": f"Bearer {text}"}).get(CALENDARS).status_code


def test_a_token_is_made_shown_once_and_works_until_it_is_revoked(visit: Visit, shop: Shop) -> None:
    lei = visit("lei")
    assert "/desk/people/of/lei/tokens" in lei.get("/desk/people/of/lei").content.decode()
    answer = lei.post(LEI, MADE)
    (text,) = re.findall(r'value="(tuoban_[\w-]+)"', answer.content.decode())
    assert "no-store" in answer["Cache-Control"]
    token = AccessToken.objects.get()
    assert (token.scopes, token.user) == ("read work", shop["lei"])
    assert asked_by(text) == 200
    later = lei.get(LEI).content.decode()
    assert text not in later
    assert "ERP" in later
    assert "上次使用" in later
    assert "停用令牌“ERP”" in lei.get(f"{LEI}?ask={token.pk}").content.decode()
    assert lei.post(LEI, {"act": "end", "token": token.pk}).status_code == 302
    assert asked_by(text) == 401
    assert [each.what for each in PeopleChange.objects.order_by("pk")] == [
        "token-made",
        "token-ended",
    ]
    assert "令牌“ERP”失效" in lei.get("/desk/people/of/lei").content.decode()


@pytest.mark.parametrize(
    ("changed", "field", "told"),
    [
        ({"name": ""}, "make-name", "名称要有"),
        ({"scope": []}, "make-scope", "请选择权限范围"),
        ({"days": ""}, "make-days", "请选择有效期"),
        ({"days": "9999"}, "make-days", "请选择有效期"),
    ],
)
def test_what_is_missing_is_told_beside_it_and_the_rest_stays(
    visit: Visit, changed: dict[str, Any], field: str, told: str
) -> None:
    answer = visit("lei").post(LEI, MADE | changed)
    assert answer.status_code == 422
    assert told in Page(answer).problem(field)
    assert not AccessToken.objects.exists()


def test_administrators_see_and_revoke_everybodys_and_make_none(visit: Visit, shop: Shop) -> None:
    tokens.make(shop["lei"], "ERP", ["read"], days=1, at=now())
    tokens.make(shop["han"], "BI", ["read"], days=1, at=now())
    root = visit("root", "en")
    everybodys = root.get("/desk/people/tokens").content.decode()
    assert "ERP" in everybodys
    assert "BI" in everybodys
    assert root.post(LEI, MADE).status_code == 403
    token = AccessToken.objects.get(name="ERP")
    root.post(LEI, {"act": "end", "token": token.pk})
    assert "ERP" not in root.get("/desk/people/tokens").content.decode()
    assert AccessToken.objects.filter(ended_at=None).get().name == "BI"


def test_nobody_else_sees_or_revokes_them(visit: Visit, shop: Shop) -> None:
    tokens.make(shop["lei"], "ERP", ["read"], days=1, at=now())
    token = AccessToken.objects.get()
    for name in ("han", "min"):
        client = visit(name)
        assert client.get(LEI).status_code == 404
        assert client.post(LEI, {"act": "end", "token": token.pk}).status_code == 404
        assert client.get("/desk/people/tokens").status_code == 403
    han = "/desk/people/of/han/tokens"
    assert visit("han").post(han, {"act": "end", "token": token.pk}).status_code == 404
    assert asked_nothing_of(token)


def asked_nothing_of(token: AccessToken) -> bool:
    token.refresh_from_db()
    return token.ended_at is None


def test_a_long_list_goes_on_by_pages(visit: Visit, shop: Shop) -> None:
    for number in range(tokens.MOST):
        tokens.make(shop["lei"], f"first-{number}.", ["read"], days=1, at=now())
    for number in range(3):
        tokens.make(shop["han"], f"last-{number}.", ["read"], days=1, at=now())
    root = visit("root")
    page = root.get("/desk/people/tokens").content.decode()
    (before,) = re.findall(r"before=(\d+)", page)
    following = root.get(f"/desk/people/tokens?before={before}").content.decode()
    named = re.findall(r"(?:first|last)-\d+\.", page + following)
    assert len(named) == len(set(named)) == tokens.MOST + 3
    assert root.get("/desk/people/tokens?before=x").status_code == 200
