"""Locks that those who change people and units wait for one another by.

Units come before people, and units in the order of their rows, so that nobody waits in a ring.
Whoever merely refers to a row does not wait, nor is waited for.
"""

from __future__ import annotations

from tuoban.runtime.people.models import Unit, User


def person(user: User) -> User:
    """Hold somebody until the transaction ends; them as they are by then."""
    return User.objects.select_for_update(no_key=True).get(pk=user.pk)


def administrators(*, demo: bool) -> frozenset[int]:
    """Hold everybody who looks after the organisation, in the order of their rows; the keys of
    those who are there by then and can log in.

    Args:
        demo: whether those of the demo count, who log in on its own machine alone.
    """
    active = User.objects.filter(is_staff=True, is_active=True).order_by("pk")
    if not demo:
        active = active.filter(is_demo=False)
    held = active.select_for_update(no_key=True).only("password")
    return frozenset(each.pk for each in held if each.has_usable_password())


def unit(held: Unit) -> Unit:
    """Hold a unit until the transaction ends; it as it is by then."""
    return Unit.objects.select_for_update(no_key=True).get(pk=held.pk)


def all_units() -> None:
    """Hold the whole tree."""
    list(Unit.objects.select_for_update(no_key=True).order_by("pk").values_list("pk"))
