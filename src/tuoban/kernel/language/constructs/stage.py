"""`stage`: a named block."""

from __future__ import annotations

from tuoban.kernel.definition import Stage, Text
from tuoban.kernel.language import places
from tuoban.kernel.language.constructs.kind import Branch, Kind, through_its_body
from tuoban.kernel.language.declared import Block
from tuoban.kernel.language.reading import Properties, as_items
from tuoban.kernel.language.tree import Node
from tuoban.kernel.language.workspace import Workspace


def only_steps(value: Node, properties: Properties, ws: Workspace) -> list[Branch]:
    """The one body of a block that holds `steps`."""
    items = as_items(properties.need("steps"), ws.findings)
    return [Branch(properties.place, items)]


def _read(block: Block, ws: Workspace) -> Stage:
    return Stage()


def _check(block: Block, ws: Workspace) -> None:
    places.check_nested(block, ws)


KIND = Kind(
    word="stage",
    label=Text("阶段", "Stage"),
    keys=("steps", "fields"),
    naming="named",
    branches=only_steps,
    read=_read,
    declare=places.declare,
    offers=places.offers,
    inside=places.with_fields,
    check=_check,
    timed=True,
    hosts=True,
    covers=True,
    gated=True,
    reached=True,
    holds_reactions=True,
    exits=through_its_body,
)
