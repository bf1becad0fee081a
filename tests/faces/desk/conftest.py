"""The repair shop of the runtime's tests, seen through the desk."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client

from tests.runtime.shop import Shop, open_shop

Visit = Callable[..., Client]


@pytest.fixture
def shop(db: None) -> Shop:
    """The shop inside a transaction that the test's end takes back."""
    return open_shop()


@pytest.fixture
def visit(shop: Shop) -> Visit:
    """Somebody of the shop at a browser, logged in, reading zh-hans or en."""

    def arrive(name: str, language: str = "zh-hans") -> Client:
        client = Client()
        client.force_login(shop[name])
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        return client

    return arrive
