"""What a request may bring at most, and of whom, decided before anything of it is kept or read."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from asgiref.sync import sync_to_async
from django.conf import settings
from django.contrib.auth import get_user
from django.contrib.sessions.backends.db import SessionStore
from django.db import InterfaceError, OperationalError, close_old_connections
from django.http import HttpRequest, parse_cookie

Event = Mapping[str, Any]
Receive = Callable[[], Awaitable[Event]]
Send = Callable[[Event], Awaitable[None]]
Application = Callable[[dict[str, Any], Receive, Send], Awaitable[None]]

LONGEST_BODY = 3_000_000
"""Bytes. The largest form of the desk, with its signatures, takes a tenth of that."""

MOST_FILES_AT_ONCE = 4
"""So many files of the largest size may come in one form; a page with scripts sends each alone."""

_UPLOADS = re.compile(
    r"/desk/(uploads|items/\d+/(complete|rows)|new/[^/]+/[^/]+(/rows)?"
    r"|cases/[^/]+/(files|comments|papers/[^/]+/\d+|correct/\d+/[^/]+|reactions/[^/]+/\d+(/rows)?))"
    r"|/api/v1/files"
)
"""Where files come in: whole, or in a form."""
_DESK_UPLOAD, _API_UPLOAD = "/desk/uploads", "/api/v1/files"
"""Where nothing but files comes in: of somebody who is not logged in nothing is read. A form of
theirs is, as long as it is no longer than others, so that it is kept until they are."""
_OF_FILES = (b"multipart/form-data", b"application/octet-stream")


def _too_large(most: int) -> tuple[int, str]:
    megabytes = most // 1_000_000
    return 413, f"内容太大，最多 {megabytes} MB。 / Too large: {megabytes} MB at most."


_SENSELESS = 10**18
"""A length that is longer than any."""
_NOT_LOGGED_IN = 401, "请先登录。 / Log in first."
_UNKNOWN_KIND = 415, "看不懂内容的类型。 / The type of the content is not understood."


class BodyGuard:
    """Answers 413 to a body longer than `LONGEST_BODY`, 401 to one that brings files of somebody
    who is not logged in, 415 to a type in a script of its own.

    Args:
        largest_file: bytes; where files come in a body may be longer for them.
    """

    def __init__(self, application: Application, largest_file: int = 0) -> None:
        self._application = application
        self._longest_upload = LONGEST_BODY + MOST_FILES_AT_ONCE * largest_file

    def _most(self, scope: Event) -> int:
        """Bytes, of somebody who is logged in."""
        return self._longest_upload if _brings_files(scope) else LONGEST_BODY

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._application(scope, receive, send)
            return
        most = self._most(scope)
        too_long = _too_large(most)
        if _declared_length(scope) <= most and _brings_files(scope) and not await _logged_in(scope):
            if scope["path"] == _API_UPLOAD:
                await self._application(scope, _NoBody(), _closing(send))
                return
            if scope["path"] == _DESK_UPLOAD:
                await _answer(send, scope, *_NOT_LOGGED_IN)
                return
            most, too_long = LONGEST_BODY, _NOT_LOGGED_IN
        if _declared_length(scope) > most:
            await _answer(send, scope, *too_long)
            return
        # A parameter written as `name*=charset'...` is decoded by any codec its sender names.
        if b"*" in _header(scope, b"content-type").partition(b";")[2]:
            await _answer(send, scope, *_UNKNOWN_KIND)
            return
        counted = _Counted(receive, most)
        await self._application(scope, counted, send)
        if counted.is_too_long:
            await _answer(send, scope, *too_long)


def _brings_files(scope: Event) -> bool:
    kind = _header(scope, b"content-type").partition(b";")[0].strip().lower()
    is_of_files = scope["method"] == "POST" and kind in _OF_FILES
    return is_of_files and _UPLOADS.fullmatch(scope["path"]) is not None


async def _logged_in(scope: Event) -> bool:
    written = _header(scope, b"authorization").decode("latin-1")
    if written and scope["path"] == _API_UPLOAD:
        return await _asked(_has_token, written)
    cookies = parse_cookie(_header(scope, b"cookie").decode("latin-1"))
    key = cookies.get(settings.SESSION_COOKIE_NAME, "")
    return bool(key) and await _asked(_has_session, key)


def _has_token(written: str) -> bool:
    """Whether a header is that of a program that has a token."""
    from tuoban.faces.api.signed_in import by_token  # noqa: PLC0415 - models are there only now

    return by_token(written) is not None


def _has_session(key: str) -> bool:
    """Whether a session is of somebody who is logged in."""
    request = HttpRequest()
    request.session = SessionStore(key)
    return get_user(request).is_authenticated


def _is_of_somebody(is_known: Callable[[str], bool], shown: str) -> bool:
    """Where the database is busy nobody knows yet: what comes after this asks again."""
    close_old_connections()
    try:
        return is_known(shown)
    except (InterfaceError, OperationalError):
        return True
    finally:
        close_old_connections()


# Many ask at once, and none waits for another.
_asked = sync_to_async(_is_of_somebody, thread_sensitive=False)


class _NoBody:
    """A request that brings nothing, so that whatever answers it says what it would say anyway."""

    def __init__(self) -> None:
        self._is_told = False

    async def __call__(self) -> Event:
        if self._is_told:
            await asyncio.Event().wait()  # nobody hears of the visitor again
        self._is_told = True
        return {"type": "http.request", "body": b"", "more_body": False}


def _closing(send: Send) -> Send:
    """Send an answer after which nothing more is read."""

    async def send_and_close(event: Event) -> None:
        if event["type"] == "http.response.start":
            event = {**event, "headers": [*event["headers"], (b"connection", b"close")]}
        await send(event)

    return send_and_close


class _Counted:
    """Counts what comes in. Past the limit the visitor counts as gone: Django drops what it has
    kept so far and answers nothing.
    """

    def __init__(self, receive: Receive, most: int) -> None:
        self._receive = receive
        self._most = most
        self._length = 0

    @property
    def is_too_long(self) -> bool:
        return self._length > self._most

    async def __call__(self) -> Event:
        event = await self._receive()
        if event["type"] == "http.request":
            self._length += len(event.get("body", b""))
            if self.is_too_long:
                return {"type": "http.disconnect"}
        return event


def _declared_length(scope: Event) -> int:
    """What the visitor announces; something other than a number counts as too long."""
    written = _header(scope, b"content-length")
    if not written:
        return 0
    return int(written) if written.isdigit() and len(written) < 19 else _SENSELESS


def _header(scope: Event, name: bytes) -> bytes:
    return b",".join(value for each, value in scope["headers"] if each.lower() == name)


async def _answer(send: Send, scope: Event, status: int, text: str) -> None:
    from tuoban.faces.api.middleware import (  # noqa: PLC0415 - as above
        answer_before,
        is_of_api,
    )

    kind, body = "text/plain; charset=utf-8", text.encode()
    if is_of_api(scope["path"]):
        accepted = _header(scope, b"accept-language").decode("latin-1")
        problem = answer_before(status, accepted)
        kind, body = problem["Content-Type"], problem.getvalue()
    headers = [(b"content-type", kind.encode()), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
