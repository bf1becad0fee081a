"""The case page: what it is, what to do now, how much time is left."""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from tuoban.faces.desk.contexts import BLANK, CaseContext, PortalPanel, RefusalShown, Typed
from tuoban.faces.desk.diagram import of_case
from tuoban.faces.desk.finding import case_id_of
from tuoban.faces.desk.rendering import is_htmx, page
from tuoban.faces.desk.shell import shell_for
from tuoban.faces.desk.signed_in import StaffRequest, signed_in
from tuoban.faces.desk.standings import strip_of
from tuoban.kernel.refusals import Refused
from tuoban.runtime.cases.clock import now
from tuoban.runtime.cases.queries import (
    CasePage,
    PersonRow,
    Pressed,
    case_page,
    notices,
    users_for_transfer,
)
from tuoban.runtime.cases.service import mark_notices_read, open_items
from tuoban.services.portal import links

Entered = Mapping[int, Mapping[str, str]]


@require_GET
@signed_in
def case(request: StaffRequest, number: str) -> HttpResponse:
    """The page; to htmx its head and what happened. Who opens it has read its notices, and seen the
    work that is theirs."""
    case_id = case_id_of(request.user, number)
    if is_htmx(request, "case-head"):
        return show(request, case_id, template="_case_answer")
    at = now()
    mark_notices_read(request.user, at, case_id=case_id)
    open_items(case_id, by=request.user, at=at)
    return show(request, case_id)


def show(
    request: StaffRequest,
    case_id: int,
    *,
    typed: Typed = BLANK,
    entered: Entered | None = None,
    pressed: Pressed | None = None,
    refusal: RefusalShown | None = None,
    status: int = 200,
    template: str = "case",
    made_link: str = "",
) -> HttpResponse:
    """Render a case's page, after a refusal with what was typed.

    Args:
        entered: the field values that were typed, by item id; what a form shows depends on them.
        pressed: the same of a reaction.
        made_link: the address of a link to the portal that was made just now.

    Raises:
        Http404: the case is not this person's to see.
    """
    at = now()
    try:
        found = case_page(request.user, case_id, at, entered, pressed)
    except Refused as refused:
        raise Http404 from refused
    with timezone.override(ZoneInfo(found.time_zone)):
        context = CaseContext(
            shell=shell_for(request, "desk:cases"),
            now=at,
            page=found,
            typed=typed,
            refusal=refusal,
            transfer_to=_receivers(request, found, at),
            notices=tuple(each for each in notices(request.user) if each.case_id == case_id),
            diagram=of_case(found, at),
            strip=strip_of(found.definition, found.standings, found.steps, at),
            portal=PortalPanel(
                links.parties(found.definition),
                links.links_of(case_id, found.definition, at),
                links.DAYS,
                made_link,
            ),
        )
        return page(request, template, context, status)


def _receivers(
    request: StaffRequest, found: CasePage, at: datetime
) -> dict[int, tuple[PersonRow, ...]]:
    """To whom each piece of work in hand may be handed over."""
    return {
        item.item_id: tuple(
            person
            for person in users_for_transfer(item.item_id, at)
            if person.user_id != request.user.pk
        )
        for item in found.items
        if item.can_transfer and item.held_by_me
    }
