"""What people say about a case: a page of its own for all of it, and the verbs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tuoban.faces import posted
from tuoban.faces.desk import uploads
from tuoban.faces.desk.asked import key_of, reason_of
from tuoban.faces.desk.contexts import Shell
from tuoban.faces.desk.finding import case_id_of
from tuoban.faces.desk.rendering import page
from tuoban.faces.desk.shell import shell_for
from tuoban.faces.desk.signed_in import StaffRequest, signed_in
from tuoban.faces.desk.views.case_time import carry_out, verb
from tuoban.kernel.refusals import Refused
from tuoban.runtime.cases import service
from tuoban.runtime.cases.clock import now
from tuoban.runtime.cases.queries import CommentsSheet, comment_sheet


@dataclass(frozen=True, slots=True)
class CommentsContext:
    shell: Shell
    now: datetime
    sheet: CommentsSheet
    next: str


@signed_in
def comments(request: StaffRequest, number: str) -> HttpResponse:
    """All that was said; posted, something more is said."""
    if request.method == "POST":
        return _say(request, number)
    at = now()
    cursor = posted.plain(request.GET.get("page", ""))
    try:
        sheet = comment_sheet(request.user, case_id_of(request.user, number), at, cursor)
    except Refused as refused:
        raise Http404 from refused
    here = reverse("desk:comments", args=[number])
    following = f"{here}?{urlencode({'page': sheet.page.next})}" if sheet.page.next else ""
    context = CommentsContext(shell_for(request, "desk:cases"), at, sheet, following)
    with timezone.override(ZoneInfo(sheet.time_zone)):
        return page(request, "comments", context)


def _say(request: StaffRequest, number: str) -> HttpResponse:
    case_id = case_id_of(request.user, number)

    def act() -> service.Outcome:
        uploads.check(request)
        return service.comment(
            case_id,
            request.POST.get("text", ""),
            uploads.refs_of(request.POST, "file"),
            party=request.POST.get("party", ""),
            by=request.user,
            at=now(),
            key=key_of(request),
        )

    return carry_out(request, number, "comment", act, _("Your comment stands in the case."))


@verb
def edit(request: StaffRequest, number: str, case_id: int, comment: int) -> HttpResponse:
    def act() -> service.Outcome:
        return service.edit_comment(
            case_id,
            comment,
            request.POST.get("text", ""),
            by=request.user,
            at=now(),
            key=key_of(request),
        )

    return carry_out(request, number, "edit-comment", act, _("Your comment is changed."), comment)


@verb
def erase(request: StaffRequest, number: str, case_id: int, comment: int) -> HttpResponse:
    def act() -> service.Outcome:
        return service.erase_comment(
            case_id,
            comment,
            reason=reason_of(request),
            by=request.user,
            at=now(),
            key=key_of(request),
        )

    return carry_out(request, number, "erase-comment", act, _("Erased."), comment)
