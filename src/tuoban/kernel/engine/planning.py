"""Asking for what a plan leaves to people: optional nodes, and repeatable ones again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tuoban.kernel import events as e
from tuoban.kernel.commands import Add
from tuoban.kernel.definition import Definition, Step
from tuoban.kernel.engine.pausing import is_in_charge
from tuoban.kernel.engine.performers import acting_roles
from tuoban.kernel.refusals import Refused
from tuoban.kernel.state import At, State
from tuoban.kernel.surroundings import Directory

if TYPE_CHECKING:
    from tuoban.kernel.engine.flow import Flow


def addable(definition: Definition, state: State) -> Iterator[At]:
    """The nodes that may be asked for now, each with the activation of its plan."""
    if state.status != "running":
        return
    for live in state.activations.values():
        region = definition.regions[live.region]
        if region.ordered or live.again or At(region.owner or "", live.id) in state.waiting:
            continue
        for key in region.nodes:
            node, at = definition.nodes[key], At(key, live.id)
            may_come = node.repeatable or (node.optional and not _was_done(state, at))
            if may_come and not _is_open(definition, state, at):
                yield at


def _is_open(definition: Definition, state: State, at: At) -> bool:
    regions = definition.nodes[at.node].regions
    return (
        any((each.node, each.activation) == (at.node, at.activation) for each in state.turns)
        or any(At(each.node, each.activation) == at for each in state.items.values())
        or any(At(each.node, each.activation) == at for each in state.waits.values())
        or any(
            each.stands_in == at.activation and each.region in regions
            for each in state.activations.values()
        )
    )


def _was_done(state: State, at: At) -> bool:
    made = (each.scope[-1] for each in state.completions.get(at.node, ()) if each.counts)
    marks = (each.scope[-1] for each in state.done.get(at.node, ()))
    return at.activation in (*made, *marks)


def may_add(
    definition: Definition, state: State, directory: Directory, node: str, person: str
) -> bool:
    """Whether somebody may ask for a node: who may do the step, who has open work in the case, or
    who is in charge of it."""
    if is_in_charge(definition, state, directory, person):
        return True
    if any(each.person == person for each in state.items.values()):
        return True
    construct = definition.nodes[node].construct
    roles = acting_roles(definition, construct.by.roles) if isinstance(construct, Step) else ()
    return any(directory.holds(person, roles, unit) for unit in directory.upwards(state.unit))


def add(flow: Flow, command: Add) -> None:
    """Ask for a node of a plan.

    Raises:
        Refused: `not-addable`, `place-needed`, `suspended` or `not-in-charge`.
    """
    definition, state = flow.definition, flow.state
    node = definition.nodes.get(command.node)
    if node is None or not (node.optional or node.repeatable):
        raise Refused("not-addable", {"node": node.label if node is not None else command.node})
    if state.suspended is not None:
        raise Refused("suspended", {"reason": state.suspended.reason})
    found = [
        each
        for each in addable(definition, state)
        if each.node == command.node and command.activation in (None, each.activation)
    ]
    if not found:
        raise Refused("not-addable", {"node": node.label})
    if len(found) > 1:
        raise Refused("place-needed", {"reaction": node.label})
    if not may_add(definition, state, flow.surroundings.directory, node.key, command.by):
        raise Refused("not-in-charge")
    where = found[0].activation
    flow.emit(e.WorkAdded(node.key, where, command.by, command.reason.strip()))
    flow.enter(node.key, where)
