"""`repeat`: the body again and again until the condition holds, or the rounds are used up.

A return into a finished loop opens a new round at the step that work goes back to.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuoban.kernel import events as e
from tuoban.kernel.definition import Node, Repeat
from tuoban.kernel.engine.constructs.row import Row, parent_of
from tuoban.kernel.engine.returning import resume, void_along
from tuoban.kernel.names import holds as condition_holds
from tuoban.kernel.sight import Vantage, vantage_of
from tuoban.kernel.state import Activation

if TYPE_CHECKING:
    from tuoban.kernel.engine.flow import Flow


def _enter(flow: Flow, node: Node, activation: int) -> None:
    flow.enter_region(node.regions[0], activation, 1)


def _region_done(flow: Flow, node: Node, left: Activation) -> None:
    loop, activation, rounds = node.holding(Repeat), parent_of(left), left.round
    around = vantage_of(flow.state, activation)
    round_done = Vantage((*around.ids, left.id), (*around.regions, left.region))
    holds = condition_holds(loop.until, flow.names_from(round_done)) is True
    if holds or (loop.at_most is not None and rounds >= loop.at_most):
        flow.emit(e.LoopLeft(node.key, rounds, not holds, activation))
        flow.leave_block(node, activation)
    else:
        flow.enter_region(node.regions[0], activation, rounds + 1)


def _reopen(flow: Flow, node: Node, activation: int, target: str, scope: tuple[int, ...]) -> None:
    body = node.regions[0]
    depth = flow.definition.path(target).index(body)
    void_along(flow, node.region, target, scope)
    number = flow.state.last_activation + 1
    next_round = _rounds(flow, node, activation) + 1
    at = flow.surroundings.at
    flow.emit(e.RegionEntered(number, body, activation, next_round, scope[depth], at))
    resume(flow, number, body, target, scope)


def _rounds(flow: Flow, node: Node, activation: int) -> int:
    """How many rounds there have been."""
    scope = flow.state.scope(activation)
    found = flow.state.loops.get(node.key, ())
    return next((each.rounds for each in found if each.scope == scope), 0)


ROW = Row(enter=_enter, region_done=_region_done, reopen=_reopen)
