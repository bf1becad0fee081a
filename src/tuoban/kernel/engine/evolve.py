"""`evolve`: apply one fact to a state. It never fails and reads nothing but the event.

One row per kind of event. A row gets a private copy of the state's slots and replaces the mappings
it touches; what it does not touch is shared with the state before.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType
from typing import Any, TypeVar

from tuoban.kernel import events as e
from tuoban.kernel.clocks import Ledger, Stopped
from tuoban.kernel.commands import Sealed
from tuoban.kernel.definition import Definition, Reaction
from tuoban.kernel.engine import former, renaming
from tuoban.kernel.events import NOBODY
from tuoban.kernel.limits import TIMEOUT
from tuoban.kernel.rows import last_key
from tuoban.kernel.state import (
    Activation,
    At,
    Clock,
    Completion,
    Done,
    Entry,
    Fired,
    Instance,
    Item,
    Listed,
    Loop,
    Prepared,
    Signed,
    Signing,
    State,
    Suspension,
    Timer,
    Turn,
    Waiting,
)

K = TypeVar("K")
V = TypeVar("V")

Slots = dict[str, Any]
"""What an event changes: the new values of some of the state's slots."""
Entries = dict[str, tuple[Entry, ...]]


def evolve(definition: Definition, state: State, event: e.Event | e.FormerEvent) -> State:
    """The state after `event`."""
    return state.but(_ROWS[type(event)](definition, state, event))


def _case_started(definition: Definition, state: State, event: e.CaseStarted) -> Slots:
    return {
        "status": "running",
        "request": event.request,
        "by": event.by,
        "unit": event.unit,
        "number": event.number,
        "channel": event.channel,
        "started_at": event.at,
        "settings": event.settings,
    }


def _fields_set(definition: Definition, state: State, event: e.FieldsSet) -> Slots:
    slots = {
        "sealed": _with_seals(state, event.values),
        "last_row": last_key(state.last_row, event.values),
    }
    if event.place:
        here = _with_entries(state.places.get(event.place, {}), event)
        return {"places": {**state.places, event.place: here}, **slots}
    return {
        "values": {**state.values, **event.values},
        "entries": _with_entries(state.entries, event),
        **slots,
    }


def _with_entries(given: Mapping[str, tuple[Entry, ...]], event: e.FieldsSet) -> Entries:
    entries = {
        name: (*given.get(name, ()), Entry(event.item, value, event.by or ""))
        for name, value in event.values.items()
    }
    return {**given, **entries}


def _field_corrected(definition: Definition, state: State, event: e.FieldCorrected) -> Slots:
    given = e.FieldsSet(event.number, event.values, event.by, event.place)
    return {**_fields_set(definition, state, given), "last_item": event.number}


def _region_entered(definition: Definition, state: State, event: e.RegionEntered) -> Slots:
    activation = Activation(
        id=event.activation,
        region=event.region,
        parent=event.parent,
        round=event.round,
        continues=event.continues,
        at=event.at,
        element=event.element,
    )
    slots: Slots = {
        "activations": {**state.activations, event.activation: activation},
        "last_activation": max(state.last_activation, event.activation),
    }
    owner = definition.regions[event.region].owner
    if owner is None or event.parent is None:
        return slots
    scope = state.scope(event.parent)
    if event.round:
        slots["loops"] = _with_loop(state, owner, Loop(scope, event.round))
    if definition.keeps(event.region) and event.activation > state.last_activation:
        instance = Instance((*scope, event.activation), event.element, event.continues)
        known = state.instances.get(event.region, ())
        slots["instances"] = {**state.instances, event.region: (*known, instance)}
    return slots


def _with_loop(state: State, node: str, loop: Loop) -> Mapping[str, tuple[Loop, ...]]:
    """The loops, with this one in the place of what was known of it."""
    others = tuple(each for each in state.loops.get(node, ()) if each.scope != loop.scope)
    return {**state.loops, node: (*others, loop)}


