"""Programs do work in hand as people do at the desk: by the same commands, with the same rights."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from tests.faces.api.conftest import Ask
from tests.faces.api.test_problems import problem
from tests.runtime.shop import NINE, Shop, row
from tuoban.runtime.cases.models import JournalEntry, WorkItem
from tuoban.runtime.cases.service import Outcome

SIGNATURE = {"client": {"name": "王建国", "strokes": [[[0, 0], [5, 5]]]}}
FIRST: dict[str, Any] = {"outcome": "found", "values": {"price": 80}, "checked": ["1"]}


def post(client: Client, address: str, key: str = "key", **said: Any) -> Any:
    return client.post(
        f"/api/v1/cases/{address}",
        json.dumps(said),
        content_type="application/json",
        headers={"Idempotency-Key": key},
    )


def do(client: Client, address: str, **said: Any) -> dict[str, Any]:
    answer = post(client, address, f"{address} {client}", **said)
    assert answer.status_code == 200, answer.content.decode()
    found: dict[str, Any] = answer.json()
    return found


def items(client: Client, number: str) -> dict[str, dict[str, Any]]:
    found = client.get(f"/api/v1/cases/{number}/items").json()["items"]
    return {each["step"]["key"]: each for each in found}


def entries(case: Outcome) -> int:
    return JournalEntry.objects.filter(case=case.case_id).count()


def test_a_program_takes_a_case_to_its_end(shop: Shop, ask: Ask) -> None:
    number = row(shop.start(at=NINE)).number
    lei = ask("lei")
    look = items(lei, number)["look"]
    assert (look["holder"], {"claim", "complete"} <= set(look["may"])) == (None, True)
    assert "price" in {each["name"] for each in look["fields"]}
    assert {"found"} <= {each["key"] for each in look["outcomes"]}

    do(lei, f"{number}/items/{look['item']}/claim")
    mine = items(lei, number)["look"]
    assert mine["mine"]
    assert ("add-signer" in mine["may"], "drop-signer" in mine["may"]) == (True, False)
    do(lei, f"{number}/items/{look['item']}/complete", **FIRST)
    agree = items(lei, number)["agree"]
    assert [each["key"] for each in agree["signers"]] == ["client"]
    do(lei, f"{number}/items/{agree['item']}/complete", signatures=SIGNATURE)
    mend = items(ask("gang"), number)["mend"]
    do(ask("gang"), f"{number}/items/{mend['item']}/complete")
    approve = items(ask("min"), number)["approve"]
    do(ask("min"), f"{number}/items/{approve['item']}/complete")

    assert items(lei, number) == {}
    assert row(shop.start(at=NINE)).status == "running"
    assert WorkItem.objects.filter(case__number=number, status=WorkItem.OPEN).count() == 0


def test_work_goes_to_somebody_else_and_back(shop: Shop, ask: Ask) -> None:
    number = row(shop.start(at=NINE)).number
    lei, han = ask("lei"), ask("han")
    item = items(lei, number)["look"]["item"]
    do(lei, f"{number}/items/{item}/claim")
    do(lei, f"{number}/items/{item}/transfer", to="han", reason="有事")
    assert items(han, number)["look"]["mine"]
    do(han, f"{number}/items/{item}/complete", **FIRST)
    agree = items(han, number)["agree"]
    (target,) = agree["returns_to"]
    do(han, f"{number}/items/{agree['item']}/return", to=target["key"], reason="价错了")
    assert list(items(han, number)) == ["look"]


def test_a_case_is_put_aside_and_goes_on(shop: Shop, ask: Ask) -> None:
    number = row(shop.start(at=NINE)).number
    chief = ask("min")
    do(chief, f"{number}/suspend", reason="等件")
    refused = post(chief, f"{number}/suspend", "again", reason="等件")
    problem(refused, 409, "already-suspended")
    do(chief, f"{number}/resume")


def test_the_same_request_is_done_once(shop: Shop, ask: Ask) -> None:
    case = shop.start(at=NINE)
    address = f"{row(case).number}/items/1/claim"
    first, second = (post(ask("lei"), address).json() for _ in range(2))
    assert (first["repeated"], second["repeated"]) == (False, True)
    assert first["seq"] == second["seq"] == entries(case)
    problem(post(ask("lei"), address.replace("claim", "release")), 409, "key-reused")


def test_what_is_refused_is_told_entry_by_entry_in_the_readers_language(
    shop: Shop, ask: Ask
) -> None:
    number = row(shop.start(at=NINE)).number
    address = f"{number}/items/1"
    do(ask("lei"), f"{address}/claim")
    refused = post(ask("lei"), f"{address}/transfer", to="nobody", reason="x")
    found = problem(refused, 422, "unknown-person")
    assert "nobody" in found["detail"]


def test_nothing_that_is_sent_goes_unheard(shop: Shop, ask: Ask) -> None:
    case = shop.start(at=NINE)
    before, address = entries(case), f"{row(case).number}/items/1/claim"
    lei = ask("lei")
    (wrong,) = problem(post(lei, address, force=True), 422, "invalid")["errors"]
    assert (wrong["parameter"], wrong["code"]) == ("force", "unknown-parameter")
    many = {f"e{number}": "x" for number in range(1001)}
    complete = address.replace("claim", "complete")
    (wrong,) = problem(post(lei, complete, values=many), 422, "invalid")["errors"]
    assert (wrong["parameter"], wrong["code"]) == ("values", "bad-value")
    assert entries(case) == before


@pytest.mark.parametrize("price", ["NaN", r'"\ud800"', "[" * 900 + "]" * 900])
def test_what_is_no_readable_json_is_not_taken(shop: Shop, ask: Ask, price: str) -> None:
    case = shop.start(at=NINE)
    before, path = entries(case), f"/api/v1/cases/{row(case).number}/items/1/complete"
    said = f'{{"values": {{"price": {price}}}}}'
    answer = ask("lei").post(path, said, "application/json", headers={"Idempotency-Key": "k"})
    problem(answer, 400, "bad-request")
    assert entries(case) == before


def test_who_may_not_see_a_case_does_nothing_to_it(shop: Shop, ask: Ask) -> None:
    case = shop.start(at=NINE)
    address = row(case).number
    problem(post(ask("sun"), f"{address}/items/1/claim"), 404, "unknown-case")
    problem(post(ask("lei"), f"{address}/items/99/claim"), 404, "unknown-item")
    problem(post(Client(), f"{address}/items/1/claim"), 401, "not-signed-in")
