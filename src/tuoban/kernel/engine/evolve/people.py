"""Events of who holds work, and of who hears of it."""

from __future__ import annotations

from tuoban.kernel import events as e
from tuoban.kernel.definition import Definition
from tuoban.kernel.engine.evolve.changes import Rows, Slots, change, with_seals
from tuoban.kernel.events import NOBODY
from tuoban.kernel.state import Prepared, State


def _item_claimed(definition: Definition, state: State, event: e.ItemClaimed) -> Slots:
    return change(
        state, event.item, person=event.by, for_whom=None, opened=_opened_by(state, event)
    )


def _item_opened(definition: Definition, state: State, event: e.ItemOpened) -> Slots:
    return change(state, event.item, opened=_opened_by(state, event))


def _opened_by(
    state: State, event: e.ItemOpened | e.ItemClaimed | e.ItemTransferred | e.ItemDelegated
) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*state.items[event.item].opened, event.by)))


def _item_released(definition: Definition, state: State, event: e.ItemReleased) -> Slots:
    return change(state, event.item, person=None, for_whom=None)


def _item_stood_in(definition: Definition, state: State, event: e.ItemStoodIn) -> Slots:
    return change(state, event.item, person=event.person, for_whom=event.for_whom, orphaned=False)


def _item_transferred(definition: Definition, state: State, event: e.ItemTransferred) -> Slots:
    opened = _opened_by(state, event)
    return change(state, event.item, person=event.to, for_whom=None, assigned=False, opened=opened)


def _item_delegated(definition: Definition, state: State, event: e.ItemDelegated) -> Slots:
    opened = _opened_by(state, event)
    # Delegated in the name of somebody who is away, it comes back to them.
    by = state.items[event.item].for_whom or event.by
    return change(state, event.item, person=event.to, for_whom=None, delegated_by=by, opened=opened)


def _item_prepared(definition: Definition, state: State, event: e.ItemPrepared) -> Slots:
    item = state.items[event.item]
    acted = (event.by,) if item.for_whom is None else (event.by, item.for_whom)
    delegates = tuple(dict.fromkeys((*item.delegates, *acted)))
    slots = change(
        state,
        event.item,
        person=event.to,
        for_whom=None,
        delegated_by=None,
        delegates=delegates,
        prepared=Prepared(event.by, event.outcome, event.values, event.checked),
    )
    return slots | {"sealed": with_seals(state, event.values)}


def _item_got_back(definition: Definition, state: State, event: e.ItemGotBack) -> Slots:
    return change(state, event.item, person=event.to, for_whom=None, delegated_by=None)


def _work_urged(definition: Definition, state: State, event: e.WorkUrged) -> Slots:
    return change(state, event.item, urged_at=event.at)


def _told(definition: Definition, state: State, event: e.Told) -> Slots:
    if event.item is None:
        return {}
    if event.tier == NOBODY:
        return change(state, event.item, orphaned=True)
    if event.escalated:
        return change(state, event.item, escalated=True)
    return {}


ROWS: Rows = {
    e.ItemClaimed: _item_claimed,
    e.ItemOpened: _item_opened,
    e.ItemReleased: _item_released,
    e.ItemStoodIn: _item_stood_in,
    e.ItemTransferred: _item_transferred,
    e.ItemDelegated: _item_delegated,
    e.ItemPrepared: _item_prepared,
    e.ItemGotBack: _item_got_back,
    e.WorkUrged: _work_urged,
    e.Told: _told,
}
