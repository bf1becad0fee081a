"""The page for a form that comes without our cookies: it tells the likely cause."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from tests.faces.desk.page import Page

pytestmark = pytest.mark.django_db


def refused(origin: str, *, cookie: bool = False) -> str:
    client = Client(enforce_csrf_checks=True)
    if cookie:
        client.cookies["csrftoken"] = "x" * 32
    response = client.post(reverse("desk:login"), {"username": "lei"}, headers={"origin": origin})
    assert response.status_code == 403
    return Page(response).text


def test_without_cookies_over_http_the_page_says_that_https_is_needed() -> None:
    assert "这个地址需要 HTTPS" in refused("http://testserver")


@pytest.mark.parametrize(
    ("origin", "cookie"), [("https://testserver", False), ("http://testserver", True)]
)
def test_otherwise_the_form_has_expired(origin: str, cookie: bool) -> None:
    text = refused(origin, cookie=cookie)
    assert "表单已失效" in text
    assert "HTTPS" not in text
