"""Somebody's page: roles, skills, absences with deputies, open work, and what was changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tuoban.faces.desk.contexts import Shell
from tuoban.faces.desk.people.forms import Misfit, Typed, entry, typed
from tuoban.faces.desk.rendering import go_to, page
from tuoban.faces.desk.shell import shell_for
from tuoban.faces.desk.signed_in import StaffRequest, signed_in
from tuoban.faces.desk.views.person_account import PASSWORDS, Asking, Unconfirmed
from tuoban.faces.desk.views.person_acts import ACTS, absence_value
from tuoban.faces.posted import plain
from tuoban.faces.reader import page_language
from tuoban.kernel.text import Text
from tuoban.runtime.cases.clock import now
from tuoban.runtime.cases.queries.charge import heads_any, may_hand_over, may_lend, may_manage
from tuoban.runtime.cases.queries.people import (
    PersonView,
    UnitRow,
    person_view,
    unit_rows,
    would_lose,
)
from tuoban.runtime.cases.queries.roles import (
    RoleChoice,
    role_labels,
    roles_known,
    skills_known,
)
from tuoban.runtime.people import directory, queries
from tuoban.runtime.people.models import User
from tuoban.runtime.people.personal import AbsenceText


@dataclass(frozen=True, slots=True)
class AbsenceShown:
    """An absence, and the value by which it is named in a form. Why stays with whom it concerns."""

    absence: AbsenceText
    value: str
    deputy: str
    roles: tuple[Text, ...]
    is_now: bool
    is_over: bool
    why: str


@dataclass(frozen=True, slots=True)
class PersonContext:
    shell: Shell
    here: str
    now: datetime
    view: PersonView
    absences: tuple[AbsenceShown, ...]
    typed: Typed
    asking: Asking | None
    roles: tuple[RoleChoice, ...]
    skills: tuple[str, ...]
    units: tuple[UnitRow, ...]
    people: tuple[tuple[str, str], ...]
    is_self: bool
    is_staff: bool
    may_manage: bool
    may_lend: bool
    sees_people: bool


@require_http_methods(["GET", "POST"])
@signed_in
def person(request: StaffRequest, username: str) -> HttpResponse:
    """Show somebody's page, or carry out what one of its forms asks for."""
    user = queries.find_user(plain(username))
    if user is None or not may_hand_over(request.user, user):
        raise Http404
    if request.method == "GET":
        return _show(request, user, Typed(), asking=_asking(request, user))
    act = entry(request, "act")
    if act not in ACTS:
        raise Http404
    try:
        told = ACTS[act](request, user)
    except Unconfirmed as unconfirmed:
        return _show(request, user, Typed(), asking=unconfirmed.asking)
    except Misfit as misfit:
        is_asked = act == "password" and user != request.user
        asking = Asking(act) if is_asked else None
        return _show(request, user, typed(request, _problems(act, misfit)), 422, asking)
    messages.success(request, told)
    if not may_hand_over(request.user, user):
        return go_to(request, reverse("desk:work"))
    return go_to(request, reverse("desk:person", args=[user.username]))


def _problems(act: str, misfit: Misfit) -> dict[str, str]:
    """What is wrong, by entry. No page repeats a password, so that each is asked for again."""
    found = {misfit.entry: misfit.why}
    for name in PASSWORDS if act == "password" else ():
        found.setdefault(name, _("Please type it again."))
    return found


def _asking(request: StaffRequest, user: User) -> Asking | None:
    """What is asked about before it is done: what would be lost by it, or a password."""
    if not request.user.is_staff:
        return None
    act, role, unit = (plain(str(request.GET.get(name, ""))) for name in ("ask", "role", "unit"))
    if act == "revoke" and (role, unit) in queries.held_by(user):
        lost = would_lose(user, role, unit)
        return Asking(act, role, unit, lost=lost, stays=len(would_lose(user)) - len(lost))
    if act == "leave" and user.is_active:
        return Asking(act, lost=would_lose(user))
    offered = {"password", "dismiss" if user.is_staff else "appoint"}
    return Asking(act) if act in offered and user != request.user else None


def _show(
    request: StaffRequest,
    user: User,
    form: Typed,
    status: int = 200,
    asking: Asking | None = None,
) -> HttpResponse:
    viewer, view = request.user, person_view(user, request.user, now())
    manages = may_manage(viewer, user)
    context = PersonContext(
        shell=shell_for(request, "desk:people" if viewer != user else "desk:me"),
        here="people",
        now=now(),
        view=view,
        absences=_absences(view, viewer, manages=manages),
        typed=form,
        asking=asking,
        roles=roles_known() if viewer.is_staff else (),
        skills=skills_known() if viewer.is_staff else (),
        units=unit_rows() if viewer.is_staff else (),
        people=tuple(each for each in directory.choices() if each[0] != user.person_id),
        is_self=viewer == user,
        is_staff=viewer.is_staff,
        may_manage=manages,
        may_lend=may_lend(viewer, user),
        sees_people=viewer.is_staff or heads_any(viewer),
    )
    return page(request, "person", context, status)


def _absences(view: PersonView, viewer: User, *, manages: bool) -> tuple[AbsenceShown, ...]:
    """As they come, those that are over last."""
    at = view.now_on_wall
    sees_why = viewer.is_staff or viewer == view.user
    language = page_language()
    labels = role_labels()
    shown = [
        AbsenceShown(
            each,
            absence_value(each),
            directory.name_of(each.deputy) if each.deputy else "",
            tuple(labels.get(role, Text(role, role)) for role in each.roles),
            each.start <= at < each.end,
            each.end <= at,
            (each.zh if language == "zh" else each.en or each.zh) if sees_why else "",
        )
        for each in view.absences
    ]
    return tuple(sorted(shown, key=lambda each: each.is_over))