def _region_left(definition: Definition, state: State, event: e.RegionLeft) -> Slots:
    slots: Slots = {"activations": _without(state.activations, event.activation)}
    if any(each.activation == event.activation for each in state.turns):
        slots["turns"] = tuple(each for each in state.turns if each.activation != event.activation)
    for slot in ("lapsed", "again"):
        found: tuple[At, ...] = getattr(state, slot)
        if any(each.activation == event.activation for each in found):
            slots[slot] = tuple(each for each in found if each.activation != event.activation)
    if any(each.activation == event.activation for each in state.waiting):
        still = (each for each in state.waiting if each.activation != event.activation)
        slots["waiting"] = tuple(still)
    live = state.activations[event.activation]
    if live.round or live.element or live.continues is not None:
        slots["left"] = {**state.left, live.id: live}
    return slots


def _branch_chosen(definition: Definition, state: State, event: e.BranchChosen) -> Slots:
    return {}


def _decision_made(definition: Definition, state: State, event: e.DecisionMade) -> Slots:
    scope, data = state.scope(event.activation), {**event.outputs, "rules": event.rules}
    return _done_by_itself(state, event.number, event.node, scope, event.at, data)


def _assignment_made(definition: Definition, state: State, event: e.AssignmentMade) -> Slots:
    return _done_by_itself(state, event.number, event.node, state.scope(event.activation), event.at)


def _wait_began(definition: Definition, state: State, event: e.WaitBegan) -> Slots:
    waiting = Waiting(event.number, event.node, event.activation, event.at)
    return {"waits": {**state.waits, event.number: waiting}, "last_item": event.number}


def _wait_ended(definition: Definition, state: State, event: e.WaitEnded) -> Slots:
    waiting = state.waits[event.number]
    scope = state.scope(waiting.activation)
    return {
        "waits": _without(state.waits, event.number),
        **_done_by_itself(state, event.number, event.node, scope, event.at),
    }


def _moved_on(definition: Definition, state: State, event: e.MovedOn) -> Slots:
    if event.number is None:
        return {}
    scope = state.scope(event.activation)
    return _done_by_itself(state, event.number, event.node, scope, event.at, outcome=TIMEOUT)


def _work_added(definition: Definition, state: State, event: e.WorkAdded) -> Slots:
    return {}


def _turn_held(definition: Definition, state: State, event: e.TurnHeld) -> Slots:
    turn = Turn(event.node, event.activation, event.reasons)
    return {"turns": (*_other_turns(state, event.node, event.activation), turn)}


def _turn_freed(definition: Definition, state: State, event: e.TurnFreed) -> Slots:
    return {"turns": _other_turns(state, event.node, event.activation)}


def _other_turns(state: State, node: str, activation: int) -> tuple[Turn, ...]:
    return tuple(each for each in state.turns if (each.node, each.activation) != (node, activation))


def _wait_withdrawn(definition: Definition, state: State, event: e.WaitWithdrawn) -> Slots:
    return {"waits": _without(state.waits, event.number)}


def _passed_over(definition: Definition, state: State, event: e.PassedOver) -> Slots:
    return _mark_done(state, event.node, event.activation, passed_over=True)


def _block_done(definition: Definition, state: State, event: e.BlockDone) -> Slots:
    slots = _mark_done(state, event.node, event.activation, event.covered, passed_over=False)
    return slots | {"lapsed": _without_at(state.lapsed, event.node, event.activation)}


def _completion_lapsed(definition: Definition, state: State, event: e.CompletionLapsed) -> Slots:
    history = tuple(
        replace(each, counts=False, lapsed=True) if each.item == event.item else each
        for each in state.completions[event.node]
    )
    return {"completions": {**state.completions, event.node: history}}


