"""A document of a step, as it is printed."""

from zoneinfo import ZoneInfo

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from tuoban.faces.desk.asked import key_of
from tuoban.faces.desk.contexts import DocumentContext, RefusalShown
from tuoban.faces.desk.finding import case_id_of
from tuoban.faces.desk.refusing import shown, status_of
from tuoban.faces.desk.rendering import go_to, page
from tuoban.faces.desk.shell import shell_for
from tuoban.faces.desk.signed_in import StaffRequest, signed_in
from tuoban.kernel.refusals import Refused
from tuoban.runtime.cases import service
from tuoban.runtime.cases.clock import now
from tuoban.runtime.cases.queries import document_sheet


@require_http_methods(["GET", "POST"])
@signed_in
def document(request: StaffRequest, number: str, step: str, name: str) -> HttpResponse:
    """Show the document; when it is sent, record that it is printed."""
    case_id = case_id_of(request.user, number)
    if request.method == "GET":
        return _show(request, case_id, step, name)
    try:
        service.print_document(case_id, step, name, by=request.user, at=now(), key=key_of(request))
    except Refused as refused:
        return _show(request, case_id, step, name, shown(refused), status_of(refused))
    return go_to(request, reverse("desk:document", args=[number, step, name]))


def _show(
    request: StaffRequest,
    case_id: int,
    step: str,
    name: str,
    refusal: RefusalShown | None = None,
    status: int = 200,
) -> HttpResponse:
    """Raises `Http404` where there is no such document for this person."""
    at = now()
    try:
        sheet = document_sheet(request.user, case_id, step, name, at)
    except Refused as refused:
        raise Http404 from refused
    context = DocumentContext(shell_for(request, "desk:cases"), at, sheet, refusal)
    with timezone.override(ZoneInfo(sheet.time_zone)):
        return page(request, "document", context, status)
