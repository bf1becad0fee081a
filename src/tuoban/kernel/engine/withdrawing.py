"""Withdraw 撤回: whoever completed a step takes it back before anybody began with what came of it.

It is a return by the person who did it, with two differences: the step need not be in the way of
anything open, and blocks that were left since come back as they were, a loop in the same round.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tuoban.kernel import events as e
from tuoban.kernel.commands import Withdraw
from tuoban.kernel.definition import Definition, Link
from tuoban.kernel.engine.barring import barred_people
from tuoban.kernel.engine.order import child_towards, from_there, in_line, later, runs_on_in
from tuoban.kernel.engine.returning import (
    begun_after,
    stop_holding,
    void_from,
    void_inside,
    withdraw_from,
)
from tuoban.kernel.engine.reviving import living_down_to
from tuoban.kernel.engine.signing import check_is_not_given
from tuoban.kernel.refusals import Refused
from tuoban.kernel.sight import shared
from tuoban.kernel.state import Clock, Completion, Item, State

if TYPE_CHECKING:
    from tuoban.kernel.engine.flow import Flow


def withdraw(flow: Flow, command: Withdraw) -> None:
    """Take a completed step back: it is offered again to whoever did it, with what was entered as
    a draft, and what was offered since is withdrawn.

    Raises:
        Refused: `case-over`, `winding-up`, `suspended`, `unknown-item`, `item-withdrawn`,
            `item-done`, `not-finished`, `not-done-by-you`, `done-jointly`; `taken-up`,
            `alarm-given`, `place-over` or `jumped-since` where it is too late.
    """
    if flow.state.status != "running":
        raise Refused("case-over")
    completion = _completed(flow, command)
    for process, winding in flow.state.windings.items():
        if process in completion.scope and completion.item <= winding.newest:
            raise Refused("winding-up")
    if flow.state.suspended is not None:
        raise Refused("suspended", {"reason": flow.state.suspended.reason})
    _check_untouched(flow, completion)
    flow.emit(e.WorkTakenBack(completion.item, command.by, command.reason.strip()))
    _go_back(flow, completion)
    _give_back(flow, completion)


def _completed(flow: Flow, command: Withdraw) -> Completion:
    """The completion that is to be taken back, which is its performer's and counts."""
    state, nodes = flow.state, flow.definition.nodes
    completion = state.completion_of(command.item)
    if completion is None and command.item in state.items:
        label = nodes[state.items[command.item].node].label
        raise Refused("not-finished", {"to": label})
    if completion is None or not completion.by or not nodes[completion.node].construct.is_work:
        check_is_not_given(state, command.item)
        is_gone = state.was_withdrawn(command.item)
        raise Refused("item-withdrawn" if is_gone else "unknown-item")
    label = nodes[completion.node].label
    if not completion.counts:
        raise Refused("not-finished", {"to": label})
    if completion.by != command.by:
        raise Refused("not-done-by-you", {"step": label, "by": completion.by})
    if nodes[completion.node].step.by.agree is not None:
        raise Refused("done-jointly", {"step": label})
    return completion


def _check_untouched(flow: Flow, completion: Completion) -> None:
    """Whether nobody else has begun with what came of it, and no limit has told anybody."""
    definition, state = flow.definition, flow.state
    here = (completion.node, completion.scope[-1])
    if any((each.node, each.activation) == here for each in state.items.values()):
        raise Refused("not-finished", {"to": definition.nodes[completion.node].label})
    if _is_out_of_reach(flow, completion):
        raise Refused("place-over", {"step": definition.nodes[completion.node].label})
    if completion.item <= state.jumped:
        raise Refused("jumped-since", {"step": definition.nodes[completion.node].label})
    for other in _done_since(definition, state, completion):
        facts = {"step": definition.nodes[other.node].label, "by": other.by}
        raise Refused("taken-up", facts)
    for item in _offered_since(definition, state, completion):
        begun = next((each for each in item.opened if each != completion.by), None)
        if begun is not None:
            raise Refused("taken-up", {"step": definition.nodes[item.node].label, "by": begun})
    if any(_calls_since(definition, state, completion)):
        raise Refused("called-since", {"step": definition.nodes[completion.node].label})
    for clock in state.clocks.values():
        if clock.fired and _came_after(
            definition, state, completion, clock.node, _chain(state, clock)
        ):
            raise Refused("alarm-given", {"step": definition.nodes[clock.node].label})


def _is_out_of_reach(flow: Flow, completion: Completion) -> bool:
    """Whether it was done in a reaction or a called process that is over, or in a block that was
    interrupted, or waits for its reactions alone."""
    state, path = flow.state, flow.definition.path(completion.node)
    apart = [at for at, region in enumerate(path) if _is_apart(flow.definition, region)]
    innermost = apart[-1] if apart else 0
    if innermost >= living_down_to(state, completion.scope):
        return True
    # What is around a reaction or a called process may wait for just that.
    inside = completion.scope[innermost:]
    around = {flow.definition.regions[region].owner for region in path} | {completion.node}
    return any(each.node in around and each.activation in inside for each in state.waiting)


