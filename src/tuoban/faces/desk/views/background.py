"""Background work: what the machine has to do, what it did not manage, and what is done then."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from tuoban.faces import posted
from tuoban.faces.desk.asked import reason_of
from tuoban.faces.desk.contexts import Shell, Tab
from tuoban.faces.desk.rendering import go_to, page
from tuoban.faces.desk.shell import shell_for
from tuoban.faces.desk.signed_in import StaffRequest, check_staff, signed_in
from tuoban.runtime.cases.clock import now
from tuoban.runtime.cases.queries.background import (
    MOST_DECIDED,
    FailedDuties,
    JobPage,
    JobRow,
    failed_duties,
    job_ids,
    job_list,
    job_rows,
)
from tuoban.runtime.jobs import service
from tuoban.runtime.jobs.queries import FILTERS, JobFilter
from tuoban.runtime.jobs.service import LONGEST_REASON

LONGEST_SEARCH = 200
"""Characters; SQLite refuses to look for a text of many thousands."""

DOOR = "desk:background"


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody looks at."""

    which: JobFilter
    q: str

    def address(self, cursor: str = "", which: JobFilter | None = None) -> str:
        query = {"which": which or self.which, "q": self.q, "page": cursor}
        given = {name: value for name, value in query.items() if value}
        return f"{reverse(DOOR)}?{urlencode(given)}"


@dataclass(frozen=True, slots=True)
class BackgroundContext:
    shell: Shell
    now: datetime
    page: JobPage
    duties: tuple[FailedDuties, ...]
    tabs: tuple[Tab, ...]
    which: str
    q: str
    next: str


@dataclass(frozen=True, slots=True)
class DropContext:
    """Dropping is confirmed, and says why."""

    shell: Shell
    now: datetime
    rows: tuple[JobRow, ...]
    which: str
    q: str
    back: str
    reason: str
    has_problem: bool
    longest: int


@require_GET
@signed_in
def listed(request: StaffRequest) -> HttpResponse:
    """The jobs, and what else the machine did not manage."""
    check_staff(request)
    asked = _asked(request.GET.get)
    at = now()
    found = job_list(
        at, request.user, which=asked.which, q=asked.q, page=request.GET.get("page", "")
    )
    context = BackgroundContext(
        shell=shell_for(request, DOOR),
        now=at,
        page=found,
        duties=failed_duties() if asked.which == "trouble" and not asked.q else (),
        tabs=_tabs(asked),
        which=asked.which,
        q=asked.q,
        next=asked.address(found.next) if found.next else "",
    )
    return page(request, "background", context)


@require_POST
@signed_in
def retry(request: StaffRequest) -> HttpResponse:
    """Have jobs tried again: one, those that were chosen, or all of the list."""
    check_staff(request)
    asked, at = _asked(request.POST.get), now()
    ids = _chosen(request, asked, at)
    done = sum(service.retry(each, at=at, by=request.user) for each in ids)
    text = ngettext("%(num)s job is tried again.", "%(num)s jobs are tried again.", done)
    _say(request, ids, done, text)
    return go_to(request, asked.address())


@require_POST
@signed_in
def drop(request: StaffRequest) -> HttpResponse:
    """Ask whether jobs are to be dropped, and why; drop them where that was said."""
    check_staff(request)
    asked, at = _asked(request.POST.get), now()
    ids, reason = _chosen(request, asked, at), reason_of(request).strip()
    is_confirmed = "confirmed" in request.POST
    if ids and not (is_confirmed and 1 <= len(reason) <= LONGEST_REASON):
        context = DropContext(
            shell=shell_for(request, DOOR),
            now=at,
            rows=job_rows(ids, at, request.user),
            which=asked.which,
            q=asked.q,
            back=asked.address(),
            reason=reason,
            has_problem=is_confirmed,
            longest=LONGEST_REASON,
        )
        return page(request, "background_drop", context, 422 if is_confirmed else 200)
    done = sum(service.drop(each, reason=reason, at=at, by=request.user) for each in ids)
    _say(request, ids, done, ngettext("%(num)s job dropped.", "%(num)s jobs dropped.", done))
    return go_to(request, asked.address())


def _asked(given: Callable[[str, str], str]) -> Asked:
    written = given("which", "")
    which: JobFilter = next((each for each in FILTERS if each == written), "trouble")
    return Asked(which, posted.plain(given("q", "")).strip()[:LONGEST_SEARCH])


def _chosen(request: StaffRequest, asked: Asked, at: datetime) -> list[int]:
    """The jobs that a button is about: `only` one, `all` of the list, or those that are ticked."""
    if "all" in request.POST:
        return job_ids(at, request.user, which=asked.which, q=asked.q)
    only = request.POST.get("only")
    written = [only] if only else request.POST.getlist("job")
    return posted.row_numbers(written)[:MOST_DECIDED]


def _say(request: StaffRequest, ids: list[int], done: int, text: str) -> None:
    if done:
        messages.success(request, text % {"num": done})
    if not ids:
        messages.error(request, _("Nothing was chosen. Tick jobs first."))
    elif done < len(ids):
        left = len(ids) - done
        words = ngettext(
            "%(num)s job was left as it is: it is under way or over by now.",
            "%(num)s jobs were left as they are: they are under way or over by now.",
            left,
        )
        messages.error(request, words % {"num": left})


def _tabs(asked: Asked) -> tuple[Tab, ...]:
    labels = {
        "trouble": _("Not managed"),
        "waiting": _("Waiting"),
        "running": _("Under way"),
        "failing": _("Tried again"),
        "dead": _("Given up"),
        "over": _("Finished"),
        "all": _("All"),
    }
    return tuple(Tab(key, labels[key], asked.address(which=key)) for key in FILTERS)
