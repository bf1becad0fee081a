"""Coming in by a one-time code, sent to where a case knows its customer is reached."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from tuoban.faces.addresses import address_of
from tuoban.faces.portal import visiting
from tuoban.faces.portal.rendering import page, private
from tuoban.faces.reader import page_language
from tuoban.kernel.refusals import Refused
from tuoban.runtime.cases.clock import now
from tuoban.runtime.people import attempts
from tuoban.runtime.people.attempts import PAUSE, Counter
from tuoban.services.channels.service import write
from tuoban.services.portal import codes

CODES_ALLOWED = 3
TRIES_ALLOWED = 5
"""Of codes that are sent to one number or mailbox, and of guesses, within the pause."""
ALLOWED_FROM_AN_ADDRESS = 40
"""Of both, from one address on the network; many people may share one."""


@dataclass(frozen=True, slots=True)
class CodeContext:
    to: str
    problem: str
    is_sent: bool


@private
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """Ask for a code. The answer is the same whether any case knows of the number or not."""
    if request.method != "POST":
        return page(request, "code", CodeContext("", "", is_sent=False))
    typed, at = request.POST.get("to", ""), now()
    try:
        to = codes.read_address(typed)
    except Refused:
        problem = _("This is no telephone number or e-mail address. Check it.")
        return page(request, "code", CodeContext(typed, problem, is_sent=False), 422)
    wanted = Counter(f"portal code\n{codes.heading_of(to)}", CODES_ALLOWED)
    if not attempts.count_in((wanted, _from_here(request)), at):
        return page(request, "code", CodeContext(typed, _too_many(), is_sent=False), 429)
    with transaction.atomic():
        made = codes.make(to, at)
        if made is not None:
            write(
                "one-time-code",
                made.to,
                {"code": made.code},
                language="en" if page_language() == "en" else "zh",
                key=f"portal-code-{made.code_id}",
                at=at,
            )
    return page(request, "code", CodeContext(typed, "", is_sent=True))


@private
@never_cache
@require_POST
def enter(request: HttpRequest) -> HttpResponse:
    """Come in by the code."""
    typed, at = request.POST.get("to", ""), now()
    problem = _("The code is wrong or has expired. Check it, or have another one sent.")
    try:
        to = codes.read_address(typed)
    except Refused:
        return page(request, "code", CodeContext(typed, problem, is_sent=False), 422)
    tried = Counter(f"portal try\n{codes.heading_of(to)}", TRIES_ALLOWED)
    if not attempts.count_in((tried, _from_here(request)), at):
        return page(request, "code", CodeContext(typed, _too_many(), is_sent=True), 429)
    visits = codes.come_in(to, request.POST.get("code", ""), at)
    if not visits:
        return page(request, "code", CodeContext(typed, problem, is_sent=True), 422)
    attempts.forget(tried)
    response = (
        redirect("portal:case", visits[0].number) if len(visits) == 1 else redirect("portal:door")
    )
    visiting.begin(response, *visits)
    return response


def _from_here(request: HttpRequest) -> Counter:
    return Counter(f"portal codes from\n{address_of(request)}", ALLOWED_FROM_AN_ADDRESS)


def _too_many() -> str:
    minutes = int(PAUSE.total_seconds()) // 60
    return _("Too many attempts. Wait %(minutes)d minutes, then try again.") % {"minutes": minutes}
