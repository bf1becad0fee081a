"""`evolve`: apply one fact to a state. It never fails and reads nothing but the event.

One row per kind of event; the rows of a family of events stand in a module. A row gets the state
before and returns the new values of the slots that change; what it does not touch is shared with
the state before.
"""

from __future__ import annotations

from tuoban.kernel import events as e
from tuoban.kernel.definition import Definition
from tuoban.kernel.engine.evolve import (
    activities,
    blocks,
    case,
    clocks,
    data,
    documents,
    files,
    former,
    items,
    linking,
    messages,
    outside,
    papers,
    people,
    reactions,
    signing,
    unattended,
    undoing,
)
from tuoban.kernel.engine.evolve.changes import Rows
from tuoban.kernel.joining import joined
from tuoban.kernel.state import State

_ROWS: Rows = joined(
    activities.ROWS,
    blocks.ROWS,
    case.ROWS,
    clocks.ROWS,
    data.ROWS,
    documents.ROWS,
    files.ROWS,
    former.ROWS,
    items.ROWS,
    linking.ROWS,
    messages.ROWS,
    outside.ROWS,
    papers.ROWS,
    people.ROWS,
    reactions.ROWS,
    signing.ROWS,
    unattended.ROWS,
    undoing.ROWS,
)


def evolve(definition: Definition, state: State, event: e.Event | e.FormerEvent) -> State:
    """The state after `event`."""
    changed = _ROWS[type(event)](definition, state, event)
    return state.but(changed) if changed else state
