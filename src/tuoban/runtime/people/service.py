"""The verbs that change people. Each is one transaction and marks the directory as changed.

Those of units stand in `tree.py`, what is kept of somebody in `particulars.py`; whoever sets up an
organisation finds some of them here, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction

from tuoban.kernel.text import Text
from tuoban.runtime.calendars.findings import SavedMeanwhile
from tuoban.runtime.people import away, locks, marks, personal, tokens
from tuoban.runtime.people.exclusions import (
    Pairs,
    check_holds_no_two,
    check_may_hold,
    check_together,
    exclusions,
)
from tuoban.runtime.people.models import (
    PersonalHours,
    RoleHolding,
    Unit,
    User,
)
from tuoban.runtime.people.particulars import (
    check_name,
    is_address,
    keep_skills,
    rename_user,
    set_language,
    set_password,
    set_reach,
    set_skills,
)
from tuoban.runtime.people.personal import PersonalText
from tuoban.runtime.people.recording import Act, note, spread
from tuoban.runtime.people.tree import (
    ClosedUnit,
    check_open,
    create_unit,
    set_calendar,
    set_head,
    set_level,
)
from tuoban.runtime.people.unfit import Unfit

__all__ = [
    "ClosedUnit",
    "Unfit",
    "create_unit",
    "create_user",
    "deactivate_user",
    "grant",
    "hire",
    "is_address",
    "is_in_real_use",
    "rename_user",
    "return_user",
    "revoke",
    "save_personal_hours",
    "set_calendar",
    "set_head",
    "set_language",
    "set_level",
    "set_password",
    "set_reach",
    "set_skills",
]

_USERNAME = re.compile(r"[\w.@+-]{1,150}")
_LAST_ADMINISTRATOR = Text(
    "这是最后一位管理员：请先另设一位管理员（在其人员页上，或用 tuoban user add --staff）。",
    "This is the last administrator: make somebody else one first, on their page or by "
    "tuoban user add --staff.",
)
_HAS_LEFT = Text("已离开的人不能做管理员。", "Whoever has left is no administrator.")
_NEVER_LOGS_IN = Text(
    "没有密码，无法登录：请先设密码。", "They have no password and never log in: set one first."
)


def is_in_real_use() -> bool:
    """Whether there are users who are not of the demo."""
    return User.objects.filter(is_demo=False).exists()


@transaction.atomic
def create_user(
    username: str,
    display_name: str,
    *,
    password: str | None = None,
    password_hash: str | None = None,
    language: str = "zh-hans",
    phone: str = "",
    is_staff: bool = False,
    is_demo: bool = False,
    at: datetime,
    act: Act | None = None,
) -> User:
    """Add somebody who may sign in, unless neither `password` nor `password_hash` is given.

    Raises:
        Unfit: the user name or the name cannot be used.
    """
    if _USERNAME.fullmatch(username) is None:
        raise Unfit(
            "username",
            Text(
                f"用户名 {username!r}：用字母、数字和 . @ + - _，至多 150 个",
                f"user name {username!r}: use letters, digits and . @ + - _, at most 150",
            ),
        )
    check_name(display_name)
    user = User(
        username=username,
        display_name=display_name,
        language=language,
        phone=phone,
        is_staff=is_staff,
        is_demo=is_demo,
        date_joined=at,
    )
    if password_hash is not None:
        user.password = password_hash
    else:
        user.set_password(password)
    user.save(force_insert=True)
    note(act, "person-added", user=user)
    marks.renew()
    return user


@transaction.atomic
def hire(
    username: str,
    display_name: str,
    holdings: Sequence[tuple[str, Unit]],
    *,
    skills: Iterable[str] = (),
    excluded: Pairs,
    at: datetime,
) -> User:
    """Add somebody who never signs in, with their roles, each in a unit, and what they are able
    to do.

    Args:
        excluded: the pairs of roles that nobody may hold both of.

    Raises:
        Unfit: as of `create_user` and `set_skills`.
        ExclusiveRoles: one of the roles excludes another.
    """
    check_together(display_name, [role for role, _ in holdings], excluded)
    user = create_user(username, display_name, at=at)
    RoleHolding.objects.bulk_create(
        RoleHolding(user=user, role=role, unit=unit) for role, unit in dict.fromkeys(holdings)
    )
    keep_skills(user, skills)
    return user


@transaction.atomic
def deactivate_user(user: User, *, act: Act | None = None) -> None:
    """The user leaves: no sign-in, no new work. What they did stays theirs, what they had to do is
    offered anew. Their roles stand, and count again if they return; their tokens end.

    Raises:
        Unfit: they are the last administrator.
    """
    # Two who let one another go wait here, so that the second sees that they are the last.
    if user.is_staff and not locks.administrators(demo=user.is_demo) - {user.pk}:
        raise Unfit("leave", _LAST_ADMINISTRATOR)
    _set_active(user, "left", act, is_active=False)
    tokens.end_all(user, act)


@transaction.atomic
def return_user(user: User, *, act: Act | None = None) -> None:
    """Somebody who left is back: they sign in as before and hold their roles again."""
    check_holds_no_two(user, exclusions())
    _set_active(user, "returned", act, is_active=True)


@transaction.atomic
def set_administrator(user: User, *, is_administrator: bool, act: Act | None = None) -> None:
    """Let somebody look after the organisation, or no more. What they did and hold stays; the
    tokens that reached so far end.

    Raises:
        Unfit: they have left or never log in; or they are the last administrator.
    """
    # Two who take it from one another wait here, so that the second sees that they are the last.
    others = locks.administrators(demo=user.is_demo) - {user.pk}
    found = locks.person(user)
    if found.is_staff == is_administrator:
        return
    if is_administrator and not found.is_active:
        raise Unfit("administrator", _HAS_LEFT)
    if is_administrator and not found.has_usable_password():
        raise Unfit("administrator", _NEVER_LOGS_IN)
    if not is_administrator and not others:
        raise Unfit("administrator", _LAST_ADMINISTRATOR)
    user.is_staff = is_administrator
    user.save(update_fields=["is_staff"])
    note(act, "administrator-made" if is_administrator else "administrator-no-more", user=user)
    if not is_administrator:
        tokens.end_all(user, act)
    marks.renew()


def _set_active(user: User, what: str, act: Act | None, *, is_active: bool) -> None:
    if user.is_active == is_active:
        return
    user.is_active = is_active
    user.save(update_fields=["is_active"])
    note(act, what, user=user)
    spread(user=user, roles=user.holdings.values_list("role", flat=True))
    for unit in user.heads.all():
        spread(unit=unit)
    marks.renew()


@transaction.atomic
def save_personal_hours(
    user: User, content: PersonalText, *, expected: int, at: datetime, by: str = ""
) -> PersonalHours:
    """Put a person's own hours in force, which the work that they have follows; an empty content
    takes them away.

    `expected` is the number of the version that was edited, 0 if there was none. What reaches us
    twice is saved once.

    Raises:
        SavedMeanwhile: it is no longer the newest; nothing is saved.
        ContentError: the content cannot be used; nothing is saved.
    """
    personal.check(content)
    locks.person(user)
    newest = user.hours.order_by("-number").first()
    kept = personal.to_json(personal.tidied(content))
    number = newest.number if newest is not None else 0
    if number != expected:
        if newest is None:
            raise SavedMeanwhile(0, "", None)
        if (newest.number, newest.saved_by, newest.content) == (expected + 1, by, kept):
            return newest
        raise SavedMeanwhile(newest.number, newest.saved_by, newest.saved_at)
    saved = PersonalHours.objects.create(
        user=user, number=expected + 1, saved_at=at, saved_by=by, content=kept
    )
    before = personal.from_json(newest.content) if newest is not None else PersonalText()
    away.follow(user, before, personal.from_json(kept), Act(at, by))
    spread(user=user)
    marks.renew()
    return saved


@transaction.atomic
def grant(
    user: User,
    role: str,
    unit: Unit,
    *,
    excluded: Pairs | None = None,
    act: Act | None = None,
) -> RoleHolding:
    """Give a role in a unit; giving it twice changes nothing.

    Args:
        excluded: the pairs of roles that nobody may hold both of; None: as processes say.

    Raises:
        ExclusiveRoles: the person holds a role that excludes it.
        ClosedUnit: the unit is closed.
    """
    check_open(unit)
    # Two grants to one person wait for one another, lest each overlook the other's.
    locks.person(user)
    check_may_hold(user, role, exclusions() if excluded is None else excluded)
    holding, is_new = RoleHolding.objects.get_or_create(user=user, role=role, unit=unit)
    if is_new:
        note(act, "role-given", {"role": role}, user=user, unit=unit)
        spread(roles=(role,))
    marks.renew()
    return holding


@transaction.atomic
def revoke(user: User, role: str, unit: Unit, *, act: Act | None = None) -> None:
    """Take a role away; taking away what is not held changes nothing. What they had to do by it is
    offered anew, what they did stays."""
    locks.person(user)
    gone, _ = RoleHolding.objects.filter(user=user, role=role, unit=unit).delete()
    if gone:
        note(act, "role-taken", {"role": role}, user=user, unit=unit)
        spread(user=user, roles=(role,))
    marks.renew()
