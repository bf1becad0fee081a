"""Lapsing: what was done stops counting when its time is over, or what it stood for has changed.

`valid-until` and `covers` of the language. Gates that name what has lapsed close. Once something
open needs it, it is offered or entered again; the case does not go on behind it a second time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tuoban.kernel import events as e
from tuoban.kernel.clocks import LimitChanged, Started, Until
from tuoban.kernel.definition import Node, Step
from tuoban.kernel.engine import clocks, reviving, straight
from tuoban.kernel.engine.moments import calendar_of, instant_of
from tuoban.kernel.limits import VALID_UNTIL, Limit
from tuoban.kernel.names import Names
from tuoban.kernel.sight import Vantage
from tuoban.kernel.state import ROOT, At, Clock, Completion
from tuoban.kernel.text import Text

if TYPE_CHECKING:
    from tuoban.kernel.engine.flow import Flow

Covered = tuple[tuple[int, str, Any], ...]


def covered_by(flow: Flow, node: Node, activation: int) -> Covered:
    """What a node that is done now stands for: its fields, with the values they have."""
    if not node.covers:
        return ()
    return tuple(_now(flow, node, activation, name) for name in node.covers)


def _now(flow: Flow, node: Node, activation: int, name: str) -> tuple[int, str, Any]:
    definition, state = flow.definition, flow.state
    block = definition.place_at(node.key, name)
    if block is None:
        return ROOT, name, _of_case(flow, name)
    body = definition.nodes[block].regions[0]
    place = next(each for each in state.scope(activation) if state.known(each).region == body)
    return place, name, _value(flow, place, name)


def _value(flow: Flow, place: int, name: str) -> Any:
    if place == ROOT:
        return _of_case(flow, name)
    if flow.definition.orders and (inside := _inside(flow, place, name)) is not None:
        return _kept(flow.names_from(inside)[name])
    return flow.state.at_place(place, name)


def _inside(flow: Flow, place: int, name: str) -> Vantage | None:
    """The place itself, where one of its fields is computed; None for any other field."""
    definition, state = flow.definition, flow.state
    for region, instances in state.instances.items():
        owner = definition.regions[region].owner or ""
        if name in definition.orders.get(owner, ()):
            for each in instances:
                if each.id == place:
                    return Vantage(each.scope, definition.region_paths[region])
    return None


def _of_case(flow: Flow, name: str) -> Any:
    """A field of the case as it is kept; one that is computed as it is now."""
    if name not in flow.definition.derived:
        return flow.state.values.get(name)
    return _kept(_names(flow)[name])


def _names(flow: Flow) -> Names:
    surroundings = flow.surroundings
    return Names(flow.definition, flow.state, surroundings.opened, surroundings.zone)


def _kept(value: Any) -> Any:
    """A value that was read, as it is kept."""
    return tuple(value) if isinstance(value, list) else value


def judge(flow: Flow) -> bool:
    """Let lapse what has changed, and what has lapsed be done again where it is needed; whether
    anything of that happened."""
    if not flow.definition.lapsing:
        return False
    return _let_lapse(flow) or _do_again(flow)


def _let_lapse(flow: Flow) -> bool:
    at, found = flow.surroundings.at, False
    for key in flow.definition.lapsing:
        for made in flow.state.completions.get(key, ()):
            if made.counts and _has_changed(flow, made.covered):
                flow.emit(e.CompletionLapsed(key, made.item, "changed", at))
                found = True
        for mark in flow.state.done.get(key, ()):
            if _has_changed(flow, mark.covered):
                flow.emit(e.BlockLapsed(key, mark.scope[-1], at))
                found = True
    return found


def _has_changed(flow: Flow, covered: Covered) -> bool:
    return any(_value(flow, place, name) != value for place, name, value in covered)


# -- again ----------------------------------------------------------------------------------------


def _do_again(flow: Flow) -> bool:
    lapsed = dict(reviving.lapsed(flow.definition, flow.state))
    lapsed |= {at: flow.state.scope(at.activation) for at in straight.missing(flow)}
    for at, scope in lapsed.items():
        if at in flow.state.again or _is_open(flow, at):
            continue
        if not (straight.is_wanted(flow, at) or _is_needed(flow, at.node)):
            continue
        reviving.bring_back(flow, at.node, scope)
        flow.emit(e.DoneAgain(at.node, at.activation))
        flow.enter_again(at.node, at.activation)
        return True
    return False


def _is_open(flow: Flow, at: At) -> bool:
    """Whether it is being done already, as after work was sent back to it."""
    return (
        any(At(each.node, each.activation) == at for each in flow.state.items.values())
        or any(At(each.node, each.activation) == at for each in flow.state.turns)
        or bool(flow.below(at.activation, at.node))
    )


def _is_needed(flow: Flow, node: str) -> bool:
    """Whether something open, or something that waits to be, needs it."""
    state = flow.state
    opens = [(each.node, each.activation) for each in state.items.values()]
    opens += [(each.node, each.activation) for each in state.turns]
    return any(
        need.name == node and (need.when is None or flow.holds(need.when, activation))
        for key, activation in opens
        for need in flow.definition.nodes[key].gate
    )


def stop_again(flow: Flow, activation: int, nodes: tuple[str, ...] | None = None) -> None:
    """What is done again in an activation is not wanted any more.

    Args:
        nodes: those that are meant; None: all.
    """
    for at in flow.state.again:
        if at.activation == activation and (nodes is None or at.node in nodes):
            flow.withdraw_node(at.node, activation)
            flow.emit(e.AgainOver(at.node, activation))


# -- valid until ----------------------------------------------------------------------------------


def settle(flow: Flow) -> None:
    """Keep a clock for the moment at which each finished step lapses."""
    if not flow.definition.lapsing and not flow.state.clocks:
        return
    known = {each.limit: each for each in flow.state.clocks.values()}
    wanted = set()
    for key in flow.definition.lapsing:
        node = flow.definition.nodes[key]
        for made in flow.state.completions.get(key, ()):
            if made.counts and isinstance(node.construct, Step) and node.construct.valid_until:
                limit = f"{VALID_UNTIL}/{made.item}"
                wanted.add(limit)
                _keep(flow, node, made, limit, known.get(limit))
    for limit, clock in known.items():
        if limit.startswith(VALID_UNTIL) and limit not in wanted:
            clocks.stop(flow, clock)


def _keep(flow: Flow, node: Node, made: Completion, key: str, clock: Clock | None) -> None:
    moment = node.step.valid_until
    limit = Limit(key, until=moment)
    calendar, at = calendar_of(flow, limit, None), flow.surroundings.at
    seen_from = next(each for each in reversed(made.scope) if each in flow.state.activations)
    own = {**made.data, **_names(flow).own_computed(made)}
    found = (
        instant_of(flow, moment, calendar, seen_from, latest=True, own=own)
        if moment is not None
        else None
    )
    if found is None:
        if clock is not None:
            clocks.stop(flow, clock)
    elif clock is None:
        started = Started(at, Until(found), calendar, node.label, at)
        number = flow.state.last_clock + 1
        flow.emit(e.ClockOpened(number, node.key, ROOT, None, key, started, found))
    elif clock.due != found:
        clocks.enter(flow, clock, LimitChanged(at, Until(found), Text("", "")))


def expired(flow: Flow, clock: Clock) -> None:
    """The moment has come until which a finished step was valid."""
    item = int(clock.limit.partition("/")[2])
    clocks.stop(flow, clock)
    flow.emit(e.CompletionLapsed(clock.node, item, "expired", flow.surroundings.at))
