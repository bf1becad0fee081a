"""Winding up: what was done is undone before a case ends, by the `undo` steps of its steps.

When a case is cancelled, or comes to an `end` with `undo`, everything open is withdrawn; then, of
the completed steps that count, the newest first and one after the other, what their `undo` says is
done. Each is done where the step was done, so that it sees what the step saw. Then the case ends.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuoban.kernel import events as e
from tuoban.kernel.definition import Step
from tuoban.kernel.engine import reacting, reviving
from tuoban.kernel.state import ROOT, At, Completion

if TYPE_CHECKING:
    from tuoban.kernel.engine.flow import Flow


def wind_up(flow: Flow, outcome: str) -> None:
    """End the case with this outcome, once what was done is undone."""
    if flow.state.winding is not None:
        flow.end(outcome)
        return
    newest = flow.state.last_item
    if _next(flow, newest, ()) is None:
        flow.end(outcome)
        return
    flow.withdraw_within(frozenset(flow.state.activations) - {ROOT})
    flow.empty(ROOT)
    flow.emit(e.WindingBegan(outcome, newest, flow.surroundings.at))


def go_on(flow: Flow) -> bool:
    """Undo the next of what is to be undone, or end the case; whether there was anything to do."""
    winding = flow.state.winding
    if winding is None:
        return False
    for live in sorted(flow.state.activations.values(), key=lambda each: -each.id):
        if live.again and live.id in flow.state.activations:
            reviving.leave_again(flow, live.id)
    if not flow.is_idle(ROOT):
        return False
    made = _next(flow, winding.newest, winding.undone)
    if made is None:
        flow.end(winding.outcome)
        return True
    reviving.bring_back(flow, made.node, made.scope)
    flow.emit(e.UndoBegan(made.item))
    step = flow.definition.nodes[made.node].step
    reacting.begin(flow, At(step.undo, made.scope[-1]))
    return True


def _next(flow: Flow, newest: int, undone: tuple[int, ...]) -> Completion | None:
    """The newest completion that is still to be undone."""
    found = [
        made
        for key, node in flow.definition.nodes.items()
        if isinstance(node.construct, Step) and node.construct.undo
        for made in flow.state.completions.get(key, ())
        if made.counts and made.item <= newest and made.item not in undone
    ]
    return max(found, key=lambda each: each.item, default=None)
