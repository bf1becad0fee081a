"""Notices: what somebody has to know without having asked."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from tuoban.faces.desk.contexts import NoticesContext
from tuoban.faces.desk.rendering import page
from tuoban.faces.desk.shell import shell_for
from tuoban.faces.desk.signed_in import StaffRequest, signed_in
from tuoban.runtime.cases.clock import now
from tuoban.runtime.cases.queries import is_told, notices, unread_count
from tuoban.runtime.cases.service import mark_notices_read


@require_GET
@signed_in
def notices_page(request: StaffRequest) -> HttpResponse:
    context = NoticesContext(
        shell=shell_for(request, "desk:notices"),
        now=now(),
        notices=notices(request.user),
        unread=unread_count(request.user),
    )
    return page(request, "notices", context)


@require_POST
@signed_in
def read_all(request: StaffRequest) -> HttpResponse:
    mark_notices_read(request.user, now())
    return redirect("desk:notices")


@require_POST
@signed_in
def read_one(request: StaffRequest, notice_id: int) -> HttpResponse:
    if not is_told(request.user, notice_id):
        raise Http404
    mark_notices_read(request.user, now(), [notice_id])
    return redirect("desk:notices")
