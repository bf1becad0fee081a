"""The repair shop of the runtime's tests, asked by programs."""

from collections.abc import Callable

import pytest
from django.test import Client

from tests.runtime.shop import Shop, open_shop
from tuoban.runtime.cases.clock import now
from tuoban.runtime.people import tokens
from tuoban.runtime.people.models import User
from tuoban.runtime.people.tokens import SCOPES

Ask = Callable[..., Client]


def token_of(user: User, *scopes: str, name: str = "ERP", days: int | None = 30) -> str:
    """A token of somebody; with every scope where none is named."""
    return tokens.make(user, name, scopes or SCOPES, days=days, at=now())


def program_of(user: User, *scopes: str, name: str = "ERP", days: int | None = 30) -> Client:
    """A program with such a token."""
    text = token_of(user, *scopes, name=name, days=days)
    return Client(headers={"Authorization": f"Bearer {text}"}, enforce_csrf_checks=True)


@pytest.fixture
def shop(db: None) -> Shop:
    """The shop inside a transaction that the test's end takes back."""
    return open_shop()


@pytest.fixture
def ask(shop: Shop) -> Ask:
    """The program of somebody of the shop, logged in, that accepts a language or names none."""

    def arrive(name: str, language: str = "") -> Client:
        client = Client(headers={"Accept-Language": language} if language else {})
        client.force_login(shop[name])
        return client

    return arrive
