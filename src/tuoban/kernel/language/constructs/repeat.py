"""`repeat`: the body again until a condition holds, at most so many rounds."""

from __future__ import annotations

from tuoban.kernel.definition import Repeat, Text
from tuoban.kernel.expressions import Shape
from tuoban.kernel.language import places
from tuoban.kernel.language.constructs.kind import Kind, in_some_body
from tuoban.kernel.language.constructs.stage import LATER_KEYS, only_steps
from tuoban.kernel.language.declared import Block
from tuoban.kernel.language.reading import as_count
from tuoban.kernel.language.scope import Scope, loop_shape
from tuoban.kernel.language.tree import Scalar
from tuoban.kernel.language.workspace import Workspace

OFFERED = ("round", "exhausted", "count", "all", "history")
"""What a loop's name gives to read; none of its own fields may be called so."""


def _offers(block: Block, ws: Workspace) -> Shape:
    return loop_shape(block.own)


def _declare(block: Block, ws: Workspace) -> None:
    places.declare(block, ws, OFFERED)


def _read(block: Block, ws: Workspace) -> Repeat | None:
    properties = block.properties
    until = _scope(block, ws).condition(properties.need("until"), ws.findings)
    at_most = as_count(properties.get("at-most"), ws.findings)
    if until is None:
        return None
    return Repeat(until, at_most)


def _scope(block: Block, ws: Workspace) -> Scope:
    """What `until` knows: the round that has just been done."""
    return places.scope_in(block.bodies[0], ws) if block.bodies else ws.scope


def _check(block: Block, ws: Workspace) -> None:
    """Warn where nothing done inside the loop can change its condition."""
    places.check_nested(block, ws)
    until = block.properties.get("until")
    expression = _scope(block, ws).attempt(until.text) if isinstance(until, Scalar) else None
    if expression is None:
        return
    inside = {step.key for body in block.bodies for step in body.walk()} | {block.key, "case"}
    written = {name for key in inside for name in ws.writes.get(key, ())}
    if not expression.names & (inside | written | block.own.keys()):
        ws.findings.warn(block.properties.key("until"), "loop-unmoved")


KIND = Kind(
    word="repeat",
    label=Text("重复", "Repeat"),
    keys=("until", "at-most", "steps", "fields"),
    later=LATER_KEYS,
    naming="may be named",
    branches=only_steps,
    declare=_declare,
    offers=_offers,
    inside=places.with_fields,
    read=_read,
    timed=True,
    hosts=True,
    covers=True,
    gated=True,
    ends=in_some_body,
    check=_check,
    loops=True,
)
