"""The simulated phone: what the simulated gateway took, as whoever got it sees it. It is there only
where that gateway carries SMS, for administrators."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tuoban.faces.desk.contexts import RefusalShown, Shell
from tuoban.faces.desk.refusing import shown, status_of
from tuoban.faces.desk.rendering import page
from tuoban.faces.desk.shell import shell_for
from tuoban.faces.desk.signed_in import StaffRequest, check_staff, signed_in
from tuoban.faces.posted import plain
from tuoban.faces.reader import page_language
from tuoban.kernel.refusals import Refused
from tuoban.runtime.cases.clock import now
from tuoban.services.channels import simulated
from tuoban.services.channels.simulated import MODES, Behaviour, Phone

LONGEST_NUMBER = 32
_LONGEST_SECONDS = 9
"""Digits that are read at all."""


@dataclass(frozen=True, slots=True)
class PhoneContext:
    shell: Shell
    now: datetime
    numbers: tuple[str, ...]
    phone: Phone | None
    """The one that is looked at; None: no text was sent to any."""
    behaves: Behaviour
    problem: str
    """Beside the delay."""
    refusal: RefusalShown | None


@require_http_methods(["GET", "POST"])
@signed_in
def phone(request: StaffRequest) -> HttpResponse:
    """The phone of one number; or tell the gateway how to behave, or empty all phones."""
    check_staff(request)
    if not simulated.is_chosen():
        raise Http404
    if request.method == "GET":
        return _page(request, simulated.behaviour())
    if request.POST.get("act") == "clear":
        simulated.clear(by=request.user)
        messages.success(request, _("The phones are empty."))
        return redirect("desk:phone")
    wanted = _wanted(request)
    try:
        simulated.behave(wanted, by=request.user)
    except Refused as refused:
        return _page(request, wanted, refused)
    messages.success(request, _("The gateway behaves so from now on."))
    return redirect("desk:phone")


def _wanted(request: StaffRequest) -> Behaviour:
    mode = request.POST.get("mode", "")
    delay = request.POST.get("delay", "").strip()
    is_count = delay.isascii() and delay.isdigit() and len(delay) <= _LONGEST_SECONDS
    return Behaviour(
        mode if mode in MODES else MODES[0],
        int(delay) if is_count else -1,
        request.POST.get("arrives") == "1",
    )


def _page(
    request: StaffRequest, behaves: Behaviour, refused: Refused | None = None
) -> HttpResponse:
    numbers = simulated.phones()
    asked = plain(request.GET.get("number", ""))[:LONGEST_NUMBER]
    chosen = asked if asked in numbers else next(iter(numbers), None)
    problems = refused.problems if refused is not None else ()
    context = PhoneContext(
        shell_for(request, "desk:messages"),
        now(),
        numbers,
        simulated.phone(chosen) if chosen is not None else None,
        behaves,
        next((each.read(page_language()) for each in problems), ""),
        shown(refused) if refused is not None else None,
    )
    return page(request, "phone", context, status_of(refused) if refused else 200)
