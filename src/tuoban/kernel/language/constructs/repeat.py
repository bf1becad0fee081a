"""`repeat`: the body again until a condition holds, at most so many rounds."""

from __future__ import annotations

from tuoban.kernel.definition import Repeat, Text
from tuoban.kernel.expressions import Shape
from tuoban.kernel.language.constructs.kind import Kind, in_some_body
from tuoban.kernel.language.constructs.stage import LATER_KEYS, only_steps
from tuoban.kernel.language.declared import Block
from tuoban.kernel.language.reading import as_count
from tuoban.kernel.language.scope import loop_shape
from tuoban.kernel.language.tree import Scalar
from tuoban.kernel.language.workspace import Workspace


def _offers(block: Block, ws: Workspace) -> Shape:
    return loop_shape()


def _read(block: Block, ws: Workspace) -> Repeat | None:
    properties = block.properties
    until = ws.scope.condition(properties.need("until"), ws.findings)
    at_most = as_count(properties.get("at-most"), ws.findings)
    if until is None:
        return None
    return Repeat(until, at_most)


def _check(block: Block, ws: Workspace) -> None:
    """Warn where nothing done inside the loop can change its condition."""
    until = block.properties.get("until")
    expression = ws.scope.attempt(until.text) if isinstance(until, Scalar) else None
    if expression is None:
        return
    inside = {step.key for body in block.bodies for step in body.walk()} | {block.key, "case"}
    written = {name for key in inside for name in ws.writes.get(key, ())}
    if not expression.names & (inside | written):
        ws.findings.warn(block.properties.key("until"), "loop-unmoved")


KIND = Kind(
    word="repeat",
    label=Text("重复", "Repeat"),
    keys=("until", "at-most", "steps"),
    later=LATER_KEYS,
    naming="may be named",
    branches=only_steps,
    offers=_offers,
    read=_read,
    timed=True,
    ends=in_some_body,
    check=_check,
    loops=True,
)
