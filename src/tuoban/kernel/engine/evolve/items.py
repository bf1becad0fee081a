"""Events of work, from its offer to its end."""

from __future__ import annotations

from tuoban.kernel import events as e
from tuoban.kernel.definition import Definition
from tuoban.kernel.engine.evolve.changes import (
    Rows,
    Slots,
    change,
    with_seals,
    without,
    without_those_of,
)
from tuoban.kernel.rows import last_key
from tuoban.kernel.state import Completion, Item, State


def offered(event: e.ItemOffered) -> Item:
    """The work item as it is when it is offered."""
    return Item(
        id=event.item,
        node=event.node,
        activation=event.activation,
        roles=event.roles,
        pools=event.pools,
        person=event.person,
        assigned=event.assigned,
        offered_at=event.at,
        ready_at=event.at,
        part=event.part,
    )


def _item_offered(definition: Definition, state: State, event: e.ItemOffered) -> Slots:
    return {"items": {**state.items, event.item: offered(event)}, "last_item": event.item}


def _item_reoffered(definition: Definition, state: State, event: e.ItemReoffered) -> Slots:
    is_named = event.person is not None if event.assigned is None else event.assigned
    known = state.items[event.item].roles
    return change(
        state,
        event.item,
        roles=known if event.roles is None else event.roles,
        pools=event.pools,
        person=event.person,
        for_whom=None,
        assigned=is_named,
        orphaned=False,
        delegated_by=None,
    )


def _item_locked(definition: Definition, state: State, event: e.ItemLocked) -> Slots:
    item = state.items[event.item]
    # Locked when it was offered, it has not been ready yet.
    was_ready = item.ready_at is not None and item.ready_at != event.at
    ready_at = item.ready_at if was_ready else None
    return change(state, event.item, locked=event.reasons, ready_at=ready_at)


def _item_unlocked(definition: Definition, state: State, event: e.ItemUnlocked) -> Slots:
    ready_at = state.items[event.item].ready_at or event.at
    return change(state, event.item, locked=None, ready_at=ready_at)


def _item_completed(definition: Definition, state: State, event: e.ItemCompleted) -> Slots:
    item = state.items[event.item]
    completion = Completion(
        item=item.id,
        node=item.node,
        scope=state.scope(item.activation),
        by=event.by,
        at=event.at,
        outcome=event.outcome,
        data=event.data,
        checked=event.checked,
        signatures=event.signatures,
        covered=event.covered,
        delegates=item.delegates,
        signed=event.signed,
        opinions=item.opinions,
        named=event.named,
        late=item.late,
        for_whom=event.for_whom,
        order=state.last_done + 1,
    )
    history = (*state.completions.get(item.node, ()), completion)
    slots: Slots = {
        "items": without(state.items, item.id),
        "completions": {**state.completions, item.node: history},
        "last_done": completion.order,
    }
    if state.clocks:
        slots["clocks"] = without_those_of(state, item.id)
    if event.data or event.signatures or event.evidence:
        slots["sealed"] = with_seals(state, event.data, event.signatures, event.evidence)
        slots["last_row"] = last_key(state.last_row, event.data)
    return slots


def _jointly_decided(definition: Definition, state: State, event: e.JointlyDecided) -> Slots:
    """The completion that speaks for the step becomes its newest."""
    history = state.completions[event.node]
    speaking = tuple(each for each in history if each.item == event.item)
    others = tuple(each for each in history if each.item != event.item)
    return {"completions": {**state.completions, event.node: (*others, *speaking)}}


def _item_withdrawn(definition: Definition, state: State, event: e.ItemWithdrawn) -> Slots:
    return {
        "items": without(state.items, event.item),
        "clocks": without_those_of(state, event.item),
    }


def _work_added(definition: Definition, state: State, event: e.WorkAdded) -> Slots:
    return {}


ROWS: Rows = {
    e.ItemOffered: _item_offered,
    e.ItemReoffered: _item_reoffered,
    e.ItemLocked: _item_locked,
    e.ItemUnlocked: _item_unlocked,
    e.ItemCompleted: _item_completed,
    e.JointlyDecided: _jointly_decided,
    e.ItemWithdrawn: _item_withdrawn,
    e.WorkAdded: _work_added,
}
