"""The process in full: every block read into a node, every body into a region."""

from __future__ import annotations

from tuoban.kernel.definition import Limit, Node, Region, Text
from tuoban.kernel.language.constructs.kind import CONTACT
from tuoban.kernel.language.declared import Block, Body
from tuoban.kernel.language.header import read_rests_on
from tuoban.kernel.language.lapsing import read_covers, shown_to_signers
from tuoban.kernel.language.limits import read_limits, read_opens
from tuoban.kernel.language.needs import read_needs
from tuoban.kernel.language.places import scope_in
from tuoban.kernel.language.reading import as_boolean, as_text
from tuoban.kernel.language.roles import inside_role
from tuoban.kernel.language.workspace import Workspace


def read_process(root: Body, ws: Workspace) -> tuple[dict[str, Node], dict[str, Region]]:
    """The nodes down the page, and the regions around them."""
    nodes: dict[str, Node] = {}
    for block in root.walk():
        node = _node(block, ws)
        if node is not None:
            nodes[node.key] = node
    bodies = [root, *(body for block in root.walk() for body in block.bodies)]
    return nodes, {body.key: _region(body) for body in bodies}


def _node(block: Block, ws: Workspace) -> Node | None:
    construct = block.kind.read(block, ws)
    around = scope_in(block.body, ws)
    guard = block.properties.get("when") if block.kind.guarded else None
    when = around.condition(guard, ws.findings)
    rests_on = read_rests_on(block.properties.get("rests-on"), ws)
    label = _label(block, ws)
    timed_in = scope_in(block.bodies[0], ws) if block.kind.many and block.bodies else around
    before = timed_in.before(block) if timed_in is around else timed_in
    limits = block.kind.limits(block, ws)
    opens: Limit | None = None
    if block.kind.timed:
        is_step = block.is_step
        limits = read_limits(block.properties, before, ws, is_step=is_step, of=block.key)
        opens = read_opens(block.properties, before, ws)
    contact = inside_role(as_text(block.properties.get(CONTACT), ws.findings), ws)
    judged_in = around.before(block) if block.kind.outlives else before
    needs = () if block.is_step else tuple(read_needs(block, judged_in, ws))
    covers = tuple(
        dict.fromkeys((*read_covers(block, ws), *shown_to_signers(block, construct, ws)))
    )
    if construct is None:
        return None
    return Node(
        key=block.key,
        kind=block.kind.runs_as or block.kind.word,
        label=label,
        region=block.body.key,
        construct=construct,
        next=block.next.key if block.next else None,
        when=when,
        regions=tuple(body.key for body in block.bodies),
        rests_on=rests_on,
        limits=limits,
        opens=opens,
        needs=needs,
        covers=covers,
        optional=as_boolean(block.properties.get("optional"), ws.findings),
        repeatable=as_boolean(block.properties.get("repeatable"), ws.findings),
        reactions=tuple(each.key for each in block.reactions),
        contact=contact or "",
        line=block.place.line,
        file=block.place.file,
    )


def _label(block: Block, ws: Workspace) -> Text:
    if block.label is not None:
        return block.label
    if block.kind.winds_up and block.host is not None:
        what, host = block.kind.label, _label(block.host, ws)
        return Text(f"{host.zh}的{what.zh}", f"{what.en} of {host.en}")
    if block.name is None or block.kind.naming in ("may be named", "named beside"):
        return block.kind.label
    if "zh" not in block.properties and "en" not in block.properties:
        ws.findings.warn(block.place, "label-missing", name=block.name)
    return Text(block.name, block.name)


def _region(body: Body) -> Region:
    owner = body.owner.key if body.owner else None
    keys = tuple(block.key for block in body.blocks)
    return Region(body.key, owner, keys, body.label, body.is_ordered)
