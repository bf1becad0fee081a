"""Only text in UTF-8 is read as a form; anything else is refused, logged in or not."""

import pytest
from django.test import Client

from tests.faces.desk.page import Page

UNREADABLE = ["base64", "rot13", "idna", "undefined", "utf-7", "unicode_escape", "gbk", "no-such"]


def multipart(disposition: str = 'name="username"', text: str = "x") -> bytes:
    lines = ("--X", f"Content-Disposition: form-data; {disposition}", "", text, "--X--", "")
    return "\r\n".join(lines).encode()


@pytest.mark.parametrize("charset", UNREADABLE)
@pytest.mark.parametrize("type_", ["multipart/form-data; boundary=X", "text/plain"])
def test_a_form_in_another_character_set_is_refused(
    client: Client, db: None, charset: str, type_: str
) -> None:
    body = multipart(text="+2AA- \\ud800")
    answer = client.generic("POST", "/desk/login", body, f"{type_}; charset={charset}")
    assert answer.status_code == 400
    assert "无法读取" in Page(answer).text


def test_the_refusal_is_in_the_language_of_the_browser(client: Client) -> None:
    client.cookies["django_language"] = "en"
    answer = client.generic("POST", "/desk/login", b"x", "text/plain; charset=utf-7")
    assert "This cannot be read" in Page(answer).text


@pytest.mark.parametrize("codec", ["base64", "utf-7", "undefined", "no-such"])
def test_a_part_of_a_form_that_names_a_codec_of_its_own_is_no_fault(
    client: Client, db: None, codec: str
) -> None:
    body = multipart(disposition=f"name*={codec}''%2B2AA-")
    answer = client.generic("POST", "/desk/login", body, "multipart/form-data; boundary=X")
    assert answer.status_code in (400, 422)


@pytest.mark.parametrize("charset", ["", "; charset=utf-8", "; charset=UTF-8"])
def test_a_form_in_utf_8_is_read(client: Client, db: None, charset: str) -> None:
    answer = client.generic(
        "POST",
        "/desk/login",
        multipart(text="王芳"),
        f"multipart/form-data; boundary=X{charset}",
    )
    assert answer.status_code == 422
    assert Page(answer).value("username") == "王芳"


def test_half_of_a_surrogate_pair_as_bytes_is_no_fault(client: Client, db: None) -> None:
    answer = client.generic(
        "POST",
        "/desk/login",
        b"username=%ED%A0%80&password=%ED%A0%80",
        "application/x-www-form-urlencoded",
    )
    assert answer.status_code == 422
