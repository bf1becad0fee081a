"""`choose`: the first branch whose `when` is true, else `otherwise`, else nothing."""

from __future__ import annotations

from tuoban.kernel.definition import Choose, Text
from tuoban.kernel.language.constants import constant
from tuoban.kernel.language.constructs.kind import Branch, Kind, in_the_branch_taken
from tuoban.kernel.language.constructs.place import may_be_a_place
from tuoban.kernel.language.declared import Block
from tuoban.kernel.language.exits import Exit
from tuoban.kernel.language.places import scope_in
from tuoban.kernel.language.reading import Properties, as_items, as_mapping
from tuoban.kernel.language.tree import Mapping, Node
from tuoban.kernel.language.workspace import Workspace


def _branches(value: Node, properties: Properties, ws: Workspace) -> list[Branch]:
    items = as_items(value, ws.findings)
    branches = []
    for item in items:
        mapping = as_mapping(item, ws.findings, "@branch")
        if mapping is not None:
            is_last = item is items[-1]
            branches.append(_branch(mapping, ws, is_last=is_last))
    return branches


def _branch(mapping: Mapping, ws: Workspace, *, is_last: bool) -> Branch:
    is_conditioned = mapping.pair("when") or mapping.pair("then")
    keys = ("when", "then") if is_conditioned else ("otherwise",)
    properties = Properties(mapping, ws.findings, (*keys, "zh", "en"))
    otherwise = "otherwise" in properties
    if otherwise and not is_last:
        ws.findings.add(properties.key("otherwise"), "otherwise-not-last")
    body = properties.need("then" if is_conditioned else "otherwise")
    when = properties.need("when") if is_conditioned else None
    label = ws.labels.of(properties)
    return Branch(mapping.place, as_items(body, ws.findings), when, label)


def _read(block: Block, ws: Workspace) -> Choose:
    scope = scope_in(block.body, ws)
    return Choose(tuple(scope.condition(body.when, ws.findings) for body in block.bodies))


def _exits(block: Block, bodies: list[Exit]) -> Exit:
    """It leads where a branch does that may be taken; on where none may be."""
    found = Exit.NONE
    for body, led_to in zip(block.bodies, bodies, strict=True):
        holds = constant(body.when)
        if holds is not False:
            found |= led_to
        if holds:
            return found
    has_otherwise = bool(block.bodies) and block.bodies[-1].when is None
    return found if has_otherwise else found | Exit.ON


KIND = may_be_a_place(
    Kind(
        word="choose",
        label=Text("选择", "Choice"),
        keys=(),
        naming="unnamed",
        ways="exclusive",
        branches=_branches,
        read=_read,
        timed=True,
        hosts=True,
        covers=True,
        gated=True,
        exits=_exits,
        stops=in_the_branch_taken,
    )
)
