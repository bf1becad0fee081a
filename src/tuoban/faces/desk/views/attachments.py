"""Files: uploading them from a page, having them, attaching them to a case and withdrawing them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.http import Http404, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from tuoban.faces import posted
from tuoban.faces.desk import uploads
from tuoban.faces.desk.asked import key_of, reason_of
from tuoban.faces.desk.contexts import AnswerContext, Shell
from tuoban.faces.desk.finding import case_id_of
from tuoban.faces.desk.rendering import page
from tuoban.faces.desk.shell import shell_for
from tuoban.faces.desk.signed_in import StaffRequest, signed_in
from tuoban.faces.desk.views.case_time import carry_out, verb
from tuoban.faces.reader import page_language
from tuoban.faces.streaming import content, guarded
from tuoban.kernel.refusals import Refused
from tuoban.runtime.cases import service
from tuoban.runtime.cases.clock import now
from tuoban.runtime.cases.queries import FilesSheet, file_for, file_sheet, file_views
from tuoban.runtime.files import pictures, store

LONGEST_SEARCH = 200  # characters


@require_POST
@signed_in
def upload(request: StaffRequest) -> HttpResponse:
    """Keep what a page sends before its form is; which files they are."""
    refs = [
        ref
        for name in posted.field_values(request.POST)
        for ref in uploads.refs_of(request.POST, name)
    ]
    known = file_views(request.user, refs)
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
    return content(
        request,
        path,
        name=stored.name,
        type_=blob.type,
        size=blob.size,
        save="save" in request.GET,
    )


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
    return guarded(HttpResponse(path.read_bytes(), content_type="image/jpeg"))


@dataclass(frozen=True, slots=True)
class FilesContext:
    shell: Shell
    now: datetime
    sheet: FilesSheet
    q: str
    next: str


@signed_in
def files(request: StaffRequest, number: str) -> HttpResponse:
    """All files of a case, page by page, those sought by name; posted, some are attached."""
    if request.method == "POST":
        return attach(request, number)
    at, q = now(), posted.plain(request.GET.get("q", "")).strip()[:LONGEST_SEARCH]
    cursor = posted.plain(request.GET.get("page", ""))
    sheet = file_sheet(request.user, case_id_of(request.user, number), at, q, cursor)
    asked = urlencode({"q": q, "page": sheet.panel.next})
    following = f"{request.path}?{asked}" if sheet.panel.next else ""
    context = FilesContext(shell_for(request, "desk:cases"), at, sheet, q, following)
    with timezone.override(ZoneInfo(sheet.time_zone)):
        return page(request, "case_files", context)


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


def _not_had(request: StaffRequest, refused: Refused) -> HttpResponse:
    if refused.code == "unknown-attachment":
        raise Http404
    heading = _("This file cannot be opened")
    return page(request, "answer", AnswerContext(heading, refused.read(page_language())), 409)
