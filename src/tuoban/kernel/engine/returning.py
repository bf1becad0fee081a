"""Return 退回: work goes back to a finished step or block, and from there everything is done again.

Rule 2 of the language. What is named and the sender share a deepest live region. In it, whatever
stands from what is named (or the block around it) up to the sender is undone; if it lies inside a
finished block, that block comes back to life at it. A block that is named is entered anew. Other
branches of a parallel part are not touched, and a return into one of them is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Set
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from tuoban.kernel import events as e
from tuoban.kernel.commands import Return
from tuoban.kernel.definition import Definition, Node
from tuoban.kernel.engine import clocks, lapsing, opening, straight, turns, waiting
from tuoban.kernel.engine.order import child_towards, from_there, in_line_of, later
from tuoban.kernel.engine.performers import check_is_own, check_may_do
from tuoban.kernel.refusals import Refused
from tuoban.kernel.sight import is_each, nearest, shared, vantage_of
from tuoban.kernel.state import Activation, Finished, Item, State

if TYPE_CHECKING:
    from tuoban.kernel.engine.flow import Flow


def send_back(flow: Flow, item: Item, command: Return) -> None:
    """Carry out a return.

    Raises:
        Refused: `reason-missing`, `suspended`, `not-returnable`, `not-finished`,
            `element-needed`, or as `check_may_do` and `check_is_own`.
    """
    check_may_do(flow.definition, flow.state, flow.surroundings.directory, item, command.by)
    check_is_own(item)
    if not command.reason.strip():
        raise Refused("reason-missing")
    if flow.state.suspended is not None:
        raise Refused("suspended", {"reason": flow.state.suspended.reason})
    node = flow.definition.nodes[item.node]
    if command.to not in (*node.step.returns_to, *node.step.straight_from):
        raise _not_returnable(flow, node, command.to)
    if _comes_straight_back(flow, node, command):
        straight.send_back(flow, item, _target(flow, item, command), command)
    else:
        _go_back(flow, item, _target(flow, item, command), command)


def _comes_straight_back(flow: Flow, node: Node, command: Return) -> bool:
    """Whether the case comes straight back; where that is not said, if nothing else is possible."""
    ways = (command.to in node.step.returns_to, command.to in node.step.straight_from)
    wished = not ways[0] if command.straight is None else command.straight
    if not ways[wished]:
        raise _not_returnable(flow, node, command.to)
    return wished


def _finished(definition: Definition, state: State, target: str) -> tuple[Finished, ...]:
    """What has been done of a step or a block and counts, in the order in which that was."""
    node = definition.nodes[target]
    if node.regions and not node.construct.outlives:
        return tuple(each for each in state.done.get(target, ()) if not each.passed_over)
    return tuple(each for each in state.completions.get(target, ()) if each.counts)


def _target(flow: Flow, item: Item, command: Return) -> Finished:
    """What was done that work goes back to: the nearest, or that of the elements named.

    Raises:
        Refused: `element-needed`, `not-finished`.
    """
    definition, state, target = flow.definition, flow.state, command.to
    path = definition.path(target)
    apart = _apart(definition, item.node, target)
    if len(apart) != len(command.of):
        label = definition.nodes[target].label
        raise Refused("element-needed", {"to": label, "count": len(apart)})
    wanted = dict(zip(apart, command.of, strict=True))
    made = (
        each
        for each in reversed(_finished(definition, state, target))
        if _is_of(state, path, each, wanted)
    )
    found = nearest(definition, made, path, vantage_of(state, item.activation))
    if found is None:
        raise Refused("not-finished", {"to": definition.nodes[target].label})
    return found


def _apart(definition: Definition, sender: str, target: str) -> list[int]:
    """At which depths the target stands in elements that the sender does not stand in."""
    path = definition.path(target)
    common = shared(path, definition.path(sender))
    return [at for at in range(common, len(path)) if is_each(definition, path[at])]


class Target(NamedTuple):
    """Done work to go back to, and of which elements it is, as in the command."""

    of: tuple[int, ...]
    made: Finished


def return_targets(definition: Definition, state: State, item: Item, to: str) -> tuple[Target, ...]:
    """What of the step or block `to` a work item may go back to: one for each element for which it
    is done, in the order of the lists."""
    path, apart = definition.path(to), _apart(definition, item.node, to)
    numbers = {
        (depth, each.scope): each.element
        for depth in apart
        for each in state.instances.get(path[depth], ())
    }
    found: dict[tuple[int, ...], Finished] = {}
    for made in _finished(definition, state, to):
        found[tuple(numbers.get((at, made.scope[: at + 1]), 0) for at in apart)] = made
    return tuple(Target(of, found[of]) for of in sorted(found))


def _is_of(state: State, path: tuple[str, ...], made: Finished, wanted: Mapping[int, int]) -> bool:
    """Whether a completion belongs to the elements wanted, by the depth of their regions."""
    return all(
        any(
            each.scope == made.scope[: depth + 1] and each.element == number
            for each in state.instances.get(path[depth], ())
        )
        for depth, number in wanted.items()
    )


def _go_back(flow: Flow, item: Item, finished: Finished, command: Return) -> None:
    definition, target = flow.definition, command.to
    here = flow.state.scope(item.activation)
    depth, revived = shared(here, finished.scope), False
    while flow.state.activations[here[depth - 1]].again:
        depth, revived = depth - 1, True  # what lives again is over; it is entered anew
    activation = here[depth - 1]
    region = flow.state.activations[activation].region
    sender_at = child_towards(definition, region, item.node)
    target_at = child_towards(definition, region, target)
    same_block = sender_at == target_at != target
    loops_back = same_block and definition.nodes[target_at].construct.repeats
    fallen = from_there(definition, region, target_at)
    if sender_at not in fallen or (same_block and not loops_back and not revived):
        raise _not_returnable(flow, definition.nodes[item.node], target)
    flow.emit(e.WorkReturned(item.id, target, command.by, command.reason.strip(), command.of))
    withdraw_from(flow, activation, fallen)
    resume(flow, activation, region, target, finished.scope)


def resume(flow: Flow, activation: int, region: str, target: str, scope: tuple[int, ...]) -> None:
    """Go on in a live region at `target`, which it contains, undoing whatever stands after it."""
    definition = flow.definition
    top = definition.nodes[child_towards(definition, region, target)]
    begun = begun_after(flow, activation, region, top.key)
    void_from(flow, activation, region, target)
    if top.key == target:
        if not top.regions or not turns.hold(flow, top, activation):
            flow.enter_again(top.key, activation)
    elif _has_to_wait(flow, top, activation):
        _hold(flow, top, activation, target, scope)
    else:
        flow.row(top).reopen(flow, top, activation, target, scope)
    for node in begun:
        flow.enter(node, activation)


def resume_inside(
    flow: Flow, node: Node, activation: int, target: str, scope: tuple[int, ...]
) -> None:
    """Go on at `target` in an instance of a block that has many, which has just come to life, as
    soon as that has opened."""
    if opening.hold_back(flow, node.key, activation):
        _hold(flow, node, activation, target, scope)
    else:
        resume(flow, activation, node.regions[0], target, scope)


def _has_to_wait(flow: Flow, node: Node, activation: int) -> bool:
    """Whether a block is not to be entered again yet, for what it needs or for its moment; the
    instances of one that has many open each at a moment of its own."""
    if turns.hold(flow, node, activation):
        return True
    return not node.many and opening.hold_back(flow, node.key, activation)


def _hold(flow: Flow, node: Node, activation: int, target: str, scope: tuple[int, ...]) -> None:
    """Let a block wait to be entered again at `target`; from there on nothing counts any more."""
    void_along(flow, node.region, target, scope)
    flow.emit(e.ReentryHeld(node.key, activation, target, scope))


def stop_holding(flow: Flow, activation: int, nodes: Collection[str]) -> None:
    """Let these nodes of an activation wait no more for their turn, or to be entered."""
    for turn in flow.state.turns:
        if turn.activation == activation and turn.node in nodes:
            flow.emit(e.TurnFreed(turn.node, activation))
    for back in flow.state.reentries:
        if back.activation == activation and back.node in nodes:
            flow.emit(e.ReentryOver(back.node, activation))
    for node in nodes:
        clocks.stop_block(flow, node, activation)


def begun_after(flow: Flow, activation: int, region: str, node: str) -> list[str]:
    """What is to be begun again in a plan once `node` is done again; what nobody asked for of the
    optional is not."""
    definition, state = flow.definition, flow.state
    if definition.regions[region].ordered:
        return []
    after = [each for each in from_there(definition, region, node) if each != node]
    running = {definition.regions[each.region].owner for each in _called_in(flow, {activation})}
    return [
        each
        for each in after
        if not definition.nodes[each].optional
        or each in running
        or any(made.counts and activation in made.scope for made in state.completions.get(each, ()))
    ]


def revive(flow: Flow, node: Node, activation: int, target: str, scope: tuple[int, ...]) -> None:
    """Bring the finished region of a block that holds `target` back to life, as it was.

    Inside a loop's new round there is nothing to bring back: the region is entered anew.
    """
    path = flow.definition.path(target)
    region = next(each for each in node.regions if each in path)
    depth = path.index(region)
    as_it_was = scope[depth - 1] == activation
    number = scope[depth] if as_it_was else flow.state.last_activation + 1
    continues = None if as_it_was else scope[depth]
    at = flow.surroundings.at
    flow.emit(e.RegionEntered(number, region, activation, 0, continues, at))
    resume(flow, number, region, target, scope)


def void_from(flow: Flow, activation: int, region: str, target: str) -> None:
    """In one activation of a region, let everything from `target` on stop counting, and withdraw
    what runs on without being waited for.

    What stands before it keeps counting; of the block around `target` only the mark falls here,
    its inside is for the block's own reopening. What reactions did falls with their host.
    """
    definition = flow.definition
    top = child_towards(definition, region, target)
    fallen = frozenset(from_there(definition, region, top)) - ({top} if top != target else set())

    def falls(node: str, scope: tuple[int, ...]) -> bool:
        return activation in scope and in_line_of(definition, region, node) in fallen

    _withdraw_called(flow, activation, region, fallen)
    for history in tuple(flow.state.completions.values()):
        for completion in history:
            if completion.stands and falls(completion.node, completion.scope):
                flow.emit(e.CompletionVoided(completion.node, completion.item))
    for marks in tuple(flow.state.done.values()):
        for mark in marks:
            is_around = mark.node == top and activation in mark.scope
            if is_around or falls(mark.node, mark.scope):
                flow.emit(e.DoneVoided(mark.node, mark.scope[-1]))
    _forget_lapsed(flow, falls)
    for loop, runs in tuple(flow.state.loops.items()):
        _reset(flow, loop, [run.scope for run in runs if falls(loop, run.scope)])


def _forget_lapsed(flow: Flow, falls: Callable[[str, tuple[int, ...]], bool]) -> None:
    """Let blocks that have lapsed and fall now be done no more for what needs them. Those in what
    was left fall when that comes back."""
    for at in flow.state.lapsed:
        lives = at.activation in flow.state.activations
        if lives and falls(at.node, flow.state.scope(at.activation)):
            flow.emit(e.DoneVoided(at.node, at.activation))


def _reset(flow: Flow, loop: str, scopes: Collection[tuple[int, ...]]) -> None:
    """Let these runs of a loop count their rounds from the beginning."""
    for scope in scopes:
        flow.emit(e.LoopReset(loop, scope[-1]))


def void_along(flow: Flow, region: str, target: str, scope: tuple[int, ...]) -> None:
    """Inside a block of a region that is entered again at `target`, let everything from there on
    stop counting: in all that stands around what was done of it (in `scope`), and in the rounds and
    elements that came after that, with what stands in these."""
    path = flow.definition.path(target)
    for depth in range(path.index(region) + 1, len(path)):
        void_from(flow, scope[depth], path[depth], target)
        for inner, each in _inside(
            flow, path, depth, later(flow.definition, flow.state, scope[depth])
        ):
            void_from(flow, each, path[inner], target)


def _inside(
    flow: Flow, path: tuple[str, ...], depth: int, instances: Set[int]
) -> list[tuple[int, int]]:
    """Of these instances of a region on a path, and of what stands on the path in them, those in
    which something was done, each with its depth."""
    done: list[Finished] = list(chain.from_iterable(flow.state.completions.values()))
    done += chain.from_iterable(flow.state.done.values())
    return sorted(
        {
            (inner, each.scope[inner])
            for each in done
            if len(each.scope) > depth and each.scope[depth] in instances
            for inner in range(depth, min(len(path), len(each.scope)))
            if flow.definition.path(each.node)[: inner + 1] == path[: inner + 1]
        }
    )


def void_inside(flow: Flow, activations: Collection[int]) -> None:
    """Let everything that was done inside these activations stop counting."""
    inside = frozenset(activations)
    for live in _called_in(flow, inside):
        _withdraw(flow, live)
    for history in tuple(flow.state.completions.values()):
        for completion in history:
            if completion.stands and inside.intersection(completion.scope):
                flow.emit(e.CompletionVoided(completion.node, completion.item))
    for marks in tuple(flow.state.done.values()):
        for mark in marks:
            if inside.intersection(mark.scope):
                flow.emit(e.DoneVoided(mark.node, mark.scope[-1]))


def _withdraw_called(flow: Flow, activation: int, region: str, fallen: Set[str]) -> None:
    """Withdraw what was called without waiting at these nodes of an activation, or inside them."""
    for live in _called_in(flow, {activation}):
        owner = flow.definition.regions[live.region].owner or ""
        if in_line_of(flow.definition, region, owner) in fallen:
            _withdraw(flow, live)


def _called_in(flow: Flow, activations: Set[int]) -> tuple[Activation, ...]:
    """The processes that were called in these activations, and run on without being waited for."""
    live = flow.state.activations.values()
    return tuple(each for each in live if not activations.isdisjoint(each.called_in))


def _withdraw(flow: Flow, called: Activation) -> None:
    """Withdraw such a process, with all that it has called itself."""
    state = flow.state
    if called.id in state.activations:
        inside = (each for each in state.activations if called.id in state.holding(each))
        flow.withdraw_within(frozenset(inside))


def withdraw_from(flow: Flow, activation: int, nodes: tuple[str, ...]) -> None:
    """Withdraw what is open at these nodes of an activation, with everything inside them."""
    lapsing.stop_again(flow, activation, tuple(nodes))
    flow.stop_waiting(activation, nodes)
    inside: frozenset[int] = frozenset()
    for node in nodes:
        inside |= flow.below(activation, node)
    flow.withdraw_within(inside)
    for item in tuple(flow.state.items.values()):
        if item.activation == activation and item.node in nodes:
            flow.withdraw_item(item.id)
    for each in tuple(flow.state.waits.values()):
        if each.activation == activation and each.node in nodes:
            waiting.withdraw(flow, each)
    stop_holding(flow, activation, nodes)


def _not_returnable(flow: Flow, node: Node, to: str) -> Refused:
    nodes = flow.definition.nodes
    possible = dict.fromkeys((*node.step.returns_to, *node.step.straight_from))
    allowed = tuple(nodes[each].label for each in possible)
    target = nodes[to].label if to in nodes else to
    return Refused("not-returnable", {"step": node.label, "to": target, "allowed": allowed or "—"})