def _block_lapsed(definition: Definition, state: State, event: e.BlockLapsed) -> Slots:
    kept = tuple(
        mark for mark in state.done.get(event.node, ()) if mark.scope[-1] != event.activation
    )
    history = tuple(
        replace(each, counts=False, lapsed=True) if each.scope[-1] == event.activation else each
        for each in state.completions.get(event.node, ())
    )
    return {
        "done": {**state.done, event.node: kept},
        "completions": {**state.completions, event.node: history},
        "lapsed": (*state.lapsed, At(event.node, event.activation)),
    }


def _done_again(definition: Definition, state: State, event: e.DoneAgain) -> Slots:
    return {"again": (*state.again, At(event.node, event.activation))}


def _again_over(definition: Definition, state: State, event: e.AgainOver) -> Slots:
    return {"again": _without_at(state.again, event.node, event.activation)}


def _without_at(found: tuple[At, ...], node: str, activation: int) -> tuple[At, ...]:
    return tuple(each for each in found if each != At(node, activation)) if found else found


def _reaction_begun(definition: Definition, state: State, event: e.ReactionBegun) -> Slots:
    slots = _with_occurrence(state, event, by=event.by, outcome=None)
    if definition.nodes[event.node].holding(Reaction).condition is not None:
        slots["held"] = (*state.held, At(event.node, event.activation))
    return slots


def _call_ended(definition: Definition, state: State, event: e.CallEnded) -> Slots:
    return _with_occurrence(state, event, by="", outcome=event.outcome)


def _with_occurrence(
    state: State, event: e.ReactionBegun | e.CallEnded, *, by: str, outcome: str | None
) -> Slots:
    happened = Completion(
        item=event.number,
        node=event.node,
        scope=state.scope(event.activation),
        by=by,
        at=event.at,
        outcome=outcome,
        data={},
        checked=(),
        signatures={},
        place=event.occurrence,
    )
    history = (*state.completions.get(event.node, ()), happened)
    return {
        "completions": {**state.completions, event.node: history},
        "last_item": event.number,
    }


def _condition_fell(definition: Definition, state: State, event: e.ConditionFell) -> Slots:
    fallen = At(event.node, event.activation)
    return {"held": tuple(each for each in state.held if each != fallen)}


def _host_left(definition: Definition, state: State, event: e.HostLeft) -> Slots:
    return {"waiting": _without_at(state.waiting, event.node, event.activation)}


def _block_waits(definition: Definition, state: State, event: e.BlockWaits) -> Slots:
    return {"waiting": (*state.waiting, At(event.node, event.activation))}


def _elements_listed(definition: Definition, state: State, event: e.ElementsListed) -> Slots:
    scope = state.scope(event.activation)
    others = tuple(each for each in state.listed.get(event.node, ()) if each.scope != scope)
    return {"listed": {**state.listed, event.node: (*others, Listed(scope, event.values))}}


def _loop_left(definition: Definition, state: State, event: e.LoopLeft) -> Slots:
    scope = _scope_of_loop(state, event.node, event.activation)
    return {"loops": _with_loop(state, event.node, Loop(scope, event.rounds, event.exhausted))}


def _loop_reset(definition: Definition, state: State, event: e.LoopReset) -> Slots:
    scope = _scope_of_loop(state, event.node, event.activation)
    others = tuple(each for each in state.loops.get(event.node, ()) if each.scope != scope)
    return {"loops": {**state.loops, event.node: others}}


def _scope_of_loop(state: State, node: str, activation: int) -> tuple[int, ...]:
    """Where a run of a loop stands, live or left."""
    found = state.loops.get(node, ())
    chains = (each.scope for each in reversed(found) if activation in (-1, each.scope[-1]))
    return next(chains, ())


def _done_voided(definition: Definition, state: State, event: e.DoneVoided) -> Slots:
    marks = state.done.get(event.node, ())
    kept = tuple(mark for mark in marks if mark.scope[-1] != event.activation)
    return {"done": {**state.done, event.node: kept}}


