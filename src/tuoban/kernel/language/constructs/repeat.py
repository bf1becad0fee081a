"""`repeat`: the body again until a condition holds, at most so many rounds."""

from __future__ import annotations

from tuoban.kernel.definition import Repeat, Text
from tuoban.kernel.expressions import Shape
from tuoban.kernel.language import places
from tuoban.kernel.language.constants import constant
from tuoban.kernel.language.constructs.kind import Kind, through_its_body
from tuoban.kernel.language.constructs.stage import only_steps
from tuoban.kernel.language.declared import Block
from tuoban.kernel.language.exits import Exit
from tuoban.kernel.language.offering import loop_shape
from tuoban.kernel.language.reading import as_count
from tuoban.kernel.language.scope import Scope
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


def _exits(block: Block, bodies: list[Exit]) -> Exit:
    """It is left behind a round, unless it says that it never is."""
    led_to = through_its_body(block, bodies)
    never = constant(block.properties.get("until")) is False
    return led_to & ~Exit.ON if never and _if_never(block) else led_to


def _if_never(block: Block) -> str:
    """Without a bound it is never left; with one there are just so many rounds."""
    return "" if "at-most" in block.properties else "loop-never-left"


KIND = Kind(
    word="repeat",
    label=Text("重复", "Repeat"),
    keys=("until", "at-most", "steps", "fields"),
    naming="may be named",
    branches=only_steps,
    declare=_declare,
    offers=_offers,
    inside=places.with_fields,
    read=_read,
    timed=True,
    hosts=True,
    reached=True,
    covers=True,
    gated=True,
    exits=_exits,
    judges=("until",),
    if_never=_if_never,
    check=places.check_nested,
    loops=True,
)
