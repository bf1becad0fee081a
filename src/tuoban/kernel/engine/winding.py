"""Winding up: what was done is undone before a process ends, in one order, the latest first.

When a case is cancelled, or a process comes to an `end` with `undo`, everything open in it is
withdrawn; then, of what was completed in it, the latest first and one after the other, what a
service did is undone, and after it what the step's own `undo` says is done, where the step was
done, so that it sees what the step saw. After a cancel follows what the pack says is to be done
then (`cancel: then`). Then the process ends.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuoban.kernel import events as e
from tuoban.kernel.definition import CANCELLED, Definition, Reaction, Step
from tuoban.kernel.engine import doing, processes, reacting, reviving
from tuoban.kernel.state import ROOT, At, Completion, State, Winding

if TYPE_CHECKING:
    from tuoban.kernel.engine.flow import Flow


def wind_up(flow: Flow, process: int, outcome: str) -> None:
    """End a process with this outcome, once what was done in it is undone.

    Args:
        process: the activation of its body.
    """
    newest = flow.state.last_item
    is_empty = _next(flow, process, newest) is None and not _last_steps(flow, process, outcome)
    if process in flow.state.windings or is_empty:
        processes.close(flow, process, outcome)
        return
    flow.empty(process)
    flow.emit(e.WindingBegan(outcome, newest, flow.surroundings.at, process))


def go_on(flow: Flow) -> bool:
    """Undo the next of what is to be undone, or end the process; whether there was anything to
    do."""
    return any(_goes_on(flow, process) for process in sorted(flow.state.windings, reverse=True))


def _goes_on(flow: Flow, process: int) -> bool:
    winding = flow.state.windings[process]
    for live in sorted(flow.state.activations.values(), key=lambda each: -each.id):
        is_there = live.id in flow.state.activations
        if live.again and is_there and process in flow.state.scope(live.id):
            reviving.leave_again(flow, live.id)
    if not flow.is_idle(process):
        return False
    made = None if winding.closing else _next(flow, process, winding.newest)
    if made is None:
        _close(flow, process, winding)
    else:
        _undo(flow, process, made)
    return True


def _undo(flow: Flow, process: int, made: Completion) -> None:
    """Undo what was done with a work item: by a service first, so that the steps find it undone."""
    done = flow.state.performed.get(made.item)
    has_steps = _has_steps(flow.definition, flow.state, made)
    if done is not None and doing.is_undone_at_the_end(flow.definition, done):
        flow.emit(e.ActivityUndone(made.item, made.node, done.activity, flow.surroundings.at))
    if not has_steps:
        return
    reviving.bring_back(flow, made.node, made.scope)
    flow.emit(e.UndoBegan(made.item, process))
    step = flow.definition.nodes[made.node].step
    reacting.begin(flow, At(step.undo, made.scope[-1]))


def _close(flow: Flow, process: int, winding: Winding) -> None:
    """Do what is done last, if there is anything and it was not done yet; else end the process."""
    last = _last_steps(flow, process, winding.outcome)
    if winding.closing or not last:
        processes.close(flow, process, winding.outcome)
        return
    flow.emit(e.LastStepsBegan())
    reacting.begin(flow, At(last, ROOT))


def _last_steps(flow: Flow, process: int, outcome: str) -> str:
    """The key of what is done last when the case comes to this end; empty: nothing."""
    is_cancelled = process == ROOT and outcome == CANCELLED
    return flow.definition.cancelling.then if is_cancelled else ""


def _next(flow: Flow, process: int, newest: int) -> Completion | None:
    """The latest completion in a process that is still to be undone."""
    definition, state = flow.definition, flow.state
    winding = state.windings.get(process)
    over = state.undone | ({winding.now} if winding is not None else set())
    found = [
        made
        for key, node in definition.nodes.items()
        if isinstance(node.construct, Step)
        for made in state.completions.get(key, ())
        if process in made.scope and made.item <= newest and made.item not in over
        if not _undoes(definition, made, process)
        if _has_steps(definition, state, made) or _is_by_a_service(definition, state, made)
    ]
    return max(found, key=lambda each: each.order, default=None)


def _undoes(definition: Definition, made: Completion, process: int) -> bool:
    """Whether it was itself done to undo something in the process: that is not undone."""
    inside = definition.path(made.node)[made.scope.index(process) + 1 :]
    owners = (definition.nodes[definition.regions[each].owner or ""].construct for each in inside)
    return any(isinstance(each, Reaction) and each.winds_up for each in owners)


def _has_steps(definition: Definition, state: State, made: Completion) -> bool:
    """Whether steps undo it, and are not over: while it counts, or has only lapsed, and as long as
    what a service did with it stands although work went back past it."""
    stands = made.counts or _has_only_lapsed(state, made) or made.item in state.performed
    is_over = made.item in state.undone
    return stands and not is_over and bool(definition.nodes[made.node].step.undo)


def _has_only_lapsed(state: State, made: Completion) -> bool:
    """Whether it was done, has lapsed, and was not done again in its place."""
    again = (each for each in state.completions[made.node] if each.order > made.order)
    return made.lapsed and not any(each.scope == made.scope for each in again)


def _is_by_a_service(definition: Definition, state: State, made: Completion) -> bool:
    done = state.performed.get(made.item)
    return done is not None and doing.is_undone_at_the_end(definition, done)
