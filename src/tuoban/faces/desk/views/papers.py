"""One paper of a case on a page of its own: taken in, handed on, struck out."""

import re
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tuoban.faces.desk.asked import key_of, reason_of
from tuoban.faces.desk.contexts import BLANK, PaperContext, RefusalShown, Typed, Verb
from tuoban.faces.desk.finding import case_id_of
from tuoban.faces.desk.refusing import shown, status_of, typed_in
from tuoban.faces.desk.rendering import go_to, page
from tuoban.faces.desk.shell import shell_for
from tuoban.faces.desk.signed_in import StaffRequest, signed_in
from tuoban.faces.reader import page_language
from tuoban.kernel.refusals import Refused
from tuoban.runtime.cases import service
from tuoban.runtime.cases.clock import now
from tuoban.runtime.cases.queries import PaperSheet, paper_sheet

VERBS: dict[str, Verb] = {"take-in": "take-in", "hand-on": "hand-on", "strike": "strike"}


@require_http_methods(["GET", "POST"])
@signed_in
def paper(request: StaffRequest, number: str, name: str, row: int) -> HttpResponse:
    """Show how the paper stands, and do what the form that was sent says."""
    case_id = case_id_of(request.user, number)
    sheet = _sheet(request, case_id, name, row)
    verb = VERBS.get(request.POST.get("verb", ""))
    if request.method == "GET" or verb is None:
        return _show(request, sheet)
    move = _move(request)
    try:
        done = _act(request, verb, case_id, name, row, move)
    except Refused as refused:
        typed = typed_in(request, refused, verb, move if verb == "strike" else None)
        return _show(request, sheet, typed, shown(refused), status_of(refused))
    label = sheet.paper.label.read(page_language())
    messages.success(request, done % {"paper": label})
    return go_to(request, reverse("desk:paper", args=[number, name, row]))


def _act(request: StaffRequest, verb: Verb, case_id: int, name: str, row: int, move: int) -> str:
    """Carry the form out; what was done, in words."""
    sent = request.POST
    originals, copies = sent.get("originals", ""), sent.get("copies", "")
    at, key, by = now(), key_of(request), request.user
    if verb == "strike":
        service.strike_paper(case_id, move, reason=reason_of(request), by=by, at=at, key=key)
        return _("The entry of “%(paper)s” is struck out.")
    if verb == "hand-on":
        service.hand_on(
            case_id,
            name,
            row,
            to=sent.get("to", ""),
            originals=originals,
            copies=copies,
            note=sent.get("note", ""),
            by=by,
            at=at,
            key=key,
        )
        return _("“%(paper)s” is handed on.")
    service.hand_in(
        case_id,
        name,
        row,
        originals=originals,
        copies=copies,
        note=sent.get("note", ""),
        by=by,
        at=at,
        key=key,
    )
    return _("“%(paper)s” is taken in.")


def _move(request: StaffRequest) -> int:
    """The number of the entry that is to be struck out; 0, which none has, if there is none."""
    written = request.POST.get("move", "")
    return int(written) if re.fullmatch("[0-9]{1,9}", written) else 0


def _sheet(request: StaffRequest, case_id: int, name: str, row: int) -> PaperSheet:
    """Raises `Http404` where there is no such paper."""
    try:
        return paper_sheet(request.user, case_id, name, row, now())
    except Refused as refused:
        raise Http404 from refused


def _show(
    request: StaffRequest,
    sheet: PaperSheet,
    typed: Typed = BLANK,
    refusal: RefusalShown | None = None,
    status: int = 200,
) -> HttpResponse:
    context = PaperContext(shell_for(request, "desk:cases"), now(), sheet, typed, refusal)
    with timezone.override(ZoneInfo(sheet.time_zone)):
        return page(request, "paper", context, status)
