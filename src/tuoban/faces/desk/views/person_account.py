"""Name and password of somebody, and whether they are an administrator, changed on their page."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from tuoban.faces.desk import throttle
from tuoban.faces.desk.people.forms import Misfit, entry, said
from tuoban.faces.desk.signed_in import StaffRequest, check_staff
from tuoban.faces.desk.views.people import act_of
from tuoban.runtime.cases.clock import now
from tuoban.runtime.cases.queries.people import OpenWork
from tuoban.runtime.people import service
from tuoban.runtime.people.attempts import PAUSE
from tuoban.runtime.people.models import User
from tuoban.runtime.people.particulars import check_name
from tuoban.runtime.people.unfit import Unfit

PASSWORDS = ("password-now", "password", "password-again")
"""The entries that no page repeats."""


@dataclass(frozen=True, slots=True)
class Asking:
    """A change that is asked about before it is made: a role taken away, or leaving, with the open
    work that takes away; a new name; a password; to be an administrator, or no more."""

    act: str
    role: str = ""
    unit: str = ""
    name: str = ""
    lost: tuple[OpenWork, ...] = ()
    stays: int = 0


class Unconfirmed(Exception):
    """A change that its author is asked about first."""

    def __init__(self, asking: Asking) -> None:
        super().__init__(asking.act)
        self.asking = asking


def rename(request: StaffRequest, user: User) -> str:
    """Call somebody otherwise, after asking.

    Raises:
        Unconfirmed: it was not asked about yet.
        Misfit: nobody can be called so.
    """
    check_staff(request)
    name = entry(request, "name")
    try:
        check_name(name)
    except Unfit as error:
        raise Misfit(error.field, said(error)) from None
    if "confirmed" not in request.POST and name != user.display_name:
        raise Unconfirmed(Asking("rename", name=name))
    service.rename_user(user, name, act=act_of(request))
    return _("The name is saved.")


def set_password(request: StaffRequest, user: User) -> str:
    """Another password: one's own, by the one that holds, or somebody's by an administrator. It
    ends every session of theirs but the one it is changed in.

    Raises:
        Misfit: an entry is missing, differs, or is no good password.
    """
    is_own = request.user == user
    if is_own:
        _check_own(request, user)
    else:
        check_staff(request)
    new, again = _written(request, "password"), _written(request, "password-again")
    try:
        validate_password(new, user)
    except ValidationError as error:
        raise Misfit("password", " ".join(error.messages)) from None
    if new != again:
        raise Misfit(
            "password-again", _("This differs from the password above. Please type both again.")
        )
    service.set_password(user, new, act=act_of(request))
    if is_own:
        update_session_auth_hash(request, user)
        return _("Your password is changed. You are logged out everywhere else.")
    return _("The password is set. They are logged out everywhere.")


def appoint(request: StaffRequest, user: User) -> str:
    """Make somebody an administrator. Raises `Misfit` where they cannot be one."""
    check_staff(request)
    _set_administrator(request, user, "appoint", is_administrator=True)
    return _("They are an administrator now.")


def dismiss(request: StaffRequest, user: User) -> str:
    """Let somebody be an administrator no more. Raises `Misfit` for oneself, and the last one."""
    check_staff(request)
    if user == request.user:
        told = _("You cannot take this from yourself; another administrator can.")
        raise Misfit("dismiss", told)
    _set_administrator(request, user, "dismiss", is_administrator=False)
    return _("They are an administrator no more.")


def _set_administrator(
    request: StaffRequest, user: User, act: str, *, is_administrator: bool
) -> None:
    try:
        service.set_administrator(user, is_administrator=is_administrator, act=act_of(request))
    except Unfit as error:
        raise Misfit(act, said(error)) from None


def _check_own(request: StaffRequest, user: User) -> None:
    attempt = throttle.attempt_of(request, user.username)
    if not attempt.may_go_on(now()):
        minutes = int(PAUSE.total_seconds()) // 60
        told = _("Too many failed attempts. Wait %(minutes)d minutes, then try again.")
        raise Misfit("password-now", told % {"minutes": minutes})
    if not user.check_password(_written(request, "password-now")):
        raise Misfit("password-now", _("This is not your password."))
    attempt.went_well()


def _written(request: StaffRequest, name: str) -> str:
    return str(request.POST.get(name, ""))
