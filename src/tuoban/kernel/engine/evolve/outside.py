"""Events of waiting for outside parties."""

from __future__ import annotations

from dataclasses import replace

from tuoban.kernel import events as e
from tuoban.kernel.definition import Definition
from tuoban.kernel.engine.evolve.changes import Rows, Slots
from tuoban.kernel.state import Outside, State


def _waits_outside(definition: Definition, state: State, event: e.WaitsOutside) -> Slots:
    spans = state.outside
    if spans and spans[-1].until is None:
        spans = (*spans[:-1], replace(spans[-1], until=event.at))
    if event.roles:
        spans = (*spans, Outside(event.roles, event.at))
    return {"outside": spans}


ROWS: Rows = {e.WaitsOutside: _waits_outside}
