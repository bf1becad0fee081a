"""Who looks after whom: administrators after everybody, heads after those of their units."""

from __future__ import annotations

from django.db.models import Q

from tuoban.runtime.cases.models import WorkItem
from tuoban.runtime.people.models import RoleHolding, Unit, User


def may_manage(viewer: User, user: User) -> bool:
    """Whether the viewer enters absences for somebody and sees what was changed about them: staff,
    and the head of a unit for those who hold a role in it or below."""
    if viewer.is_staff:
        return True
    return RoleHolding.objects.filter(below(viewer), user=user).exists()


def may_hand_over(viewer: User, user: User) -> bool:
    """Whether the viewer hands over work that somebody has in hand: themselves, whoever manages
    them, and the head of a unit in whose cases, or those below, they have some - even where they
    hold no role there any more."""
    if viewer == user or may_manage(viewer, user):
        return True
    in_hand = WorkItem.objects.filter(person=user, status=WorkItem.OPEN)
    return in_hand.filter(below(viewer, "case__unit__path")).exists()


def may_lend(viewer: User, user: User) -> bool:
    """Whether the viewer lets a deputy do what only somebody's roles allow: staff, and a head as
    far as all that the person holds, and is the head of, is below them. So nobody gets at the
    powers of whoever is above or beside them by entering an absence."""
    if viewer.is_staff:
        return True
    if user.is_staff:
        return False
    held_below = below(viewer)
    held = RoleHolding.objects.filter(user=user)
    paths = tuple(Unit.objects.filter(head=viewer).values_list("path", flat=True))
    headed = Unit.objects.filter(head=user).values_list("path", flat=True)
    return (
        held.filter(held_below).exists()
        and not held.exclude(held_below).exists()
        and all(each.startswith(paths) for each in headed)
    )


def heads_any(viewer: User) -> bool:
    """Whether somebody is the head of a unit."""
    return Unit.objects.filter(head=viewer).exists()


def below(viewer: User, path: str = "unit__path") -> Q:
    """What lies in a unit that somebody heads, or below it, by the path of its unit; nothing, where
    they head none."""
    found = Q(pk__in=[])
    for each in Unit.objects.filter(head=viewer).values_list("path", flat=True):
        found |= Q(**{f"{path}__startswith": each})
    return found