def _item_offered(definition: Definition, state: State, event: e.ItemOffered) -> Slots:
    item = Item(
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
    return {"items": {**state.items, event.item: item}, "last_item": event.item}


def _item_reoffered(definition: Definition, state: State, event: e.ItemReoffered) -> Slots:
    is_named = event.person is not None if event.assigned is None else event.assigned
    known = state.items[event.item].roles
    return _change(
        state,
        event.item,
        roles=known if event.roles is None else event.roles,
        pools=event.pools,
        person=event.person,
        assigned=is_named,
        orphaned=False,
        delegated_by=None,
    )


def _item_locked(definition: Definition, state: State, event: e.ItemLocked) -> Slots:
    item = state.items[event.item]
    # Locked when it was offered, it has not been ready yet.
    was_ready = item.ready_at is not None and item.ready_at != event.at
    ready_at = item.ready_at if was_ready else None
    return _change(state, event.item, locked=event.reasons, ready_at=ready_at)


def _item_unlocked(definition: Definition, state: State, event: e.ItemUnlocked) -> Slots:
    ready_at = state.items[event.item].ready_at or event.at
    return _change(state, event.item, locked=None, ready_at=ready_at)


def _item_claimed(definition: Definition, state: State, event: e.ItemClaimed) -> Slots:
    return _change(state, event.item, person=event.by, opened=_opened_by(state, event))


def _item_opened(definition: Definition, state: State, event: e.ItemOpened) -> Slots:
    return _change(state, event.item, opened=_opened_by(state, event))


def _opened_by(
    state: State, event: e.ItemOpened | e.ItemClaimed | e.ItemTransferred | e.ItemDelegated
) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*state.items[event.item].opened, event.by)))


def _item_released(definition: Definition, state: State, event: e.ItemReleased) -> Slots:
    return _change(state, event.item, person=None)


def _item_transferred(definition: Definition, state: State, event: e.ItemTransferred) -> Slots:
    opened = _opened_by(state, event)
    return _change(state, event.item, person=event.to, assigned=False, opened=opened)


def _item_delegated(definition: Definition, state: State, event: e.ItemDelegated) -> Slots:
    opened = _opened_by(state, event)
    return _change(state, event.item, person=event.to, delegated_by=event.by, opened=opened)


def _item_prepared(definition: Definition, state: State, event: e.ItemPrepared) -> Slots:
    delegates = tuple(dict.fromkeys((*state.items[event.item].delegates, event.by)))
    slots = _change(
        state,
        event.item,
        person=event.to,
        delegated_by=None,
        delegates=delegates,
        prepared=Prepared(event.by, event.outcome, event.values, event.checked),
    )
    return slots | {"sealed": _with_seals(state, event.values)}


def _item_got_back(definition: Definition, state: State, event: e.ItemGotBack) -> Slots:
    return _change(state, event.item, person=event.to, delegated_by=None)


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
    )
    history = (*state.completions.get(item.node, ()), completion)
    return {
        "items": _without(state.items, item.id),
        "clocks": _without_those_of(state, item.id),
        "completions": {**state.completions, item.node: history},
        "sealed": _with_seals(state, event.data, event.signatures),
        "last_row": last_key(state.last_row, event.data),
    }


def _signing_begun(definition: Definition, state: State, event: e.SigningBegun) -> Slots:
    draft = {name: event.values[name] for name in event.draft}
    slots = _change(
        state,
        event.item,
        person=event.by,
        prepared=Prepared(event.by, event.outcome, draft, event.checked),
        signing=Signing(
            outcome=event.outcome,
            values=event.values,
            checked=event.checked,
            asked=event.asked,
            signatures=event.signatures,
            stamped=event.stamped,
            shown=event.shown,
        ),
    )
    return slots | {
        "sealed": _with_seals(state, event.values, event.signatures),
        "last_row": last_key(state.last_row, event.values),
    }


