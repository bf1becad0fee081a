"""What a request may bring at most, decided before anything of it is kept or read."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

Event = Mapping[str, Any]
Receive = Callable[[], Awaitable[Event]]
Send = Callable[[Event], Awaitable[None]]
Application = Callable[[dict[str, Any], Receive, Send], Awaitable[None]]

LONGEST_BODY = 3_000_000
"""Bytes. The largest form of the desk, with its signatures, takes a tenth of that."""

_TOO_LARGE = 413, "内容太大，最多 3 MB。 / Too large: 3 MB at most."
_UNKNOWN_KIND = 415, "看不懂内容的类型。 / The type of the content is not understood."


class BodyGuard:
    """Answers 413 to a body longer than `LONGEST_BODY`, 415 to a type in a script of its own."""

    def __init__(self, application: Application) -> None:
        self._application = application

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._application(scope, receive, send)
            return
        if _declared_length(scope) > LONGEST_BODY:
            await _answer(send, *_TOO_LARGE)
            return
        # A parameter written as `name*=charset'...` is decoded by any codec its sender names.
        if b"*" in _header(scope, b"content-type").partition(b";")[2]:
            await _answer(send, *_UNKNOWN_KIND)
            return
        counted = _Counted(receive)
        await self._application(scope, counted, send)
        if counted.is_too_long:
            await _answer(send, *_TOO_LARGE)


class _Counted:
    """Counts what comes in. Past the limit the visitor counts as gone: Django drops what it has
    kept so far and answers nothing.
    """

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._length = 0

    @property
    def is_too_long(self) -> bool:
        return self._length > LONGEST_BODY

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
    return int(written) if written.isdigit() and len(written) < 19 else LONGEST_BODY + 1


def _header(scope: Event, name: bytes) -> bytes:
    return b",".join(value for each, value in scope["headers"] if each.lower() == name)


async def _answer(send: Send, status: int, text: str) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": text.encode()})
