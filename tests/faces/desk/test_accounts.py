"""Name, password, number and skills of somebody, as they are changed on a page."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.faces.desk.conftest import Visit
from tests.faces.desk.page import Page
from tests.runtime.shop import NINE, Shop
from tuoban.runtime.people.models import PeopleChange, Skill, User
from tuoban.runtime.people.service import create_user, set_password, set_skills

LEI = "/desk/people/of/lei"
NEW = "Hao-Le-2026x"


def problem(answer: object, name: str) -> str:
    found = Page(answer).by_id(f"{name}-problem")  # type: ignore[arg-type]
    assert found is not None, name
    return found.text


def is_logged_in(client: Client) -> bool:
    return client.get("/desk/people/me").headers["Location"].startswith("/desk/people/of/")


# -- name -----------------------------------------------------------------------------------------


def test_a_name_is_changed_after_asking_and_recorded(visit: Visit, shop: Shop) -> None:
    root = visit("root")
    posted = {"act": "rename", "name": "李磊"}
    asked = Page(root.post(LEI, posted))
    assert "李雷以后在所有地方都显示为李磊" in asked.text
    assert User.objects.get(username="lei").display_name == "李雷"
    assert root.post(LEI, posted | {"confirmed": "1"}).status_code == 302
    assert User.objects.get(username="lei").display_name == "李磊"
    assert "改名：李雷 → 李磊" in Page(root.get(LEI)).text


@pytest.mark.parametrize("name", ["", "李" * 101, "李\u200b雷"])
def test_a_name_that_cannot_be_read_is_refused_and_kept_in_its_entry(
    visit: Visit, name: str
) -> None:
    answer = visit("root", "en").post(LEI, {"act": "rename", "name": name, "confirmed": "1"})
    assert answer.status_code == 422
    assert "1 to 100 visible characters" in problem(answer, "rename-name")
    assert User.objects.get(username="lei").display_name == "李雷"


# -- password -------------------------------------------------------------------------------------


def test_an_administrator_sets_a_password_and_every_session_ends(visit: Visit, shop: Shop) -> None:
    phone, desk, root = visit("lei"), visit("lei"), visit("root")
    assert is_logged_in(phone)
    assert Page(root.get(f"{LEI}?ask=password")).by_id("password-password") is not None
    assert (
        root.post(LEI, {"act": "password", "password": NEW, "password-again": NEW}).status_code
        == 302
    )
    assert not is_logged_in(phone)
    assert not is_logged_in(desk)
    assert is_logged_in(root)
    assert User.objects.get(username="lei").check_password(NEW)
    assert "密码由别人重设" in Page(root.get(LEI)).text
    assert NEW not in "".join(PeopleChange.objects.values_list("facts", flat=True))


@pytest.mark.parametrize(
    ("posted", "entry", "words"),
    [
        ({"password": "123", "password-again": "123"}, "password", "too short"),
        ({"password": NEW, "password-again": NEW + "y"}, "password-again", "differs"),
        ({"password": NEW}, "password-again", "differs"),
    ],
)
def test_a_password_that_is_refused_is_told_beside_its_entry_and_not_repeated(
    visit: Visit, shop: Shop, posted: dict[str, str], entry: str, words: str
) -> None:
    answer = visit("root", "en").post(LEI, {"act": "password", **posted})
    assert answer.status_code == 422
    assert words in problem(answer, f"password-{entry}")
    assert NEW not in answer.content.decode()
    assert not User.objects.get(username="lei").has_usable_password()


def test_ones_own_password_asks_for_the_old_one_and_ends_the_other_sessions(
    visit: Visit, shop: Shop
) -> None:
    set_password(shop["lei"], "Old-2026-word")
    here, there = visit("lei"), visit("lei")
    posted = {"act": "password", "password-now": "wrong", "password": NEW, "password-again": NEW}
    answer = here.post(LEI, posted)
    assert answer.status_code == 422
    assert problem(answer, "password-password-now") == "这不是您现在的密码。"
    assert here.post(LEI, posted | {"password-now": "Old-2026-word"}).status_code == 302
    assert is_logged_in(here)
    assert not is_logged_in(there)
    assert "改了自己的密码" in Page(here.get(LEI)).text


def test_who_guesses_the_old_password_has_to_pause(visit: Visit, shop: Shop) -> None:
    set_password(shop["lei"], "Old-2026-word")
    here = visit("lei", "en")
    posted = {"act": "password", "password-now": "wrong", "password": NEW, "password-again": NEW}
    for _ in range(5):
        here.post(LEI, posted)
    answer = here.post(LEI, posted | {"password-now": "Old-2026-word"})
    assert "Too many failed attempts" in problem(answer, "password-password-now")
    assert User.objects.get(username="lei").check_password("Old-2026-word")


@pytest.mark.parametrize("act", ["rename", "password"])
def test_heads_change_neither_names_nor_passwords(visit: Visit, act: str) -> None:
    posted = {"act": act, "name": "新名", "confirmed": "1", "password": NEW, "password-again": NEW}
    assert visit("min").post(LEI, posted).status_code == 403
    assert Page(visit("min").get(f"{LEI}?ask=password")).by_id("password-password") is None


def test_the_last_administrator_is_not_let_go(visit: Visit, shop: Shop) -> None:
    create_user("boss", "老板", password="a long enough password", is_staff=True, at=NINE)
    second = Client()
    second.force_login(User.objects.get(username="boss"))
    assert second.post("/desk/people/of/root", {"act": "leave"}).status_code == 302
    answer = second.post("/desk/people/of/boss", {"act": "leave"})
    assert answer.status_code == 422
    assert User.objects.get(username="boss").is_active


# -- number ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("139 0000-1111", "13900001111"),
        ("＋86 139 0000 1111", "13900001111"),
        ("0571-88001234", "0571-88001234"),
        ("400-820-8820", "400-820-8820"),
        ("+44 20 7946 0958", "+442079460958"),
        ("", ""),
    ],
)
def test_a_number_is_kept_as_one_typed_into_a_form_is(
    visit: Visit, shop: Shop, typed: str, kept: str
) -> None:
    answer = visit("lei").post(LEI, {"act": "reach", "phone": typed, "mail": ""})
    assert answer.status_code == 302
    assert User.objects.get(username="lei").phone == kept


@pytest.mark.parametrize("typed", ["12345", "1390000111", "23900001111", "abc", "+86 12"])
def test_what_is_no_number_is_told_beside_it_and_nothing_typed_is_lost(
    visit: Visit, shop: Shop, typed: str
) -> None:
    posted = {"act": "reach", "phone": typed, "mail": "lei@example.org"}
    answer = visit("lei").post(LEI, posted)
    assert answer.status_code == 422
    assert "11 位手机号" in problem(answer, "reach-phone")
    page = Page(answer)
    assert [each.attributes["value"] for each in page.all("input", name="phone")] == [typed]
    assert [each.attributes["value"] for each in page.all("input", name="mail")] == [posted["mail"]]
    added = {"act": "add", "username": "lin", "name": "林工", "phone": typed}
    assert "11 位手机号" in problem(visit("root").post("/desk/people/new", added), "add-phone")


def test_an_old_number_that_is_not_touched_keeps_no_address_out(visit: Visit, shop: Shop) -> None:
    User.objects.filter(username="lei").update(phone="10086")
    posted = {"act": "reach", "phone": "10086", "mail": "lei@example.org"}
    assert visit("lei").post(LEI, posted).status_code == 302


# -- skills ---------------------------------------------------------------------------------------


def skills_of(name: str) -> set[str]:
    return set(Skill.objects.filter(user__username=name).values_list("name", flat=True))


def test_skills_in_use_are_offered_and_new_ones_are_added(visit: Visit, shop: Shop) -> None:
    set_skills(shop["han"], ["welding", "high_voltage"])
    root = visit("root")
    offered = Page(root.get(LEI)).all("input", name="skills")
    assert {each.attributes["value"] for each in offered} >= {"welding", "high_voltage"}
    root.post(LEI, {"act": "skills", "skills": ["welding"], "more": "painting，高空作业"})
    assert skills_of("lei") == {"welding", "painting", "高空作业"}


@pytest.mark.parametrize(
    "typed",
    ["High_Voltage", "high voltage", "ｈｉｇｈ＿ｖｏｌｔａｇｅ", "high-voltage", "highvoltage"],
)
def test_a_known_skill_written_otherwise_is_the_known_one(
    visit: Visit, shop: Shop, typed: str
) -> None:
    set_skills(shop["han"], ["high_voltage"])
    answer = visit("root", "en").post(LEI, {"act": "skills", "more": typed}, follow=True)
    assert skills_of("lei") == {"high_voltage"}
    assert f"“{typed}” is kept as “high_voltage”" in Page(answer).text


def test_known_skills_with_spaces_between_are_several(visit: Visit, shop: Shop) -> None:
    set_skills(shop["han"], ["welding", "painting"])
    visit("root").post(LEI, {"act": "skills", "more": "Welding painting"})
    assert skills_of("lei") == {"welding", "painting"}


def test_a_new_skill_with_a_space_is_asked_about_and_kept_as_typed(
    visit: Visit, shop: Shop
) -> None:
    set_skills(shop["han"], ["welding"])
    posted = {"act": "skills", "skills": ["welding"], "more": "arc cutting"}
    answer = visit("root", "en").post(LEI, posted)
    assert answer.status_code == 422
    assert "write arc_cutting for one skill" in problem(answer, "skills-more")
    page = Page(answer)
    assert [each.attributes["value"] for each in page.all("input", name="more")] == ["arc cutting"]
    assert ["checked" in each.attributes for each in page.all("input", name="skills")] == [True]
    assert skills_of("lei") == set()


def test_a_password_that_comes_after_the_session_has_ended_stands_on_no_page() -> None:
    posted = {"act": "password", "password": NEW, "password-again": NEW, "name": "新名"}
    told = Client().post(LEI, posted).content.decode()
    assert "新名" in told
    assert NEW not in told


def test_an_administrator_is_made_on_their_page_after_asking_and_unmade(
    visit: Visit, shop: Shop
) -> None:
    staff, lei = visit("root", "en"), "/desk/people/of/lei"
    assert "Make them an administrator?" in staff.get(f"{lei}?ask=appoint").content.decode()
    answer = staff.post(lei, {"act": "appoint"})
    assert answer.status_code == 422
    assert "They have no password and never log in" in answer.content.decode()
    set_password(shop["lei"], "quite-a-long-word")
    page = staff.post(lei, {"act": "appoint"}, follow=True).content.decode()
    assert "was made an administrator" in page, "it stands in the record"
    staff.post(lei, {"act": "appoint"})

    other = visit("lei", "en")
    assert other.get("/desk/background").status_code == 200
    answer = other.post(lei, {"act": "dismiss"})
    assert answer.status_code == 422
    assert "You cannot take this from yourself" in answer.content.decode()
    root = "/desk/people/of/root"
    assert "No longer an administrator?" in other.get(f"{root}?ask=dismiss").content.decode()
    page = other.post(root, {"act": "dismiss"}, follow=True).content.decode()
    assert "is an administrator no more" in page
    assert staff.get("/desk/background").status_code == 403, "at once, without logging in again"
    assert staff.post(root, {"act": "appoint"}).status_code == 403
    recorded = PeopleChange.objects.filter(what__startswith="administrator")
    assert list(recorded.values_list("what", "user__username", "by")) == [
        ("administrator-made", "lei", shop["root"].person_id),
        ("administrator-no-more", "root", shop["lei"].person_id),
    ]
