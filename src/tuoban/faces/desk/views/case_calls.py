"""What is done about cases that a case called."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from tuoban.faces.desk.asked import key_of, reason_of
from tuoban.faces.desk.signed_in import StaffRequest
from tuoban.faces.desk.views.case_time import carry_out, verb
from tuoban.runtime.cases import service
from tuoban.runtime.cases.clock import now


@verb
def give_up(request: StaffRequest, number: str, case_id: int, call: int) -> HttpResponse:
    def act() -> service.Outcome:
        return service.give_up_call(
            case_id, call, reason=reason_of(request), by=request.user, at=now(), key=key_of(request)
        )

    return carry_out(request, number, "give-up", act, _("The linked case is given up."), call)


@verb
def retry(request: StaffRequest, number: str, case_id: int, call: int) -> HttpResponse:
    def act() -> service.Outcome:
        return service.retry_call(case_id, call, by=request.user, at=now(), key=key_of(request))

    return carry_out(request, number, "retry", act, _("It is being tried again."), call)
