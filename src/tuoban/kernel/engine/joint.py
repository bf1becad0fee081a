"""Steps that several people do together (`agree`): 会签, 或签, 票签.

Everybody who may do such a step when its turn comes gets a part of it, a work item of their own.
The first outcome counts as agreement. As soon as enough agree, or no longer can, the step is done
and the parts still open are withdrawn; of the completions, the newest of the side that carried it
speaks for the step. Whoever may no longer take part loses their part; the last part that is left
goes to whoever else may do it, so that the step never stands without anybody.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuoban.kernel import events as e
from tuoban.kernel.definition import Node
from tuoban.kernel.engine import performers
from tuoban.kernel.state import Completion, Item, State

if TYPE_CHECKING:
    from tuoban.kernel.engine.flow import Flow


def open_parts(state: State, node: str, activation: int) -> list[Item]:
    """The parts of a step that are still to be done."""
    return [i for i in state.items.values() if i.node == node and i.activation == activation]


def parts_done(state: State, node: str, activation: int) -> list[Completion]:
    """The parts of a step that were done and count, the newest last."""
    made = state.completions.get(node, ())
    return [each for each in made if each.counts and each.scope[-1] == activation]


def judge(flow: Flow, node: Node, activation: int) -> bool:
    """Go on behind the step if it is decided; whether it is.

    A step for one person is decided once it was done.
    """
    if node.step.by.agree is None:
        flow.leave(node, activation)
        return True
    done = parts_done(flow.state, node.key, activation)
    waiting = open_parts(flow.state, node.key, activation)
    agreed = [each for each in done if each.outcome == node.step.agreement]
    needed = node.step.by.agree.needed(len(done) + len(waiting))
    is_carried = len(agreed) >= needed
    if not is_carried and len(agreed) + len(waiting) >= needed:
        return False
    for item in waiting:
        flow.withdraw_item(item.id)
    speaking = agreed if is_carried else [each for each in done if each not in agreed]
    total = len(done) + len(waiting)
    number = speaking[-1].item
    flow.emit(e.JointlyDecided(node.key, activation, number, len(agreed), needed, total))
    flow.leave(node, activation)
    return True


def settle(flow: Flow) -> bool:
    """Take their parts from those who may no longer do them; whether a step was decided by that."""
    touched: dict[tuple[str, int], Node] = {}
    for known in tuple(flow.state.items.values()):
        item = performers.without_lost_delegate(flow, known)
        node = flow.definition.nodes[item.node]
        if node.step.by.agree is None or item.person is None or performers.may_keep(flow, item):
            continue
        others = len(open_parts(flow.state, item.node, item.activation)) - 1
        if others or parts_done(flow.state, item.node, item.activation):
            flow.withdraw_item(item.id)
            touched[item.node, item.activation] = node
    decided = [judge(flow, node, activation) for (_, activation), node in touched.items()]
    return any(decided)
