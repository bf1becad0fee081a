"""What people are told by channels that lead out of the house, with what became of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tuoban.faces import posted
from tuoban.faces.desk.contexts import Shell, Tab
from tuoban.faces.desk.finding import case_id_of
from tuoban.faces.desk.rendering import go_to, page
from tuoban.faces.desk.shell import shell_for
from tuoban.faces.desk.signed_in import StaffRequest, signed_in
from tuoban.faces.reader import page_language
from tuoban.kernel.definition import MAIL, SMS
from tuoban.kernel.refusals import Refused
from tuoban.runtime.cases.clock import now
from tuoban.runtime.cases.outbox import deciding
from tuoban.runtime.cases.queries.outbox import OutgoingFilter, OutgoingPage, outbox
from tuoban.services.channels import simulated

LONGEST_SEARCH = 200
"""Characters; SQLite refuses to look for a text of many thousands."""

KINDS: tuple[OutgoingFilter, ...] = ("all", "waiting", "sent", "stuck")
CHANNELS = (SMS, MAIL)
DOOR = "desk:outbox"


@dataclass(frozen=True, slots=True)
class OutboxContext:
    shell: Shell
    now: datetime
    page: OutgoingPage
    tabs: tuple[Tab, ...]
    which: str
    channel: str
    """The one that is looked at, `sms` or `mail`; empty: both."""
    q: str
    number: str
    """Of the case that is looked at; empty: all."""
    next: str
    is_staff: bool
    has_phone: bool
    """Whether there is a simulated phone to look at."""


@require_GET
@signed_in
def listed(request: StaffRequest) -> HttpResponse:
    """What went out, the newest first: of a case, or for administrators of all."""
    number = posted.plain(request.GET.get("case", "")).strip()[:LONGEST_SEARCH]
    if number:
        case_id_of(request.user, number)
    elif not request.user.is_staff:
        raise PermissionDenied
    q = posted.plain(request.GET.get("q", "")).strip()[:LONGEST_SEARCH]
    asked = request.GET.get("which", "all")
    which: OutgoingFilter = next((each for each in KINDS if each == asked), "all")
    channel = next((each for each in CHANNELS if each == request.GET.get("channel")), "")
    looked_at = {"which": which, "channel": channel, "q": q, "number": number}
    found = outbox(
        request.user,
        q=q,
        which=which,
        channel=channel,
        number=number,
        page=request.GET.get("page", ""),
    )
    context = OutboxContext(
        shell=shell_for(request, "desk:cases" if number else "desk:messages"),
        now=now(),
        page=found,
        tabs=_tabs(looked_at),
        which=which,
        channel=channel,
        q=q,
        number=number,
        next=_address(**looked_at, cursor=found.next) if found.next else "",
        is_staff=request.user.is_staff,
        has_phone=request.user.is_staff and simulated.is_chosen(),
    )
    return page(request, "outbox", context)


@require_POST
@signed_in
def send_again(request: StaffRequest, outgoing_id: int) -> HttpResponse:
    return _decide(request, outgoing_id, deciding.send_again, _("It is being sent again."))


@require_POST
@signed_in
def drop(request: StaffRequest, outgoing_id: int) -> HttpResponse:
    return _decide(request, outgoing_id, deciding.drop, _("It is dropped and does not go out."))


def _decide(
    request: StaffRequest, outgoing_id: int, verb: Callable[..., None], done: str
) -> HttpResponse:
    """Do it and show the list again, as it was looked at.

    Raises:
        Http404: there is no such text, or the user may not see its case.
    """
    try:
        verb(outgoing_id, by=request.user, at=now())
    except Refused as refused:
        if refused.code == "unknown-outgoing":
            raise Http404 from refused
        messages.error(request, refused.read(page_language()))
    else:
        messages.success(request, done)
    names = ("which", "channel", "q", "number")
    asked = {name: posted.plain(request.POST.get(name, "")) for name in names}
    return go_to(request, _address(**asked))


def _tabs(looked_at: dict[str, str]) -> tuple[Tab, ...]:
    labels = {
        "all": _("All"),
        "waiting": _("Waiting to be sent"),
        "sent": _("Went out"),
        "stuck": _("Did not go out"),
    }
    return tuple(Tab(key, labels[key], _address(**{**looked_at, "which": key})) for key in KINDS)


def _address(which: str, channel: str, q: str, number: str, cursor: str = "") -> str:
    query = {"case": number, "which": which, "channel": channel, "q": q, "page": cursor}
    given = {name: value for name, value in query.items() if value}
    return f"{reverse(DOOR)}?{urlencode(given)}"
