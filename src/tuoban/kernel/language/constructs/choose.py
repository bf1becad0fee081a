"""`choose`: the first branch whose `when` is true, else `otherwise`, else nothing."""

from __future__ import annotations

from tuoban.kernel.definition import Choose, Text
from tuoban.kernel.language.constructs.kind import Branch, Kind, in_the_branch_taken
from tuoban.kernel.language.declared import Block
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
    otherwise = mapping.pair("otherwise")
    keys = ("otherwise",) if otherwise else ("when", "then")
    properties = Properties(mapping, ws.findings, (*keys, "zh", "en"))
    if otherwise and not is_last:
        ws.findings.add(otherwise.key, "otherwise-not-last")
    body = properties.get("otherwise") if otherwise else properties.need("then")
    when = None if otherwise else properties.need("when")
    label = ws.labels.of(properties)
    return Branch(mapping.place, as_items(body, ws.findings), when, label)


def _read(block: Block, ws: Workspace) -> Choose:
    scope = scope_in(block.body, ws)
    return Choose(tuple(scope.condition(body.when, ws.findings) for body in block.bodies))


KIND = Kind(
    word="choose",
    label=Text("选择", "Choice"),
    keys=(),
    naming="unnamed",
    ways="exclusive",
    branches=_branches,
    read=_read,
    timed=True,
    ends=in_the_branch_taken,
    stops=in_the_branch_taken,
)
