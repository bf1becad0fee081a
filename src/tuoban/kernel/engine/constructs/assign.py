"""`set`: fields get values that the process calculates, and the case goes on.

The values count like what is entered with a step: a return past it takes them back. What is written
to the file of a customer or an asset stands there, with its date and its case.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuoban.kernel import events as e
from tuoban.kernel.definition import Assign, Node
from tuoban.kernel.engine import learning
from tuoban.kernel.engine.assigning import by_home, calculate
from tuoban.kernel.engine.constructs.row import Row
from tuoban.kernel.forms import Place

if TYPE_CHECKING:
    from tuoban.kernel.engine.flow import Flow


def _enter(flow: Flow, node: Node, activation: int) -> None:
    surroundings, at = flow.surroundings, flow.surroundings.at
    place = Place(
        flow.definition,
        flow.state,
        node.key,
        (),
        surroundings.opened,
        surroundings.zone,
        at,
        activation,
    )
    values, unfit = calculate(place, node.holding(Assign))
    written, not_written = learning.calculate(flow, place, node)
    number = flow.state.last_item + 1
    for home, given in by_home(place, values).items():
        flow.emit(e.FieldsSet(number, given, None, home))
    for ref, facts in written.items():
        flow.emit(e.FactsWritten(number, ref, facts, at))
    flow.emit(e.AssignmentMade(number, node.key, activation, unfit | not_written, at))
    flow.leave(node, activation)


ROW = Row(enter=_enter)
