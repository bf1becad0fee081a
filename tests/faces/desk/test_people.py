"""Pages of people and units: who sees them, what their forms do, what they refuse."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.faces.desk.conftest import Visit
from tests.faces.desk.page import Page
from tests.runtime.shop import NINE, Shop
from tuoban.runtime.cases import worker
from tuoban.runtime.cases.clock import now
from tuoban.runtime.cases.models import WorkItem
from tuoban.runtime.cases.queries.roles import roles_known
from tuoban.runtime.people import leave
from tuoban.runtime.people.models import RoleHolding, Unit, User
from tuoban.runtime.people.service import deactivate_user, grant, revoke, set_head

LEI = "/desk/people/of/lei"
EAST = "/desk/people/units/east"
ADDRESSES = (
    "/desk/people",
    "/desk/people/new",
    "/desk/people/roles",
    "/desk/people/units",
    EAST,
    LEI,
)


def said(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return Page(answer).root.text


# -- who may --------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", ADDRESSES)
def test_administrators_see_every_page(visit: Visit, address: str) -> None:
    assert visit("root").get(address).status_code == 200


@pytest.mark.parametrize("address", ADDRESSES)
def test_who_is_not_logged_in_sees_none(shop: Shop, address: str) -> None:
    assert Client().get(address).status_code == 302


@pytest.mark.parametrize(
    ("name", "address", "status"),
    [
        ("min", "/desk/people", 200),
        ("min", "/desk/people/new", 403),
        ("min", "/desk/people/roles", 403),
        ("min", "/desk/people/units", 200),
        ("min", EAST, 200),
        ("min", "/desk/people/units/west", 403),
        ("min", LEI, 200),
        ("min", "/desk/people/of/qi", 404),
        ("han", "/desk/people", 403),
        ("han", "/desk/people/new", 403),
        ("han", "/desk/people/roles", 403),
        ("han", "/desk/people/units", 403),
        ("han", EAST, 403),
        ("han", LEI, 404),
        ("han", "/desk/people/of/han", 200),
    ],
)
def test_heads_see_their_units_and_others_themselves(
    visit: Visit, name: str, address: str, status: int
) -> None:
    assert visit(name).get(address).status_code == status


ONLY_STAFF = [
    (LEI, {"act": "grant", "role": "chief", "unit": "east"}),
    (LEI, {"act": "revoke", "role": "mender", "unit": "east"}),
    (LEI, {"act": "skills", "skills": "welding"}),
    (LEI, {"act": "leave"}),
    (LEI, {"act": "return"}),
    (EAST, {"act": "rename", "name_zh": "新"}),
    (EAST, {"act": "move", "parent": "west"}),
    (EAST, {"act": "level", "level": "city"}),
    (EAST, {"act": "head", "head": ""}),
    (EAST, {"act": "close"}),
    ("/desk/people/units", {"act": "add", "key": "north", "name_zh": "城北"}),
    ("/desk/people/new", {"act": "add", "username": "new", "name": "新人"}),
]


@pytest.mark.parametrize(("address", "posted"), ONLY_STAFF)
def test_heads_change_neither_roles_nor_units(
    visit: Visit, address: str, posted: dict[str, str]
) -> None:
    before = set(RoleHolding.objects.values_list("user", "role", "unit"))
    assert visit("min").post(address, posted).status_code == 403
    assert set(RoleHolding.objects.values_list("user", "role", "unit")) == before
    assert Unit.objects.get(key="east").path == "/hq/east/"
    assert User.objects.get(username="lei").is_active


@pytest.mark.parametrize("act", ["away", "back", "hand-over", "reach"])
def test_nobody_changes_what_is_of_somebody_else(visit: Visit, act: str) -> None:
    assert visit("han").post(LEI, {"act": act}).status_code == 404


def test_who_enters_their_own_absence_lends_nobody_a_role(visit: Visit, shop: Shop) -> None:
    posted = {"act": "away", "start": "2030-03-04T09:00", "end": "2030-03-05T09:00"}
    posted |= {"deputy": shop["gang"].person_id, "empowered": "on"}
    assert visit("lei").post(LEI, posted).status_code == 302
    [absence] = leave.text_of(shop["lei"]).absences
    assert not absence.empowered
    assert visit("min").post(LEI, posted | {"end": "2030-03-06T09:00"}).status_code == 302
    assert any(each.empowered for each in leave.text_of(shop["lei"]).absences)


@pytest.mark.parametrize("how", ["a role above", "head above", "staff"])
def test_a_head_gets_at_no_powers_of_who_is_above_them(visit: Visit, shop: Shop, how: str) -> None:
    if how == "a role above":
        grant(shop["lei"], "workshop", shop.units["hq"])
    elif how == "head above":
        set_head(shop.units["hq"], shop["lei"])
    else:
        User.objects.filter(pk=shop["lei"].pk).update(is_staff=True)
    posted = {"act": "away", "start": "2030-03-04T09:00", "end": "2030-03-05T09:00"}
    posted |= {"deputy": shop["min"].person_id, "empowered": "on"}
    assert visit("min").post(LEI, posted).status_code == 302
    [absence] = leave.text_of(shop["lei"]).absences
    assert not absence.empowered
    assert visit("root").post(LEI, posted | {"end": "2030-03-06T09:00"}).status_code == 302
    assert any(each.empowered for each in leave.text_of(shop["lei"]).absences)


NUMBERS = ["9" * 19, "9" * 400, "9" * 5000, "７", "²", "-1", "x", "\0"]


@pytest.mark.parametrize("number", NUMBERS)
def test_numbers_that_no_row_has_are_told_beside_their_entries(
    visit: Visit, shop: Shop, number: str
) -> None:
    root, lei = visit("root"), shop["lei"].person_id
    over = {"act": "hand-over", "reason": "生病", "key": "k"}
    away = {"act": "away", "start": "2030-03-04T09:00", "end": "2030-03-05T09:00"}
    wide = "".join(chr(ord(each) + 0xFEE0) for each in shop["han"].person_id)
    for address, posted in (
        (LEI, over | {"to": shop["han"].person_id, "item": number}),
        (LEI, over | {"to": number, "item": "1"}),
        (LEI, away | {"deputy": number} if number != "\0" else away | {"deputy": wide}),
        (LEI, away | {"deputy": f"0{lei}"}),
        (EAST, {"act": "head", "head": number} if number != "\0" else {"act": "head", "head": "x"}),
    ):
        assert root.post(address, posted).status_code == 422
    assert leave.text_of(shop["lei"]).absences == ()


# -- what is found --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "there", "gone"),
    [
        ("q=李", "李雷", "韩梅"),
        ("q=han", "韩梅", "李雷"),
        ("unit=east", "李雷", "赵琦"),
        ("unit=hq", "赵琦", "管理员"),
        ("role=workshop", "吴刚", "李雷"),
        ("skill=welding", "韩梅", "李雷"),
        ("state=left", "孙丽", "李雷"),
        ("q=139", "赵琦", "李雷"),
    ],
)
def test_people_are_found(visit: Visit, shop: Shop, query: str, there: str, gone: str) -> None:
    client = visit("root")
    client.post("/desk/people/of/han", {"act": "skills", "skills": "welding"})
    client.post("/desk/people/of/qi", {"act": "reach", "phone": "139 0000 1111", "mail": ""})
    deactivate_user(shop["sun"])
    rows = Page(client.get(f"/desk/people?{query}"))
    names = [
        each.text for each in rows.root.walk() if "row-title" in each.attributes.get("class", "")
    ]
    assert there in names
    assert gone not in names


def test_roles_that_nobody_holds_come_first(visit: Visit, shop: Shop) -> None:
    revoke(shop["gang"], "workshop", shop.units["hq"])
    words = said(visit("root", "en"), "/desk/people/roles")
    assert words.index("workshop") < words.index("nobody holds it") < words.index("chief")


def rows_of(page: Page) -> list[str]:
    return [
        each.text for each in page.root.walk() if "row-title" in each.attributes.get("class", "")
    ]


@pytest.mark.parametrize("q", ["mender", "修理员", "李雷", "城东"])
def test_roles_are_found_by_name_and_by_who_holds_them_where(
    visit: Visit, shop: Shop, q: str
) -> None:
    found = rows_of(Page(visit("root").get("/desk/people/roles", {"q": q})))
    assert "修理员" in found
    assert "车间" not in found


def test_roles_and_units_come_in_pages_that_hold_each_once(
    visit: Visit, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tuoban.runtime.cases.queries.roles.PAGE_SIZE", 2)
    monkeypatch.setattr("tuoban.runtime.cases.paging.PAGE_SIZE", 2)
    client = visit("root")
    for address, expected in (
        ("/desk/people/roles", len(roles_known())),
        ("/desk/people/units", Unit.objects.count()),
    ):
        found: list[str] = []
        following = address
        while following:
            page = Page(client.get(following))
            assert len(rows_of(page)) <= 2
            found += rows_of(page)
            nav = [each for each in page.all("nav") if each.attributes.get("class") == "paging"]
            links = [a.attributes["href"] for each in nav for a in each.walk() if a.tag == "a"]
            following = links[0] if links else ""
        assert len(found) == len(set(found)) == expected > 2


def test_units_are_found_by_name_and_key(visit: Visit, shop: Shop) -> None:
    for q in ("east", shop.units["east"].name_zh):
        found = rows_of(Page(visit("root").get("/desk/people/units", {"q": q})))
        assert found == [shop.units["east"].name_zh]
    assert "Nothing found" in said(visit("root", "en"), "/desk/people/units?q=nowhere")


# -- what is changed ------------------------------------------------------------------------------


def test_what_a_role_takes_with_it_is_shown_before_and_then_happens(
    visit: Visit, shop: Shop
) -> None:
    case = shop.start()
    shop.claim(case, "look", "lei")
    client = visit("root")
    words = said(client, f"{LEI}?ask=revoke&role=mender&unit=east")
    assert case.number in words
    assert RoleHolding.objects.filter(user=shop["lei"]).exists()
    client.post(LEI, {"act": "revoke", "role": "mender", "unit": "east"})
    worker.run_once(now())
    assert WorkItem.objects.get(case=case.case_id).person is None
    assert "不再有角色 mender" in said(client, LEI)


def test_a_form_that_is_refused_keeps_what_was_typed(visit: Visit, shop: Shop) -> None:
    posted = {"act": "away", "start": "2030-03-05T09:00", "end": "2030-03-04T09:00", "why": "体检"}
    answer = visit("lei").post(LEI, posted)
    assert answer.status_code == 422
    page = Page(answer)
    end = page.by_id("away-end")
    why = page.by_id("away-why")
    assert end is not None
    assert why is not None
    assert end.attributes["aria-invalid"] == "true"
    assert (end.attributes["value"], why.attributes["value"]) == ("2030-03-04T09:00", "体检")
    assert page.by_id("away-end-problem") is not None


@pytest.mark.parametrize("empty", ["start", "end"])
def test_an_absence_without_a_moment_is_asked_for_it(visit: Visit, empty: str) -> None:
    posted = {"act": "away", "start": "2030-03-04T09:00", "end": "2030-03-05T09:00", empty: ""}
    answer = visit("lei", "en").post(LEI, posted)
    assert answer.status_code == 422
    problem = Page(answer).by_id(f"away-{empty}-problem")
    assert problem is not None
    assert problem.text.startswith("Please say")


def test_a_deputy_for_one_role_is_chosen_and_read_by_its_name(visit: Visit, shop: Shop) -> None:
    posted = {"act": "away", "start": "2030-03-04T09:00", "end": "2030-03-05T09:00"}
    posted |= {"deputy": shop["han"].person_id, "roles": "mender"}
    client = visit("lei")
    assert client.post(LEI, posted).status_code == 302
    assert leave.text_of(shop["lei"]).absences[0].roles == ("mender",)
    assert "代理人：韩梅 (修理员)" in said(client, LEI)


def test_what_stays_where_a_role_goes_is_said(visit: Visit, shop: Shop) -> None:
    case = shop.start()
    shop.claim(case, "look", "lei")
    WorkItem.objects.filter(pk=shop.item(case, "look")).update(assigned=True)
    words = said(visit("root", "en"), f"{LEI}?ask=revoke&role=mender&unit=east")
    assert "1 piece stays with them" in words


def test_a_password_that_a_refused_page_drops_is_asked_for_again(visit: Visit) -> None:
    posted = {"act": "add", "username": "lei", "name": "林工", "password": "Hao-Le-2026x"}
    answer = visit("root").post("/desk/people/new", posted)
    assert answer.status_code == 422
    problem = Page(answer).by_id("add-password-problem")
    assert problem is not None
    assert problem.text == "请再输入一次密码。"


def test_the_tree_leads_to_no_page_that_is_refused(visit: Visit, shop: Shop) -> None:
    client = visit("min")
    page = Page(client.get("/desk/people/units"))
    links = {each.attributes.get("href") or "" for each in page.all("a")}
    assert {each for each in links if each.startswith("/desk/people/units/")} == {EAST}
    assert shop.units["west"].name_zh in page.text


def test_an_absence_is_entered_and_struck_out(visit: Visit, shop: Shop) -> None:
    client = visit("lei")
    posted = {"act": "away", "start": "2030-03-04T09:00", "end": "2030-03-05T09:00"}
    client.post(LEI, posted | {"deputy": shop["han"].person_id})
    words = said(client, LEI)
    assert "代理人：韩梅" in words
    value = "start=2030-03-04T09%3A00&end=2030-03-05T09%3A00&deputy=" + shop["han"].person_id
    client.post(LEI, {"act": "back", "absence": value})
    assert leave.text_of(shop["lei"]).absences == ()


def test_the_head_hands_over_what_somebody_holds(visit: Visit, shop: Shop) -> None:
    cases = [shop.start() for _ in range(2)]
    for case in cases:
        shop.claim(case, "look", "lei")
    items = [shop.item(case, "look") for case in cases]
    posted = {"act": "hand-over", "to": shop["han"].person_id, "reason": "生病", "key": "k"}
    assert visit("min").post(LEI, posted | {"item": items}).status_code == 302
    assert {row.person for row in WorkItem.objects.filter(pk__in=items)} == {shop["han"]}


def test_what_cannot_be_handed_over_is_said_and_the_rest_goes(visit: Visit, shop: Shop) -> None:
    case = shop.start()
    shop.claim(case, "look", "lei")
    posted = {"act": "hand-over", "to": shop["gang"].person_id, "reason": "生病", "key": "k"}
    answer = visit("min").post(LEI, posted | {"item": [shop.item(case, "look")]})
    assert answer.status_code == 422
    assert case.number in Page(answer).root.text


def test_a_head_hands_over_what_somebody_holds_who_has_no_role_there_any_more(
    visit: Visit, shop: Shop
) -> None:
    case, other = shop.start(), shop.start("sun")
    shop.claim(case, "look", "lei")
    RoleHolding.objects.filter(user=shop["lei"]).delete()
    WorkItem.objects.filter(pk=shop.item(other, "look")).update(person=shop["lei"])
    client = visit("min")
    page = Page(client.get(LEI))
    assert case.number in page.text
    assert other.number not in page.text
    assert page.by_id("away-title") is None
    assert page.by_id("record-title") is None
    for act in ("away", "back"):
        posted = {"act": act, "start": "2030-03-04T09:00", "end": "2030-03-05T09:00"}
        assert client.post(LEI, posted).status_code == 403
    posted = {"act": "hand-over", "to": shop["han"].person_id, "reason": "调走", "key": "k"}
    answer = client.post(LEI, posted | {"item": [shop.item(case, "look")]})
    assert answer.status_code == 302
    assert client.get(answer.headers["Location"]).status_code == 200
    assert WorkItem.objects.get(pk=shop.item(case, "look")).person == shop["han"]
    assert client.get(LEI).status_code == 404


@pytest.mark.parametrize(
    ("act", "field"), [("level", "level"), ("key", "key"), ("name_zh", "name_zh")]
)
def test_what_is_wrong_with_a_new_unit_stands_beside_its_entry(
    visit: Visit, act: str, field: str
) -> None:
    posted = {"act": "add", "key": "north", "name_zh": "级别办", "level": "city"}
    posted |= {act: "级 别" if act != "name_zh" else "级" * 101}
    answer = visit("root").post("/desk/people/units", posted)
    assert answer.status_code == 422
    page = Page(answer)
    assert page.by_id(f"add-{field}-problem") is not None
    assert len([each for each in page.root.walk() if "aria-invalid" in each.attributes]) == 1


def test_a_level_that_cannot_be_used_stands_beside_its_entry(visit: Visit) -> None:
    answer = visit("root").post(EAST, {"act": "level", "level": "a b"})
    assert answer.status_code == 422
    assert Page(answer).by_id("level-level-problem") is not None


def test_people_and_units_are_added(visit: Visit, shop: Shop) -> None:
    client = visit("root")
    posted = {"act": "add", "username": "lin", "name": "林工", "phone": "13900001111"}
    assert client.post("/desk/people/new", posted).status_code == 302
    assert not User.objects.get(username="lin").has_usable_password()
    assert client.post("/desk/people/new", posted).status_code == 422
    client.post("/desk/people/units", {"act": "add", "key": "n", "name_zh": "北", "parent": "hq"})
    assert Unit.objects.get(key="n").path == "/hq/n/"


def test_a_unit_is_renamed_moved_given_a_head_and_closed_when_it_is_empty(
    visit: Visit, shop: Shop
) -> None:
    client = visit("root")
    client.post(EAST, {"act": "rename", "name_zh": "东区", "name_en": "The east"})
    client.post(EAST, {"act": "move", "parent": "west"})
    east = Unit.objects.get(key="east")
    assert (east.name_zh, east.path) == ("东区", "/hq/west/east/")
    assert (
        client.post("/desk/people/units/west", {"act": "move", "parent": "east"}).status_code == 422
    )
    client.post(EAST, {"act": "head", "head": shop["lei"].person_id})
    assert Unit.objects.get(key="east").head == shop["lei"]
    assert client.post(EAST, {"act": "close"}).status_code == 422
    RoleHolding.objects.filter(unit=east).delete()
    case = shop.start("sun")
    assert client.post(EAST, {"act": "close"}).status_code == 302
    assert Unit.objects.get(key="east").closed_at is not None
    RoleHolding.objects.filter(unit=shop.units["west"]).delete()
    answer = client.post("/desk/people/units/west", {"act": "close"})
    assert answer.status_code == 422
    assert case.number
    assert "1" in Page(answer).root.text


# -- nobody to do it ------------------------------------------------------------------------------


def test_work_that_nobody_can_do_is_shown_to_the_head_and_gone_when_somebody_can(
    visit: Visit, shop: Shop
) -> None:
    case = shop.start("sun")
    set_head(shop.units["hq"], shop["gang"])
    client = visit("gang")
    assert "没人能办" not in said(client, "/desk/")
    revoke(shop["qi"], "mender", shop.units["west"])
    worker.run_once(NINE)
    words = said(client, "/desk/")
    assert "没人能办" in words
    assert case.number in words
    assert "没人能办" not in said(visit("min"), "/desk/")
    assert "请联系管理员（管理员）" in words
    assert "请联系管理员" not in said(visit("root"), "/desk/")
    assert "给某人角色" in words
    visit("root").post("/desk/people/of/qi", {"act": "grant", "role": "mender", "unit": "hq"})
    worker.run_once(NINE)
    assert "没人能办" not in said(client, "/desk/")
