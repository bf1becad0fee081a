"""Lists go by pages that neither repeat nor leave out, whatever comes while one reads."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest
from django.test import Client

from tests.faces.api.conftest import Ask, program_of
from tests.faces.api.test_operations import do, post
from tests.faces.api.test_problems import problem
from tests.runtime.cases.verbs import VERBS
from tests.runtime.shop import NINE, SLUG, Shop, row
from tuoban.runtime.cases.clock import now
from tuoban.runtime.cases.models import Case, JournalEntry, WorkItem

LISTS = {
    "cases": "cases",
    "work?which=pool": "work",
    "notices": "notices",
    "requests": "requests",
    "calendars": "calendars",
    "messages": "messages",
    "cases/{number}/journal": "entries",
    "cases/{number}/papers": "papers",
    "cases/{number}/calls": "calls",
    "cases/{number}/clocks": "open",
    "cases/{number}/items": "items",
    "cases/{number}/files": "files",
    "cases/{number}/comments": "comments",
}


def read(client: Client, address: str, **query: Any) -> dict[str, Any]:
    answer = client.get(f"/api/v1/{address}", query)
    assert answer.status_code == 200, answer.content.decode()
    found: dict[str, Any] = answer.json()
    return found


def test_the_cases_one_sees_are_read_to_the_end_while_others_begin(shop: Shop, ask: Ask) -> None:
    first = [row(shop.start(at=NINE)).number for _ in range(5)]
    client, seen, page = ask("mei"), [], ""
    while True:
        found = read(client, "cases", limit=2, page=page)
        seen += [each["case"] for each in found["cases"]]
        shop.start(at=NINE)
        page = found["next"] or ""
        if not page:
            break
    assert seen == first[::-1]
    assert read(ask("sun"), "cases")["cases"] == []


def test_cases_are_found_by_state_and_words(shop: Shop, ask: Ask) -> None:
    number = row(shop.start(at=NINE)).number
    shop.start(at=NINE, owner="赵一")
    chief = ask("min")
    do(chief, f"{number}/cancel", reason="不修了")
    (ended,) = read(chief, "cases", state="ended")["cases"]
    assert (ended["case"], ended["status"]) == (number, "ended")
    assert len(read(chief, "cases", state="all")["cases"]) == 2
    assert len(read(chief, "cases", state="all", q="赵一")["cases"]) == 1
    problem(chief.get("/api/v1/cases?state=lost"), 422, "invalid")


@pytest.mark.parametrize("address", LISTS)
def test_every_list_is_bounded_and_takes_no_page_of_another(
    shop: Shop, ask: Ask, address: str
) -> None:
    case = shop.start(at=NINE)
    shop.start(at=NINE)
    client = ask("root")
    there = address.format(number=row(case).number)
    read(client, there, limit=1)
    foreign = read(ask("min"), "cases", limit=1)["next"]
    for name, value in (("limit", "0"), ("limit", "101"), ("page", "made-up"), ("page", "\0")):
        answer = client.get(f"/api/v1/{there}", {name: value})
        assert problem(answer, 422, "invalid")["errors"][0]["parameter"] == name
    if address != "cases" and "files" not in address and "notices" not in address:
        found = client.get(f"/api/v1/{there}", {"page": foreign})
        assert problem(found, 422, "invalid")["errors"][0]["code"] == "bad-page"


def test_what_is_of_one_case_goes_by_pages_too(shop: Shop, ask: Ask) -> None:
    (item, *_), _ = _ready(shop, "add_signer")
    number = WorkItem.objects.get(pk=item).case.number
    lei = ask("lei")
    post(lei, f"{number}/items/1/add-signer", "1", to="han", reason="看看")
    whole = [each["item"] for each in read(lei, f"cases/{number}/items")["items"]]
    first = read(lei, f"cases/{number}/items", limit=1)
    rest = read(lei, f"cases/{number}/items", page=first["next"])
    assert [each["item"] for each in (*first["items"], *rest["items"])] == whole == sorted(whole)
    assert len(whole) == 2
    assert rest["next"] is None


def _ready(shop: Shop, verb: str) -> Any:
    act, _, _ = VERBS[verb](shop)
    return act.args, act.keywords  # type: ignore[attr-defined]


def test_the_journal_is_told_with_digests_that_can_be_recomputed(shop: Shop) -> None:
    case = shop.start(at=now())
    number = row(case).number
    post(program_of(shop["lei"]), f"{number}/items/1/claim")
    root = program_of(shop["root"], "read")
    first = read(root, f"cases/{number}/journal", limit=1)
    rest = read(root, f"cases/{number}/journal", page=first["next"])
    entries = [*first["entries"], *rest["entries"]]
    assert [each["seq"] for each in entries] == list(range(1, len(entries) + 1))
    assert entries[-1]["token"] == "ERP"
    assert entries[-1]["by"] == "李雷"
    assert "李雷" in entries[-1]["told"][0]["zh"]
    previous = ""
    for told in entries:
        entry = JournalEntry.objects.get(case=case.case_id, seq=told["seq"])
        at = entry.at.isoformat()
        covered = {
            "actor": entry.actor,
            "at": at,
            "case": number,
            "command": told["command"],
            "payload": told["payload"],
            "previous": previous,
            "seq": told["seq"],
        }
        text = json.dumps(covered, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
        assert told["previous"] == previous
        assert told["digest"] == hashlib.sha256(text.encode()).hexdigest()
        previous = told["digest"]
    assert Case.objects.get(pk=case.case_id).head == previous


def test_only_administrators_read_the_journal_raw(shop: Shop, ask: Ask) -> None:
    number = row(shop.start(at=NINE)).number
    (entry,) = read(ask("mei"), f"cases/{number}/journal")["entries"]
    assert entry["payload"] is None
    assert entry["digest"]
    problem(ask("sun").get(f"/api/v1/cases/{number}/journal"), 404, "unknown-case")


def test_a_case_tells_how_it_stands_and_what_one_may_do(shop: Shop, ask: Ask) -> None:
    number = row(shop.start(at=NINE)).number
    found = read(ask("min"), f"cases/{number}")
    assert (found["case"], found["process"], found["status"]) == (number, SLUG, "running")
    fields = {each["name"]: each["value"]["zh"] for each in found["fields"]}
    assert fields["owner"] == "王建国"
    assert "suspend" in found["may"]
    assert read(ask("mei"), f"cases/{number}")["may"] == ["cancel"]


def test_papers_are_told_and_struck_out(shop: Shop, ask: Ask) -> None:
    (case, move), _ = _ready(shop, "strike_paper")
    number, mei = Case.objects.get(pk=case).number, ask("mei")
    papers = {each["paper"]: each for each in read(mei, f"cases/{number}/papers")["papers"]}
    assert "strike-paper" in papers["diploma"]["may"]
    (told,) = papers["diploma"]["moves"]
    assert (told["number"], told["by"], told["counts"]) == (move, "陈小美", True)
    do(mei, f"{number}/strike-paper", number=told["number"], reason="记错")
    papers = {each["paper"]: each for each in read(mei, f"cases/{number}/papers")["papers"]}
    assert papers["diploma"]["moves"][0]["struck"]


def test_calls_are_told_and_given_up(shop: Shop, ask: Ask) -> None:
    (case, _), _ = _ready(shop, "give_up_call")
    number, chief = Case.objects.get(pk=case).number, ask("min")
    (call,) = read(chief, f"cases/{number}/calls")["calls"]
    assert "give-up-call" in call["may"]
    do(chief, f"{number}/give-up-call", number=call["number"], reason="太久")
    (call,) = read(chief, f"cases/{number}/calls")["calls"]
    assert "give-up-call" not in call["may"]


def test_work_is_listed_taken_and_done(shop: Shop, ask: Ask) -> None:
    number = row(shop.start(at=NINE)).number
    lei = ask("lei")
    assert read(lei, "work")["work"] == []
    found = read(lei, "work", which="pool")
    (piece,) = found["work"]
    assert (piece["case"], piece["item"], piece["claimable"]) == (number, 1, True)
    (pool,) = found["pools"]
    assert len(read(lei, "work", which="pool", pool=pool["key"])["work"]) == 1
    do(lei, f"{number}/items/{piece['item']}/claim")
    (mine,) = read(lei, "work")["work"]
    assert mine["holder"] == "李雷"


def test_requests_tell_what_may_be_begun(shop: Shop, ask: Ask) -> None:
    (request,) = read(ask("mei"), "requests")["requests"]
    assert (request["process"], request["request"]) == (SLUG, "repair")
    assert {"owner", "phone"} <= {each["name"] for each in request["fields"]}
    assert [each["key"] for each in request["units"]] == ["east"]
    assert read(ask("lei"), "requests")["requests"] == []


def test_messages_are_for_administrators(shop: Shop, ask: Ask) -> None:
    problem(ask("min").get("/api/v1/messages"), 403, "not-yours")
    said = json.dumps({"name": "x"})
    headers = {"Idempotency-Key": "m"}
    answer = ask("min").post("/api/v1/messages", said, "application/json", headers=headers)
    problem(answer, 403, "not-yours")
    answer = ask("root").post("/api/v1/messages", said, "application/json", headers=headers)
    problem(answer, 422, "unknown-message")
