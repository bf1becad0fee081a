"""Returns inside a plan lead to what the step needs: nothing else brings an order into it."""

from __future__ import annotations

from collections import defaultdict

from tuoban.kernel.language import ways
from tuoban.kernel.language.declared import Body
from tuoban.kernel.language.order import entry_of
from tuoban.kernel.language.workspace import Workspace

Needs = dict[str, set[str]]
"""By the key of an entry, the entries that it needs itself."""


def check(plan: Body, ws: Workspace) -> None:
    """Report returns to what a step does not need."""
    needs: Needs | None = None
    for back in ws.plan_returns:
        here, there = entry_of(back.block, plan), entry_of(back.needed, plan)
        if here is None or there is None or here is there:
            continue
        needs = _needs(plan, ws) if needs is None else needs
        if not _comes_to(there.key, here.key, needs):
            facts = {"name": back.needed.key, "path": ways.to(back.block)}
            ws.findings.add(back.place, "return-not-needed", **facts)


def _needs(plan: Body, ws: Workspace) -> Needs:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for gate in ws.gates:
        here, there = entry_of(gate.block, plan), entry_of(gate.needed, plan)
        if here is not None and there is not None and here is not there:
            found[here.key].add(there.key)
    return found


def _comes_to(wanted: str, entry: str, needs: Needs) -> bool:
    """Whether an entry needs another one, directly or not."""
    reached, todo = set[str](), [entry]
    while todo:
        new = needs.get(todo.pop(), set()) - reached
        if wanted in new:
            return True
        reached |= new
        todo += new
    return False
