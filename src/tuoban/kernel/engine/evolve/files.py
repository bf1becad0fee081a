"""Events of files and comments."""

from __future__ import annotations

from dataclasses import replace

from tuoban.kernel import events as e
from tuoban.kernel.definition import Definition
from tuoban.kernel.engine.evolve.changes import Rows, Slots, with_seals, without
from tuoban.kernel.state import EDITABLE, Attachment, Remark, State


def _attached(definition: Definition, state: State, event: e.FileAttached) -> Slots:
    made = Attachment(event.values["file"], event.by, event.at, event.paper)
    return {
        "files": {**state.files, event.number: made},
        "sealed": with_seals(state, event.values),
        "last_item": event.number,
    }


def _withdrawn(definition: Definition, state: State, event: e.FileWithdrawn) -> Slots:
    return {"files": without(state.files, event.number)}


def _commented(definition: Definition, state: State, event: e.Commented) -> Slots:
    # Only what may still be edited is kept in mind: a case does not grow with what is said.
    lately = {n: each for n, each in state.remarks.items() if event.at - each.at <= EDITABLE}
    return {
        "remarks": {**lately, event.number: Remark(event.by, event.at, event.mentions)},
        "sealed": with_seals(state, event.values),
        "last_item": event.number,
    }


def _edited(definition: Definition, state: State, event: e.CommentEdited) -> Slots:
    slots: Slots = {"sealed": with_seals(state, event.values)}
    known = state.remarks.get(event.number)
    if known is None:
        return slots
    changed = replace(known, mentions=(*known.mentions, *event.mentions))
    return {"remarks": {**state.remarks, event.number: changed}, **slots}


ROWS: Rows = {
    e.FileAttached: _attached,
    e.FileWithdrawn: _withdrawn,
    e.Commented: _commented,
    e.CommentEdited: _edited,
}
