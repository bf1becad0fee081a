"""The time of a case: put aside, resumed, a limit extended; and the sheet of all its clocks."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tuoban.faces.desk.asked import key_of, reason_of
from tuoban.faces.desk.contexts import ClocksContext, Verb
from tuoban.faces.desk.finding import case_id_of
from tuoban.faces.desk.refusing import (
    CONFLICTS,
    beside_the_form,
    shown,
    status_of,
    typed_in,
)
from tuoban.faces.desk.rendering import go_to, is_htmx, page
from tuoban.faces.desk.shell import shell_for
from tuoban.faces.desk.signed_in import StaffRequest, signed_in
from tuoban.faces.desk.views import case
from tuoban.kernel.refusals import Refused
from tuoban.runtime.cases import service
from tuoban.runtime.cases.clock import now
from tuoban.runtime.cases.queries import clock_sheet

UNITS = ("minute", "hour", "day", "working minute", "working hour", "workday")
"""In what a limit can be extended on the page; the command takes every unit."""


@require_GET
@signed_in
def clocks(request: StaffRequest, number: str) -> HttpResponse:
    """Every limit of a case with its ledger, fit to be printed."""
    at = now()
    sheet = clock_sheet(request.user, case_id_of(request.user, number), at)
    context = ClocksContext(
        shell=shell_for(request, "desk:cases"),
        now=at,
        as_of=f"{at.astimezone(sheet.zone):%Y-%m-%d %H:%M}",
        sheet=sheet,
    )
    with timezone.override(sheet.zone):
        return page(request, "clocks", context)


def verb(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A verb is posted; whoever comes to its address by a link or a reload gets the case."""

    def check(request: StaffRequest, number: str, clock: int | None = None) -> HttpResponse:
        case_id = case_id_of(request.user, number)
        if request.method != "POST":
            return redirect("desk:case", number)
        if clock is None:
            return view(request, number, case_id)
        return view(request, number, case_id, clock)

    return signed_in(check)


@verb
def suspend(request: StaffRequest, number: str, case_id: int) -> HttpResponse:
    def act() -> service.Outcome:
        return service.suspend_case(
            case_id, reason=reason_of(request), by=request.user, at=now(), key=key_of(request)
        )

    done = _("The case is suspended; its time stands still.")
    return carry_out(request, number, "suspend", act, done)


@verb
def resume(request: StaffRequest, number: str, case_id: int) -> HttpResponse:
    def act() -> service.Outcome:
        return service.resume_case(case_id, by=request.user, at=now(), key=key_of(request))

    return carry_out(request, number, "resume", act, _("The case goes on; its time runs again."))


@verb
def extend(request: StaffRequest, number: str, case_id: int, clock: int) -> HttpResponse:
    def act() -> service.Outcome:
        return service.extend_clock(
            case_id,
            clock,
            length=_length(request),
            reason=reason_of(request),
            by=request.user,
            at=now(),
            key=key_of(request),
        )

    return carry_out(request, number, "extend", act, _("The limit is extended."), clock)


def carry_out(
    request: StaffRequest,
    number: str,
    name: Verb,
    act: Callable[[], service.Outcome],
    done: str | Callable[[], str],
    clock: int | None = None,
) -> HttpResponse:
    """Do something to a case and show it again; after a refusal with all that was typed.

    Args:
        done: what is said then, or what tells it once it is done.
    """
    try:
        act()
    except Refused as refused:
        if refused.code in CONFLICTS and is_htmx(request):
            return beside_the_form(request, refused)
        return case.show(
            request,
            case_id_of(request.user, number),
            typed=typed_in(request, refused, name, clock),
            refusal=shown(refused),
            status=status_of(refused),
        )
    messages.success(request, done if isinstance(done, str) else done())
    return go_to(request, reverse("desk:case", args=[number]))


def _length(request: HttpRequest) -> str:
    """`2 working hours` of the number and the unit that were chosen."""
    written = request.POST.get("number", "").strip()
    unit = request.POST.get("unit", "")
    return f"{written} {unit}" if unit in UNITS else written
