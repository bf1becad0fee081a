"""Operations on open work: open 打开, claim 领取, release 释放, transfer 转办."""

from __future__ import annotations

from tuoban.kernel import events as e
from tuoban.kernel.commands import Claim, Open, Release, Transfer
from tuoban.kernel.definition import Definition, Node
from tuoban.kernel.engine import naming
from tuoban.kernel.engine.flow import Flow
from tuoban.kernel.engine.performers import (
    acting_roles,
    candidates,
    check_is_own,
    check_may_do,
    check_may_receive,
    pools_of,
    receiving,
)
from tuoban.kernel.refusals import Refused
from tuoban.kernel.sight import shared
from tuoban.kernel.state import Item, State
from tuoban.kernel.surroundings import Surroundings


def open_item(flow: Flow, item: Item, command: Open) -> None:
    """Record that somebody who may do the work has looked at it. Again changes nothing.

    Raises:
        Refused: as `check_may_do`.
    """
    check_may_do(flow.definition, flow.state, flow.surroundings.directory, item, command.by)
    if command.by not in item.opened:
        flow.emit(e.ItemOpened(item.id, command.by, flow.surroundings.at))


def claim(flow: Flow, item: Item, command: Claim) -> None:
    """Take work from the pool. Claiming what one holds already changes nothing.

    Raises:
        Refused: as `check_may_do`.
    """
    directory = flow.surroundings.directory
    check_may_do(flow.definition, flow.state, directory, item, command.by, is_next=command.next)
    if item.person != command.by:
        flow.emit(e.ItemClaimed(item.id, command.by))


def possible_receivers(
    definition: Definition, state: State, surroundings: Surroundings, item: Item
) -> frozenset[str]:
    """Everybody to whom the work may be handed."""
    flow, directory = Flow(definition, state, surroundings), surroundings.directory
    bound = definition.nodes[item.node].step.transfer_to
    roles, units = item.roles, tuple(directory.upwards(state.unit))
    units += tuple(unit for _, unit in item.pools)
    if bound is not None:
        roles, units = receiving(flow, bound, item.activation)
    holders = frozenset().union(*(directory.all_holding(roles, unit) for unit in units))
    asked = holders if roles or bound is not None else directory.people
    return frozenset(person for person in asked if _may_receive(flow, item, person))


def nameable(
    definition: Definition, state: State, surroundings: Surroundings, item: Item
) -> tuple[tuple[Node, frozenset[str]], ...]:
    """Whom whoever completes a work item may name, for each step; as things stand now."""
    flow, path = Flow(definition, state, surroundings), definition.path(item.node)
    here = state.scope(item.activation)
    found = []
    for node in naming.to_name(definition, item.node):
        at = here[shared(definition.path(node.key), path) - 1]
        by = node.step.by
        pools = pools_of(flow, by, acting_roles(definition, by.roles), at)
        able = candidates(flow, node, pools)
        if item.node in by.excluded:
            able -= {item.person} if item.person is not None else set()
        found.append((node, able))
    return tuple(found)


def _may_receive(flow: Flow, item: Item, person: str) -> bool:
    try:
        check_may_receive(flow, item, person)
    except Refused:
        return False
    return True


def release(flow: Flow, item: Item, command: Release) -> None:
    """Put claimed work back into the pool; a delegate gives it back undone.

    Raises:
        Refused: `not-held`, or `assigned` where a rule of the process named the person.
    """
    if item.person != command.by:
        raise Refused("not-held")
    if item.delegated_by is not None:
        flow.emit(e.ItemGotBack(item.id, command.by, item.delegated_by, command.by))
        return
    if item.assigned:
        raise Refused("assigned")
    flow.emit(e.ItemReleased(item.id, command.by))


def may_hand_over(flow: Flow, person: str) -> bool:
    """Whether somebody hands over work that others hold: an administrator, or the head of the unit
    or of one above it."""
    directory = flow.surroundings.directory
    if person in directory.administrators:
        return True
    return any(directory.heads.get(unit) == person for unit in directory.upwards(flow.state.unit))


def transfer(flow: Flow, item: Item, command: Transfer) -> None:
    """Hand work to somebody else who may do it. Whoever is in charge of the case hands over what
    others hold, too.

    Raises:
        Refused: `reason-missing`, or as `check_may_do`, `check_is_own` and `check_may_receive`.
    """
    directory = flow.surroundings.directory
    is_of_another = item.person is not None and item.person != command.by
    if not (is_of_another and may_hand_over(flow, command.by)):
        check_may_do(flow.definition, flow.state, directory, item, command.by)
    check_is_own(item)
    if not command.reason.strip():
        raise Refused("reason-missing")
    check_may_receive(flow, item, command.to)
    flow.emit(e.ItemTransferred(item.id, command.by, command.to, command.reason.strip()))
