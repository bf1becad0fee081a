"""What a customer is asked to do: read it, choose, sign, send."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tuoban.faces import posted
from tuoban.faces.portal.contexts import BLANK, Typed
from tuoban.faces.portal.rendering import AnswerContext, page
from tuoban.faces.portal.visiting import of_visit
from tuoban.faces.reader import page_language
from tuoban.kernel.refusals import Refused
from tuoban.runtime.cases.clock import now
from tuoban.runtime.cases.refusals import status_of
from tuoban.services.portal import tasks
from tuoban.services.portal.links import Visit
from tuoban.services.portal.tasks import Given, Task


@dataclass(frozen=True, slots=True)
class TaskContext:
    now: datetime
    task: Task
    typed: Typed
    refusal: str
    role: str


@require_http_methods(["GET", "HEAD", "POST"])
@of_visit
def task(request: HttpRequest, visit: Visit, item_id: int) -> HttpResponse:
    """The form; posted, it is done. What is refused is shown again with all that was typed."""
    if request.method != "POST":
        return _show(request, visit, item_id)
    try:
        outcome = tasks.complete(
            visit,
            item_id,
            _given(request, visit),
            device=request.headers.get("User-Agent", ""),
            language=page_language(),
            at=now(),
            key=request.POST.get("key", ""),
        )
    except Refused as refused:
        return _show(request, visit, item_id, refused)
    messages.success(request, _("Thank you. It is done, and noted with the time."))
    return redirect("portal:case", outcome.number)


def _given(request: HttpRequest, visit: Visit) -> Given:
    return Given(
        outcome=request.POST.get("outcome") or None,
        data=posted.entered(request.POST),
        checked=posted.ticked(request.POST),
        signature=posted.signatures(request.POST).get(visit.role),
        digest=request.POST.get("shown", ""),
    )


def _show(
    request: HttpRequest, visit: Visit, item_id: int, refused: Refused | None = None
) -> HttpResponse:
    at, language = now(), page_language()
    entered = _entered(request) if refused is not None else None
    found = tasks.task(visit, item_id, language, at, entered)
    status = status_of(refused) if refused is not None else 200
    if found is None:
        return _gone(request, refused)
    typed, words = BLANK, ""
    if refused is not None:
        words = refused.read(language)
        problems = {each.place: each.read(language) for each in refused.problems}
        typed = Typed(posted.values(request.POST), problems, request.POST.get("key", ""))
    with timezone.override(found.zone):
        return page(request, "task", TaskContext(at, found, typed, words, visit.role), status)


def _gone(request: HttpRequest, refused: Refused | None) -> HttpResponse:
    """It was done meanwhile, or is not to be done any more."""
    why = refused.read(page_language()) if refused is not None else ""
    text = _("Go back to your request to see where it stands.")
    context = AnswerContext(_("There is nothing to do here any more"), f"{why} {text}".strip())
    return page(request, "answer", context, 409 if refused is not None else 404)


def _entered(request: HttpRequest) -> Mapping[str, Any]:
    return posted.draft(request.POST)
