"""Roles that nobody may hold both of (`excludes`), as published processes say.

The roles of all processes share one set of names, so what one process excludes holds everywhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models import Q

from tuoban.runtime.people import marks
from tuoban.runtime.people.models import RoleExclusion, RoleHolding, User

Pairs = frozenset[tuple[str, str]]


class ExclusiveRoles(ValueError):
    """The person holds a role that excludes the one to be given; says so in both languages."""

    def __init__(self, person: str, role: str, held: str) -> None:
        super().__init__(
            f"{person} 已有角色 {held}，不能再有 {role} / "
            f"{person} holds the role {held}, which excludes {role}"
        )


@transaction.atomic
def set_exclusions(process: str, pairs: Iterable[tuple[str, str]]) -> None:
    """Let what a process excludes be these pairs, and no others."""
    RoleExclusion.objects.filter(process=process).delete()
    RoleExclusion.objects.bulk_create(
        RoleExclusion(process=process, role=role, other=other) for role, other in sorted(pairs)
    )
    marks.renew()


def exclusions() -> Pairs:
    """What is excluded by any process."""
    return frozenset(RoleExclusion.objects.values_list("role", "other"))


def check_may_hold(user: User, role: str, pairs: Pairs) -> None:
    """Whether the user may be given the role beside those they hold, in whatever units.

    Raises:
        ExclusiveRoles: a role that they hold excludes it.
    """
    held = held_against(user, role, pairs)
    if held is not None:
        raise ExclusiveRoles(str(user), role, held)


def held_against(user: User, role: str, pairs: Pairs) -> str | None:
    """A role that the user holds and that excludes this one; None: there is none."""
    excluded = {one if other == role else other for one, other in pairs if role in (one, other)}
    if not excluded:
        return None
    held = RoleHolding.objects.filter(user=user, role__in=excluded).values_list("role", flat=True)
    return held.order_by("role").first()


def check_holds_no_two(user: User, pairs: Pairs) -> None:
    """Whether what somebody holds may be held together.

    Raises:
        ExclusiveRoles: one of their roles excludes another.
    """
    held = user.holdings.order_by("pk").values_list("role", flat=True)
    check_together(str(user), list(dict.fromkeys(held)), pairs)


def check_together(person: str, roles: Sequence[str], pairs: Pairs) -> None:
    """Whether somebody may be given all these roles.

    Raises:
        ExclusiveRoles: one of them excludes one before it.
    """
    for role, held in ((role, held) for n, role in enumerate(roles) for held in roles[:n]):
        if (role, held) in pairs or (held, role) in pairs:
            raise ExclusiveRoles(person, role, held)


def holders_of_both(pairs: Iterable[tuple[str, str]]) -> tuple[tuple[str, str, str], ...]:
    """Active people who hold both roles of a pair all the same, with the pair."""
    found = []
    for role, other in sorted(pairs):
        both = User.objects.filter(Q(holdings__role=role), is_active=True)
        both = both.filter(holdings__role=other).distinct().order_by("username")
        found += [(str(user), role, other) for user in both]
    return tuple(found)
