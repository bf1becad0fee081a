"""The list of cases, with search and a filter by state."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from tuoban.faces.desk.contexts import CasesContext, Tab
from tuoban.faces.desk.rendering import page
from tuoban.faces.desk.shell import shell_for
from tuoban.faces.desk.signed_in import StaffRequest, signed_in
from tuoban.faces.posted import plain
from tuoban.runtime.cases.clock import now
from tuoban.runtime.cases.queries import CaseFilter, case_list, shelves

LONGEST_SEARCH = 200
"""Characters; SQLite refuses to look for a text of many thousands."""

STATES: tuple[CaseFilter, ...] = ("open", "mine", "late", "ended", "all")


@require_GET
@signed_in
def cases(request: StaffRequest) -> HttpResponse:
    """Open cases by time left; a search from the top of a page looks through all."""
    at = now()
    q = plain(request.GET.get("q", "")).strip()[:LONGEST_SEARCH]
    asked = request.GET.get("state", "all" if q else "open")
    state: CaseFilter = next((each for each in STATES if each == asked), "open")
    shelf = posted_shelf(request)
    found = case_list(
        request.user, at, q=q, state=state, page=request.GET.get("page", ""), shelf=shelf
    )
    context = CasesContext(
        shell=shell_for(request, "desk:cases"),
        now=at,
        page=found,
        tabs=_tabs(q),
        state=state,
        q=q,
        next=_address(state, q, found.next, shelf) if found.next else "",
        shelf=shelf,
        shelves=shelves(request.user) if state in ("ended", "all") else (),
    )
    return page(request, "cases", context)


def _tabs(q: str) -> tuple[Tab, ...]:
    labels = {
        "open": _("Open"),
        "mine": pgettext("cases", "Mine"),
        "late": _("Late"),
        "ended": _("Closed"),
        "all": _("All"),
    }
    return tuple(Tab(key, labels[key], _address(key, q)) for key in STATES)


def posted_shelf(request: StaffRequest) -> str:
    """The shelf of the archive that is asked for."""
    return plain(request.GET.get("shelf", "")).strip()[:LONGEST_SEARCH]


def _address(state: str, q: str, cursor: str = "", shelf: str = "") -> str:
    query = {"state": state, "q": q, "shelf": shelf, "page": cursor}
    given = {name: value for name, value in query.items() if value}
    return f"{reverse('desk:cases')}?{urlencode(given)}"