def _is_apart(definition: Definition, region: str) -> bool:
    owner = definition.regions[region].owner
    return owner is not None and definition.nodes[owner].construct.is_apart


def _done_since(
    definition: Definition, state: State, completion: Completion
) -> Iterator[Completion]:
    """What was done since, as a consequence; of what counts no more, what others did."""
    for history in state.completions.values():
        for other in history:
            if (
                other.by
                and (other.counts or other.item > completion.item)
                and (other.counts or other.by != completion.by)
                and _came_after(definition, state, completion, other.node, other.scope)
            ):
                yield other


def _calls_since(definition: Definition, state: State, completion: Completion) -> Iterator[bool]:
    """Of each case that was called since, whether that is a consequence: its people may have begun
    with it, which nobody can tell here."""
    for key, node in definition.nodes.items():
        if isinstance(node.construct, Link):
            for made in state.completions.get(key, ()):
                if made.item > completion.item and made.counts:
                    yield _came_after(definition, state, completion, key, made.scope)
    for each in state.waits.values():
        if isinstance(definition.nodes[each.node].construct, Link):
            chain = state.scope(each.activation)
            yield _came_after(definition, state, completion, each.node, chain)


def _offered_since(definition: Definition, state: State, completion: Completion) -> list[Item]:
    return [
        item
        for item in state.items.values()
        if _came_after(definition, state, completion, item.node, state.scope(item.activation))
    ]


def _chain(state: State, clock: Clock) -> tuple[int, ...]:
    return state.scope(clock.activation)


def _came_after(
    definition: Definition, state: State, completion: Completion, node: str, scope: tuple[int, ...]
) -> bool:
    """Whether `node`, in its chain of activations, stands behind the completion: later in the run
    of the deepest region they share, or in a later round of a loop around both."""
    if not node:
        return False  # the case itself
    path = definition.path(completion.node)
    depth = shared(scope, completion.scope)
    region = path[depth - 1]
    mine, theirs = (child_towards(definition, region, each) for each in (completion.node, node))
    if mine != theirs:
        if runs_on_in(definition, region, completion.node):
            return False
        mine, theirs = in_line(definition, mine), in_line(definition, theirs)
        if mine not in definition.regions[region].nodes:
            return False  # what stands inside a block beside its steps comes before none of them
        return theirs in from_there(definition, region, mine)
    if depth >= min(len(scope), len(completion.scope)):
        return False
    return scope[depth] in later(definition, state, completion.scope[depth])


def _go_back(flow: Flow, completion: Completion) -> None:
    """Let the step stand again where it was done, with everything behind it undone."""
    scope, path = completion.scope, flow.definition.path(completion.node)
    live = living_down_to(flow.state, scope) - 1
    top = child_towards(flow.definition, path[live], completion.node)
    after = from_there(flow.definition, path[live], top)
    withdraw_from(flow, scope[live], tuple(each for each in after if each != top))
    if top != completion.node:
        stop_holding(flow, scope[live], (top,))  # which work may have gone back into since
    again: list[tuple[str, int]] = []
    for depth in range(live, len(scope)):
        at = child_towards(flow.definition, path[depth], completion.node)
        begun = begun_after(flow, scope[depth], path[depth], at)
        again += ((each, scope[depth]) for each in begun)
        void_from(flow, scope[depth], path[depth], completion.node)
        if depth + 1 < len(scope):
            _bring_back(flow, completion, depth + 1)
    node = flow.definition.nodes[completion.node]
    flow.row(node).enter(flow, node, scope[-1])
    for each, activation in again:
        flow.enter(each, activation)


def _bring_back(flow: Flow, completion: Completion, depth: int) -> None:
    """Bring an activation that was left back to life as it was; later rounds
    and elements have not been."""
    number, region = completion.scope[depth], flow.definition.path(completion.node)[depth]
    was = flow.state.left.get(number)
    flow.emit(
        e.RegionEntered(
            activation=number,
            region=region,
            parent=completion.scope[depth - 1],
            round=was.round if was is not None else 0,
            continues=was.continues if was is not None else None,
            at=flow.surroundings.at,
            element=was.element if was is not None else 0,
        )
    )
    since = later(flow.definition, flow.state, number)
    inside = (each for each in flow.state.activations if since.intersection(flow.state.scope(each)))
    flow.withdraw_within(frozenset(inside))
    void_inside(flow, since)


def _give_back(flow: Flow, completion: Completion) -> None:
    """The step is its former performer's again, whatever its rules would say of others."""
    item = flow.state.items[flow.state.last_item]
    node, person = flow.definition.nodes[completion.node], completion.whose
    directory = flow.surroundings.directory
    may = person in directory.people and person not in barred_people(flow.state, node)
    able = may and not directory.missing(person, node.step.by.skills)
    if able and item.whose != person:
        flow.emit(e.ItemReoffered(item.id, item.pools, person))
