"""A request brings only so much, announced or not."""

import asyncio
from collections.abc import Iterable
from typing import Any

import pytest

from tuoban.site.asgi import application
from tuoban.site.bodies import LONGEST_BODY

MEGABYTE = b"x" * 1_000_000


def status(chunks: Iterable[bytes], **headers: str) -> int:
    """The answer of the served application to a post of these chunks."""

    async def post() -> int:
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": "POST",
            "scheme": "http",
            "path": "/no-such-page",
            "raw_path": b"/no-such-page",
            "query_string": b"",
            "headers": [
                (b"host", b"localhost"),
                *((k.replace("_", "-").encode(), v.encode()) for k, v in headers.items()),
            ],
            "client": ("127.0.0.1", 50000),
            "server": ("127.0.0.1", 8000),
        }
        coming = [{"type": "http.request", "body": each, "more_body": True} for each in chunks]
        coming.append({"type": "http.request", "body": b"", "more_body": False})
        sent: list[Any] = []

        async def receive() -> Any:
            return coming.pop(0) if coming else await asyncio.Event().wait()

        async def send(event: Any) -> None:
            sent.append(event)

        await application(scope, receive, send)
        (start,) = (each for each in sent if each["type"] == "http.response.start")
        return int(start["status"])

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
