"""The table of constructs. A new construct is a new module and a new row here."""

from __future__ import annotations

from collections.abc import Mapping

from tuoban.kernel.language.constructs import (
    assign,
    call,
    choose,
    decide,
    each,
    end,
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
from tuoban.kernel.language.constructs.kind import Kind

KINDS: Mapping[str, Kind] = {
    row.word: row
    for row in (
        step.KIND,
        stage.KIND,
        choose.KIND,
        parallel.KIND,
        repeat.KIND,
        each.KIND,
        plan.KIND,
        call.KIND,
        decide.KIND,
        assign.KIND,
        tell.KIND,
        send.KIND,
        wait.KIND,
        end.KIND,
    )
}
TRIGGERS: Mapping[str, Kind] = {row.word: row for row in reaction.KINDS}
"""What lets a reaction of `during` happen."""
