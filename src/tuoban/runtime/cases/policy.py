"""Who may see a case, start one, write a draft, erase. Who may do work is the kernel's to say."""

from __future__ import annotations

from collections import defaultdict

from django.db.models import Exists, OuterRef, Q

from tuoban.kernel.definition import Definition, Start
from tuoban.kernel.engine.performers import acting_roles
from tuoban.kernel.engine.starting import is_served
from tuoban.kernel.outsiders import role_of
from tuoban.kernel.surroundings import Directory
from tuoban.runtime.cases import definitions
from tuoban.runtime.cases.models import CaseCopy, PoolEntry, WorkItem
from tuoban.runtime.people.ids import Actor
from tuoban.runtime.people.models import RoleHolding, Unit, User


def visible_cases(user: User) -> Q:
    """The cases that the user may see, as a condition on `Case`.

    Staff see all. Others see the cases of processes of which they hold a role in the case's unit
    or above it, because the pools of such cases reach up to them, the cases with work in a pool of
    theirs, wherever that is, the cases in which they hold or did work, those copied to them, and
    those that they asked for and that belong to another unit. The head of a unit is in charge of
    the cases of it and below, and sees them all.
    """
    if user.is_staff:
        return Q()
    worked = WorkItem.objects.filter(
        case=OuterRef("pk"), person=user, status__in=(WorkItem.OPEN, WorkItem.DONE)
    )
    copied = CaseCopy.objects.filter(case=OuterRef("pk"), user=user)
    pools = Q()
    for role, unit in RoleHolding.objects.filter(user=user).values_list("role", "unit__key"):
        pools |= Q(role=role, unit=unit)
    offered = PoolEntry.objects.filter(pools, item__case=OuterRef("pk"))
    seen = Q(Exists(worked)) | Q(Exists(copied)) | Q(asked_by=user)
    if pools:
        seen |= Q(Exists(offered))
    for path in Unit.objects.filter(head=user).values_list("path", flat=True):
        seen |= Q(unit__path__startswith=path)
    known_roles = definitions.roles_of_all()
    for path, held in _held_by_path(user).items():
        known = [pk for pk, roles in known_roles.items() if roles & held]
        if known:
            seen |= Q(unit__path__startswith=path, definition__in=known)
    return seen


def starting_units(
    definition: Definition, start: Start, user: Actor, people: Directory
) -> list[str]:
    """The units in which a user, or an outside party, may make this request."""
    own = role_of(user.person_id)
    if own is not None:
        served = (unit for unit in people.parents if is_served(definition, people, own, unit))
        return sorted(served) if own in start.by else []
    roles = acting_roles(definition, start.by)
    return sorted(
        {
            unit
            for (role, unit), holders in people.holders.items()
            if role in roles and user.person_id in holders
        }
    )


def may_draft(user: User, item: WorkItem, people: Directory) -> bool:
    """Whether the user holds the item, or could take it from its pool."""
    if item.person_id is not None:
        return item.person_id == user.pk
    return any(people.holds(user.person_id, (role,), unit) for role, unit in item.pool_keys)


def is_administrator(user: User) -> bool:
    """Whether the user looks after the organisation: may erase personal values, of whichever case,
    and take cases to another version of their process."""
    return user.is_active and user.is_staff


def works_by(user: User, slug: str) -> bool:
    """Whether a process is one of the user's, so that they may see how it goes and its indicators,
    and have these measured: staff, and whoever holds a role of it anywhere. Of the cases behind
    them they see those that they may."""
    if not user.is_active:
        return False
    if user.is_staff:
        return True
    held = set(RoleHolding.objects.filter(user=user).values_list("role", flat=True))
    return bool(held & definitions.roles_of(slug))


def works_by_any(user: User) -> bool:
    """Whether `works_by` holds of a process that is published; asked for every page."""
    published = definitions.roles_of_all().values()
    if user.is_staff or not published:
        return bool(published)
    held = set(RoleHolding.objects.filter(user=user).values_list("role", flat=True))
    return any(held & roles for roles in published)


def _held_by_path(user: User) -> dict[str, set[str]]:
    held: defaultdict[str, set[str]] = defaultdict(set)
    holdings = RoleHolding.objects.filter(user=user)
    for role, path in holdings.values_list("role", "unit__path"):
        held[path].add(role)
    return held
