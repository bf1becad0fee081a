"""The page of a calendar: looked at, edited, tried, saved."""

from dataclasses import replace

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tuoban.faces.desk.hours import drafts
from tuoban.faces.desk.hours.acts import act_on, with_panel
from tuoban.faces.desk.hours.asking import check_reads_only, version_asked
from tuoban.faces.desk.hours.drafts import Draft
from tuoban.faces.desk.hours.editing import (
    Edited,
    Place,
    as_reader,
    begun,
    content_problems,
    context_of,
    place_of,
)
from tuoban.faces.desk.hours.saving import overtaken, refused
from tuoban.faces.desk.rendering import go_to, page
from tuoban.faces.desk.signed_in import StaffRequest, check_staff, signed_in
from tuoban.faces.posted import plain
from tuoban.runtime.calendars import lookup, service
from tuoban.runtime.calendars.findings import ContentError, SavedMeanwhile
from tuoban.runtime.calendars.queries import calendar_of
from tuoban.runtime.cases.clock import now


@require_http_methods(["GET", "POST"])
@signed_in
def calendar(request: StaffRequest, key: str) -> HttpResponse:
    """Show a calendar; do what its form asks for to what was typed, or save it."""
    place = _place(key)
    if request.method == "GET":
        return _show(request, place, _begun(request, place))
    draft, act = drafts.read(request.POST), str(request.POST.get("act", ""))
    if not request.user.is_staff:
        check_reads_only(act)
        draft = as_reader(place, draft, now())
    if act == "save":
        return _save(request, place, draft)
    today = now().astimezone(place.zone).date()
    acted = act_on(draft, act, today)
    return _show(request, place, Edited(acted.draft, acted.problems, focus=acted.focus))


@require_POST
@signed_in
def rename(request: StaffRequest, key: str) -> HttpResponse:
    """Call a calendar otherwise."""
    check_staff(request)
    place = _place(key)
    names = {part: plain(str(request.POST.get(f"name.{part}", ""))) for part in ("zh", "en")}
    try:
        service.rename(place.found.row, names["zh"], names["en"])
    except ContentError as error:
        draft = begun(place, place.found.kept, now())
        edited = Edited(draft, error.placed, refused(error.placed), names)
        return _show(request, _place(key), edited, 422)
    messages.success(request, _("The calendar has its new name."))
    return go_to(request, reverse("desk:calendar", args=[key]))


def _place(key: str) -> Place:
    found = calendar_of(key)
    if found is None:
        raise Http404
    return place_of(found)


def _begun(request: StaffRequest, place: Place) -> Edited:
    number = version_asked(request)
    if number in (0, place.found.number):
        return Edited(begun(place, place.found.kept, now()))
    kept = lookup.version(place.found.row.key, number)
    if kept is None:
        raise Http404
    return Edited(begun(place, kept, now()), old_version=number)


def _save(request: StaffRequest, place: Place, draft: Draft) -> HttpResponse:
    folded = with_panel(draft)
    if folded.problems:
        placed = (*folded.problems, *content_problems(draft))
        edited = Edited(draft, placed, refused(placed))
        return _show(request, place, edited, 422)
    draft = folded.draft
    if draft.calendar == place.found.kept.text() and draft.expected == place.found.number:
        messages.success(request, _("Nothing was changed, so nothing was saved."))
        return go_to(request, reverse("desk:calendar", args=[place.found.row.key]))
    try:
        version = service.save_version(
            place.found.row,
            draft.calendar,
            expected=draft.expected,
            at=now(),
            by=request.user.person_id,
            note=draft.note,
        )
    except ContentError as error:
        edited = Edited(draft, error.placed, refused(error.placed))
        return _show(request, place, edited, 422)
    except SavedMeanwhile as meanwhile:
        return _conflict(request, _place(place.found.row.key), draft, meanwhile)
    told = _("Saved as version %(number)d. Running clocks count by the new hours from now on.")
    messages.success(request, told % {"number": version.number})
    return go_to(request, reverse("desk:calendar", args=[place.found.row.key]))


def _conflict(
    request: StaffRequest, place: Place, draft: Draft, meanwhile: SavedMeanwhile
) -> HttpResponse:
    """Nothing was saved; what was typed stays, and can be saved over the newer version."""
    draft = replace(draft, expected=meanwhile.number)
    return _show(request, place, Edited(draft, refusal=overtaken(meanwhile), is_conflict=True), 409)


def _show(request: StaffRequest, place: Place, edited: Edited, status: int = 200) -> HttpResponse:
    return page(request, "calendar", context_of(request, place, edited, now()), status)
