"""`plan`: all that is free is open at once; only `needs` bring an order into it."""

from __future__ import annotations

from tuoban.kernel.definition import Plan, Text
from tuoban.kernel.language import places
from tuoban.kernel.language.constructs.kind import Kind
from tuoban.kernel.language.constructs.stage import LATER_KEYS, only_steps
from tuoban.kernel.language.declared import Block
from tuoban.kernel.language.workspace import Workspace


def _read(block: Block, ws: Workspace) -> Plan:
    scope = places.scope_in(block.bodies[0], ws) if block.bodies else ws.scope
    return Plan(scope.condition(block.properties.get("complete-when"), ws.findings))


def _check(block: Block, ws: Workspace) -> None:
    places.check_nested(block, ws)


def _stops(block: Block, bodies: list[bool]) -> bool:
    """What stands in a plan may all be optional, passed over or not needed."""
    return False


def _leaves_undone(block: Block) -> bool:
    return "complete-when" in block.properties


KIND = Kind(
    word="plan",
    label=Text("计划", "Plan"),
    keys=("complete-when", "steps", "fields"),
    later=LATER_KEYS,
    naming="named",
    ways="together",
    branches=only_steps,
    declare=places.declare,
    offers=places.offers,
    inside=places.with_fields,
    read=_read,
    check=_check,
    ordered=False,
    gated=True,
    hosts=True,
    covers=True,
    holds_reactions=True,
    timed=True,
    leaves_undone=_leaves_undone,
    stops=_stops,
)
