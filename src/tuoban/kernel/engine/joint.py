"""Steps that several people do together (`agree`): 会签, 或签, 票签.

Everybody who may do such a step when its turn comes gets a part of it, a work item of their own.
The first outcome counts as agreement. As soon as enough agree, or no longer can, the step is done
and the parts still open are withdrawn; of the completions, the newest of the side that carried it
speaks for the step. Whoever may no longer take part loses their part; the last part that is left
goes to whoever else may do it, so that the step never stands without anybody.

With `one-by-one` (依次) the next part is offered when the one before it is done and the step not
decided; whoever may do it then and has had no part is counted among those to come.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuoban.kernel import events as e
from tuoban.kernel.definition import Node
from tuoban.kernel.engine import barring, keeping, performers
from tuoban.kernel.engine.picking import by_number
from tuoban.kernel.state import Completion, Item, State

if TYPE_CHECKING:
    from tuoban.kernel.engine.flow import Flow


def open_parts(state: State, node: str, activation: int) -> list[Item]:
    """The parts of a step that are still to be done."""
    here = (node, activation)
    items = (each for each in state.items.values() if (each.node, each.activation) == here)
    return [each for each in items if each.part is None]


def parts_done(state: State, node: str, activation: int) -> list[Completion]:
    """The parts of a step that were done and count, the newest last."""
    made = state.completions.get(node, ())
    return [each for each in made if each.counts and each.scope[-1] == activation]


def offer_parts(flow: Flow, node: Node, activation: int) -> None:
    """Offer a part to everybody who may do the step, or to the first of them; where nobody may,
    one part waits for somebody."""
    people: tuple[str | None, ...] = _still_to_come(flow, node, activation) or (None,)
    for person in people[:1] if node.step.by.in_turn else people:
        offer_part(flow, node, activation, person)


def offer_part(flow: Flow, node: Node, activation: int, person: str | None) -> None:
    offer = performers.resolve(flow, node, activation)
    flow.emit(
        e.ItemOffered(
            item=flow.state.last_item + 1,
            node=node.key,
            activation=activation,
            roles=offer.roles,
            pools=offer.pools,
            person=person,
            assigned=person is not None,
            at=flow.surroundings.at,
        )
    )


def _still_to_come(flow: Flow, node: Node, activation: int) -> tuple[str, ...]:
    """Who may do a part and has none yet, in the order in which they are asked: that of the roles
    the step lists, within a role by the age of accounts."""
    pools = performers.resolve(flow, node, activation).pools
    taken = barring.taking_part(flow.state, node, activation)
    rank = {role: place for place, role in enumerate(dict.fromkeys(role for role, _ in pools))}
    directory = flow.surroundings.directory
    first: dict[str, int] = {}
    for role, unit in pools:
        for person in directory.all_holding((role,), unit):
            first[person] = min(first.get(person, len(rank)), rank[role])
    able = performers.candidates(flow, node, pools) - taken
    return tuple(sorted(able, key=lambda person: (first[person], by_number(person))))


def judge(flow: Flow, node: Node, activation: int) -> bool:
    """Go on behind the step if it is decided; whether it is.

    A step for one person is decided once it was done.
    """
    if node.step.by.agree is None:
        flow.leave(node, activation)
        return True
    done = parts_done(flow.state, node.key, activation)
    waiting = open_parts(flow.state, node.key, activation)
    coming = _still_to_come(flow, node, activation) if node.step.by.in_turn else ()
    agreed = [each for each in done if each.outcome == node.step.agreement]
    total = len(done) + len(waiting) + len(coming)
    needed = node.step.by.agree.needed(total)
    is_carried = len(agreed) >= needed
    if not is_carried and len(agreed) + len(waiting) + len(coming) >= needed:
        if not waiting:
            offer_part(flow, node, activation, coming[0])
        return False
    for item in waiting:
        flow.withdraw_item(item.id)
    speaking = agreed if is_carried else [each for each in done if each not in agreed]
    number = speaking[-1].item
    flow.emit(e.JointlyDecided(node.key, activation, number, len(agreed), needed, total))
    flow.leave(node, activation)
    return True


def settle(flow: Flow) -> bool:
    """Take their parts from those who may no longer do them; whether a step was decided by that."""
    if not flow.definition.joins and not flow.state.is_shared:
        return False
    touched: dict[tuple[str, int], Node] = {}
    nodes = flow.definition.nodes
    concerned = [
        each
        for each in flow.state.items.values()
        if each.delegated_by is not None or nodes[each.node].step.by.agree is not None
    ]
    if not concerned:
        return False
    for known in concerned:
        if known.id not in flow.state.items:
            continue  # withdrawn with the part it was about
        node = nodes[known.node]
        item = keeping.without_lost_delegate(flow, known)
        is_part = item.part is None and node.step.by.agree is not None
        if not is_part or item.person is None or keeping.may_keep(flow, item):
            continue
        others = len(open_parts(flow.state, item.node, item.activation)) - 1
        if (
            others
            or parts_done(flow.state, item.node, item.activation)
            or (node.step.by.in_turn and _still_to_come(flow, node, item.activation))
        ):
            flow.withdraw_item(item.id)
            touched[item.node, item.activation] = node
    decided = [judge(flow, node, activation) for (_, activation), node in touched.items()]
    return any(decided)
