"""Conditions that decide a way can come out either way: what they decide is neither dead nor
pointless.

They are the `when` of a construct, of a branch and of a reaction, and what lets a block be left
(`Kind.judges`), which must also be able to change from round to round of a loop.
"""

from __future__ import annotations

from functools import partial

from tuoban.kernel.expressions import ExpressionError, parse
from tuoban.kernel.expressions import syntax as s
from tuoban.kernel.language import exits, ways
from tuoban.kernel.language.constants import constant
from tuoban.kernel.language.declared import Block, Body
from tuoban.kernel.language.exits import Exit
from tuoban.kernel.language.moving import may_change
from tuoban.kernel.language.order import may_precede
from tuoban.kernel.language.places import scope_in
from tuoban.kernel.language.tree import Node, Scalar
from tuoban.kernel.language.waiting import Path, empty_path, has_value
from tuoban.kernel.language.workspace import Workspace


def check(root: Body, ws: Workspace) -> None:
    """Report conditions that never hold, that always do where that makes them pointless, and
    branches that are never taken because of those before them."""
    for block in root.walk():
        if block.kind.guarded and "when" in block.properties:
            _check_possible(block.properties.get("when"), block, "never-true", ws)
        for body in block.bodies:
            _check_possible(body.when, block, "never-true", ws)
        _check_branches(block, ws)
        for key in block.kind.judges:
            written = block.properties.get(key)
            before = ws.findings.count
            _check_possible(written, block, block.kind.if_never(block), ws)
            if constant(written) and isinstance(written, Scalar):
                ws.findings.add(written, "always-true", path=ways.to(block))
            if block.kind.loops and ws.findings.count == before:
                _check_moved(key, block, ws)


def _check_possible(condition: Node | None, block: Block, code: str, ws: Workspace) -> None:
    """Report a condition that never holds, since it reads nothing, or only what can have a value
    no sooner than the turn of the block is over."""
    if not isinstance(condition, Scalar) or not code:
        return
    if constant(condition) is False:
        ws.findings.add(condition, code, path=ways.to(block))
        return
    tree = _tree(condition)
    # What could not be read may well have entered it.
    if tree is None or ws.has_gaps or ws.has_gaps_in_forms:
        return
    late = empty_path(tree, partial(_comes_later, block, ws))
    if late is not None:
        node, path = late
        facts = {"name": ".".join(path), "path": ways.to(block)}
        ws.findings.add(condition.at(node.start), "when-too-early", **facts)


def _check_moved(key: str, block: Block, ws: Workspace) -> None:
    """Report a loop whose condition nothing can change once it has not held, so that it is left
    behind its first round or never."""
    written = block.properties.get(key)
    if "at-most" in block.properties or ws.has_gaps or ws.has_gaps_in_forms:
        return
    goes_round = any(Exit.ON in exits.of_body(body) for body in block.bodies)
    if not isinstance(written, Scalar) or not goes_round:
        return
    condition = scope_in(block.bodies[0], ws).attempt(written.text)
    reads = condition is not None and condition.paths
    if condition is not None and reads and not may_change(condition, block, block.walk(), ws):
        ws.findings.add(block.properties.key(key), "loop-unmoved", path=ways.to(block))


def _comes_later(block: Block, ws: Workspace, path: Path) -> bool:
    return not has_value(path, block, ws, lambda each: may_precede(each, block))


def _check_branches(block: Block, ws: Workspace) -> None:
    """Report branches of a choice behind one that is taken whenever they could be."""
    if block.kind.ways != "exclusive":
        return
    known: dict[s.Node, Body] = {}
    for body in block.bodies:
        tree = _tree(body.when)
        before = known.get(tree) if tree is not None else None
        if before is None and known:
            before = next((each for each in known.values() if constant(each.when)), None)
        if before is not None and body.blocks:
            place = body.blocks[0].place
            facts = {"line": before.place.said, "path": ways.to(body.blocks[0])}
            ws.findings.add(place, "dead-branch", **facts)
        elif tree is not None:
            known[tree] = body


def _tree(condition: Node | None) -> s.Node | None:
    try:
        return parse(condition.text, ()) if isinstance(condition, Scalar) else None
    except ExpressionError:
        return None
