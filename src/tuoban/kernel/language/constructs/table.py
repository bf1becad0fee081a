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
        wait.KIND,
        end.KIND,
    )
}
TRIGGERS: Mapping[str, Kind] = {row.word: row for row in reaction.KINDS}
"""What lets a reaction of `during` happen."""
LATER_TRIGGERS = frozenset(("message",))
LATER_KINDS = frozenset(("send",))
"""Constructs of the language that are not carried out yet."""
