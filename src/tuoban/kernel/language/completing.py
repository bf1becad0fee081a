"""The second reading of a pack: what its sections say, now that every name is known."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from tuoban.kernel.definition import (
    CaseSpec,
    Field,
    Indicator,
    Kind,
    MessageKind,
    Node,
    Region,
    Start,
)
from tuoban.kernel.definition.cancelling import Cancelling
from tuoban.kernel.documents import Document
from tuoban.kernel.language import fields, kinds, places
from tuoban.kernel.language.cancel import read_cancel
from tuoban.kernel.language.case import read_case
from tuoban.kernel.language.correspondence import complete_messages
from tuoban.kernel.language.declared import Block, Body
from tuoban.kernel.language.documents import complete_documents
from tuoban.kernel.language.indicators import read_indicators
from tuoban.kernel.language.papers import complete_papers, know_papers
from tuoban.kernel.language.process import read_process
from tuoban.kernel.language.reading import Properties
from tuoban.kernel.language.records import complete_records
from tuoban.kernel.language.roles import complete_roles
from tuoban.kernel.language.scope import Scope
from tuoban.kernel.language.starts import read_starts
from tuoban.kernel.language.tables.completing import complete as complete_tables
from tuoban.kernel.language.workspace import Workspace
from tuoban.kernel.owning import told_when_late
from tuoban.kernel.papers import Paper

Fields = dict[str, Field]


@dataclass(frozen=True, slots=True)
class Parts:
    """The sections of a pack in full, called as `Definition` calls them.

    Attributes:
        own: by step, the fields that it declares for itself.
        place_fields: by block, the fields that it declares for what is inside it.
        returned: by call, the fields that hold what comes back.
    """

    asset_kinds: dict[str, Kind]
    messages: Mapping[str, MessageKind]
    fields: Fields
    papers: dict[str, Paper]
    starts: Mapping[str, Start]
    case: CaseSpec
    nodes: dict[str, Node]
    regions: dict[str, Region]
    own: dict[str, Fields]
    place_fields: dict[str, Fields]
    returned: dict[str, Fields]
    documents: dict[str, Document]
    cancelling: Cancelling
    indicators: dict[str, Indicator]


def complete(properties: Properties, root: Body, title: str, slug: str, ws: Workspace) -> Parts:
    """Read every section in full, each after those that it needs.

    Args:
        title: that of the pack, which cases bear that have none of their own.
    """
    complete_tables(ws)
    complete_roles(properties.get("roles"), ws)
    complete_records(ws)
    asset_kinds = kinds.complete_kinds(ws)
    messages = complete_messages(ws)
    case_fields = fields.complete(ws.fields, ws.scope, ws)
    papers = complete_papers(root, ws)
    know_papers(ws)
    starts = read_starts(properties.need("starts"), ws)
    case = read_case(properties.get("case"), slug, title, ws)
    nodes, regions = read_process(root, ws)
    return Parts(
        asset_kinds,
        messages,
        case_fields,
        papers,
        starts,
        _told_of_case(case),
        _told_of_nodes(nodes, case),
        regions,
        _complete(root, lambda block: not block.bodies, ws),
        _complete(root, lambda block: bool(block.bodies), ws),
        _returned(root, ws),
        complete_documents(ws),
        read_cancel(properties.get("cancel"), ws),
        read_indicators(properties.get("indicators"), ws),
    )


def _complete(root: Body, is_meant: Callable[[Block], bool], ws: Workspace) -> dict[str, Fields]:
    """The fields that the blocks which are meant declare, by block."""
    return {block.key: _own(block, ws) for block in root.walk() if block.own and is_meant(block)}


def _own(block: Block, ws: Workspace) -> Fields:
    """What a step or block declares."""
    around = places.scope_in(block.body, ws).inside(block.own)
    return fields.complete(block.own, around, ws, _computing(block, ws))


def _computing(block: Block, ws: Workspace) -> Scope:
    """What is known where its fields are computed: all that is inside it. Nothing is read by its
    own name, unless that is an element, since that would be to compute it from itself."""
    if block.bodies and block.kind.per_element:
        return places.scope_in(block.bodies[0], ws)
    body = block.bodies[0] if block.bodies else block.body
    return places.scope_in(body, ws).before(block).inside(block.own)


def _returned(root: Body, ws: Workspace) -> dict[str, Fields]:
    return {
        block.key: fields.complete(block.returned, ws.scope, ws)
        for block in root.walk()
        if block.returned
    }


def _told_of_case(case: CaseSpec) -> CaseSpec:
    """The limits of the case, with a notice to whose case it is."""
    return case if case.owner is None else replace(case, limits=told_when_late(case.limits))


def _told_of_nodes(nodes: dict[str, Node], case: CaseSpec) -> dict[str, Node]:
    """The limits of all that is in the case, with a notice to whose case it is."""
    if case.owner is None:
        return nodes
    return {
        key: replace(node, limits=told_when_late(node.limits)) if node.limits else node
        for key, node in nodes.items()
    }
