"""A database that is busy or full: the page says so, and what was typed is kept."""

import sqlite3
from contextlib import closing

import pytest
from django.db import InterfaceError, connection
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from tests.faces.desk.page import Page
from tests.runtime.shop import open_shop


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("broken")


def cut_off(request: HttpRequest) -> HttpResponse:
    raise InterfaceError("connection already closed")


urlpatterns = [path("broken", broken), path("cut-off", cut_off)]
handler500 = "tuoban.faces.desk.views.faults.fault"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("language", "said"), [("zh-hans", "系统正忙"), ("en", "Busy")])
def test_what_was_typed_while_the_database_is_locked_can_be_sent_again(
    language: str, said: str
) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite locks the whole database")
    shop = open_shop()
    client = Client(raise_request_exception=False)
    client.force_login(shop["mei"])
    client.cookies["django_language"] = language
    typed = {"f.fault": "不开机 <b>", "key": "k1"}
    connection.ensure_connection()
    connection.connection.execute("PRAGMA busy_timeout = 1")
    with closing(sqlite3.connect(connection.settings_dict["NAME"])) as other:
        other.execute("BEGIN IMMEDIATE")
        answer = client.post("/desk/new/shop-repair/repair", typed)
    assert answer.status_code == 503
    page = Page(answer)
    assert said in page.text
    form = page.all("form", action="/desk/new/shop-repair/repair", method="post")[0]
    inputs = [each.attributes for each in form.walk() if each.tag == "input"]
    assert {each["name"]: each["value"] for each in inputs if each["name"] in typed} == typed


@pytest.mark.django_db(transaction=True)
def test_a_password_is_not_written_into_the_page() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite locks the whole database")
    client = Client(raise_request_exception=False)
    connection.ensure_connection()
    connection.connection.execute("PRAGMA busy_timeout = 1")
    with closing(sqlite3.connect(connection.settings_dict["NAME"])) as other:
        other.execute("BEGIN IMMEDIATE")
        answer = client.post("/desk/login", {"username": "wang", "password": "my secret"})
    assert answer.status_code == 503
    assert "my secret" not in answer.content.decode()
    assert Page(answer).all("a", href="/desk/login")


@pytest.mark.urls(__name__)
def test_a_connection_that_was_lost_is_no_fault_of_the_program() -> None:
    answer = Client(raise_request_exception=False).get("/cut-off?page=2")
    assert answer.status_code == 503
    assert int(answer["Retry-After"]) > 0
    page = Page(answer)
    assert "系统正忙" in page.text
    assert page.all("a", href="/cut-off?page=2")


@pytest.mark.urls(__name__)
def test_any_other_fault_stays_a_fault() -> None:
    answer = Client(raise_request_exception=False).get("/broken")
    assert answer.status_code == 500
    assert "出错" in Page(answer).text or "故障" in Page(answer).text
