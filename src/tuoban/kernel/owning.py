"""Whose case it is: who keeps an eye on it from its start to its end, whatever others do in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from tuoban.kernel.clocks import Tier
from tuoban.kernel.definition import Definition, LateAction, LateTier, Limit
from tuoban.kernel.limits import is_due
from tuoban.kernel.outsiders import role_of
from tuoban.kernel.state import State

START = "start"
"""In place of a step: whoever started the case."""

OF_OWNER = "#owner"
"""Whom a notice of lateness goes to; no role can be called so."""

AT_THE_LIMIT = "at the limit"


class Owned(NamedTuple):
    """A person, or whoever holds a role; neither where it is nobody's yet."""

    person: str | None = None
    role: str | None = None


def owner_of(definition: Definition, state: State) -> Owned:
    """Whose case it is now: whoever did the newest completion that counts of the step that is
    named, before that whoever holds the role beside it."""
    owner = definition.case.owner
    if owner is None:
        return Owned()
    if owner.same_as == START:
        asked = state.by if role_of(state.by) is None else ""
        return Owned(person=asked or None, role=None if asked else owner.role)
    made = state.newest(owner.same_as) if owner.same_as is not None else None
    if made is not None and made.by and role_of(made.by) is None:
        return Owned(person=made.whose)
    return Owned(role=owner.role)


def told_when_late(limits: Iterable[Limit]) -> tuple[Limit, ...]:
    """The limits with a notice to whose case it is when one runs out by which something is due."""
    return tuple(_told(each) if is_due(each.key) else each for each in limits)


def _told(limit: Limit) -> Limit:
    action = LateAction("tell", OF_OWNER)
    for number, each in enumerate(limit.tiers):
        if each.tier.side == "at":
            with_owner = LateTier(each.tier, (*each.actions, action))
            tiers = (*limit.tiers[:number], with_owner, *limit.tiers[number + 1 :])
            return replace(limit, tiers=tiers)
    return replace(limit, tiers=(*limit.tiers, LateTier(Tier(AT_THE_LIMIT), (action,))))
