"""`needs`: the gate of a step, a list of names and conditions."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tuoban.kernel.definition import Need
from tuoban.kernel.language import ways
from tuoban.kernel.language.declared import Block, Condition, Gate
from tuoban.kernel.language.order import is_interrupting, is_optional, relation
from tuoban.kernel.language.reading import Properties, as_one_or_more, as_text
from tuoban.kernel.language.scope import Scope
from tuoban.kernel.language.tree import Mapping, Node, Scalar
from tuoban.kernel.language.workspace import Workspace

_COMPARES = re.compile("[=<>]")
CONDITIONED = ("else", "when")
"""Why the step waits, and whether the need counts at all."""


def read_needs(block: Block, scope: Scope, ws: Workspace) -> Iterator[Need]:
    """The needs of a step. One that can never be met is reported here; what only follows from all
    of them together, later."""
    node = block.properties.get("needs")
    for item in as_one_or_more(node, ws.findings) if node is not None else ():
        need = _need(item, block, scope, ws)
        if need is not None:
            yield need


def _need(item: Node, block: Block, scope: Scope, ws: Workspace) -> Need | None:
    if isinstance(item, Scalar) and _COMPARES.search(item.text):
        ws.findings.add(item, "needs-condition", text=item.text)
        return None
    if not isinstance(item, Mapping):
        return _named(as_text(item, ws.findings, "@need"), block, ws, always=True)
    if item.pair("step"):
        properties = Properties(item, ws.findings, ("step", *CONDITIONED))
        written = as_text(properties.get("step"), ws.findings)
        named = _named(written, block, ws, always="when" not in properties)
        otherwise = ws.labels.text(properties.get("else"))
        when = scope.condition(properties.get("when"), ws.findings)
        return Need(named.name, otherwise=otherwise, when=when) if named else None
    properties = Properties(item, ws.findings, ("that", *CONDITIONED))
    condition = properties.need("that")
    that = scope.condition(condition, ws.findings)
    if that is not None and isinstance(condition, Scalar) and "when" not in properties:
        ws.conditions.append(Condition(block, condition, that.tree))
    otherwise = ws.labels.text(properties.need("else"))
    when = scope.condition(properties.get("when"), ws.findings)
    return Need(that=that, otherwise=otherwise, when=when) if that is not None else None


def _named(name: Scalar | None, block: Block, ws: Workspace, *, always: bool) -> Need | None:
    needed = ws.block(name, block)
    if name is None or needed is None:
        return None
    for code, line in _why_never(needed, block):
        facts = {"line": line} if line else {}
        ws.findings.add(name, code, name=name.text, path=ways.to(block), **facts)
        return None
    ws.gates.append(Gate(block, needed, name.place, always))
    return Need(needed.key)


def _why_never(needed: Block, block: Block) -> Iterator[tuple[str, str]]:
    """Why what is needed may never be done while a construct waits for it, as a problem with the
    line of what keeps it from that."""
    if relation(needed, block) in ("after", "exclusive", "around", "inside", "itself"):
        yield "needs-never-met", ""
    around = tuple(block.around())
    for each in (needed, *needed.around()):
        if each in around:
            break
        if each.is_beside and each is not block:
            yield "needs-reaction", ""
        if is_optional(each) and each.body.owner not in around:
            yield "needs-optional", each.place.said
    for each in (block, *around):
        if each.is_beside and _withdraws(each, needed):
            code = "needs-undoing" if each.kind.winds_up else "needs-withdrawn"
            yield code, (each.host or each).place.said


def _withdraws(reaction: Block, needed: Block) -> bool:
    """Whether a reaction withdraws what is needed, when it happens before that is done. A step that
    it interrupts is passed over."""
    host, around = reaction.host, tuple(needed.around())
    if reaction in around:
        return False
    if host is None:
        return True
    if reaction.kind.winds_up:
        return needed is not host and relation(needed, host) != "before"
    return is_interrupting(reaction) and host in around
