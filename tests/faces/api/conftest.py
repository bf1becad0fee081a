"""The repair shop of the runtime's tests, asked by programs."""

from collections.abc import Callable

import pytest
from django.test import Client

from tests.runtime.shop import Shop, open_shop

Ask = Callable[..., Client]


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
