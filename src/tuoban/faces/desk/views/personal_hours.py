"""Hours of people's own: who has some, and the page on which they are edited."""

from dataclasses import replace

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from tuoban.faces.desk.contexts import RefusalShown
from tuoban.faces.desk.hours import drafts, person
from tuoban.faces.desk.hours.acts import act_on, with_panel
from tuoban.faces.desk.hours.asking import check_reads_only, version_asked
from tuoban.faces.desk.hours.contexts import PeopleHoursContext, PersonHoursRow
from tuoban.faces.desk.hours.drafts import Draft
from tuoban.faces.desk.hours.editing import Edited
from tuoban.faces.desk.hours.saving import overtaken, refused
from tuoban.faces.desk.rendering import go_to, page
from tuoban.faces.desk.shell import shell_for
from tuoban.faces.desk.signed_in import StaffRequest, signed_in
from tuoban.faces.posted import plain
from tuoban.faces.reader import page_language
from tuoban.runtime.calendars.findings import ContentError, SavedMeanwhile
from tuoban.runtime.cases.clock import now
from tuoban.runtime.people.away import UnfitDeputy
from tuoban.runtime.people.personal import PersonalText
from tuoban.runtime.people.queries import (
    PersonFound,
    people_with_hours,
    person_of,
    personal_version,
)
from tuoban.runtime.people.service import save_personal_hours

LONGEST_SEARCH = 100


@require_GET
@signed_in
def people(request: StaffRequest) -> HttpResponse:
    """Everybody whose hours may be seen, those with hours of their own first."""
    q = plain(str(request.GET.get("q", ""))).strip()[:LONGEST_SEARCH]
    rows = tuple(
        PersonHoursRow(each.user.username, str(each.user), each.home, _differs(each.text))
        for each in people_with_hours(q, request.user)
    )
    shell = shell_for(request, "desk:calendars")
    context = PeopleHoursContext(shell, "people", rows, q)
    return page(request, "hours_people", context)


def _differs(text: PersonalText) -> tuple[str, ...]:
    counted = (
        (
            len(text.weeks),
            ngettext("%(n)d week of their own", "%(n)d weeks of their own", len(text.weeks)),
        ),
        (len(text.shifts), ngettext("%(n)d shift", "%(n)d shifts", len(text.shifts))),
        (len(text.absences), ngettext("%(n)d absence", "%(n)d absences", len(text.absences))),
    )
    return tuple(words % {"n": n} for n, words in counted if n)


@require_http_methods(["GET", "POST"])
@signed_in
def person_hours(request: StaffRequest, username: str) -> HttpResponse:
    """Show somebody's hours; do what the form asks for to what was typed, or save it."""
    found = _person(request, username)
    if request.method == "GET":
        return _show(request, found, _begun(request, found))
    draft, act = drafts.read(request.POST), str(request.POST.get("act", ""))
    if not request.user.is_staff:
        check_reads_only(act)
        draft = person.as_reader(found, draft, now())
    if act == "save":
        return _save(request, found, draft)
    acted = act_on(draft, act, person.today_of(found, now()))
    return _show(request, found, Edited(acted.draft, acted.problems, focus=acted.focus))


def _person(request: StaffRequest, username: str) -> PersonFound:
    found = person_of(plain(username), request.user)
    if found is None:
        raise Http404
    return found


def _begun(request: StaffRequest, found: PersonFound) -> Edited:
    number = version_asked(request)
    if number in (0, found.number):
        return Edited(person.begun(found, found.text, now()))
    text = personal_version(found.user, number, request.user)
    if text is None:
        raise Http404
    return Edited(person.begun(found, text, now()), old_version=number)


def _save(request: StaffRequest, found: PersonFound, draft: Draft) -> HttpResponse:
    folded = with_panel(draft)
    if folded.problems:
        placed = (*folded.problems, *person.content_problems(draft))
        edited = Edited(draft, placed, refused(placed))
        return _show(request, found, edited, 422)
    draft = folded.draft
    if person.text_of(draft) == found.text and draft.expected == found.number:
        messages.success(request, _("Nothing was changed, so nothing was saved."))
        return go_to(request, reverse("desk:person-hours", args=[found.user.username]))
    try:
        save_personal_hours(
            found.user,
            person.text_of(draft),
            expected=draft.expected,
            at=now(),
            by=request.user.person_id,
        )
    except ContentError as error:
        edited = Edited(draft, error.placed, refused(error.placed))
        return _show(request, found, edited, 422)
    except UnfitDeputy as unfit:
        edited = Edited(draft, refusal=RefusalShown(unfit.text.read(page_language())))
        return _show(request, found, edited, 422)
    except SavedMeanwhile as meanwhile:
        draft = replace(draft, expected=meanwhile.number)
        edited = Edited(draft, refusal=overtaken(meanwhile), is_conflict=True)
        return _show(request, _person(request, found.user.username), edited, 409)
    told = _("The hours of %(name)s are saved. Running clocks count by them from now on.")
    messages.success(request, told % {"name": str(found.user)})
    return go_to(request, reverse("desk:person-hours", args=[found.user.username]))


def _show(
    request: StaffRequest, found: PersonFound, edited: Edited, status: int = 200
) -> HttpResponse:
    return page(request, "hours_person", person.context_of(request, found, edited, now()), status)
