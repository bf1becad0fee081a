"""`call`: another process of this pack, declared under `processes`, runs inside the case."""

from __future__ import annotations

from collections.abc import Iterator

from tuoban.kernel.definition import Call, Text
from tuoban.kernel.expressions import DATETIME, Expression, Shape, choice_of
from tuoban.kernel.language import places
from tuoban.kernel.language.constructs import link
from tuoban.kernel.language.constructs.kind import Branch, Kind
from tuoban.kernel.language.declared import Block
from tuoban.kernel.language.limits import late_pairs, moves_on
from tuoban.kernel.language.names import unknown
from tuoban.kernel.language.reading import Properties, as_items, as_mapping, as_text
from tuoban.kernel.language.scope import field_shapes, with_lists
from tuoban.kernel.language.tree import Mapping, Node, Scalar
from tuoban.kernel.language.workspace import Workspace
from tuoban.kernel.limits import TIMEOUT

PROCESS_KEYS = ("zh", "en", "fields", "steps")
OFFERED = ("outcome", "at", "by", "count", "all", "history")
"""What a call's name gives to read; none of the fields of its process may be called so."""


def read_processes(node: Node | None, ws: Workspace) -> None:
    """Take up what may be called: `processes`, each with its fields and steps."""
    mapping = as_mapping(node, ws.findings) if node is not None else None
    for pair in mapping.pairs if mapping else ():
        written = as_mapping(pair.value, ws.findings, "@process")
        if pair.key.text in ws.processes:
            continue
        if written is None:
            ws.processes[pair.key.text] = None
            continue
        properties = Properties(written, ws.findings, PROCESS_KEYS)
        properties.need("steps")
        ws.processes[pair.key.text] = properties


def check_called(node: Node | None, ws: Workspace) -> None:
    """Report processes that nothing calls: they are dead."""
    mapping = as_mapping(node, ws.findings) if node is not None else None
    for pair in mapping.pairs if mapping else ():
        if pair.key.text not in ws.called and not ws.has_gaps:
            ws.findings.add(pair.key, "never-called", name=pair.key.text)


def process_of(block: Block, ws: Workspace) -> Properties | None:
    """The process that a call runs."""
    return ws.processes.get(block.value.text) if isinstance(block.value, Scalar) else None


def _branches(value: Node, properties: Properties, ws: Workspace) -> list[Branch]:
    name = as_text(value, ws.findings)
    if name is None:
        return []
    if name.text not in ws.processes:
        known = (*ws.processes, *(ws.packs if ws.packs is not None else ()))
        unknown(name, ws.findings, "unknown-process", name.text, known)
        ws.has_gaps = True
        return []
    ws.called.add(name.text)
    process = ws.processes[name.text]
    steps = process.get("steps") if process is not None else None
    return [Branch(properties.place, as_items(steps, ws.findings))] if steps is not None else []


def _declare(block: Block, ws: Workspace) -> None:
    process = process_of(block, ws)
    if process is not None:
        places.declare_from(process.get("fields"), block, ws, OFFERED)
        if block.label is None:
            block.label = ws.labels.of(process)


def _offers(block: Block, ws: Workspace) -> Shape:
    members = {**field_shapes(block.own), "at": DATETIME}
    ends = tuple(block.ends)
    if any(moves_on(pair.value) for pair in late_pairs(block.properties)):
        ends = (*ends, TIMEOUT)
    if ends:
        members["outcome"] = choice_of(*ends)
    return with_lists(members)


def _read(block: Block, ws: Workspace) -> Call | None:
    given = tuple(_given(block.properties.get("with"), block, ws))
    ws.place_fills.update((block.key, name) for name, _ in given)
    return Call(block.value.text, given) if isinstance(block.value, Scalar) else None


def _given(node: Node | None, block: Block, ws: Workspace) -> Iterator[tuple[str, Expression]]:
    if process_of(block, ws) is None:
        return  # it was reported
    mapping = as_mapping(node, ws.findings) if node is not None else None
    scope = places.scope_in(block.body, ws).in_clear("personal-given")
    for pair in mapping.pairs if mapping else ():
        if pair.key.text not in block.own:
            unknown(pair.key, ws.findings, "unknown-field", pair.key.text, block.own)
            continue
        written = as_text(pair.value, ws.findings)
        expression = scope.expression(written, ws.findings) if written is not None else None
        if expression is not None:
            yield pair.key.text, expression


def _check(block: Block, ws: Workspace) -> None:
    places.check_nested(block, ws)
    link.check_waits(block.properties, ws)


def _which(mapping: Mapping, ws: Workspace) -> Kind:
    return link.KIND if link.is_of_a_pack(mapping, ws) else KIND


KIND = Kind(
    word="call",
    label=Text("子流程", "Process"),
    keys=("as", "with", link.WITHOUT_WAITING),
    naming="named",
    named_by="as",
    branches=_branches,
    declare=_declare,
    offers=_offers,
    inside=places.with_process,
    read=_read,
    check=_check,
    which=_which,
    hosts=True,
    covers=True,
    gated=True,
    timed=True,
)
