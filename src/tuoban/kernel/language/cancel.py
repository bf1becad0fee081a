"""`cancel`: who may cancel a case, until when, and what is done then."""

from __future__ import annotations

from tuoban.kernel.definition.cancelling import Cancelling
from tuoban.kernel.language.moments import read_moment
from tuoban.kernel.language.people import read_roles
from tuoban.kernel.language.reading import Properties, as_mapping
from tuoban.kernel.language.tree import Mapping, Node, Scalar
from tuoban.kernel.language.workspace import Workspace

KEYS = ("by", "until", "then")


def steps_of(node: Node | None) -> Node | None:
    """What is done when a case is cancelled, as written: the process is outlined with it."""
    pair = node.pair("then") if isinstance(node, Mapping) else None
    return pair.value if pair is not None else None


def read_cancel(node: Node | None, ws: Workspace) -> Cancelling:
    """`{by: [role], until: step, then: [...]}`; `until` is a step or block, `{that: condition}` or
    a moment."""
    mapping = as_mapping(node, ws.findings) if node is not None else None
    if mapping is None:
        return Cancelling()
    properties = Properties(mapping, ws.findings, KEYS)
    by, then = read_roles(properties.get("by"), ws), ws.on_cancel
    until = properties.get("until")
    if isinstance(until, Mapping):
        inner = Properties(until, ws.findings, ("that",))
        condition = ws.scope.condition(inner.need("that"), ws.findings)
        return Cancelling(by, condition=condition, then=then)
    if isinstance(until, Scalar) and until.text in ws.blocks:
        return Cancelling(by, step=ws.blocks[until.text].key, then=then)
    return Cancelling(by, moment=read_moment(until, ws.scope, ws.findings), then=then)
