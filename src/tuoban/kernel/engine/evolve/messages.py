"""Events of messages."""

from __future__ import annotations

from datetime import timedelta

from tuoban.kernel import events as e
from tuoban.kernel.definition import Definition
from tuoban.kernel.engine.evolve.changes import Rows, Slots, with_seals
from tuoban.kernel.rows import last_key
from tuoban.kernel.state import Received, State

REMEMBERED = timedelta(days=31)
"""How long it is known what took a message: a little longer than any is kept."""


def _received(definition: Definition, state: State, event: e.MessageReceived) -> Slots:
    came = Received(event.name, event.values, event.sent_at, event.began, event.joined)
    recent = {
        key: each for key, each in state.received.items() if each.sent_at > event.at - REMEMBERED
    }
    return {
        "received": {**recent, event.message: came},
        "sealed": with_seals(state, event.values),
        "last_row": last_key(state.last_row, event.values),
    }


ROWS: Rows = {e.MessageReceived: _received}