def _item_signed(definition: Definition, state: State, event: e.ItemSigned) -> Slots:
    item = state.items[event.item]
    if item.part is None:
        return {}
    whole = state.items[item.part.of]
    if whole.signing is None:
        return {}
    signed = Signed(item.id, item.part.role, event.by, event.at, event.stamped)
    signing = replace(whole.signing, signed=(*whole.signing.signed, signed))
    return {
        "items": {
            **_without(state.items, item.id),
            whole.id: replace(whole, signing=signing),
        },
        "clocks": _without_those_of(state, item.id),
    }


def _signing_stopped(definition: Definition, state: State, event: e.SigningStopped) -> Slots:
    slots = _change(state, event.item, signing=None)
    if event.part is not None:
        slots["items"] = _without(slots["items"], event.part)
        slots["withdrawn"] = state.withdrawn | {event.part}
    return slots


def _jointly_decided(definition: Definition, state: State, event: e.JointlyDecided) -> Slots:
    """The completion that speaks for the step becomes its newest."""
    history = state.completions[event.node]
    speaking = tuple(each for each in history if each.item == event.item)
    others = tuple(each for each in history if each.item != event.item)
    return {"completions": {**state.completions, event.node: (*others, *speaking)}}


def _item_withdrawn(definition: Definition, state: State, event: e.ItemWithdrawn) -> Slots:
    return {
        "items": _without(state.items, event.item),
        "clocks": _without_those_of(state, event.item),
        "withdrawn": state.withdrawn | {event.item},
    }


def _work_returned(definition: Definition, state: State, event: e.WorkReturned) -> Slots:
    return {}


def _work_taken_back(definition: Definition, state: State, event: e.WorkTakenBack) -> Slots:
    return {}


def _work_urged(definition: Definition, state: State, event: e.WorkUrged) -> Slots:
    return _change(state, event.item, urged_at=event.at)


def _case_copied(definition: Definition, state: State, event: e.CaseCopied) -> Slots:
    return {"copied": (*state.copied, event.to)}


def _work_jumped(definition: Definition, state: State, event: e.WorkJumped) -> Slots:
    return {"jumped": state.last_item}


def _case_cancelled(definition: Definition, state: State, event: e.CaseCancelled) -> Slots:
    return {}


def _case_migrated(definition: Definition, state: State, event: e.CaseMigrated) -> Slots:
    return renaming.renamed(state, event)


def _completion_voided(definition: Definition, state: State, event: e.CompletionVoided) -> Slots:
    history = tuple(
        replace(each, counts=False) if each.item == event.item else each
        for each in state.completions[event.node]
    )
    voided = next(each for each in history if each.item == event.item)
    undone = _without_entries(state.entries, event.item)
    draft = {name: _entered(state.entries[name], event.item) for name in undone}
    values = {name: given[-1].value if given else None for name, given in undone.items()}
    slots: Slots = {
        "entries": {**state.entries, **undone},
        "values": {**state.values, **values},
    }
    places = {}
    for place in voided.scope:
        given = state.places.get(place, {})
        if here := _without_entries(given, event.item):
            draft |= {name: _entered(given[name], event.item) for name in here}
            places[place] = {**given, **here}
    if places:
        slots["places"] = {**state.places, **places}
    drafted = replace(voided, draft={**voided.data, **draft})
    history = tuple(drafted if each is voided else each for each in history)
    return slots | {"completions": {**state.completions, event.node: history}}


def _entered(given: tuple[Entry, ...], item: int) -> Any:
    """What a field was given last with the item, whatever came after it."""
    return next(entry.value for entry in reversed(given) if entry.item == item)


def _without_entries(given: Mapping[str, tuple[Entry, ...]], item: int) -> Entries:
    """What is left of the fields that took values with the item."""
    return {
        name: tuple(entry for entry in entries if entry.item != item)
        for name, entries in given.items()
        if any(entry.item == item for entry in entries)
    }


