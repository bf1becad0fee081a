"""The table of constructs. A new construct is a new module and a new row here."""

from __future__ import annotations

from collections.abc import Mapping

from tuoban.kernel.engine.constructs import (
    aside,
    assign,
    call,
    choose,
    decide,
    each,
    end,
    link,
    parallel,
    plan,
    reaction,
    repeat,
    send,
    stage,
    step,
    tell,
    wait,
)
from tuoban.kernel.engine.constructs.row import Row, stands

ROWS: Mapping[str, Row] = {
    "step": step.ROW,
    "stage": stage.ROW,
    "choose": choose.ROW,
    "parallel": parallel.ROW,
    "repeat": repeat.ROW,
    "each": each.ROW,
    "plan": plan.ROW,
    "call": call.ROW,
    "aside": aside.ROW,
    "link": link.ROW,
    "reaction": reaction.ROW,
    "decide": decide.ROW,
    "set": assign.ROW,
    "tell": tell.ROW,
    "send": send.ROW,
    "wait": wait.ROW,
    "end": end.ROW,
}

MOVING = frozenset(kind for kind, row in ROWS.items() if row.judge is not stands)
"""The kinds of blocks that may move by themselves."""
