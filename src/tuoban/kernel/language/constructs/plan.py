"""`plan`: all that is free is open at once; only `needs` bring an order into it."""

from __future__ import annotations

from tuoban.kernel.definition import Plan, Text
from tuoban.kernel.expressions import ExpressionError, parse
from tuoban.kernel.language import places
from tuoban.kernel.language.constructs.kind import Kind, through_its_body
from tuoban.kernel.language.constructs.stage import only_steps
from tuoban.kernel.language.declared import Block
from tuoban.kernel.language.exits import Exit
from tuoban.kernel.language.tree import Scalar
from tuoban.kernel.language.waiting import empty_path
from tuoban.kernel.language.workspace import Workspace


def _read(block: Block, ws: Workspace) -> Plan:
    scope = places.scope_in(block.bodies[0], ws) if block.bodies else ws.scope
    return Plan(scope.condition(block.properties.get("complete-when"), ws.findings))


def _check(block: Block, ws: Workspace) -> None:
    places.check_nested(block, ws)


def _stops(block: Block, bodies: list[bool]) -> bool:
    """What surely stops the case and is not optional does, unless enough may be done without it."""
    return any(bodies) and not _may_begin_enough(block)


def _may_begin_enough(block: Block) -> bool:
    """Whether enough may be done when it begins: not where its condition reads a field that every
    round of a loop has anew, which nobody can have filled in by then."""
    written = block.properties.get("complete-when")
    if not isinstance(written, Scalar):
        return False
    anew = _anew(block)
    try:
        tree = parse(written.text, ())
    except ExpressionError:
        return True
    return empty_path(tree, lambda path: path[0] in anew) is None


def _anew(block: Block) -> set[str]:
    """The fields of a plan, and of the blocks around it in the same round, as far as only forms
    fill them."""
    found: set[str] = set()
    for each in (block, *block.around()):
        if all(inner.kind.timed for inner in each.walk()):
            found.update(name for name, said in each.own.items() if not said.is_computed)
        if each.kind.loops:
            break
    return found


def _exits(block: Block, bodies: list[Exit]) -> Exit:
    led_to = through_its_body(block, bodies)
    return led_to | Exit.ON if _leaves_undone(block) else led_to


def _leaves_undone(block: Block) -> bool:
    return "complete-when" in block.properties


KIND = Kind(
    word="plan",
    label=Text("计划", "Plan"),
    keys=("complete-when", "steps", "fields"),
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
    reached=True,
    covers=True,
    holds_reactions=True,
    timed=True,
    leaves_undone=_leaves_undone,
    stops=_stops,
    exits=_exits,
    judges=("complete-when",),
)
