"""Asking for something: a form, and the link that follows what comes of it."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from tuoban.faces import posted
from tuoban.faces.addresses import address_of
from tuoban.faces.portal import visiting
from tuoban.faces.portal.contexts import BLANK, Typed
from tuoban.faces.portal.rendering import AnswerContext, page, private
from tuoban.faces.reader import page_language
from tuoban.kernel.refusals import Refused
from tuoban.runtime.cases.clock import now
from tuoban.runtime.cases.refusals import status_of
from tuoban.runtime.people import attempts
from tuoban.runtime.people.attempts import PAUSE, Counter
from tuoban.services.portal import links, requests
from tuoban.services.portal.requests import RequestForm

REQUESTS_ALLOWED_FROM_AN_ADDRESS = 20
"""Within the pause; many people may share one address."""


@dataclass(frozen=True, slots=True)
class RequestContext:
    asked: RequestForm
    typed: Typed
    refusal: str
    unit: str


@dataclass(frozen=True, slots=True)
class BegunContext:
    number: str
    address: str
    days: int


@private
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def request(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """The form; posted, the case begins and is open in this browser. What is refused is shown again
    with all that was typed."""
    if request.method != "POST":
        return _show(request, slug, name)
    at = now()
    counter = Counter(f"portal request\n{address_of(request)}", REQUESTS_ALLOWED_FROM_AN_ADDRESS)
    if not attempts.count_in((counter,), at):
        return _too_many(request)
    try:
        begun = requests.ask(
            slug,
            name,
            unit=request.POST.get("unit", ""),
            data=posted.entered(request.POST),
            at=at,
            key=request.POST.get("key", ""),
        )
    except Refused as refused:
        return _show(request, slug, name, refused)
    address = request.build_absolute_uri(reverse("portal:link", args=[begun.link.token]))
    response = page(request, "begun", BegunContext(begun.number, address, links.DAYS))
    visit = links.visit_of(begun.link.link_id, at)
    if visit is not None:
        visiting.begin(response, visit)
    return response


def _show(
    request: HttpRequest, slug: str, name: str, refused: Refused | None = None
) -> HttpResponse:
    entered = posted.entered(request.POST) if refused is not None else None
    found = requests.request_form(slug, name, now(), entered)
    if found is None:
        context = AnswerContext(
            _("This is not offered here"), _("Go back to see what you can ask for.")
        )
        return page(request, "answer", context, HTTPStatus.NOT_FOUND)
    if refused is None:
        return page(request, "request", RequestContext(found, BLANK, "", ""))
    language = page_language()
    problems = {each.place: each.read(language) for each in refused.problems}
    typed = Typed(posted.values(request.POST), problems, request.POST.get("key", ""))
    unit = request.POST.get("unit", "")
    context_again = RequestContext(found, typed, refused.read(language), unit)
    return page(request, "request", context_again, status_of(refused))


def _too_many(request: HttpRequest) -> HttpResponse:
    minutes = int(PAUSE.total_seconds()) // 60
    text = _("Too many requests came from here. Wait %(minutes)d minutes, then send it again.")
    context = AnswerContext(_("Please wait a little"), text % {"minutes": minutes})
    return page(request, "answer", context, HTTPStatus.TOO_MANY_REQUESTS)
