"""Buttons for what may happen, on the case page."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from tests.faces.desk.conftest import Visit
from tests.faces.desk.page import Page
from tests.runtime.cases.test_reactions import overhaul
from tests.runtime.shop import Shop, row
from tuoban.runtime.cases import service
from tuoban.runtime.cases.clock import now
from tuoban.runtime.cases.service import Outcome

HTMX = {"HX-Request": "true"}


@pytest.fixture
def case(shop: Shop) -> Outcome:
    return overhaul(shop)


def at(case: Outcome) -> str:
    return f"/desk/cases/{case.number}"


def action(page: Page, label: str) -> str:
    """Where the form of the reaction goes to."""
    (details,) = [
        each
        for each in page.all("details", name="reactions")
        if each.children and f"确认“{label}”" in each.text
    ]
    return next(each.attributes["action"] for each in details.walk() if each.tag == "form")


def test_whoever_may_begin_it_finds_a_button(case: Outcome, visit: Visit) -> None:
    page = Page(visit("lei").get(at(case)))
    assert [each.text for each in page.all("summary") if each.text in ("发现增项", "记一笔")] == [
        "发现增项",
        "记一笔",
    ]
    assert "停修" not in page.text
    assert "如有情况" not in Page(visit("mei").get(at(case))).text


def test_the_form_begins_it_and_the_page_shows_what_happened(case: Outcome, visit: Visit) -> None:
    lei = visit("lei")
    where = action(Page(lei.get(at(case))), "发现增项")
    answer = lei.post(where, {"f.what": "皮带", "f.price": "20", "key": "k1"})
    assert answer["Location"] == at(case)
    page = Page(lei.get(at(case)))
    assert "已提出“发现增项”。" in page.text
    assert "发现增项 · 皮带 进行中" in page.text
    assert "所属：发现增项 · 皮带" in page.text
    assert "¥20.00" in page.text


def test_one_without_a_form_is_confirmed(case: Outcome, visit: Visit) -> None:
    lei = visit("lei")
    page = Page(lei.get(at(case)))
    assert "确认后立即记录在您名下。" in page.text
    answer = lei.post(action(page, "记一笔"), {"key": "k1"}, headers=HTMX)
    assert answer.headers["HX-Redirect"] == at(case)
    assert "所属：记一笔" in Page(lei.get(at(case))).text


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("zh-hans", "将撤回 2 项进行中的工作。"),
        ("en", "2 pieces of work in progress will be withdrawn."),
    ],
)
def test_one_that_interrupts_says_what_it_withdraws(
    case: Outcome, visit: Visit, language: str, said: str
) -> None:
    assert said in Page(visit("min", language).get(at(case))).text


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_what_is_wrong_stands_beside_its_entry_and_what_was_typed_is_kept(
    case: Outcome, visit: Visit, headers: dict[str, str]
) -> None:
    lei = visit("lei")
    where = action(Page(lei.get(at(case))), "发现增项")
    typed = {"f.what": "", "f.price": "abc", "f.phoned": "true", "f.about": "他说好", "key": "k1"}
    answer = lei.post(where, typed, headers=headers)
    assert answer.status_code == 422
    page = Page(answer)
    problems = {
        each.attributes["id"].rpartition("-")[0]: each.text
        for each in page.all("p", **{"class": "problem"})
        if "hidden" not in each.attributes
    }
    assert {each.split("-")[-1] for each in problems} == {"what", "price"}
    values = {
        each.attributes["name"]: each.attributes.get("value", "")
        for each in page.all("input")
        if each.attributes.get("name", "").startswith("f.")
        and "react-extra_work" in each.attributes.get("id", "")
        and each.attributes.get("type") != "radio"
    }
    assert values == {"f.what": "", "f.price": "abc", "f.secret": "", "f.about": "他说好"}
    (form,) = [each for each in page.all("details", name="reactions") if "open" in each.attributes]
    assert "确认“发现增项”" in form.text
    assert row(case).seq == 1


def test_what_follows_from_an_entry_is_asked_for(case: Outcome, visit: Visit) -> None:
    lei = visit("lei")
    where = action(Page(lei.get(at(case))), "发现增项")
    page = Page(lei.post(f"{where}/entries", {"f.phoned": "true", "f.what": "灯"}))
    assert page.has_entry("f.about")
    assert not Page(lei.post(f"{where}/entries", {"f.what": "灯"})).has_entry("f.about")


def test_what_is_typed_too_late_is_not_lost(case: Outcome, shop: Shop, visit: Visit) -> None:
    lei = visit("lei")
    where = action(Page(lei.get(at(case))), "发现增项")
    service.react(case.case_id, "stop", data={}, by=shop["min"], at=now(), key="stop")
    answer = lei.post(where, {"f.what": "皮带", "key": "k1"})
    assert answer.status_code == 409
    assert "皮带" in Page(answer).text
    assert "现在不能做“发现增项”" in Page(answer).text
    answer = lei.post(where, {"f.what": "皮带", "key": "k1"}, headers=HTMX)
    assert answer.headers["HX-Retarget"] == "#refusal"
    assert lei.post(f"{where}/entries", {}).status_code == 409


def test_its_address_shows_the_case_and_a_stranger_learns_nothing(
    case: Outcome, visit: Visit
) -> None:
    lei = visit("lei")
    where = action(Page(lei.get(at(case))), "记一笔")
    assert lei.get(where)["Location"] == at(case)
    assert visit("qi").post(where, {"key": "k"}).status_code == 404
    assert visit("qi").post(f"{where}/entries", {}).status_code == 404
    unknown = lei.post(f"{at(case)}/reactions/{quote('没有')}/1", {"key": "k2", "f.a": "x"})
    assert unknown.status_code == 422
    assert row(case).seq == 1
