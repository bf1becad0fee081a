"""`parallel`: branches at the same time, each a region; left when enough of them are done.

Without `join` all that were entered must be done. Else so many, or all that were entered where they
are fewer; what the others have open is then withdrawn. A branch whose construct was passed over
was not entered: it does not count as done, and there is one less to wait for.

A return into a branch after the join brings only that branch back; the others stay done, or
withdrawn, and the join waits for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuoban.kernel.definition import Node, Parallel
from tuoban.kernel.engine.constructs.row import Row, parent_of
from tuoban.kernel.engine.returning import revive
from tuoban.kernel.state import Activation

if TYPE_CHECKING:
    from tuoban.kernel.engine.flow import Flow


def _enter(flow: Flow, node: Node, activation: int) -> None:
    wanted = [
        region
        for region, condition in zip(node.regions, node.holding(Parallel).conditions, strict=True)
        if flow.holds(condition, activation)
    ]
    for region in wanted:
        flow.enter_region(region, activation)
    if not wanted:
        flow.leave_block(node, activation)


def _region_done(flow: Flow, node: Node, left: Activation) -> None:
    activation = parent_of(left)
    inside = flow.bodies_below(activation, node.key)
    if not inside:
        flow.leave_block(node, activation)
    elif _are_enough(flow, node, activation):
        flow.withdraw_within(inside)
        flow.leave_block(node, activation)


def _are_enough(flow: Flow, node: Node, activation: int) -> bool:
    """Whether the branches that are done are enough to withdraw those that still run."""
    join = node.holding(Parallel).join
    if join is None:
        return False
    passed = sum(_is_passed_over(flow, region, activation) for region in node.regions)
    live = flow.state.activations.values()
    running = sum(each.parent == activation and each.region in node.regions for each in live)
    done = len(node.regions) - passed - running
    return done >= min(join, len(node.regions) - passed)


def _is_passed_over(flow: Flow, region: str, activation: int) -> bool:
    """Whether the construct of a branch was passed over this time."""
    first = flow.definition.regions[region].first
    marks = flow.state.done.get(first or "", ())
    return any(mark.passed_over and mark.scope[-2:-1] == (activation,) for mark in marks)


ROW = Row(enter=_enter, region_done=_region_done, reopen=revive)
