"""Events of documents."""

from __future__ import annotations

from tuoban.kernel import events as e
from tuoban.kernel.definition import Definition
from tuoban.kernel.documents import Printed
from tuoban.kernel.engine.evolve.changes import Rows, Slots
from tuoban.kernel.state import State


def _printed(definition: Definition, state: State, event: e.DocumentPrinted) -> Slots:
    known = state.printed.get(event.node, ())
    made = Printed(event.document, event.item, event.by, event.at)
    return {"printed": {**state.printed, event.node: (*known, made)}}


ROWS: Rows = {
    e.DocumentPrinted: _printed,
}
