"""Nothing of a case is reached by anybody but whoever holds a valid link to it: asked of every
address of the portal, so that none can be forgotten."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver, reverse
from django.urls.resolvers import URLPattern, URLResolver

from tests.faces.portal.conftest import Counter
from tuoban.runtime.cases import service
from tuoban.runtime.cases.clock import now
from tuoban.services.portal.models import PortalLink

Arrive = Callable[..., Client]

OPEN_TO_ALL = {"door", "link", "language", "leave", "request", "code", "enter"}
"""The addresses that say nothing of any case."""


def names() -> set[str]:
    """The names of all addresses of the portal."""
    found = set()
    for resolver in get_resolver().url_patterns:
        if isinstance(resolver, URLResolver) and resolver.namespace == "portal":
            found |= {str(p.name) for p in resolver.url_patterns if isinstance(p, URLPattern)}
    assert {"case", "task"} <= found
    return found


def of_a_case() -> list[str]:
    return sorted(names() - OPEN_TO_ALL)


def address(name: str, case: service.Outcome, item: int) -> str:
    for parts in ({"number": case.number}, {"number": case.number, "item_id": item}):
        try:
            return reverse(f"portal:{name}", kwargs=parts)
        except Exception:  # noqa: BLE001, S112 - it takes the other parts
            continue
    raise AssertionError(f"portal:{name} takes parts that this test does not know")


def asked(client: Client, where: str) -> list[Any]:
    """The answers to looking and to sending."""
    sent = {
        "key": "k",
        "outcome": "accept",
        "sign.customer.name": "王芳",
        "text": "在吗",
        "to": "13900139000",
        "code": "000000",
    }
    return [client.get(where), client.post(where, sent)]


@pytest.fixture
def case(counter: Counter) -> service.Outcome:
    return counter.asked()


@pytest.mark.parametrize("name", of_a_case())
@pytest.mark.parametrize("who", ["stranger", "another", "expired", "revoked", "staff", "forged"])
def test_nobody_else_gets_anything(
    counter: Counter, arrive: Arrive, case: service.Outcome, name: str, who: str
) -> None:
    item = counter.shop.item(case, "consent")
    client = Client()
    if who == "another":
        client = arrive(counter.asked())
    elif who == "staff":
        client.force_login(counter.shop["mei"])
    elif who == "expired":
        client = arrive(case)
        PortalLink.objects.update(expires_at=now() - timedelta(seconds=1))
    elif who == "revoked":
        client = arrive(case)
        PortalLink.objects.update(revoked_at=now())
    elif who == "forged":
        client.cookies["portal-visit"] = "1:1:x"
    for answer in asked(client, address(name, case, item)):
        assert answer.status_code in {404, 405}
        told = answer.content.decode()
        for secret in (case.number, "换搓纸轮", "打印机卡纸", "王芳"):
            assert secret not in told
    assert counter.shop.item(case, "consent") == item  # it is still open


@pytest.mark.parametrize("name", sorted(OPEN_TO_ALL & names()))
def test_what_is_open_to_all_tells_nothing(
    counter: Counter, case: service.Outcome, name: str
) -> None:
    parts = {"link": {"token": "wrong"}, "request": {"slug": "shop-offer", "name": "repair"}}
    for answer in asked(Client(), reverse(f"portal:{name}", kwargs=parts.get(name))):
        told = answer.content.decode()
        for secret in (case.number, "换搓纸轮", "打印机卡纸", "王芳"):
            assert secret not in told
        assert answer["Referrer-Policy"] == "same-origin"


def test_a_visit_does_not_open_the_work_of_another_case(
    counter: Counter, arrive: Arrive, case: service.Outcome
) -> None:
    mine = counter.asked()
    client = arrive(mine)
    other = counter.shop.item(case, "consent")
    for answer in asked(client, f"/portal/cases/{mine.number}/work/{other}"):
        assert answer.status_code in {404, 409}
        assert "换搓纸轮" not in answer.content.decode()
    assert counter.shop.item(case, "consent") == other


def test_a_visit_does_not_open_the_work_of_others_in_the_same_case(
    counter: Counter, arrive: Arrive
) -> None:
    case = counter.begin()
    client = arrive(case)
    look = counter.shop.item(case, "look")
    for answer in asked(client, f"/portal/cases/{case.number}/work/{look}"):
        assert answer.status_code in {404, 409, 422}
        assert "进价" not in answer.content.decode()
    assert counter.shop.item(case, "look") == look


def test_a_visit_opens_nothing_of_the_desk(
    counter: Counter, arrive: Arrive, case: service.Outcome
) -> None:
    client = arrive(case)
    assert client.get(f"/desk/cases/{case.number}").status_code == 302
    assert client.get(f"/api/cases/{case.number}").status_code == 404
