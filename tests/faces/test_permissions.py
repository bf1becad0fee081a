"""Who gets which answer where: every address of the desk and the API, asked by every kind of user.

The addresses come from the tables of the faces, so that a new one without a line in
`permitted.txt` fails. A line has the status for each of `KINDS`; `login` is the way to the log-in.
A method that is taken of nobody has none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import URLPattern, reverse

from tests.runtime.shop import NINE, PACK, SLUG, Shop, open_shop
from tuoban.faces.api.api import api
from tuoban.faces.desk import urls
from tuoban.runtime.cases import definitions, service
from tuoban.runtime.cases.clock import now
from tuoban.runtime.cases.filing.uploading import upload
from tuoban.runtime.cases.models import Notice
from tuoban.runtime.people.service import create_user
from tuoban.services.customers.models import Customer

KINDS = {
    "nobody": "",
    "stranger": "stranger",
    "elsewhere": "sun",
    "clerk": "mei",
    "head": "min",
    "root": "root",
}
"""Kinds of users, each with somebody of the shop: nobody logged in, somebody without a role, a
clerk of another unit, the clerk and the head of the case's unit, an administrator."""


@pytest.fixture
def shop(db: None, tmp_path: Path, settings: Any) -> Shop:
    settings.TUOBAN_FILES = {**settings.TUOBAN_FILES, "folder": tmp_path, "scanner": ""}
    shop = open_shop()
    shop.people["stranger"] = create_user("stranger", "路人", at=NINE)
    return shop


def furnished(shop: Shop) -> dict[str, Any]:
    """What the addresses speak of, by the names of their parts."""
    case = shop.start()
    shop.claim(case, "look", "lei")
    definitions.publish(SLUG, PACK, None, NINE, None, SCENARIOS)
    ref = upload([b"hi"], "a.txt", by=shop["mei"], at=now()).ref
    service.attach_files(case.case_id, [ref], by=shop["mei"], at=NINE, key=shop.key())
    service.comment(case.case_id, "急", [], by=shop["mei"], at=NINE, key=shop.key())
    notice = Notice.objects.create(
        user=shop["mei"], case_id=case.case_id, code="nobody", at=NINE, facts='{"node": "look"}'
    )
    return {
        "number": case.number,
        "item_id": shop.item(case, "look"),
        "item": f"{case.number}-1",
        "slug": "shop-repair",
        "name": "repair",
        "key": "standard",
        "username": "lei",
        "ref": ref,
        "file": ref,
        "kind": "customer",
        "clock": 1,
        "row": 1,
        "node": "look",
        "step": "look",
        "activation": 1,
        "outgoing_id": 1,
        "notice_id": notice.pk,
        "unit": "east",
        "operation": "claim",
        "scenario": 1,
    }


SCENARIOS = """
- scenario: 修好
  cast: {mei: clerk}
  start: {by: mei, request: repair}
  expect: {ended: mended}
"""

FORM = {
    "key": "a-key",
    "reason": "试试",
    "until": "2026-04-01T09:00",
    "to": "2",
    "text": "好",
    "f.price": "80",
    "outcome": "found",
    "check.1": "on",
    "values": "f",
    "save": "1",
    "title": "试",
}
"""What is typed into every form, so that those who may do it are not held up by what is missing."""

OF_ONE: Mapping[str, Mapping[str, Any]] = {
    "desk:unit": {"key": "east"},
    "desk:correct": {"name": "fault"},
    "desk:versions-file": {"name": "pack.yaml"},
}


def addresses(parts: Mapping[str, Any]) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Every address with its name and the methods that it takes."""
    for each in urls.urlpatterns:
        assert isinstance(each, URLPattern)
        name = f"desk:{each.name}" if each.name else "desk"
        wanted = {**parts, **OF_ONE.get(name, {})}
        if name.startswith("desk:file") and name not in ("desk:file-new", "desk:file-new-rows"):
            wanted["ref"] = wanted["customer"]
        args = {part: wanted[part] for part in each.pattern.converters}
        yield name, reverse(name, kwargs=args) if each.name else "/", ("GET", "POST")
    for prefix, router in api._routers:
        for path, view in router.path_operations.items():
            for operation in view.operations:
                address = "/api/v1" + (prefix + path).format(**parts)
                for method in operation.methods:
                    yield f"api {prefix}{path}", address, (method,)


def answer(client: Client, method: str, address: str) -> str:
    """The status, where the answer leads, if it leads to the log-in."""
    headers = {"Idempotency-Key": "a-key"} if address.startswith("/api/") else {}
    visitor = Client(raise_request_exception=False)
    visitor.cookies.update(client.cookies)
    ask: Callable[..., Any] = getattr(visitor, method.lower())
    more: dict[str, Any] = {"data": FORM} if method == "POST" else {}
    if headers:
        more = {"content_type": "application/json", "data": "{}"} if more else {}
    with rolled_back():
        found = ask(address, headers=headers, **more)
        list(found)  # what is streamed is read to its end
    if found.status_code == 302 and "/desk/login" in found["Location"]:
        return "login"
    return str(found.status_code)


def permitted() -> dict[str, str]:
    lines = Path(__file__).with_name("permitted.txt").read_text(encoding="utf-8").splitlines()
    named = (re.split(r"  +", line) for line in lines if line and not line.startswith("#"))
    return dict(named)


@contextmanager
def rolled_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def client_of(shop: Shop, name: str) -> Client:
    client = Client(raise_request_exception=True)
    if name:
        client.force_login(shop[name])
    return client


def test_every_address_answers_each_kind_of_user_as_is_written_down(shop: Shop) -> None:
    if connection.vendor == "postgresql":
        pytest.skip("who may do what does not depend on the database")
    parts = furnished(shop)
    parts["customer"] = Customer.objects.create(name="王建国", entered_at=NINE).ref
    clients = {kind: client_of(shop, name) for kind, name in KINDS.items()}
    found = {
        f"{name} {method}": " ".join(answer(client, method, address) for client in clients.values())
        for name, address, methods in addresses(parts)
        for method in methods
    }
    taken = {name: told for name, told in found.items() if set(told.split()) != {"405"}}
    assert taken == permitted()
