"""People: the list of them, and adding somebody."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from functools import wraps
from typing import Concatenate, ParamSpec
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from tuoban.faces.desk.contexts import Shell
from tuoban.faces.desk.people.forms import Misfit, Typed, entry, said, typed
from tuoban.faces.desk.rendering import go_to, page
from tuoban.faces.desk.shell import shell_for
from tuoban.faces.desk.signed_in import StaffRequest, check_staff, signed_in
from tuoban.faces.posted import plain
from tuoban.runtime.cases.clock import now
from tuoban.runtime.cases.queries.charge import heads_any
from tuoban.runtime.cases.queries.people import (
    PeopleAsked,
    PeoplePage,
    UnitRow,
    people_page,
    unit_rows,
)
from tuoban.runtime.cases.queries.roles import (
    RoleChoice,
    RoleRow,
    roles_known,
    roles_page,
    skills_known,
)
from tuoban.runtime.people import service
from tuoban.runtime.people.models import User
from tuoban.runtime.people.particulars import as_known
from tuoban.runtime.people.recording import Act
from tuoban.runtime.people.unfit import Unfit

DOOR = "desk:people"
LONGEST_SEARCH = 100
P = ParamSpec("P")


@dataclass(frozen=True, slots=True)
class PeopleContext:
    shell: Shell
    here: str
    found: PeoplePage
    asked: PeopleAsked
    units: tuple[UnitRow, ...]
    roles: tuple[RoleChoice, ...]
    skills: tuple[str, ...]
    next: str
    is_staff: bool


@dataclass(frozen=True, slots=True)
class NewPersonContext:
    shell: Shell
    here: str
    typed: Typed
    is_staff: bool


@dataclass(frozen=True, slots=True)
class RolesContext:
    shell: Shell
    here: str
    rows: tuple[RoleRow, ...]
    q: str
    next: str
    is_staff: bool


def act_of(request: StaffRequest) -> Act:
    """Who changes people by a request, and when."""
    return Act(now(), request.user.person_id)


def for_those_in_charge(
    view: Callable[Concatenate[StaffRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Lists of people are for staff, and for heads, who see those of their units."""

    @signed_in
    @wraps(view)
    def check(request: StaffRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not (request.user.is_staff or heads_any(request.user)):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return check


@require_GET
@for_those_in_charge
def people(request: StaffRequest) -> HttpResponse:
    """Everybody one looks after, by name, found by name, number, unit, role or skill."""
    wanted = PeopleAsked(
        **{name: asked(request, name) for name in ("q", "unit", "role", "skill")},
        state=asked(request, "state") or "active",
    )
    skills = skills_known()
    if wanted.skill:
        wanted = replace(wanted, skill=as_known((wanted.skill,), skills)[0])
    found = people_page(request.user, wanted, now(), asked(request, "page"))
    query = {name: value for name, value in asdict(wanted).items() if value}
    following = f"{reverse(DOOR)}?{urlencode({**query, 'page': found.next})}" if found.next else ""
    context = PeopleContext(
        shell_for(request, DOOR),
        "people",
        found,
        wanted,
        unit_rows(),
        roles_known(),
        skills,
        following,
        request.user.is_staff,
    )
    return page(request, "people", context)


def asked(request: HttpRequest, name: str) -> str:
    longest = None if name == "page" else LONGEST_SEARCH
    return plain(str(request.GET.get(name, ""))).strip()[:longest]


@require_GET
@signed_in
def me(request: StaffRequest) -> HttpResponse:
    """To one's own page."""
    return redirect("desk:person", request.user.username)


@require_GET
@for_those_in_charge
def roles(request: StaffRequest) -> HttpResponse:
    """Who holds which role where; those that nobody holds first."""
    check_staff(request)
    q = asked(request, "q")
    found = roles_page(q, asked(request, "page"))
    query = urlencode({"q": q, "page": found.next} if q else {"page": found.next})
    following = f"{reverse('desk:people-roles')}?{query}" if found.next else ""
    context = RolesContext(
        shell_for(request, DOOR), "roles", found.rows, q, following, is_staff=True
    )
    return page(request, "people_roles", context)


@require_http_methods(["GET", "POST"])
@signed_in
def new(request: StaffRequest) -> HttpResponse:
    """Add somebody, who logs in with the password given here or never."""
    check_staff(request)
    if request.method == "GET":
        return _show_new(request, Typed())
    try:
        user = _add(request)
    except Misfit as misfit:
        return _show_new(request, typed(request, _problems(request, misfit)), 422)
    messages.success(request, _("%(name)s is added. Give them roles below.") % {"name": str(user)})
    return go_to(request, reverse("desk:person", args=[user.username]))


def _problems(request: StaffRequest, misfit: Misfit) -> dict[str, str]:
    """What is wrong, by entry. No page repeats a password: without a word about it, the next
    attempt would add somebody who never logs in."""
    found = {misfit.entry: misfit.why}
    if request.POST.get("password"):
        found.setdefault("password", _("Please type the password again."))
    return found


def _add(request: StaffRequest) -> User:
    username, name = entry(request, "username"), entry(request, "name")
    password = str(request.POST.get("password", ""))
    if not username:
        raise Misfit("username", _("Please enter a user name."))
    if not name:
        raise Misfit("name", _("Please enter the name."))
    try:
        if password:
            validate_password(password, User(username=username, display_name=name))
        with transaction.atomic():
            user = service.create_user(
                username, name, password=password or None, at=now(), act=act_of(request)
            )
            service.set_reach(user, phone=entry(request, "phone"), mail=entry(request, "mail"))
    except ValidationError as error:
        raise Misfit("password", " ".join(error.messages)) from None
    except IntegrityError:
        raise Misfit("username", _("Somebody has that user name already.")) from None
    except Unfit as error:
        raise Misfit(error.field, said(error)) from None
    return user


def _show_new(request: StaffRequest, form: Typed, status: int = 200) -> HttpResponse:
    context = NewPersonContext(shell_for(request, DOOR), "people", form, is_staff=True)
    return page(request, "person_new", context, status)
