"""`cancel`: who may cancel a case, and until when."""

from __future__ import annotations

from tuoban.kernel.definition.cancelling import Cancelling
from tuoban.kernel.language.moments import read_moment
from tuoban.kernel.language.people import read_roles
from tuoban.kernel.language.reading import Properties, as_mapping
from tuoban.kernel.language.tree import Mapping, Node, Scalar
from tuoban.kernel.language.workspace import Workspace

KEYS = ("by", "until")
LATER_KEYS = ("then",)


def read_cancel(node: Node | None, ws: Workspace) -> Cancelling:
    """`{by: [role], until: step}`; `until` is a step or block, `{that: condition}` or a moment."""
    mapping = as_mapping(node, ws.findings) if node is not None else None
    if mapping is None:
        return Cancelling()
    properties = Properties(mapping, ws.findings, KEYS, LATER_KEYS)
    by = read_roles(properties.get("by"), ws)
    until = properties.get("until")
    if isinstance(until, Mapping):
        inner = Properties(until, ws.findings, ("that",))
        return Cancelling(by, condition=ws.scope.condition(inner.need("that"), ws.findings))
    if isinstance(until, Scalar) and until.text in ws.blocks:
        return Cancelling(by, step=ws.blocks[until.text].key)
    return Cancelling(by, moment=read_moment(until, ws.scope, ws.findings))
