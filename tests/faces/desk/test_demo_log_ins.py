"""Demo log-ins, whose passwords are public: at a running demo, from its own machine, only."""

import pytest
from django.test import Client
from pytest_django import Settings

from tests.faces.desk.page import Page
from tests.runtime.shop import NINE, Shop
from tuoban.runtime.people.models import User
from tuoban.runtime.people.service import create_user

HERE = {"Host": "127.0.0.1:8000"}


@pytest.fixture
def demo_user(shop: Shop) -> User:
    return create_user("demo", "演示", password="tuoban", is_demo=True, at=NINE)


@pytest.fixture
def client() -> Client:
    return Client(headers=HERE)


@pytest.mark.parametrize(
    ("address", "headers", "lets_in"),
    [
        ("127.0.0.1", {}, True),
        ("127.0.0.1", {"Host": "localhost:8000"}, True),
        ("::1", {"Host": "[::1]:8000"}, True),
        ("192.168.1.20", {}, False),
        ("127.0.0.1", {"Host": "testserver"}, False),
        ("127.0.0.1", {"X-Forwarded-For": "127.0.0.1"}, False),
        ("127.0.0.1", {"Forwarded": "for=127.0.0.1"}, False),
    ],
)
def test_a_demo_lets_its_log_ins_in_from_its_own_machine_alone(
    demo_user: User,
    settings: Settings,
    address: str,
    headers: dict[str, str],
    lets_in: bool,
) -> None:
    settings.DEMO_LOG_INS = True
    answer = Client(headers=HERE | headers).post(
        "/desk/login", {"username": "demo", "password": "tuoban"}, REMOTE_ADDR=address
    )
    assert answer.status_code == (302 if lets_in else 422)
    if not lets_in:
        assert "演示账户" in Page(answer).text


def test_any_other_server_refuses_demo_log_ins_even_from_its_own_machine(
    demo_user: User, client: Client
) -> None:
    answer = client.post("/desk/login", {"username": "demo", "password": "tuoban"})
    assert answer.status_code == 422
    assert "演示账户" in Page(answer).text


def test_a_demo_log_in_ends_when_its_session_comes_from_elsewhere(
    demo_user: User, client: Client, settings: Settings
) -> None:
    settings.DEMO_LOG_INS = True
    client.force_login(demo_user)
    assert client.get("/desk/").status_code == 200
    assert client.get("/desk/", headers={"X-Forwarded-For": "10.0.0.7"}).status_code == 302
    assert client.get("/desk/").status_code == 302


def test_a_demo_log_in_ends_when_the_installation_is_served_as_no_demo(
    demo_user: User, client: Client, settings: Settings
) -> None:
    settings.DEMO_LOG_INS = True
    client.force_login(demo_user)
    assert client.get("/desk/session").status_code == 200
    settings.DEMO_LOG_INS = False
    assert client.get("/desk/session").status_code == 401
