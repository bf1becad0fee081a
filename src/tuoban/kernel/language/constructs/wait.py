"""`wait`: nothing to do for a length of time (`for`), until a moment (`until`), until a condition
holds (`that`), or until a message comes (`message`); beside a message the time says how long at
most.

Without one of these beside it the word's value is the length itself; else it is the name.
"""

from __future__ import annotations

from tuoban.kernel.clocks import ClockError, read_length
from tuoban.kernel.definition import Limit, Text, Wait
from tuoban.kernel.expressions import DATETIME, Shape
from tuoban.kernel.language import ways
from tuoban.kernel.language.constructs.kind import Kind
from tuoban.kernel.language.correspondence import (
    MATCHING,
    MESSAGE,
    declare_values,
    read_awaited,
    value_shapes,
)
from tuoban.kernel.language.declared import Block, Condition
from tuoban.kernel.language.limits import read_calendar
from tuoban.kernel.language.moments import is_plain_length, read_limit_length, read_moment
from tuoban.kernel.language.moving import may_change
from tuoban.kernel.language.offering import with_lists
from tuoban.kernel.language.order import may_be_left
from tuoban.kernel.language.places import scope_in
from tuoban.kernel.language.reading import Properties
from tuoban.kernel.language.tree import Mapping, Node, Scalar
from tuoban.kernel.language.workspace import Workspace
from tuoban.kernel.limits import OF_UNIT, WAITS, is_too_often

WORD = "wait"
FOR, UNTIL, THAT = "for", "until", "that"
_SAYS = (FOR, UNTIL, THAT, MESSAGE)
_INNER = {FOR: "limit", UNTIL: "moment"}
"""The key of the length or the moment in the long form."""


def _is_named(properties: Properties) -> bool:
    return any(key in properties for key in _SAYS)


def _offers(block: Block, ws: Workspace) -> Shape:
    return with_lists({**value_shapes(block), "at": DATETIME})


def _read(block: Block, ws: Workspace) -> Wait | None:
    properties = block.properties
    for key, other in ((UNTIL, FOR), (THAT, FOR), (THAT, UNTIL), (MESSAGE, THAT)):
        properties.forbid(key, beside=other)
    if MESSAGE in properties:
        scope = scope_in(block.body, ws).before(block)
        awaited = read_awaited(properties, scope, ws)
        return Wait(message=awaited) if awaited is not None else None
    if MATCHING in properties:
        properties.need(MESSAGE)
    if THAT not in properties:
        return Wait()
    written = properties.get(THAT)
    that = scope_in(block.body, ws).before(block).condition(written, ws.findings)
    if that is None or not isinstance(written, Scalar):
        return None
    ws.conditions.append(Condition(block, written, that.tree, "wait-never-true"))
    return Wait(that)


def _is_bounded(properties: Properties) -> bool:
    return FOR in properties or UNTIL in properties


def _limits(block: Block, ws: Workspace) -> tuple[Limit, ...]:
    """How long it lasts, as a limit. It stands in the journal in the clear."""
    properties = block.properties
    if THAT in properties or (MESSAGE in properties and not _is_bounded(properties)):
        return ()
    word = UNTIL if UNTIL in properties else FOR
    node: Node | None = properties.get(word) if word in properties else block.value
    if word not in properties and isinstance(node, Scalar) and node.is_empty:
        ws.findings.add(block.place, "value-missing", key=WORD)
        return ()
    calendar = OF_UNIT
    if isinstance(node, Mapping):
        inner = Properties(node, ws.findings, (_INNER[word], "calendar"))
        calendar = read_calendar(inner.get("calendar"), ws, is_step=False)
        node = inner.need(_INNER[word])
    scope = scope_in(block.body, ws).before(block).in_clear("personal-limit")
    if word == UNTIL:
        moment = read_moment(node, scope, ws.findings)
        return (Limit(WAITS, until=moment, calendar=calendar),) if moment is not None else ()
    length = read_limit_length(node, scope, ws.findings)
    return (Limit(WAITS, length=length, calendar=calendar),) if length is not None else ()


def _stops(block: Block, bodies: list[bool]) -> bool:
    """Only a plain length surely takes time: a moment may have gone by, a condition hold, and what
    is calculated may be nothing. One that is too short for what comes again is as good as none."""
    properties = block.properties
    if MESSAGE in properties:
        return True  # each message is taken once
    if UNTIL in properties or THAT in properties:
        return False
    node = properties.get(FOR) or block.value
    if isinstance(node, Mapping):
        pair = node.pair(_INNER[FOR])
        node = pair.value if pair is not None else node
    if not isinstance(node, Scalar) or not is_plain_length(node.text):
        return False
    try:
        return not is_too_often(read_length(node.text))
    except ClockError:
        return True  # reported where it is read


def _check(block: Block, ws: Workspace) -> None:
    """Report a condition that nothing which runs meanwhile can change, and a message that may be
    waited for for ever without anybody hearing of it."""
    if MESSAGE in block.properties and not _is_bounded(block.properties):
        if not any(may_be_left(each) or "late" in each.properties for each in block.around()):
            ws.findings.warn(block.place, "wait-unbounded", path=ways.to(block))
        return
    written = block.properties.get(THAT)
    if not isinstance(written, Scalar):
        return
    expression = scope_in(block.body, ws).attempt(written.text)
    if expression is None or ws.has_gaps or ws.has_gaps_in_forms:
        return
    if not may_change(expression, block, (), ws):
        ws.findings.add(block.properties.key(THAT), "wait-unmoved", path=ways.to(block))


KIND = Kind(
    word=WORD,
    label=Text("等待", "Wait"),
    keys=(*_SAYS, MATCHING),
    naming="may be named",
    is_named=_is_named,
    declare=declare_values,
    offers=_offers,
    read=_read,
    limits=_limits,
    stops=_stops,
    check=_check,
)
