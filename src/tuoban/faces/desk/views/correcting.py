"""Correcting a field of a case: its own page, with the field as a form shows it and a reason."""

from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tuoban.faces import posted
from tuoban.faces.desk import uploads
from tuoban.faces.desk.asked import key_of, reason_of
from tuoban.faces.desk.contexts import (
    BLANK,
    CorrectContext,
    CorrectEntriesContext,
    RefusalShown,
    Typed,
)
from tuoban.faces.desk.finding import case_id_of
from tuoban.faces.desk.refusing import edited_in, shown, status_of, typed_in
from tuoban.faces.desk.rendering import go_to, is_htmx, page
from tuoban.faces.desk.shell import shell_for
from tuoban.faces.desk.signed_in import StaffRequest, signed_in
from tuoban.faces.reader import page_language
from tuoban.kernel.refusals import Refused
from tuoban.runtime.cases import service
from tuoban.runtime.cases.clock import now
from tuoban.runtime.cases.queries import CorrectionForm, correction_form


@require_http_methods(["GET", "POST"])
@signed_in
def correct(request: StaffRequest, number: str, activation: int, name: str) -> HttpResponse:
    """Show the field, and correct it when the form is sent; a list is given a row or loses one."""
    case_id = case_id_of(request.user, number)
    entered: dict[str, Any] = posted.field_values(request.POST)
    if "rows" in request.POST:
        return _edit_rows(request, case_id, activation, name, entered)
    correction = _form(request, case_id, activation, name, entered)
    if request.method == "GET":
        return _show(request, correction)
    try:
        uploads.check(request)
        service.correct_field(
            case_id,
            name,
            entered.get(name, ""),
            reason=reason_of(request),
            activation=activation,
            by=request.user,
            at=now(),
            key=key_of(request),
        )
    except Refused as refused:
        typed = typed_in(request, refused, "correct")
        return _show(request, correction, typed, shown(refused), status_of(refused))
    label = correction.label.read(page_language())
    messages.success(request, _("“%(field)s” is corrected.") % {"field": label})
    return go_to(request, reverse("desk:case", args=[number]))


def _edit_rows(
    request: StaffRequest, case_id: int, activation: int, name: str, entered: dict[str, Any]
) -> HttpResponse:
    edit = request.POST["rows"]
    correction = _form(request, case_id, activation, name, posted.edit_rows(entered, edit))
    typed = edited_in(request, edit, "correct")
    if is_htmx(request):
        return page(request, "_correct_entries", CorrectEntriesContext(correction, typed))
    return _show(request, correction, typed)


def _form(
    request: StaffRequest, case_id: int, activation: int, name: str, entered: dict[str, Any]
) -> CorrectionForm:
    """Raises `Http404` where there is nothing such to correct, whoever wishes it."""
    try:
        return correction_form(request.user, case_id, name, activation, now(), entered)
    except Refused as refused:
        raise Http404 from refused


def _show(
    request: StaffRequest,
    correction: CorrectionForm,
    typed: Typed = BLANK,
    refusal: RefusalShown | None = None,
    status: int = 200,
) -> HttpResponse:
    context = CorrectContext(shell_for(request, "desk:cases"), correction, typed, refusal)
    with timezone.override(ZoneInfo(correction.time_zone)):
        return page(request, "correct", context, status)
