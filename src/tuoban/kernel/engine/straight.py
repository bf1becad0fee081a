"""Return with `direct` 直送: the step named is done again, and the case comes straight back.

Rule 2 of the language. The sender keeps its work, which waits. The completion that work goes back
to lapses rather than falls: what was entered with it goes on counting until it is done again, so
that what stands between is kept, unless it covers what then changes. What of that has lapsed is
done again in its order, and then the sender goes on.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tuoban.kernel import events as e
from tuoban.kernel.commands import Return
from tuoban.kernel.definition import Definition
from tuoban.kernel.engine.order import follows
from tuoban.kernel.engine.reviving import can_live_again, lapsed
from tuoban.kernel.refusals import Refused
from tuoban.kernel.sight import shared
from tuoban.kernel.state import At, Finished, Item, State

if TYPE_CHECKING:
    from tuoban.kernel.engine.flow import Flow


def send_back(flow: Flow, item: Item, made: Finished, command: Return) -> None:
    """Let the work wait until the step it goes back to is done again.

    Raises:
        Refused: `not-finished` where the step was not done in the round that the work stands in,
            `waits-already`.
    """
    definition, state = flow.definition, flow.state
    if item.waits_for is not None:
        raise Refused(
            "waits-already",
            {
                "step": definition.nodes[item.node].label,
                "to": definition.nodes[item.waits_for.node].label,
            },
        )
    where = _where(definition, state, item, made)
    if where is None:
        raise Refused("not-finished", {"to": definition.nodes[made.node].label})
    reason = command.reason.strip()
    flow.emit(e.WorkReturned(item.id, made.node, command.by, reason, command.of, where))
    for each in state.completions[made.node]:
        if each.counts and each.scope == made.scope:
            flow.emit(e.CompletionLapsed(made.node, each.item, "returned", flow.surroundings.at))


def _where(definition: Definition, state: State, item: Item, made: Finished) -> int | None:
    """The activation in which the step is done again: the one that the work stands in too, where
    the step stands there; else the one it was done in, should that come alive again."""
    path, here = definition.path(made.node), state.scope(item.activation)
    depth = shared(path, definition.path(item.node))
    if depth == len(path):
        return here[depth - 1]
    reachable = made.scope[:depth] == here[:depth] and can_live_again(definition, state, made)
    return made.scope[-1] if reachable else None


def come_back(flow: Flow) -> bool:
    """Let work go on that waits for nothing any more; whether there was any."""
    over = [
        each
        for each in flow.state.items.values()
        if each.waits_for is not None and not _pending(flow, each)
    ]
    for each in over:
        flow.emit(e.CameStraightBack(each.id, each.person, flow.surroundings.at))
    return bool(over)


def is_wanted(flow: Flow, at: At) -> bool:
    """Whether it is the turn of what has lapsed to be done again, because work waits that has sent
    the case back to it, or to before it."""
    for item in flow.state.items.values():
        if item.waits_for == at:
            return True
        if item.waits_for is None:
            continue
        pending = _pending(flow, item)
        definition = flow.definition
        if at in pending and not any(
            follows(definition, at.node, other.node) for other in pending if other != at
        ):
            return True
    return False


def missing(flow: Flow) -> Iterator[At]:
    """What work waits for and was never done where it stands now, as in a round entered anew."""
    for item in flow.state.items.values():
        at = item.waits_for
        if at is not None and not any(
            each.scope[-1] == at.activation for each in flow.state.completions.get(at.node, ())
        ):
            yield at


def _pending(flow: Flow, item: Item) -> list[At]:
    """What is still to be done again before the work goes on."""
    definition, state, to = flow.definition, flow.state, item.waits_for
    if to is None:
        return []
    found = [] if _is_done(state, to) else [to]
    if not definition.lapsing:
        return found
    here, path = state.scope(item.activation), definition.path(item.node)
    open_again = ((each, state.scope(each.activation)) for each in state.again)
    for at, scope in (*lapsed(definition, state), *open_again):
        depth = shared(definition.path(at.node), path)
        if (
            scope[:depth] == here[:depth]
            and follows(definition, at.node, to.node)
            and follows(definition, item.node, at.node)
        ):
            found.append(at)
    return found


def _is_done(state: State, at: At) -> bool:
    if at in state.again:
        return False
    made = state.completions.get(at.node, ())
    return any(each.counts and each.scope[-1] == at.activation for each in made)
