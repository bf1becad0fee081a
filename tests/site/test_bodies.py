"""A request brings only so much, announced or not."""

import asyncio
import json
from collections.abc import Iterable
from typing import Any

import pytest
from django.test import Client

from tuoban.runtime.cases.clock import now
from tuoban.runtime.files.rules import rules
from tuoban.runtime.people import tokens
from tuoban.runtime.people.service import create_user
from tuoban.site.asgi import application
from tuoban.site.bodies import LONGEST_BODY, MOST_FILES_AT_ONCE

MEGABYTE = b"x" * 1_000_000


def status(
    chunks: Iterable[bytes],
    path: str = "/no-such-page",
    query: bytes = b"",
    *,
    read: list[int] | None = None,
    **headers: str,
) -> int:
    """The status alone of an answer, see `answered`."""
    return answered(chunks, path, query, read=read, **headers)[0]


def answered(
    chunks: Iterable[bytes],
    path: str,
    query: bytes = b"",
    *,
    read: list[int] | None = None,
    **headers: str,
) -> tuple[int, str, bytes]:
    """The answer of the served application to a post of these chunks: status, type and body.

    Args:
        read: gets how many bytes each chunk had that was asked for.
    """

    async def post() -> tuple[int, str, bytes]:
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": "POST",
            "scheme": "http",
            "path": path,
            "raw_path": path.encode(),
            "query_string": query,
            "headers": [
                (b"host", b"localhost"),
                *((k.replace("_", "-").encode(), v.encode()) for k, v in headers.items()),
            ],
            "client": ("127.0.0.1", 50000),
            "server": ("127.0.0.1", 8000),
        }
        coming: list[Any] = [
            {"type": "http.request", "body": each, "more_body": True} for each in chunks
        ]
        coming.append({"type": "http.request", "body": b"", "more_body": False})
        sent: list[Any] = []

        async def receive() -> Any:
            if not coming:
                return await asyncio.Event().wait()
            if read is not None:
                read.append(len(coming[0]["body"]))
            return coming.pop(0)

        async def send(event: Any) -> None:
            sent.append(event)

        await application(scope, receive, send)
        (start,) = (each for each in sent if each["type"] == "http.response.start")
        kinds = [
            value.decode() for name, value in start["headers"] if name.lower() == b"content-type"
        ]
        body = b"".join(each.get("body", b"") for each in sent)
        return int(start["status"]), "".join(kinds), body

    return asyncio.run(post())


def test_a_body_announced_as_too_long_is_refused_unread() -> None:
    assert status([], content_length=str(LONGEST_BODY + 1)) == 413


@pytest.mark.parametrize("length", ["9" * 5000, "-1", "many"])
def test_a_length_that_makes_no_sense_is_refused(length: str) -> None:
    assert status([], content_length=length) == 413


def test_a_body_that_grows_too_long_unannounced_is_refused() -> None:
    assert status([MEGABYTE] * 3 + [b"x"]) == 413


def test_a_type_that_asks_for_a_codec_is_refused() -> None:
    assert status([], content_type="multipart/form-data; boundary*=base64''%41") == 415


@pytest.mark.django_db
def test_a_body_within_the_limit_goes_through() -> None:
    assert status([MEGABYTE] * 3, content_type="text/plain") not in (413, 415, 500)


UPLOAD, FORM = "application/octet-stream", "multipart/form-data; boundary=x"


@pytest.mark.parametrize(("path", "kind"), [("/api/v1/files", UPLOAD), ("/desk/uploads", FORM)])
@pytest.mark.parametrize("cookie", ["", "sessionid=made-up"])
@pytest.mark.django_db(transaction=True)
def test_of_somebody_who_is_not_logged_in_no_file_is_read(
    path: str, kind: str, cookie: str
) -> None:
    read: list[int] = []
    found = status([b"x"], path, read=read, content_type=kind, cookie=cookie)
    assert (found, read) == (401, [])


@pytest.mark.django_db(transaction=True)
def test_a_form_of_somebody_who_is_not_logged_in_is_no_longer_than_others() -> None:
    path = "/desk/items/1/complete"
    longer = str(LONGEST_BODY + 1)
    assert status([], path, content_length=longer, content_type=FORM) == 401
    assert status([MEGABYTE] * 3 + [b"x"], path, content_type=FORM) == 401
    assert status([MEGABYTE], path, content_type=FORM) not in (401, 413, 500)


@pytest.mark.django_db(transaction=True)
def test_the_files_of_somebody_who_is_logged_in_are_read(client: Client) -> None:
    client.force_login(create_user("lei", "李雷", at=now()))
    cookie = f"sessionid={client.cookies['sessionid'].value}"
    name = "/api/v1/files"
    assert status([MEGABYTE] * 4, name, content_type=UPLOAD, cookie=cookie) not in (401, 413, 500)
    too_large = str(MOST_FILES_AT_ONCE * rules().largest + LONGEST_BODY + 1)
    assert status([], name, content_type=UPLOAD, cookie=cookie, content_length=too_large) == 413


@pytest.mark.parametrize(("language", "word"), [("zh", "太大"), ("en", "Too large")])
@pytest.mark.django_db
def test_below_the_api_it_is_told_as_a_problem_in_the_language_asked_for(
    language: str, word: str
) -> None:
    long = {"content_length": str(LONGEST_BODY + 1), "accept_language": language}
    code, kind, body = answered([], "/api/v1/cases", b"", read=None, **long)
    assert (code, kind) == (413, "application/problem+json")
    assert (json.loads(body)["code"], word in body.decode()) == ("too-large", True)
    code, kind, body = answered([MEGABYTE] * 3 + [b"x"], "/api/v1/cases")
    assert (code, kind, json.loads(body)["status"]) == (413, "application/problem+json", 413)
    codec = "application/json; charset*=base64''%41"
    code, kind, body = answered([], "/api/v1/cases", content_type=codec)
    assert (code, kind) == (415, "application/problem+json")
    assert json.loads(body)["code"] == "unknown-media"


@pytest.mark.django_db(transaction=True)
def test_a_file_is_read_of_a_program_that_has_a_token(client: Client) -> None:
    lei = create_user("lei", "李雷", at=now())
    text = tokens.make(lei, "ERP", ["work"], days=1, at=now())
    for token, code, seen in ((text, 200, [3, 0]), ("tuoban_none", 401, [])):
        read: list[int] = []
        shown = {
            "content_type": UPLOAD,
            "authorization": f"Bearer {token}",
            "idempotency_key": token[:20],
        }
        found = status([b"abc"], "/api/v1/files", b"name=a.txt", read=read, **shown)
        assert (found, read) == (code, seen)