def _clock_opened(definition: Definition, state: State, event: e.ClockOpened) -> Slots:
    known = state.clocks.get(event.clock)
    later = known.ledger.entries[1:] if known is not None else ()
    clock = Clock(
        id=event.clock,
        node=event.node,
        activation=event.activation,
        item=event.item,
        limit=event.limit,
        ledger=Ledger((event.started, *later)),
        due=event.due,
        fired=known.fired if known is not None else {},
    )
    return {
        "clocks": {**state.clocks, event.clock: clock},
        "last_clock": max(state.last_clock, event.clock),
    }


def _clock_changed(definition: Definition, state: State, event: e.ClockChanged) -> Slots:
    if isinstance(event.entry, Stopped):
        return {"clocks": _without(state.clocks, event.clock)}
    clock = state.clocks[event.clock]
    changed = replace(clock, ledger=clock.ledger.then(event.entry), due=event.due)
    return {"clocks": {**state.clocks, event.clock: changed}}


def _timer_set(definition: Definition, state: State, event: e.TimerSet) -> Slots:
    timer = Timer(event.timer, event.clock, event.tier, event.round, event.at)
    return {
        "timers": {**state.timers, event.timer: timer},
        "last_timer": max(state.last_timer, int(event.timer)),
    }


def _timer_cancelled(definition: Definition, state: State, event: e.TimerCancelled) -> Slots:
    return {"timers": _without(state.timers, event.timer)}


def _limit_passed(definition: Definition, state: State, event: e.LimitPassed) -> Slots:
    clock, timer = state.clocks[event.clock], state.timers.get(event.timer)
    moment = timer.at if timer is not None else event.moment
    fired = {**clock.fired, event.tier: Fired(event.round, moment)}
    return {
        "clocks": {**state.clocks, clock.id: replace(clock, fired=fired)},
        "timers": _without(state.timers, event.timer),
    }


def _told(definition: Definition, state: State, event: e.Told) -> Slots:
    if event.item is None:
        return {}
    if event.tier == NOBODY:
        return _change(state, event.item, orphaned=True)
    if event.escalated:
        return _change(state, event.item, escalated=True)
    return {}


def _case_suspended(definition: Definition, state: State, event: e.CaseSuspended) -> Slots:
    return {"suspended": Suspension(event.by, event.at, event.reason)}


def _case_resumed(definition: Definition, state: State, event: e.CaseResumed) -> Slots:
    return {"suspended": None}


def _case_ended(definition: Definition, state: State, event: e.CaseEnded) -> Slots:
    return {
        "status": "ended",
        "outcome": event.outcome,
        "ended_at": event.at,
        "held": (),
        "suspended": None,
    }


def _values_erased(definition: Definition, state: State, event: e.ValuesErased) -> Slots:
    return {"sealed": state.sealed - frozenset(event.refs)}


def _change(state: State, item: int, **slots: Any) -> Slots:
    return {"items": {**state.items, item: replace(state.items[item], **slots)}}


def _done_by_itself(
    state: State,
    number: int,
    node: str,
    scope: tuple[int, ...],
    at: datetime,
    data: Mapping[str, Any] = MappingProxyType({}),
    outcome: str | None = None,
) -> Slots:
    """What the process did without anybody is kept like finished work."""
    done = Completion(
        item=number,
        node=node,
        scope=scope,
        by="",
        at=at,
        outcome=outcome,
        data=dict(data),
        checked=(),
        signatures={},
    )
    history = (*state.completions.get(node, ()), done)
    return {
        "completions": {**state.completions, node: history},
        "last_item": max(state.last_item, number),
    }


def _mark_done(
    state: State,
    node: str,
    activation: int,
    covered: tuple[tuple[int, str, Any], ...] = (),
    *,
    passed_over: bool,
) -> Slots:
    mark = Done(node, state.scope(activation), passed_over, covered)
    slots: Slots = {"done": {**state.done, node: (*state.done.get(node, ()), mark)}}
    if state.waiting:
        slots["waiting"] = tuple(each for each in state.waiting if each != At(node, activation))
    return slots


