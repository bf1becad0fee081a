"""`not` that can never keep anybody from a step, because what it names is only done later."""

from __future__ import annotations

from collections.abc import Mapping

from tuoban.kernel.definition import Node, Step
from tuoban.kernel.language import ways
from tuoban.kernel.language.declared import Block
from tuoban.kernel.language.order import may_precede
from tuoban.kernel.language.workspace import Workspace


def check(nodes: Mapping[str, Node], ws: Workspace) -> None:
    """Report every step named by `not` that has never been done, and counts, when the step at
    which it stands is.

    Where work goes back to that step, what was done from there on stops counting, unless it comes
    straight back or the step lapsed. Where the other step bars this one, the two are different
    people anyway.
    """
    steps = {key: each.construct for key, each in nodes.items() if isinstance(each.construct, Step)}
    straight = {name for each in steps.values() for name in each.straight_from}
    for gate in ws.barred:
        block, other = gate.block, gate.needed
        if may_precede(other, block) or block.key in straight or _may_lapse(block, nodes):
            continue
        if other.key in steps and block.key not in steps[other.key].by.excluded:
            facts = {"name": other.known_as, "step": block.known_as, "path": ways.to(block)}
            ws.findings.add(gate.place, "bars-nobody", **facts)


def _may_lapse(block: Block, nodes: Mapping[str, Node]) -> bool:
    """Whether it may be done again although nothing went back to it."""
    found = (nodes.get(each.key) for each in (block, *block.around()))
    return any(each is not None and each.may_lapse for each in found)
