"""What the forms of somebody's page do."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tuoban.faces.desk.asked import key_of
from tuoban.faces.desk.people.forms import Misfit, entry, said
from tuoban.faces.desk.signed_in import StaffRequest, check_staff
from tuoban.faces.desk.views.people import act_of
from tuoban.faces.desk.views.person_account import appoint, dismiss, rename, set_password
from tuoban.faces.posted import plain, row_numbers
from tuoban.faces.reader import page_language
from tuoban.runtime.calendars.findings import ContentError
from tuoban.runtime.cases import staffing
from tuoban.runtime.cases.clock import now
from tuoban.runtime.cases.queries.charge import may_hand_over, may_lend, may_manage
from tuoban.runtime.cases.queries.roles import roles_known, skills_known
from tuoban.runtime.people import leave, queries, service
from tuoban.runtime.people.away import UnfitDeputy
from tuoban.runtime.people.exclusions import ExclusiveRoles
from tuoban.runtime.people.models import Unit, User
from tuoban.runtime.people.particulars import as_known, same_skill
from tuoban.runtime.people.personal import AbsenceText
from tuoban.runtime.people.unfit import Unfit

MOST_HANDED = 50
_BETWEEN = re.compile(r"[,，、;；\n]")


def absence_value(absence: AbsenceText) -> str:
    """By what a form names an absence."""
    return urlencode({"start": absence.start, "end": absence.end, "deputy": absence.deputy})


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
    known = skills_known()
    wanted = [*map(plain, request.POST.getlist("skills")), *_named(entry(request, "more"), known)]
    kept = as_known(wanted, known)
    try:
        service.set_skills(user, kept, act=act_of(request))
    except Unfit as error:
        raise Misfit("more", said(error)) from None
    told = [_("The skills are saved.")]
    told += [
        _("“%(typed)s” is kept as “%(known)s”, as it is called already.")
        % {"typed": each, "known": as_known((each,), known)[0]}
        for each in wanted
        if each not in kept
    ]
    return " ".join(told)


def _named(typed: str, known: Collection[str]) -> list[str]:
    """The skills in a text with commas between; known ones may stand with spaces between, too."""
    writings = set(map(same_skill, known))
    found: list[str] = []
    for part in filter(None, map(str.strip, _BETWEEN.split(typed))):
        words = part.split()
        are_several = same_skill(part) not in writings and writings.issuperset(
            map(same_skill, words)
        )
        found += words if are_several else [part]
    return found


def _reach(request: StaffRequest, user: User) -> str:
    if not (request.user.is_staff or request.user == user):
        raise PermissionDenied
    phone, mail = entry(request, "phone"), entry(request, "mail")
    try:
        service.set_reach(user, phone=phone, mail=mail, act=act_of(request))
    except Unfit as error:
        raise Misfit(error.field, said(error)) from None
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
    found = (each for each in leave.text_of(user).absences if absence_value(each) == wanted)
    absence = next(found, None)
    if absence is None or not leave.be_back(user, absence, act_of(request)):
        return _("That absence was gone already.")
    return _("The absence has ended. Open work goes back in a moment.")


def _check_absences(request: StaffRequest, user: User) -> None:
    if not (request.user == user or may_manage(request.user, user)):
        raise PermissionDenied


def _hand_over(request: StaffRequest, user: User) -> str:
    if not may_hand_over(request.user, user):
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
    try:
        service.deactivate_user(user, act=act_of(request))
    except Unfit as error:
        raise Misfit("leave", said(error)) from None
    return _("They have left. Their open work is offered anew in a moment.")


def _return(request: StaffRequest, user: User) -> str:
    check_staff(request)
    try:
        service.return_user(user, act=act_of(request))
    except ExclusiveRoles as error:
        raise Misfit("return", said(error)) from None
    return _("They are back, with the roles that they hold.")


ACTS: Mapping[str, Callable[[StaffRequest, User], str]] = {
    "grant": _grant,
    "revoke": _revoke,
    "skills": _skills,
    "rename": rename,
    "password": set_password,
    "appoint": appoint,
    "dismiss": dismiss,
    "reach": _reach,
    "away": _be_away,
    "back": _be_back,
    "hand-over": _hand_over,
    "leave": _leave,
    "return": _return,
}
