"""Coming in by a link, going out, and the language."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from tuoban.faces.language import is_offered, remember
from tuoban.faces.portal import visiting
from tuoban.faces.portal.rendering import AnswerContext, closed, page, private
from tuoban.runtime.cases.clock import now
from tuoban.services.portal import links, requests
from tuoban.services.portal.requests import Offer


@dataclass(frozen=True, slots=True)
class DoorContext:
    offers: tuple[Offer, ...]
    numbers: tuple[str, ...]
    """Of the cases that are open."""


@private
@never_cache
@require_GET
def door(request: HttpRequest) -> HttpResponse:
    """The first page: what may be asked for, and how to come to a case, or the one that is open."""
    numbers = tuple(visit.number for visit in visiting.current(request))
    return page(request, "door", DoorContext(requests.offers(now()), numbers))


@private
@never_cache
@require_GET
def open_link(request: HttpRequest, token: str) -> HttpResponse:
    """Begin a visit and go on to the case, so that the token leaves the address bar."""
    visit = links.open_by(token, now())
    if visit is None:
        response = closed(request)
        visiting.end(response)
        return response
    response = redirect("portal:case", visit.number)
    response["Referrer-Policy"] = "no-referrer"
    visiting.begin(response, visit)
    return response


@private
@never_cache
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Speak another language in this browser until it is closed."""
    response = redirect(_within(request.POST.get("next", "")))
    language = request.POST.get("language", "")
    if is_offered(language):
        remember(response, language, lasting=False)
    return response


@private
@never_cache
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """End the visit, as at a borrowed phone."""
    response = page(
        request,
        "answer",
        AnswerContext(
            _("You have left"), _("Open the link again to see where your request stands.")
        ),
    )
    visiting.end(response)
    return response


def _within(address: str) -> str:
    """The address if it lies in the portal, else its first page."""
    is_here = address.startswith(visiting.PATH)
    is_safe = is_here and url_has_allowed_host_and_scheme(address, allowed_hosts=None)
    return address if is_safe else visiting.PATH
