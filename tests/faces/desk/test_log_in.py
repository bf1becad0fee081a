"""Logging in and out, the language, and what happens when a session ends."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.faces.desk.conftest import Visit
from tests.faces.desk.page import Page
from tests.runtime.shop import NINE, Shop
from tuoban.runtime.people.models import User
from tuoban.runtime.people.service import create_user

PASSWORD = "a long enough password"


@pytest.fixture
def wang(shop: Shop) -> User:
    return create_user("wang", "王敏", password=PASSWORD, language="en", at=NINE)


def log_in(client: Client, password: str = PASSWORD, **more: str) -> Page:
    return Page(client.post("/desk/login", {"username": "wang", "password": password, **more}))


def test_a_page_leads_to_the_log_in_and_back_to_itself(wang: User, client: Client) -> None:
    asked = client.get("/desk/cases?state=late")
    assert asked["Location"] == "/desk/login?next=/desk/cases%3Fstate%3Dlate"
    page = Page(client.get(asked["Location"]))
    answer = client.post(
        "/desk/login", {"username": "wang", "password": PASSWORD, "next": page.value("next")}
    )
    assert answer["Location"] == "/desk/cases?state=late"
    assert client.get(answer["Location"]).status_code == 200


def test_the_log_in_page_is_chinese_whatever_the_browser_prefers(client: Client, db: None) -> None:
    page = Page(client.get("/desk/login", headers={"Accept-Language": "en"}))
    assert page.all("html")[0].attributes["lang"] == "zh-hans"
    assert "用户名" in page.text
    assert "妥办 Tuoban" in page.text


@pytest.mark.parametrize(
    ("language", "said"), [("zh-hans", "用户名和密码不匹配"), ("en", "do not match")]
)
def test_a_wrong_password_is_told_and_the_name_is_kept(
    wang: User, client: Client, language: str, said: str
) -> None:
    client.cookies["django_language"] = language
    response = client.post("/desk/login", {"username": "wang", "password": "wrong"})
    page = Page(response)
    assert response.status_code == 422
    assert said in page.text
    assert page.value("username") == "wang"
    assert page.value("password") == ""


@pytest.mark.parametrize("address", ["https://evil.example/", "//evil.example/", "evil", ""])
def test_a_log_in_never_leads_off_the_desk(wang: User, client: Client, address: str) -> None:
    answer = client.post("/desk/login", {"username": "wang", "password": PASSWORD, "next": address})
    assert answer["Location"] == "/desk/"


def test_the_user_s_language_comes_with_the_log_in(wang: User, client: Client) -> None:
    client.post("/desk/login", {"username": "wang", "password": PASSWORD})
    assert "My work" in Page(client.get("/desk/")).text


def test_another_language_is_kept_with_the_user_and_in_the_browser(
    shop: Shop, visit: Visit
) -> None:
    lei = visit("lei")
    answer = lei.post("/desk/language", {"language": "en", "next": "/desk/cases"})
    assert answer["Location"] == "/desk/cases"
    assert "Cases" in Page(lei.get("/desk/cases")).text
    assert User.objects.get(pk=shop["lei"].pk).language == "en"


def test_a_language_chosen_before_the_log_in_is_for_this_visit_alone(
    wang: User, client: Client
) -> None:
    client.post("/desk/language", {"language": "zh-hans", "next": "/desk/login"})
    answer = client.post("/desk/login", {"username": "wang", "password": PASSWORD})
    assert not answer.cookies["django_language"]["max-age"]
    assert "我的工作" in Page(client.get("/desk/")).text
    assert User.objects.get(pk=wang.pk).language == "en"
    client.post("/desk/logout")
    client.post("/desk/login", {"username": "wang", "password": PASSWORD})
    assert "My work" in Page(client.get("/desk/")).text


def test_a_language_that_is_not_offered_changes_nothing(visit: Visit) -> None:
    lei = visit("lei")
    lei.post("/desk/language", {"language": "fr", "next": "/desk/"})
    assert "我的工作" in Page(lei.get("/desk/")).text


def test_logging_out_ends_the_session(visit: Visit) -> None:
    lei = visit("lei")
    assert lei.post("/desk/logout")["Location"] == "/desk/login"
    assert lei.get("/desk/").status_code == 302


def test_logging_out_takes_a_post(visit: Visit) -> None:
    lei = visit("lei")
    assert lei.get("/desk/logout").status_code == 405
    assert lei.get("/desk/").status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        reverse("desk:work"),
        reverse("desk:new"),
        reverse("desk:start", args=["shop-repair", "repair"]),
        reverse("desk:cases"),
        reverse("desk:case", args=["SR-1"]),
        reverse("desk:claim", args=[1]),
        reverse("desk:notices"),
        reverse("desk:back"),
    ],
)
def test_nothing_is_shown_to_somebody_who_is_not_logged_in(
    db: None, client: Client, address: str
) -> None:
    assert client.get(address)["Location"].startswith("/desk/login?next=")


def test_htmx_is_told_that_the_session_ended(db: None, client: Client) -> None:
    assert client.post("/desk/items/1/claim", headers={"HX-Request": "true"}).status_code == 401


def test_a_form_that_met_the_end_of_its_session_can_be_sent_after_logging_in(
    shop: Shop, wang: User, client: Client
) -> None:
    sent = client.post("/desk/new/shop-repair/repair", {"f.fault": "不开机", "key": "k1"})
    assert sent.status_code == 401
    page = Page(sent)
    entries = {name: page.value(name) for name in ("resume", "kept.f.fault", "kept.key")}
    wrong = log_in(client, "wrong", **entries)
    assert wrong.value("kept.f.fault") == "不开机"
    again = log_in(client, **entries)
    form = again.all("form", action="/desk/new/shop-repair/repair")[0]
    values = {
        each.attributes["name"]: each.attributes["value"]
        for each in form.walk()
        if each.tag == "input" and each.attributes["name"] != "csrfmiddlewaretoken"
    }
    assert values == {"f.fault": "不开机", "key": "k1"}


def test_a_waiting_page_learns_who_is_logged_in_now(
    shop: Shop, visit: Visit, client: Client
) -> None:
    assert client.get("/desk/session").status_code == 401
    answer = visit("lei").get("/desk/session").json()
    assert answer["user"] == str(shop["lei"].pk)
    assert answer["token"]


def test_a_post_without_the_token_against_forgery_is_refused(shop: Shop) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(shop["lei"])
    response = client.post("/desk/language", {"language": "en"})
    assert response.status_code == 403
    assert "表单已失效" in Page(response).text
