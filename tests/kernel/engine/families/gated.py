"""Blocks that are shut while something is not good, and to whose steps work goes back meanwhile."""

from __future__ import annotations

from collections.abc import Iterator

from hypothesis import strategies as st

from tests.kernel.engine.families.case import FullCase
from tests.kernel.engine.families.straight import ways_back
from tests.kernel.engine.shapes import Writer
from tuoban.kernel import commands as c

LEAVES = (st.tuples(st.just("gated"), st.integers(0, 1)),)


class GatedWriter(Writer):
    """A block that needs something of the case, and a step that sends back into it."""

    def _gated(self, variant: int, depth: int, before: list[str]) -> None:
        stage, inside, behind = self._name("gated"), self._name("s"), self._name("s")
        needs = "needs: [{that: good != false, else: Not good}]"
        within = ", within: 2 hours" * variant
        steps = f"steps: [{{step: {inside}, by: worker}}]"
        self._add(depth, f"- {{stage: {stage}, {needs}{within}, {steps}}}")
        self._add(depth, f"- {{step: {behind}, by: worker, returns-to: [{inside}, {stage}]}}")
        before += [inside, behind]


def send_back(case: FullCase) -> Iterator[c.Command]:
    """What is behind the block goes back into it, once that is shut."""
    nodes, regions = case.definition.nodes, case.definition.regions
    for item in case.state.items.values():
        for to in ways_back(case, item):
            owner = regions[nodes[to].region].owner
            if owner is None or not nodes[owner].gate:
                continue
            if case.state.values.get("good") is False:
                yield c.Return(item.person or "li", item.id, to, "again")
            else:
                yield c.Correct("wang", "good", "false", "it is not")


def _send_back(case: FullCase, draw: st.DataObject, person: str) -> c.Command | None:
    return next(send_back(case), None)


WISHES = (_send_back,)


def check(case: FullCase) -> None:
    """Whatever is to be entered again goes on at a step inside it."""
    for each in case.state.reentries:
        assert each.node in {
            case.definition.regions[region].owner for region in case.definition.path(each.target)
        }
