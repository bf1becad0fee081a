"""`parallel`: branches at the same time; each entry of the list is one branch."""

from __future__ import annotations

from tuoban.kernel.definition import Parallel, Text
from tuoban.kernel.language.constructs.kind import Branch, Kind, in_some_body
from tuoban.kernel.language.declared import Block
from tuoban.kernel.language.reading import Properties, as_items
from tuoban.kernel.language.tree import Node
from tuoban.kernel.language.workspace import Workspace


def _branches(value: Node, properties: Properties, ws: Workspace) -> list[Branch]:
    return [Branch(item.place, (item,)) for item in as_items(value, ws.findings)]


def _read(block: Block, ws: Workspace) -> Parallel:
    # A branch is guarded by the `when` of the construct in it: passed over, that construct counts
    # as done, which a branch that was never entered would not.
    return Parallel(tuple(None for _ in block.bodies))


KIND = Kind(
    word="parallel",
    label=Text("同时进行", "In parallel"),
    keys=(),
    later=("join",),
    naming="unnamed",
    ways="together",
    branches=_branches,
    read=_read,
    timed=True,
    hosts=True,
    covers=True,
    gated=True,
    ends=in_some_body,
)
