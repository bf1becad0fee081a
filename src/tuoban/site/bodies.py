"""What a request may bring at most, decided before anything of it is kept or read."""

import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

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
_OF_FILES = (b"multipart/form-data", b"application/octet-stream")


def _too_large(most: int) -> tuple[int, str]:
    megabytes = most // 1_000_000
    return 413, f"内容太大，最多 {megabytes} MB。 / Too large: {megabytes} MB at most."


_SENSELESS = 10**18
"""A length that is longer than any."""
_UNKNOWN_KIND = 415, "看不懂内容的类型。 / The type of the content is not understood."


class BodyGuard:
    """Answers 413 to a body longer than `LONGEST_BODY`, 415 to a type in a script of its own.

    Args:
        largest_file: bytes; where files come in a body may be longer for them.
    """

    def __init__(self, application: Application, largest_file: int = 0) -> None:
        self._application = application
        self._longest_upload = LONGEST_BODY + MOST_FILES_AT_ONCE * largest_file

    def _most(self, scope: Event) -> int:
        kind = _header(scope, b"content-type").partition(b";")[0].strip().lower()
        brings_files = scope["method"] == "POST" and kind in _OF_FILES
        takes_files = _UPLOADS.fullmatch(scope["path"]) is not None
        return self._longest_upload if brings_files and takes_files else LONGEST_BODY

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._application(scope, receive, send)
            return
        most = self._most(scope)
        if _declared_length(scope) > most:
            await _answer(send, *_too_large(most))
            return
        # A parameter written as `name*=charset'...` is decoded by any codec its sender names.
        if b"*" in _header(scope, b"content-type").partition(b";")[2]:
            await _answer(send, *_UNKNOWN_KIND)
            return
        counted = _Counted(receive, most)
        await self._application(scope, counted, send)
        if counted.is_too_long:
            await _answer(send, *_too_large(most))


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


async def _answer(send: Send, status: int, text: str) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": text.encode()})
