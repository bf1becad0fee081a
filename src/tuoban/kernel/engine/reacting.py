"""Reactions (`during`): what may happen while a step or a block is active.

A reaction is a node beside the flow. When it happens, an instance of its region comes to life in
the activation its host is active in: the occurrence, which has the fields that the reaction
declares. A block is not left while one of them runs. An interrupting reaction first withdraws what
is open in the block; when it is over, the case goes on behind the block.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from tuoban.kernel import events as e
from tuoban.kernel.commands import React
from tuoban.kernel.definition import Definition, Node, Reaction
from tuoban.kernel.engine import clocks, hosts
from tuoban.kernel.engine.assigning import by_home
from tuoban.kernel.engine.performers import acting_roles
from tuoban.kernel.forms import Place, read_form
from tuoban.kernel.names import Names, read
from tuoban.kernel.refusals import Refused, refuse_invalid
from tuoban.kernel.sight import vantage_of
from tuoban.kernel.state import At, Clock, State
from tuoban.kernel.surroundings import Surroundings

if TYPE_CHECKING:
    from tuoban.kernel.engine.flow import Flow


# -- the button -----------------------------------------------------------------------------------


def reaction_place(
    definition: Definition, state: State, where: At, surroundings: Surroundings
) -> Place:
    """Where the form of a reaction stands."""
    return Place(
        definition,
        state,
        where.node,
        definition.nodes[where.node].holding(Reaction).form,
        surroundings.opened,
        surroundings.zone,
        surroundings.at,
        where.activation,
        surroundings.directory.people,
        units=surroundings.directory.parents.keys(),
    )


def may_react(
    definition: Definition, state: State, surroundings: Surroundings, where: At, person: str
) -> bool:
    """Whether a reaction is somebody's to begin: they hold one of its roles in the case's unit, or
    in one above it; or they are the one with whom the case fills its role."""
    reaction, directory = definition.nodes[where.node].holding(Reaction), surroundings.directory
    if reaction.person is not None:
        vantage = vantage_of(state, where.activation)
        names = Names(definition, state, surroundings.opened, surroundings.zone, None, vantage)
        return bool(read(reaction.person, names) == person)
    roles = acting_roles(definition, reaction.by)
    return any(directory.holds(person, roles, unit) for unit in directory.upwards(state.unit))


def react(flow: Flow, command: React) -> None:
    """Let a reaction happen because somebody wishes it.

    Raises:
        Refused: `unknown-reaction`, `not-active`, `place-needed`, `suspended`, `not-reactor`, or
            `invalid` with every problem at once.
    """
    where = place_of(flow.definition, flow.state, command.node, command.activation)
    node = flow.definition.nodes[where.node]
    if flow.state.suspended is not None:
        raise Refused("suspended", {"reason": flow.state.suspended.reason})
    if not may_react(flow.definition, flow.state, flow.surroundings, where, command.by):
        roles = acting_roles(flow.definition, node.holding(Reaction).by)
        labels = tuple(flow.definition.roles[role].label for role in roles)
        raise Refused("not-reactor", {"reaction": node.label, "roles": labels})
    begin_with(flow, where, command.data, command.by)


def place_of(definition: Definition, state: State, node: str, activation: int | None) -> At:
    """Where a button is pressed.

    Args:
        activation: where its host is active; None: there is but one.

    Raises:
        Refused: `unknown-reaction`, `not-active`, `place-needed`.
    """
    known = definition.nodes.get(node)
    if known is None or not isinstance(known.construct, Reaction) or not known.construct.by:
        raise Refused("unknown-reaction", {"reaction": node})
    found = [
        each
        for each in hosts.possible(definition, state)
        if each.node == node and activation in (None, each.activation)
    ]
    if not found:
        raise Refused("not-active", {"reaction": known.label})
    if len(found) > 1:
        raise Refused("place-needed", {"reaction": known.label})
    return found[0]


# -- happening ------------------------------------------------------------------------------------


def begin(flow: Flow, where: At, by: str = "", message: str = "") -> None:
    """Let a reaction happen, by this message if by one."""
    node = flow.definition.nodes[where.node]
    reaction = node.holding(Reaction)
    if reaction.interrupting:
        _interrupt(flow, flow.definition.nodes[reaction.host], where.activation)
    number, occurrence = flow.state.last_item + 1, flow.state.last_activation + 1
    at = flow.surroundings.at
    flow.emit(e.ReactionBegun(number, node.key, where.activation, occurrence, by, at, message))
    flow.enter_region(node.regions[0], where.activation)


def begin_with(
    flow: Flow, where: At, data: Mapping[str, Any], by: str = "", message: str = ""
) -> None:
    """Let a reaction happen with what is filled in, by whoever presses its button or by the message
    that it takes.

    Raises:
        Refused: `invalid` with every problem at once.
    """
    place = reaction_place(flow.definition, flow.state, where, flow.surroundings)
    reading = read_form(place, data)
    if reading.problems:
        raise refuse_invalid(list(reading.problems))
    writable = {entry.field for section in place.form for entry in section.entries}
    given = {name: value for name, value in reading.values.items() if name in writable}
    number, occurrence = flow.state.last_item + 1, flow.state.last_activation + 1
    begin(flow, where, by, message)
    own = {name: value for name, value in given.items() if place.is_own(name)}
    changed = {
        name: value
        for name, value in given.items()
        if name not in own and place.value(name) != value
    }
    for home, values in by_home(place, changed).items():
        flow.emit(e.FieldsSet(number, values, by or None, home))
    if own:
        flow.emit(e.FieldsSet(number, own, by or None, occurrence))


def _interrupt(flow: Flow, host: Node, activation: int) -> None:
    """Withdraw everything that is open in the host, other reactions included."""
    if hosts.stand_inside(flow.definition, host):
        flow.empty(activation)
    else:
        flow.withdraw_within(flow.below(activation, host.key))
        for item in tuple(flow.state.items.values()):
            if item.node == host.key and item.activation == activation:
                flow.withdraw_item(item.id)
        flow.withdraw_waits_at(host.key, activation)
        clocks.stop_block(flow, host.key, activation)
        if host.construct.is_work:
            flow.emit(e.PassedOver(host.key, activation))
    flow.emit(e.BlockWaits(host.key, activation))


# -- by itself ------------------------------------------------------------------------------------


def judge(flow: Flow) -> bool:
    """Let the reactions happen whose condition has become true; whether there was one."""
    if not flow.definition.conditional and not flow.state.held:
        return False
    now = tuple(hosts.possible(flow.definition, flow.state))
    for each in flow.state.held:
        if each not in now or not _is_true(flow, each):
            flow.emit(e.ConditionFell(each.node, each.activation))
    for each in now:
        if each not in flow.state.held and _is_true(flow, each):
            begin(flow, each)
            return True
    return False


def _is_true(flow: Flow, where: At) -> bool:
    condition = flow.definition.nodes[where.node].holding(Reaction).condition
    return condition is not None and flow.holds(condition, where.activation)


def moment_has_come(flow: Flow, clock: Clock) -> None:
    """The moment of a reaction has come. One that comes again gets a clock of its own next time.

    What came just before may have withdrawn its host, or left nothing in it to do.
    """
    node, where = flow.definition.nodes[clock.node], At(clock.node, clock.activation)
    if node.holding(Reaction).again:
        clocks.stop(flow, clock)
    if where in hosts.possible(flow.definition, flow.state):
        begin(flow, where)
