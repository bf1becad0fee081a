"""Events of the whole case."""

from __future__ import annotations

from dataclasses import replace

from tuoban.kernel import events as e
from tuoban.kernel.definition import Definition
from tuoban.kernel.engine import renaming
from tuoban.kernel.engine.evolve.changes import Rows, Slots, without
from tuoban.kernel.state import ROOT, State, Suspension, Winding


def _case_started(definition: Definition, state: State, event: e.CaseStarted) -> Slots:
    return {
        "status": "running",
        "request": event.request,
        "by": event.by,
        "unit": event.unit,
        "asked_in": event.asked_in,
        "number": event.number,
        "channel": event.channel,
        "started_at": event.at,
        "settings": event.settings,
    }


def _winding_began(definition: Definition, state: State, event: e.WindingBegan) -> Slots:
    begun = Winding(event.outcome, event.newest)
    return {"windings": {**state.windings, event.process: begun}}


def _undo_began(definition: Definition, state: State, event: e.UndoBegan) -> Slots:
    """What was being undone before is undone by now."""
    winding = state.windings[event.process]
    slots: Slots = {"windings": {**state.windings, event.process: replace(winding, now=event.item)}}
    return slots | {"undone": state.undone | {winding.now}} if winding.now else slots


def _winding_over(definition: Definition, state: State, event: e.WindingOver) -> Slots:
    """What is undone is not undone with anything around it."""
    process, winding = event.process, state.windings[event.process]
    undone = state.undone | {winding.now} if winding.now else state.undone
    return {"undone": undone, "windings": without(state.windings, process)}


def _last_steps_began(definition: Definition, state: State, event: e.LastStepsBegan) -> Slots:
    closing = replace(state.windings[ROOT], closing=True)
    return {"windings": {**state.windings, ROOT: closing}}


def _case_suspended(definition: Definition, state: State, event: e.CaseSuspended) -> Slots:
    return {"suspended": Suspension(event.by, event.at, event.reason)}


def _case_resumed(definition: Definition, state: State, event: e.CaseResumed) -> Slots:
    return {"suspended": None}


def _case_ended(definition: Definition, state: State, event: e.CaseEnded) -> Slots:
    return {
        "status": "ended",
        "outcome": event.outcome,
        "ended_at": event.at,
        "keep_until": event.keep_until,
        "windings": {},
        "held": (),
        "suspended": None,
    }


def _case_cancelled(definition: Definition, state: State, event: e.CaseCancelled) -> Slots:
    return {}


def _case_copied(definition: Definition, state: State, event: e.CaseCopied) -> Slots:
    return {"copied": (*state.copied, event.to)}


def _case_migrated(definition: Definition, state: State, event: e.CaseMigrated) -> Slots:
    return renaming.renamed(state, event)


ROWS: Rows = {
    e.WindingBegan: _winding_began,
    e.WindingOver: _winding_over,
    e.UndoBegan: _undo_began,
    e.LastStepsBegan: _last_steps_began,
    e.CaseStarted: _case_started,
    e.CaseSuspended: _case_suspended,
    e.CaseResumed: _case_resumed,
    e.CaseEnded: _case_ended,
    e.CaseCancelled: _case_cancelled,
    e.CaseCopied: _case_copied,
    e.CaseMigrated: _case_migrated,
}
