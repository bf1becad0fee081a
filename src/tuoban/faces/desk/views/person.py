"""Somebody's page: roles, skills, absences with deputies, open work, and what was changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from tuoban.faces.desk.asked import key_of
from tuoban.faces.desk.contexts import Shell
from tuoban.faces.desk.people.forms import Misfit, Typed, entry, said, typed
from tuoban.faces.desk.posted import plain, row_numbers
from tuoban.faces.desk.reader import page_language
from tuoban.faces.desk.rendering import go_to, page
from tuoban.faces.desk.shell import shell_for
from tuoban.faces.desk.signed_in import StaffRequest, check_staff, signed_in
from tuoban.faces.desk.views.people import act_of
from tuoban.kernel.text import Text
from tuoban.runtime.calendars.findings import ContentError
from tuoban.runtime.cases import staffing
from tuoban.runtime.cases.clock import now
from tuoban.runtime.cases.queries.people import (
    OpenWork,
    PersonView,
    RoleChoice,
    UnitRow,
    heads_any,
    may_lend,
    may_manage,
    person_view,
    role_labels,
    roles_known,
    unit_rows,
    would_lose,
)
from tuoban.runtime.people import directory, leave, queries, service
from tuoban.runtime.people.away import UnfitDeputy
from tuoban.runtime.people.exclusions import ExclusiveRoles
from tuoban.runtime.people.models import Unit, User
from tuoban.runtime.people.personal import AbsenceText

MOST_HANDED = 50


@dataclass(frozen=True, slots=True)
class Asking:
    """A change that is asked about before it is made, with the open work it takes away."""

    act: str
    role: str
    unit: str
    lost: tuple[OpenWork, ...]
    stays: int


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
    is_seen = user is not None and (user == request.user or may_manage(request.user, user))
    if user is None or not is_seen:
        raise Http404
    if request.method == "GET":
        return _show(request, user, Typed(), asking=_asking(request, user))
    act = entry(request, "act")
    if act not in _ACTS:
        raise Http404
    try:
        told = _ACTS[act](request, user)
    except Misfit as misfit:
        return _show(request, user, typed(request, {misfit.entry: misfit.why}), 422)
    messages.success(request, told)
    return go_to(request, reverse("desk:person", args=[user.username]))


def _asking(request: StaffRequest, user: User) -> Asking | None:
    """What would be lost: by taking a role away, or by leaving."""
    if not request.user.is_staff:
        return None
    act, role, unit = (plain(str(request.GET.get(name, ""))) for name in ("ask", "role", "unit"))
    if act == "revoke" and (role, unit) in queries.held_by(user):
        lost = would_lose(user, role, unit)
        return Asking(act, role, unit, lost, len(would_lose(user)) - len(lost))
    if act == "leave" and user.is_active:
        return Asking(act, "", "", would_lose(user), 0)
    return None


def _show(
    request: StaffRequest,
    user: User,
    form: Typed,
    status: int = 200,
    asking: Asking | None = None,
) -> HttpResponse:
    viewer, view = request.user, person_view(user, now())
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
            _value(each),
            directory.name_of(each.deputy) if each.deputy else "",
            tuple(labels.get(role, Text(role, role)) for role in each.roles),
            each.start <= at < each.end,
            each.end <= at,
            (each.zh if language == "zh" else each.en or each.zh) if sees_why else "",
        )
        for each in view.absences
    ]
    return tuple(sorted(shown, key=lambda each: each.is_over))


def _value(absence: AbsenceText) -> str:
    return urlencode({"start": absence.start, "end": absence.end, "deputy": absence.deputy})


# -- what the forms do ----------------------------------------------------------------------------


def _grant(request: StaffRequest, user: User) -> str:
    check_staff(request)
    role, unit = entry(request, "role"), queries.find_unit(entry(request, "unit"))
    if role not in {each.key for each in roles_known()}:
        raise Misfit("role", _("Please choose a role."))
    if unit is None:
        raise Misfit("unit", _("Please choose a unit."))
    try:
        service.grant(user, role, unit, act=act_of(request))
    except ExclusiveRoles as error:
        raise Misfit("role", said(error)) from None
    except ValueError as error:
        raise Misfit("unit", said(error)) from None
    return _("The role is given. Work that waits for it can be claimed at once.")


def _revoke(request: StaffRequest, user: User) -> str:
    check_staff(request)
    unit: Unit | None = queries.find_unit(entry(request, "unit"))
    if unit is None:
        raise Http404
    service.revoke(user, entry(request, "role"), unit, act=act_of(request))
    return _("The role is taken away. Open work goes back in a moment; what was done stays.")


def _skills(request: StaffRequest, user: User) -> str:
    check_staff(request)
    names = entry(request, "skills").replace(",", " ").replace("，", " ").replace("、", " ").split()
    try:
        service.set_skills(user, names, act=act_of(request))
    except ValueError as error:
        raise Misfit("skills", said(error)) from None
    return _("The skills are saved.")


def _reach(request: StaffRequest, user: User) -> str:
    if not (request.user.is_staff or request.user == user):
        raise PermissionDenied
    phone, mail = entry(request, "phone"), entry(request, "mail")
    try:
        service.set_reach(user, phone=phone, mail=mail, act=act_of(request))
    except ValueError as error:
        raise Misfit("phone" if "电话" in str(error) else "mail", said(error)) from None
    return _("Number and address are saved.")


def _be_away(request: StaffRequest, user: User) -> str:
    _check_absences(request, user)
    for name, missing in (
        ("start", _("Please say from when.")),
        ("end", _("Please say until when.")),
    ):
        if not entry(request, name):
            raise Misfit(name, missing)
    deputy = entry(request, "deputy")
    words = entry(request, "why")
    absence = AbsenceText(
        entry(request, "start"),
        entry(request, "end"),
        words,
        words,
        deputy,
        tuple(map(plain, request.POST.getlist("roles"))) if deputy else (),
        bool(deputy) and "empowered" in request.POST and may_lend(request.user, user),
    )
    try:
        leave.be_away(user, absence, act_of(request))
    except ContentError as error:
        placed = error.placed[0]
        name = placed.place.rpartition(".")[2]
        why = placed.finding.describe(page_language())
        raise Misfit({"zh": "why", "en": "why"}.get(name, name), why) from None
    except UnfitDeputy as unfit:
        raise Misfit(unfit.field, said(unfit)) from None
    return _("The absence is entered. Open work follows it by itself.")


def _be_back(request: StaffRequest, user: User) -> str:
    _check_absences(request, user)
    wanted = entry(request, "absence")
    found = (each for each in leave.text_of(user).absences if _value(each) == wanted)
    absence = next(found, None)
    if absence is None or not leave.be_back(user, absence, act_of(request)):
        return _("That absence was gone already.")
    return _("The absence has ended. Open work goes back in a moment.")


def _check_absences(request: StaffRequest, user: User) -> None:
    if not (request.user == user or may_manage(request.user, user)):
        raise PermissionDenied


def _hand_over(request: StaffRequest, user: User) -> str:
    if not (may_manage(request.user, user) or request.user == user):
        raise PermissionDenied
    to = next(map(queries.find_person, row_numbers([entry(request, "to")])), None)
    if to is None or not to.is_active:
        raise Misfit("to", _("Please choose a person."))
    reason = entry(request, "reason")
    if not reason:
        raise Misfit("reason", _("Please say why."))
    items = row_numbers(request.POST.getlist("item"))[:MOST_HANDED]
    if not items:
        raise Misfit("item", _("Please choose some work."))
    done = staffing.hand_over(
        items, of=user, to=to, reason=reason, by=request.user, at=now(), key=key_of(request)
    )
    if done.refused:
        why = "; ".join(
            f"{number}: {error.read(page_language())}" for number, error in done.refused[:5]
        )
        told = _("%(count)d handed over; these were not: %(why)s")
        raise Misfit("item", told % {"count": done.count, "why": why})
    told = ngettext(
        "%(count)d piece of work is handed over.",
        "%(count)d pieces of work are handed over.",
        done.count,
    )
    return told % {"count": done.count}


def _leave(request: StaffRequest, user: User) -> str:
    check_staff(request)
    if user == request.user:
        raise Misfit("leave", _("You cannot let yourself go; another administrator can."))
    service.deactivate_user(user, act=act_of(request))
    return _("They have left. Their open work is offered anew in a moment.")


def _return(request: StaffRequest, user: User) -> str:
    check_staff(request)
    try:
        service.return_user(user, act=act_of(request))
    except ExclusiveRoles as error:
        raise Misfit("return", said(error)) from None
    return _("They are back, with the roles that they hold.")


_ACTS: Mapping[str, Callable[[StaffRequest, User], str]] = {
    "grant": _grant,
    "revoke": _revoke,
    "skills": _skills,
    "reach": _reach,
    "away": _be_away,
    "back": _be_back,
    "hand-over": _hand_over,
    "leave": _leave,
    "return": _return,
}
