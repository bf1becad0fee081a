"""`call` of another pack: a case of its own begins, and is waited for or not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from tuoban.kernel import events as e
from tuoban.kernel.definition import Link, Node
from tuoban.kernel.engine.constructs.row import Row
from tuoban.kernel.engine.deciding import plain
from tuoban.kernel.names import read

if TYPE_CHECKING:
    from tuoban.kernel.engine.flow import Flow


def _enter(flow: Flow, node: Node, activation: int) -> None:
    link, given = node.holding(Link), dict(_given(flow, node, activation))
    number, at = flow.state.last_item + 1, flow.surroundings.at
    called = e.CaseCalled(
        number, node.key, activation, link.pack, link.request, given, link.waits, at
    )
    flow.emit(called)
    if not link.waits:
        flow.leave_block(node, activation)


def _given(flow: Flow, node: Node, activation: int) -> Iterator[tuple[str, Any]]:
    """What is handed in and known; personal values as they stand here, by their seals."""
    link, names = node.holding(Link), flow.names(activation)
    for name, expression in link.given:
        value, is_plain = plain(read(expression, names), flow.surroundings.zone)
        if is_plain and value is not None:
            yield name, value
    for name, field in link.handed:
        value = flow.state.values.get(field)
        if value is not None:
            yield name, value


def _move_on(flow: Flow, node: Node, activation: int) -> None:
    """The case that was called is not waited for any longer: the outcome is that time ran out."""
    number = flow.state.last_item + 1
    flow.withdraw_node(node.key, activation)
    flow.emit(e.MovedOn(number, node.key, activation, flow.surroundings.at))
    flow.leave_block(node, activation)


ROW = Row(enter=_enter, move_on=_move_on)
