"""`send`: a message goes to other cases, or to a system, and the case goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tuoban.kernel import events as e
from tuoban.kernel.definition import Field, Node, Send
from tuoban.kernel.engine.constructs.row import Row
from tuoban.kernel.engine.deciding import typed
from tuoban.kernel.expressions import Expression
from tuoban.kernel.names import read

if TYPE_CHECKING:
    from tuoban.kernel.engine.flow import Flow

REQUIRED = "required"
"""Why a message is unfit that lacks what it must carry."""


def _enter(flow: Flow, node: Node, activation: int) -> None:
    send = node.holding(Send)
    fields = flow.definition.messages[send.message].fields
    given = dict(send.values)
    values: dict[str, Any] = {}
    unfit: dict[str, str] = {}
    for name, field in fields.items():
        values[name], problem = None, ""
        if name in given:
            values[name], problem = _value(flow, field, given[name], activation)
        if not problem and field.required and values[name] in (None, ()):
            problem = REQUIRED
        if problem:
            unfit[name] = problem
    flow.emit(
        e.MessageSent(
            number=flow.state.last_item + 1,
            node=node.key,
            activation=activation,
            name=send.message,
            process=send.process,
            system=send.system,
            values=values,
            unfit=unfit,
            at=flow.surroundings.at,
        )
    )
    flow.leave(node, activation)


def _value(flow: Flow, field: Field, written: Expression, activation: int) -> tuple[Any, str]:
    """A value of the message, and why it is none where it does not fit. A personal one goes as it
    is kept, sealed."""
    names = flow.names(activation)
    if field.personal:
        return names.kept(next(iter(written.paths))), ""
    value = read(written, names)
    found, problem = typed(field, value, flow.surroundings.zone)
    return (None, problem.code) if problem is not None else (found, "")


ROW = Row(enter=_enter)
