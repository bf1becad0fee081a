"""Events of what was done and no longer counts, or is to be done again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from tuoban.kernel import events as e
from tuoban.kernel.definition import Definition
from tuoban.kernel.engine.evolve.changes import Entries, Rows, Slots, change, without_at
from tuoban.kernel.engine.evolve.papers import drafted as papers_drafted
from tuoban.kernel.state import At, Entry, State


def _work_returned(definition: Definition, state: State, event: e.WorkReturned) -> Slots:
    """What comes straight back waits, with every part of it that somebody has."""
    if event.straight is None:
        return {}
    to, sender = At(event.to, event.straight), state.items[event.item]
    here = (sender.node, sender.activation)
    parts = (each for each in state.items.values() if (each.node, each.activation) == here)
    return {"items": {**state.items, **{each.id: replace(each, waits_for=to) for each in parts}}}


def _came_straight_back(definition: Definition, state: State, event: e.CameStraightBack) -> Slots:
    return change(state, event.item, waits_for=None)


def _work_taken_back(definition: Definition, state: State, event: e.WorkTakenBack) -> Slots:
    return {}


def _work_jumped(definition: Definition, state: State, event: e.WorkJumped) -> Slots:
    return {"jumped": state.last_item}


def _completion_voided(definition: Definition, state: State, event: e.CompletionVoided) -> Slots:
    history = tuple(
        replace(each, counts=False, lapsed=False) if each.item == event.item else each
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
    slots |= papers_drafted(state, event.item)
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
    return {"again": without_at(state.again, event.node, event.activation)}


ROWS: Rows = {
    e.WorkReturned: _work_returned,
    e.CameStraightBack: _came_straight_back,
    e.WorkTakenBack: _work_taken_back,
    e.WorkJumped: _work_jumped,
    e.CompletionVoided: _completion_voided,
    e.CompletionLapsed: _completion_lapsed,
    e.BlockLapsed: _block_lapsed,
    e.DoneAgain: _done_again,
    e.AgainOver: _again_over,
}
