"""Messages between cases and with systems: what came and went, and one entered by hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tuoban.faces import posted
from tuoban.faces.desk.asked import key_of
from tuoban.faces.desk.contexts import BLANK, RefusalShown, Shell, Tab, Typed
from tuoban.faces.desk.refusing import edited_in, shown, status_of, typed_in
from tuoban.faces.desk.rendering import go_to, page
from tuoban.faces.desk.shell import shell_for
from tuoban.faces.desk.signed_in import StaffRequest, check_staff, signed_in
from tuoban.kernel.refusals import Refused
from tuoban.kernel.text import Text
from tuoban.runtime.cases.clock import now
from tuoban.runtime.cases.messaging.receiving import receive
from tuoban.runtime.cases.queries.messages import (
    MessageFilter,
    MessageForm,
    MessagePage,
    message_form,
    message_kinds,
    message_list,
)

LONGEST_SEARCH = 200
"""Characters; SQLite refuses to look for a text of many thousands."""

KINDS: tuple[MessageFilter, ...] = ("all", "in", "out", "untaken", "wrong")
DOOR = "desk:messages"
BY_HAND = "desk"
"""From where a message comes that somebody enters."""


@dataclass(frozen=True, slots=True)
class MessagesContext:
    shell: Shell
    now: datetime
    page: MessagePage
    tabs: tuple[Tab, ...]
    which: str
    q: str
    next: str


@dataclass(frozen=True, slots=True)
class NewMessageContext:
    shell: Shell
    kinds: tuple[tuple[str, Text], ...]
    chosen: MessageForm | None
    typed: Typed
    refusal: RefusalShown | None


@require_GET
@signed_in
def listed(request: StaffRequest) -> HttpResponse:
    """The messages, the newest first, with where each went."""
    check_staff(request)
    q = posted.plain(request.GET.get("q", "")).strip()[:LONGEST_SEARCH]
    asked = request.GET.get("which", "all")
    which: MessageFilter = next((each for each in KINDS if each == asked), "all")
    at = now()
    found = message_list(at, q=q, which=which, page=request.GET.get("page", ""))
    context = MessagesContext(
        shell=shell_for(request, DOOR),
        now=at,
        page=found,
        tabs=_tabs(q),
        which=which,
        q=q,
        next=_address(which, q, found.next) if found.next else "",
    )
    return page(request, "messages", context)


def _tabs(q: str) -> tuple[Tab, ...]:
    labels = {
        "all": _("All"),
        "in": _("From outside"),
        "out": _("From cases"),
        "untaken": _("Taken by nobody"),
        "wrong": _("Could not be read"),
    }
    return tuple(Tab(key, labels[key], _address(key, q)) for key in KINDS)


def _address(which: str, q: str, cursor: str = "") -> str:
    query = {"which": which, "q": q, "page": cursor}
    given = {name: value for name, value in query.items() if value}
    return f"{reverse(DOOR)}?{urlencode(given)}"


@require_GET
@signed_in
def choose(request: StaffRequest) -> HttpResponse:
    """The messages that may be entered by hand."""
    check_staff(request)
    context = NewMessageContext(shell_for(request, DOOR), message_kinds(), None, BLANK, None)
    return page(request, "message_new", context)


@require_http_methods(["GET", "POST"])
@signed_in
def enter(request: StaffRequest, name: str) -> HttpResponse:
    """Show what a message may carry, and take it in when it is sent."""
    check_staff(request)
    if request.method == "GET":
        return _show(request, _form(request, name))
    try:
        receive(
            name,
            posted.field_values(request.POST),
            at=now(),
            key=key_of(request),
            source=BY_HAND,
            by=request.user,
        )
    except Refused as refused:
        form = _form(request, name)
        typed = typed_in(request, refused, "message")
        return _show(request, form, typed, shown(refused), status_of(refused))
    messages.success(request, _("The message was taken in and goes to every case that matches."))
    return go_to(request, reverse(DOOR))


@require_POST
@signed_in
def rows(request: StaffRequest, name: str) -> HttpResponse:
    """Add a row to a list or remove one, with everything that is typed kept as it is."""
    check_staff(request)
    edit = request.POST.get("rows", "")
    form = _form(request, name, edit)
    return _show(request, form, edited_in(request, edit, "message"))


def _form(request: StaffRequest, name: str, edit: str = "") -> MessageForm:
    entered = posted.edit_rows(posted.field_values(request.POST), edit)
    try:
        return message_form(request.user, name, now(), entered)
    except Refused as refused:
        raise Http404 from refused


def _show(
    request: StaffRequest,
    form: MessageForm,
    typed: Typed = BLANK,
    refusal: RefusalShown | None = None,
    status: int = 200,
) -> HttpResponse:
    context = NewMessageContext(shell_for(request, DOOR), (), form, typed, refusal)
    return page(request, "message_new", context, status)
