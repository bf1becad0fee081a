"""`each`: once for every element of a list."""

from __future__ import annotations

from tuoban.kernel.definition import Each, Text
from tuoban.kernel.expressions import ANY, Shape
from tuoban.kernel.language import places, ways
from tuoban.kernel.language.constructs.kind import Kind, through_its_body
from tuoban.kernel.language.constructs.stage import only_steps
from tuoban.kernel.language.declared import Block, Body
from tuoban.kernel.language.exits import Exit
from tuoban.kernel.language.reading import as_text, as_word
from tuoban.kernel.language.scope import Scope
from tuoban.kernel.language.tree import Scalar
from tuoban.kernel.language.workspace import Workspace

ONE_BY_ONE = "one by one"
ORDERS = (ONE_BY_ONE, "together")


def _inside(body: Body, outer: Scope, ws: Workspace) -> Scope:
    written = body.owner.properties.get("in") if body.owner is not None else None
    expression = outer.attempt(written.text) if isinstance(written, Scalar) else None
    shape = expression.shape if expression is not None else ANY
    return places.with_elements(body, outer, ws, _element(shape))


def _element(shape: Shape) -> Shape:
    """What the elements of a list are; of what is no list there is one."""
    return (shape.of or ANY) if shape.kind == "list" else shape


def _read(block: Block, ws: Workspace) -> Each | None:
    properties, findings = block.properties, ws.findings
    around = places.scope_in(block.body, ws)
    written = as_text(properties.need("in"), findings)
    in_clear = around.in_clear("personal-element")
    elements = in_clear.read(written, findings, "list") if written is not None else None
    order = properties.get("order")
    together = order is None or as_word(order, findings, ORDERS) != ONE_BY_ONE
    enough = around.condition(properties.get("enough-when"), findings)
    return Each(elements, together, enough) if elements is not None else None


def _check(block: Block, ws: Workspace) -> None:
    """Report what elements that run together would overwrite of one another."""
    places.check_nested(block, ws)
    order = block.properties.get("order")
    if isinstance(order, Scalar) and order.text == ONE_BY_ONE:
        return
    inside = {id(step) for body in block.bodies for step in body.walk()} | {id(block)}
    for body in block.bodies:
        for step in body.walk():
            for name, place in ws.writes.get(step.key, {}).items():
                home = places.home_of(step, name)
                if home is None or id(home) not in inside:
                    ws.findings.add(
                        place, "elements-write", name=name, each=block.key, path=ways.to(step)
                    )


def _never_stops(block: Block, bodies: list[bool]) -> bool:
    """There may be no element."""
    return False


def _leaves_undone(block: Block) -> bool:
    return "enough-when" in block.properties


def _exits(block: Block, bodies: list[Exit]) -> Exit:
    """It leads on where there is no element."""
    return through_its_body(block, bodies) | Exit.ON


KIND = Kind(
    word="each",
    label=Text("逐项", "For each"),
    keys=("in", "order", "enough-when", "steps", "fields"),
    naming="named",
    branches=only_steps,
    declare=places.declare,
    offers=places.offers_elements,
    read=_read,
    inside=_inside,
    per_element=True,
    many=True,
    check=_check,
    timed=True,
    leaves_undone=_leaves_undone,
    hosts=True,
    reached=True,
    covers=True,
    gated=True,
    holds_reactions=True,
    stops=_never_stops,
    exits=_exits,
    judges=("enough-when",),
)
