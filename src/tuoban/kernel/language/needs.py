"""`needs`: the gate of a step, a list of names and conditions."""

from __future__ import annotations

from collections.abc import Iterator

from tuoban.kernel.definition import Need
from tuoban.kernel.language.declared import Block, Condition, Gate
from tuoban.kernel.language.order import may_be_left, relation
from tuoban.kernel.language.reading import Properties, as_one_or_more, as_text
from tuoban.kernel.language.scope import Scope
from tuoban.kernel.language.tree import Mapping, Node, Scalar
from tuoban.kernel.language.workspace import Workspace

CONDITIONED = ("else", "when")
"""Why the step waits, and whether the need counts at all."""


def read_needs(block: Block, scope: Scope, ws: Workspace) -> Iterator[Need]:
    """The needs of a step. One that can never be met is reported here, a circle of them later."""
    node = block.properties.get("needs")
    for item in as_one_or_more(node, ws.findings) if node is not None else ():
        need = _need(item, block, scope, ws)
        if need is not None:
            yield need


def _need(item: Node, block: Block, scope: Scope, ws: Workspace) -> Need | None:
    if not isinstance(item, Mapping):
        return _named(as_text(item, ws.findings, "@need"), block, ws)
    if item.pair("step"):
        properties = Properties(item, ws.findings, ("step", *CONDITIONED))
        named = _named(as_text(properties.get("step"), ws.findings), block, ws)
        otherwise = ws.labels.text(properties.get("else"))
        when = scope.condition(properties.get("when"), ws.findings)
        return Need(named.name, otherwise=otherwise, when=when) if named else None
    properties = Properties(item, ws.findings, ("that", *CONDITIONED))
    written = properties.need("that")
    that = scope.condition(written, ws.findings)
    if that is not None and isinstance(written, Scalar) and "when" not in properties:
        ws.conditions.append(Condition(block, written, that.tree))
    otherwise = ws.labels.text(properties.need("else"))
    when = scope.condition(properties.get("when"), ws.findings)
    return Need(that=that, otherwise=otherwise, when=when) if that is not None else None


def _named(name: Scalar | None, block: Block, ws: Workspace) -> Need | None:
    needed = ws.block(name, block)
    if name is None or needed is None:
        return None
    if relation(needed, block) in ("after", "exclusive", "around", "inside", "itself"):
        ws.findings.add(name, "needs-never-met", name=name.text)
        return None
    if needed.host is not None:
        ws.findings.add(name, "needs-reaction", name=name.text)
        return None
    around = tuple(block.around())
    for each in needed.around():
        if each not in around and may_be_left(each):
            line = each.place.said
            ws.findings.add(name, "needs-withdrawn", name=name.text, line=line)
            return None
    ws.gates.append(Gate(block, needed, name.place))
    return Need(needed.key)
