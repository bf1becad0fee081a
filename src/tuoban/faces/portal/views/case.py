"""A case as its customer sees it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tuoban.faces import posted
from tuoban.faces.portal.contexts import BLANK, Typed
from tuoban.faces.portal.rendering import page
from tuoban.faces.portal.visiting import of_visit
from tuoban.faces.reader import page_language
from tuoban.kernel.refusals import Refused
from tuoban.runtime.cases.clock import now
from tuoban.runtime.cases.refusals import status_of
from tuoban.services.portal import talking
from tuoban.services.portal.links import Visit
from tuoban.services.portal.talking import Talk
from tuoban.services.portal.tracking import Tracked, track


@dataclass(frozen=True, slots=True)
class CaseContext:
    now: datetime
    tracked: Tracked
    talk: Talk
    typed: Typed


@require_GET
@of_visit
def case(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Where it stands, and what is to be done."""
    return _show(request, visit, BLANK)


@require_POST
@of_visit
def say(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Write to whoever answers for the case. What is refused stays in its entry."""
    key = request.POST.get("key", "")
    try:
        talking.say(visit, request.POST.get("text", ""), at=now(), key=key)
    except Refused as refused:
        language = page_language()
        problems = {each.place: each.read(language) for each in refused.problems}
        if not problems:
            problems = {"text": refused.read(language)}
        typed = Typed(posted.values(request.POST), problems, key)
        return _show(request, visit, typed, status_of(refused))
    messages.success(request, _("Your message is with us."))
    return redirect("portal:case", visit.number)


def _show(request: HttpRequest, visit: Visit, typed: Typed, status: int = 200) -> HttpResponse:
    at = now()
    tracked = track(visit.case_id, visit.role, at)
    context = CaseContext(at, tracked, talking.talk(visit), typed)
    with timezone.override(tracked.zone):
        return page(request, "case", context, status)
