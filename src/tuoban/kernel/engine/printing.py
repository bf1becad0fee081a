"""Printing 打印: each printing of a document is a fact, so that a reprint says that it is one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuoban.kernel import events as e
from tuoban.kernel.commands import PrintDocument
from tuoban.kernel.definition import Definition, Node, Step
from tuoban.kernel.engine.pausing import is_in_charge
from tuoban.kernel.engine.performers import acting_roles
from tuoban.kernel.refusals import Refused
from tuoban.kernel.state import Printed, State
from tuoban.kernel.surroundings import Directory

if TYPE_CHECKING:
    from tuoban.kernel.engine.flow import Flow


def print_document(flow: Flow, command: PrintDocument) -> None:
    """Print a document.

    Raises:
        Refused: `unknown-document`, `nothing-to-print`, `not-to-print`.
    """
    definition, state = flow.definition, flow.state
    node = definition.nodes.get(command.step)
    if (
        node is None
        or not isinstance(node.construct, Step)
        or command.document not in node.step.prints
    ):
        raise Refused("unknown-document", {"document": command.document[:40]})
    label = definition.documents[command.document].label
    item = printed_with(state, node.key)
    if item is None:
        raise Refused("nothing-to-print", {"document": label, "step": node.label})
    if not may_print(definition, state, flow.surroundings.directory, node, command.by):
        raise Refused("not-to-print", {"document": label, "step": node.label})
    flow.emit(
        e.DocumentPrinted(
            node=node.key,
            item=item,
            document=command.document,
            copy=len(copies_of(state, node.key, command.document, item)) + 1,
            by=command.by,
            at=flow.surroundings.at,
        )
    )


def printed_with(state: State, step: str) -> int | None:
    """The work item that a document of a step is printed with: the open one, else that which was
    done last and counts; None: there is neither."""
    is_open = [each.id for each in state.items.values() if each.node == step and each.part is None]
    if is_open:
        return is_open[-1]
    made = state.newest(step)
    return made.item if made is not None else None


def copies_of(state: State, step: str, document: str, item: int) -> tuple[Printed, ...]:
    """How a document was printed with a work item, oldest first."""
    known = state.printed.get(step, ())
    return tuple(each for each in known if (each.document, each.item) == (document, item))


def may_print(
    definition: Definition, state: State, directory: Directory, node: Node, person: str
) -> bool:
    """Whether somebody may print what a step prints: they hold its work or did it, hold one of its
    roles, or are in charge."""
    if person not in directory.people:
        return False
    held = (each.person for each in state.items.values() if each.node == node.key)
    done = (each.by for each in state.completions.get(node.key, ()) if each.counts)
    if person in (*held, *done):
        return True
    roles = acting_roles(definition, node.step.by.roles)
    units = directory.upwards(state.unit)
    return any(directory.holds(person, roles, unit) for unit in units) or is_in_charge(
        definition, state, directory, person
    )