def _with_seals(state: State, *given: Mapping[str, Any]) -> frozenset[str]:
    values = (value for mapping in given for value in mapping.values())
    return state.sealed | {value.ref for value in values if isinstance(value, Sealed)}


def _without_those_of(state: State, item: int) -> Mapping[int, Clock]:
    """The clocks that are not for this item; former journals do not say that its own stopped."""
    if not any(clock.item == item for clock in state.clocks.values()):
        return state.clocks
    return {each: clock for each, clock in state.clocks.items() if clock.item != item}


def _without(mapping: Mapping[K, V], key: K) -> dict[K, V]:
    return {each: value for each, value in mapping.items() if each != key}


_ROWS: Mapping[type[Any], Callable[[Definition, State, Any], Slots]] = {
    e.CaseStarted: _case_started,
    e.FieldsSet: _fields_set,
    e.RegionEntered: _region_entered,
    e.RegionLeft: _region_left,
    e.BranchChosen: _branch_chosen,
    e.ElementsListed: _elements_listed,
    e.DecisionMade: _decision_made,
    e.MovedOn: _moved_on,
    e.WorkAdded: _work_added,
    e.TurnHeld: _turn_held,
    e.TurnFreed: _turn_freed,
    e.AssignmentMade: _assignment_made,
    e.WaitBegan: _wait_began,
    e.WaitEnded: _wait_ended,
    e.WaitWithdrawn: _wait_withdrawn,
    e.PassedOver: _passed_over,
    e.BlockDone: _block_done,
    e.CompletionLapsed: _completion_lapsed,
    e.BlockLapsed: _block_lapsed,
    e.DoneAgain: _done_again,
    e.AgainOver: _again_over,
    e.ReactionBegun: _reaction_begun,
    e.ConditionFell: _condition_fell,
    e.CallEnded: _call_ended,
    e.BlockWaits: _block_waits,
    e.HostLeft: _host_left,
    e.LoopLeft: _loop_left,
    e.LoopReset: _loop_reset,
    e.DoneVoided: _done_voided,
    e.ItemOffered: _item_offered,
    e.ItemReoffered: _item_reoffered,
    e.ItemLocked: _item_locked,
    e.ItemUnlocked: _item_unlocked,
    e.ItemClaimed: _item_claimed,
    e.ItemReleased: _item_released,
    e.ItemOpened: _item_opened,
    e.ItemTransferred: _item_transferred,
    e.ItemDelegated: _item_delegated,
    e.ItemPrepared: _item_prepared,
    e.ItemGotBack: _item_got_back,
    e.ItemCompleted: _item_completed,
    e.SigningBegun: _signing_begun,
    e.ItemSigned: _item_signed,
    e.SigningStopped: _signing_stopped,
    e.JointlyDecided: _jointly_decided,
    e.ItemWithdrawn: _item_withdrawn,
    e.WorkReturned: _work_returned,
    e.WorkTakenBack: _work_taken_back,
    e.WorkUrged: _work_urged,
    e.CaseCopied: _case_copied,
    e.WorkJumped: _work_jumped,
    e.CaseCancelled: _case_cancelled,
    e.CaseMigrated: _case_migrated,
    e.FieldCorrected: _field_corrected,
    e.CompletionVoided: _completion_voided,
    e.ClockOpened: _clock_opened,
    e.ClockChanged: _clock_changed,
    e.ClockStarted: former.clock_started,
    e.ClockStopped: former.clock_stopped,
    e.TimerSet: _timer_set,
    e.TimerCancelled: _timer_cancelled,
    e.LimitPassed: _limit_passed,
    e.Told: _told,
    e.CaseSuspended: _case_suspended,
    e.CaseResumed: _case_resumed,
    e.CaseEnded: _case_ended,
    e.ValuesErased: _values_erased,
}
