"""Files: uploading them from a page, having them, attaching them to a case and withdrawing them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIRequest
from django.http import Http404, HttpResponse, JsonResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from tuoban.faces.desk import posted, uploads
from tuoban.faces.desk.asked import key_of, reason_of
from tuoban.faces.desk.contexts import AnswerContext
from tuoban.faces.desk.reader import page_language
from tuoban.faces.desk.rendering import page
from tuoban.faces.desk.signed_in import StaffRequest, signed_in
from tuoban.faces.desk.views.case_time import carry_out, verb
from tuoban.kernel.refusals import Refused
from tuoban.runtime.cases import service
from tuoban.runtime.cases.clock import now
from tuoban.runtime.cases.queries import file_for, file_views
from tuoban.runtime.files import pictures, store
from tuoban.runtime.files.kinds import SHOWN

_SANDBOX = "default-src 'none'; sandbox"
_SHOWN_PDF = "default-src 'none'; object-src 'self'; frame-ancestors 'none'"
"""A browser's own viewer of PDF does not work in a sandbox."""


@require_POST
@signed_in
def upload(request: StaffRequest) -> HttpResponse:
    """Keep what a page sends before its form is; which files they are."""
    refs = [
        ref
        for name in posted.field_values(request.POST)
        for ref in uploads.refs_of(request.POST, name)
    ]
    known = file_views(refs)
    found = [{"ref": ref, "name": known[ref].name} for ref in refs if ref in known]
    problems = [each.read(page_language()) for each in request.upload_problems]
    return JsonResponse({"files": found, "problems": problems}, status=200 if found else 422)


@require_GET
@signed_in
def download(request: StaffRequest, ref: str) -> HttpResponseBase:
    """The file, to be shown where that is safe, else to be saved."""
    try:
        stored, blob = file_for(request.user, posted.plain(ref))
    except Refused as refused:
        return _not_had(request, refused)
    path = store.path_of(blob.digest)
    if not path.exists():
        raise Http404
    shown = blob.type in SHOWN and "save" not in request.GET
    response = StreamingHttpResponse(_chunks(request, path), content_type=blob.type)
    response["Content-Length"] = str(blob.size)
    how = "inline" if shown else "attachment"
    response["Content-Disposition"] = f"{how}; filename*=UTF-8''{quote(stored.name, safe='')}"
    return _guarded(response, _SHOWN_PDF if blob.type == "application/pdf" else _SANDBOX)


@require_GET
@signed_in
def small(request: StaffRequest, ref: str) -> HttpResponseBase:
    """A small picture of the file, made anew so that it carries nothing but what is seen."""
    try:
        _stored, blob = file_for(request.user, posted.plain(ref))
    except Refused as refused:
        raise Http404 from refused
    path = pictures.small(blob.digest, blob.type)
    if path is None:
        raise Http404
    return _guarded(HttpResponse(path.read_bytes(), content_type="image/jpeg"), _SANDBOX)


@verb
def attach(request: StaffRequest, number: str, case_id: int) -> HttpResponse:
    """Attach every file that was chosen."""
    refs = uploads.refs_of(request.POST, "file")

    def act() -> service.Outcome:
        uploads.check(request)
        return service.attach_files(
            case_id,
            refs,
            paper=request.POST.get("paper", ""),
            by=request.user,
            at=now(),
            key=key_of(request),
        )

    done = ngettext("The file is attached.", "%(count)d files are attached.", len(refs))
    return carry_out(request, number, "attach", act, done % {"count": len(refs)})


@verb
def withdraw(request: StaffRequest, number: str, case_id: int, attachment: int) -> HttpResponse:
    def act() -> service.Outcome:
        return service.withdraw_file(
            case_id,
            attachment,
            reason=reason_of(request),
            by=request.user,
            at=now(),
            key=key_of(request),
        )

    done = _("The attachment is withdrawn.")
    return carry_out(request, number, "withdraw-file", act, done, attachment)


@verb
def erase(request: StaffRequest, number: str, case_id: int) -> HttpResponse:
    def act() -> service.Outcome:
        return service.erase_file(
            case_id,
            request.POST.get("file", ""),
            reason=reason_of(request),
            by=request.user,
            at=now(),
            key=key_of(request),
        )

    return carry_out(request, number, "erase-file", act, _("Erased."))


def _guarded(response: HttpResponseBase, policy: str) -> HttpResponseBase:
    """Nothing in what was uploaded runs, or is taken for what it is not."""
    response.headers["Content-Security-Policy"] = policy
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def _not_had(request: StaffRequest, refused: Refused) -> HttpResponse:
    if refused.code == "unknown-attachment":
        raise Http404
    heading = _("This file cannot be opened")
    return page(request, "answer", AnswerContext(heading, refused.read(page_language())), 409)


def _chunks(request: StaffRequest, path: Path) -> Iterator[bytes] | AsyncIterator[bytes]:
    """The content bit by bit, as the server asks for it: never whole in memory."""
    return _async(path) if isinstance(request, ASGIRequest) else _sync(path)


def _sync(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(store.CHUNK):
            yield chunk


async def _async(path: Path) -> AsyncIterator[bytes]:
    file = await _in_a_thread(path.open, "rb")
    try:
        while chunk := await _in_a_thread(file.read, store.CHUNK):
            yield chunk
    finally:
        file.close()


async def _in_a_thread(act: Callable[..., Any], *given: Any) -> Any:
    return await sync_to_async(act, thread_sensitive=False)(*given)
