"""Links by which outside parties follow their case in the portal: made, shown once, and revoked."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from tuoban.faces.desk.refusing import shown, status_of, typed_in
from tuoban.faces.desk.rendering import go_to
from tuoban.faces.desk.signed_in import StaffRequest
from tuoban.faces.desk.views import case
from tuoban.faces.desk.views.case_time import verb
from tuoban.kernel.refusals import Refused
from tuoban.runtime.cases.clock import now
from tuoban.services.portal import links


@verb
def make(request: StaffRequest, number: str, case_id: int) -> HttpResponse:
    """Make a link, and show its address on the page of the case: it is told nowhere else."""
    try:
        made = links.make(
            case_id,
            request.POST.get("role", ""),
            days=request.POST.get("days", ""),
            by=request.user,
            at=now(),
        )
    except Refused as refused:
        typed = typed_in(request, refused, "link")
        return case.show(
            request, case_id, typed=typed, refusal=shown(refused), status=status_of(refused)
        )
    address = request.build_absolute_uri(reverse("portal:link", args=[made.token]))
    return case.show(request, case_id, made_link=address)


@verb
def revoke(request: StaffRequest, number: str, case_id: int, link: int) -> HttpResponse:
    try:
        links.revoke(case_id, link, by=request.user, at=now())
    except Refused as refused:
        return case.show(request, case_id, refusal=shown(refused), status=status_of(refused))
    messages.success(request, _("The link opens nothing any more."))
    return go_to(request, reverse("desk:case", args=[number]))
