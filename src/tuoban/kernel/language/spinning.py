"""No loop spins: each of its rounds stops for somebody, for time or for a message, unless the
rounds are bounded.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tuoban.kernel.clocks import ClockError, read_length
from tuoban.kernel.language import ways
from tuoban.kernel.language.constants import constant
from tuoban.kernel.language.declared import Block, Body
from tuoban.kernel.language.limits import may_be_late_at_once
from tuoban.kernel.language.moments import is_plain_length
from tuoban.kernel.language.order import is_interrupting, is_optional, may_move_on
from tuoban.kernel.language.tree import Scalar
from tuoban.kernel.language.workspace import Workspace
from tuoban.kernel.limits import SHORTEST_ROUND, is_too_often

_SINCE = re.compile(r"(?P<length>.+?)\s+after\s+(?P<since>\w+)")


def check(root: Body, ws: Workspace) -> None:
    """Report loops that may be gone round without anybody doing anything.

    A construct that could not be read may well have been a step.
    """
    if ws.has_gaps:
        return
    for block in root.walk():
        is_bounded = "at-most" in block.properties
        if block.kind.loops and not is_bounded and not all(map(_body_stops, block.bodies)):
            path = ways.to(block)
            shortest = SHORTEST_ROUND.text.en
            ws.findings.add(block.place, "loop-may-spin", path=path, shortest=shortest)


def _stops(block: Block, before: Sequence[Block] = ()) -> bool:
    """Whether the case surely comes to a stop in a construct.

    Args:
        before: what is done before it, in the same list.
    """
    if is_optional(block) or not _surely_comes(block):
        return False
    if may_move_on(block) and may_be_late_at_once(block.properties):
        return False
    if not block.kind.stops(block, [_body_stops(body) for body in block.bodies]):
        return False
    instead = (
        each
        for each in block.reactions
        if is_interrupting(each) and each.kind.at_once and not _counts_from_now(each, before)
    )
    return all(any(map(_stops, each.bodies[0].blocks)) for each in instead)


def _counts_from_now(reaction: Block, before: Sequence[Block]) -> bool:
    """Whether it comes a good while after a moment that is set to now right before its host:
    `at: 2 hours after since` behind `set: since`, `to: now`."""
    match = _SINCE.fullmatch(_text(reaction, "at").strip())
    if match is None or not is_plain_length(match["length"]):
        return False
    try:
        if is_too_often(read_length(match["length"].strip())):
            return False
    except ClockError:
        return False
    for each in reversed(before):
        if not _text(each, "set") or is_optional(each) or not _surely_comes(each):
            return False
        if _text(each, "set") == match["since"]:
            return _text(each, "to").strip() == "now"
    return False


def _text(block: Block, key: str) -> str:
    value = block.properties.get(key)
    return value.text if isinstance(value, Scalar) else ""


def _surely_comes(block: Block) -> bool:
    return "when" not in block.properties or constant(block.properties.get("when")) is True


def _body_stops(body: Body) -> bool:
    """An empty body was reported, so that nothing more is said of it."""
    blocks = body.blocks
    return not blocks or any(_stops(each, blocks[:at]) for at, each in enumerate(blocks))
