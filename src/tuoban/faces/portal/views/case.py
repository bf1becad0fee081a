"""A case as its customer sees it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from tuoban.faces.portal.rendering import page
from tuoban.faces.portal.visiting import of_visit
from tuoban.runtime.cases.clock import now
from tuoban.services.portal.links import Visit
from tuoban.services.portal.tracking import Tracked, track


@dataclass(frozen=True, slots=True)
class CaseContext:
    now: datetime
    tracked: Tracked


@require_GET
@of_visit
def case(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Where it stands, and what is to be done."""
    at = now()
    tracked = track(visit.case_id, visit.role, at)
    with timezone.override(tracked.zone):
        return page(request, "case", CaseContext(at, tracked))
