"""What is done to a case as a whole, its time apart: copied to somebody, erased, cancelled."""

import re

from django.http import HttpResponse
from django.utils.translation import gettext as _

from tuoban.faces.desk.asked import key_of, reason_of
from tuoban.faces.desk.signed_in import StaffRequest
from tuoban.faces.desk.views.case_time import carry_out, verb
from tuoban.faces.desk.views.items import person_of
from tuoban.runtime.cases import service
from tuoban.runtime.cases.clock import now
from tuoban.runtime.cases.queries.finding import has_ended


@verb
def copy_to(request: StaffRequest, number: str, case_id: int) -> HttpResponse:
    def act() -> service.Outcome:
        return service.copy_to(
            case_id,
            to=person_of(request.POST.get("to", "")),
            message=reason_of(request),
            by=request.user,
            at=now(),
            key=key_of(request),
        )

    return carry_out(request, number, "copy", act, _("The case is copied; they can read it now."))


@verb
def cancel(request: StaffRequest, number: str, case_id: int) -> HttpResponse:
    def act() -> service.Outcome:
        return service.cancel_case(
            case_id, reason=reason_of(request), by=request.user, at=now(), key=key_of(request)
        )

    def told() -> str:
        if has_ended(case_id):
            return _("The case is cancelled.")
        return _(
            "Cancelling has begun: the case ends once the steps that undo and close it are done."
        )

    return carry_out(request, number, "cancel", act, told)


@verb
def erase(request: StaffRequest, number: str, case_id: int) -> HttpResponse:
    def act() -> service.Outcome:
        return service.erase_personal_values(
            case_id,
            field=request.POST.get("what") or None,
            reason=reason_of(request),
            by=request.user,
            at=now(),
            key=key_of(request),
        )

    return carry_out(request, number, "erase", act, _("Erased."))


@verb
def add(request: StaffRequest, number: str, case_id: int) -> HttpResponse:
    def act() -> service.Outcome:
        return service.add_work(
            case_id,
            request.POST.get("node", ""),
            _activation(request),
            reason=reason_of(request),
            by=request.user,
            at=now(),
            key=key_of(request),
        )

    return carry_out(request, number, "add", act, _("It is added."))


def _activation(request: StaffRequest) -> int:
    """Of the plan; 0, which no plan is, where something else was sent."""
    written = request.POST.get("activation", "")
    return int(written) if re.fullmatch("[0-9]{1,9}", written) else 0
