"""Who keeps work: it is taken back from those who may no longer do it, passes to deputies while
somebody is away, and what nobody can do is told to the head of the unit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuoban.kernel import events as e
from tuoban.kernel.engine import deputies, naming
from tuoban.kernel.engine.barring import barred_people
from tuoban.kernel.engine.performers import (
    Offer,
    has_taker,
    is_entitled,
    is_receiver,
    resolve,
    rules_of,
    units_of,
    whom_rules_name,
)
from tuoban.kernel.state import Item

if TYPE_CHECKING:
    from tuoban.kernel.engine.flow import Flow


def settle(flow: Flow) -> None:
    """Take work back from those who may no longer do it, and tell the head what nobody can do.

    Somebody may have become barred (`not`), have left, or have lost the role since it was offered.
    """
    for known in tuple(flow.state.items.values()):
        if flow.definition.nodes[known.node].step.is_unattended:
            continue
        if known.person is None and not known.orphaned and has_taker(flow, known):
            continue
        item = without_lost_delegate(flow, known)
        lost = item.person is not None and not may_keep(flow, item)
        if lost or _is_stranded(flow, item) or _is_found(flow, item):
            _reoffer(flow, item)
        deputies.settle(flow, flow.state.items[item.id])
        _tell_if_nobody(flow, flow.state.items[item.id])


def without_lost_delegate(flow: Flow, item: Item) -> Item:
    """The item, back with whoever delegated it if the delegate may no longer do it."""
    if item.person is not None and item.delegated_by is not None and not may_keep(flow, item):
        flow.emit(e.ItemGotBack(item.id, item.delegated_by, item.delegated_by, item.person))
    return flow.state.items[item.id]


def may_keep(flow: Flow, item: Item) -> bool:
    """Whether the work may stay with whose it is; while it is signed, with the deputy who completed
    it in their place, too."""
    directory, person = flow.surroundings.directory, item.whose
    node = flow.definition.nodes[item.node]
    if person is None or person not in directory.people:
        return False
    barred = barred_people(flow.state, node)
    if person in barred:
        return False
    if item.signing is not None and (item.person not in directory.people or item.person in barred):
        return False
    by = rules_of(node, item.part)
    # A rule named an assigned person; whoever claimed it, or was given it, needs a role.
    # A part of joint work was given to them because they held one.
    is_named = item.assigned and item.delegated_by is None and by.agree is None
    is_named = is_named and by.pick != naming.NAMED
    if not item.roles:
        return not is_named or item.part is not None or _is_still_theirs(flow, item, person)
    if is_named:
        return True
    if directory.missing(person, by.skills):
        return False
    units = units_of(directory, flow.state, by, item.pools)
    return is_entitled(directory, person, item.roles, units) or is_receiver(flow, item, person)


def _is_still_theirs(flow: Flow, item: Item, person: str) -> bool:
    """Whether work that no role does is not with somebody who was given it as the head of the unit,
    and is that no more."""
    directory = flow.surroundings.directory
    head = directory.head(flow.state.unit)
    if head is None or head == person:
        return True
    node = flow.definition.nodes[item.node]
    named = whom_rules_name(flow, node, item.activation, item.part)
    return any(each in directory.people for each in named)


def _is_stranded(flow: Flow, item: Item) -> bool:
    """Whether nobody in its pools may take the item, and other pools have opened since, or somebody
    is there to whom it is given."""
    if item.person is not None or has_taker(flow, item):
        return False
    offer = _offer_of(flow, item)
    return offer.pools != item.pools or offer.person is not None


def _is_found(flow: Flow, item: Item) -> bool:
    """Whether somebody may take the item now of which the head was told that nobody can."""
    return item.person is None and item.orphaned and has_taker(flow, item)


def _offer_of(flow: Flow, item: Item) -> Offer:
    return resolve(flow, flow.definition.nodes[item.node], item.activation, item.part)


def _reoffer(flow: Flow, item: Item) -> None:
    offer = _offer_of(flow, item)
    flow.emit(
        e.ItemReoffered(item.id, offer.pools, offer.person, offer.assigned, former=item.person)
    )


def _tell_if_nobody(flow: Flow, item: Item) -> None:
    if item.orphaned:
        return
    if item.person is None:
        if has_taker(flow, item):
            return
    elif not deputies.is_left_alone(flow, item):
        return
    head = flow.surroundings.directory.head_at_hand(flow.state.unit)
    if head is not None:
        told = e.Told(item.id, e.NOBODY, head, None, None, escalated=False, node=item.node)
        flow.emit(told)
