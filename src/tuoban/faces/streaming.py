"""A content as an answer: bit by bit, and so that nothing in it runs."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase

from tuoban.runtime.files.kinds import SHOWN
from tuoban.runtime.files.store import CHUNK

_SANDBOX = "default-src 'none'; sandbox"
_SHOWN = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; sandbox"
"""The page that a browser makes around a picture has a style of its own."""
_SHOWN_PDF = "default-src 'none'; object-src 'self'; frame-ancestors 'none'"
"""A browser's own viewer of PDF does not work in a sandbox."""


def content(
    request: HttpRequest, path: Path, *, name: str, type_: str, size: int, save: bool
) -> HttpResponseBase:
    """The content as a file of this name: shown by the browser where that is safe, else saved.

    Args:
        save: it is to be saved in any case.
    """
    chunks = _async(path) if isinstance(request, ASGIRequest) else _sync(path)
    response = StreamingHttpResponse(chunks, content_type=type_)
    response.headers["Content-Length"] = str(size)
    how = "inline" if type_ in SHOWN and not save else "attachment"
    response.headers["Content-Disposition"] = f"{how}; filename*=UTF-8''{quote(name, safe='')}"
    return guarded(response, _policy(type_))


def _policy(type_: str) -> str:
    if type_ == "application/pdf":
        return _SHOWN_PDF
    return _SHOWN if type_ in SHOWN else _SANDBOX


def guarded(response: HttpResponseBase, policy: str = _SANDBOX) -> HttpResponseBase:
    """Nothing in what was uploaded runs, or is taken for what it is not."""
    response.headers["Content-Security-Policy"] = policy
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def _sync(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            yield chunk


async def _async(path: Path) -> AsyncIterator[bytes]:
    file = await _in_a_thread(path.open, "rb")
    try:
        while chunk := await _in_a_thread(file.read, CHUNK):
            yield chunk
    finally:
        file.close()


async def _in_a_thread(act: Callable[..., Any], *given: Any) -> Any:
    return await sync_to_async(act, thread_sensitive=False)(*given)
