"""`call`: another process of this pack, declared under `processes`, runs inside the case."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from tuoban.kernel.definition import Aside, Call, Text
from tuoban.kernel.expressions import DATETIME, Expression, Shape, choice_of
from tuoban.kernel.language import papers, places
from tuoban.kernel.language.constructs import link
from tuoban.kernel.language.constructs.kind import Branch, Kind, goes_on, through_its_body
from tuoban.kernel.language.declared import Block, Body
from tuoban.kernel.language.exits import Exit
from tuoban.kernel.language.handing import read_handed
from tuoban.kernel.language.limits import late_pairs, moves_on
from tuoban.kernel.language.names import unknown
from tuoban.kernel.language.offering import with_lists
from tuoban.kernel.language.reading import (
    Properties,
    as_boolean,
    as_items,
    as_mapping,
    as_text,
)
from tuoban.kernel.language.scope import Scope, field_shapes
from tuoban.kernel.language.tree import Mapping, Node, Scalar
from tuoban.kernel.language.workspace import Workspace
from tuoban.kernel.limits import TIMEOUT

PROCESS_KEYS = ("zh", "en", "fields", "papers", "steps")
OFFERED = ("outcome", "at", "by", "count", "all", "history")
"""What a call's name gives to read; no field or paper of its process may be called so."""


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
        papers.declare_of_call(process.get("papers"), block, ws, OFFERED)
        if block.label is None:
            block.label = ws.labels.of(process)


def _inside(body: Body, outer: Scope, ws: Workspace) -> Scope:
    inner = places.with_process(body, outer, ws)
    return papers.with_papers(body.owner, inner, ws) if body.owner is not None else inner


def _offers(block: Block, ws: Workspace) -> Shape:
    members = {**field_shapes(block.own), "at": DATETIME}
    ends = tuple(block.ends)
    if any(moves_on(pair.value) for pair in late_pairs(block.properties)):
        ends = (*ends, TIMEOUT)
    if ends:
        members["outcome"] = choice_of(*ends)
    return papers.offered_by(block, with_lists(members), ws)


def _read(block: Block, ws: Workspace) -> Call | None:
    given = tuple(_given(block.properties.get("with"), block, ws))
    ws.fill_of(block, (name for name, _ in given), None)
    if not isinstance(block.value, Scalar):
        return None
    runs_on = as_boolean(block.properties.get(link.WITHOUT_WAITING), ws.findings)
    return (Aside if runs_on else Call)(block.value.text, given)


def _read_aside(block: Block, ws: Workspace) -> Call | None:
    block.properties.forbid("covers", beside=link.WITHOUT_WAITING)
    return _read(block, ws)


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
        if written is None:
            continue
        expression = read_handed(written, block.own[pair.key.text], scope, ws)
        if expression is not None:
            yield pair.key.text, expression


def _exits(block: Block, bodies: list[Exit]) -> Exit:
    """However the process called comes to its end, the case goes on."""
    return Exit.ON if through_its_body(block, bodies) else Exit.NONE


def _which(mapping: Mapping, ws: Workspace) -> Kind:
    if link.is_of_a_pack(mapping, ws):
        return link.KIND
    pair = mapping.pair(link.WITHOUT_WAITING)
    return KIND if link.waits(pair.value if pair is not None else None) else ASIDE


KIND = Kind(
    word="call",
    label=Text("子流程", "Process"),
    keys=("as", "with", link.WITHOUT_WAITING),
    naming="named",
    named_by="as",
    branches=_branches,
    declare=_declare,
    offers=_offers,
    inside=_inside,
    read=_read,
    check=places.check_nested,
    which=_which,
    exits=_exits,
    hosts=True,
    covers=True,
    gated=True,
    timed=True,
)

ASIDE = replace(
    KIND,
    read=_read_aside,
    which=None,
    exits=goes_on,
    stops=lambda block, bodies: False,
    runs_as="aside",
    outlives=True,
    many=True,
    holds_reactions=True,
)
"""The same without waiting for it. What stands beside it - limits, what lateness does, `during` -
is read inside the process, since what stands around the call may be left by then."""
