"""Waits of a loop that goes round by itself keep a distance, so that its journal does not fill up.

The compiler refuses such loops; versions that were published before go on so.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from tuoban.kernel.clocks import Limit, Within
from tuoban.kernel.definition import Repeat
from tuoban.kernel.limits import SHORTEST_ROUND, is_too_often
from tuoban.kernel.state import At, State

if TYPE_CHECKING:
    from tuoban.kernel.engine.flow import Flow


def spaced(flow: Flow, where: At, limit: Limit) -> Limit:
    """How long a wait lasts: not less than the shortest round where nobody has done anything since
    the same wait of the round before, in a loop without `at-most`."""
    is_short = isinstance(limit, Within) and is_too_often(limit.length)
    if is_short and _is_in_endless_loop(flow, where) and _is_alone(flow.state, where):
        return Within(SHORTEST_ROUND)
    return limit


def _is_in_endless_loop(flow: Flow, where: At) -> bool:
    state, definition = flow.state, flow.definition
    for each in state.scope(where.activation):
        live = state.known(each)
        owner = definition.regions[live.region].owner
        block = definition.nodes[owner].construct if owner is not None else None
        if isinstance(block, Repeat) and block.at_most is None and live.round > 1:
            return True
    return False


def _is_alone(state: State, where: At) -> bool:
    before = state.completions.get(where.node, ())
    if not before:
        return False
    since = before[-1].item
    done = chain.from_iterable(state.completions.values())
    return not any(each.by and each.item > since for each in done)
