"""What is proved of plans: the order that needs bring into them is enough for what relies on it."""

from __future__ import annotations

from collections import defaultdict

from tuoban.kernel.language.declared import Block, Body
from tuoban.kernel.language.order import entry_of
from tuoban.kernel.language.places import home_of
from tuoban.kernel.language.workspace import Workspace

Order = dict[str, set[str]]
"""By the key of an entry, the entries that it needs, directly or not."""


def check(plan: Body, ws: Workspace) -> None:
    """Report entries that may run at the same time and write the same field, and returns to what a
    step does not need."""
    order = _order(plan, ws)
    _check_writers(plan, order, ws)
    for back in ws.plan_returns:
        here, there = entry_of(back.block, plan), entry_of(back.needed, plan)
        if here is None or there is None or here is there:
            continue
        if there.key not in order[here.key]:
            ws.findings.add(back.place, "return-not-needed", name=back.needed.key)


def _order(plan: Body, ws: Workspace) -> Order:
    direct: defaultdict[str, set[str]] = defaultdict(set)
    for gate in ws.gates:
        here, there = entry_of(gate.block, plan), entry_of(gate.needed, plan)
        if here is not None and there is not None and here is not there:
            direct[here.key].add(there.key)
    found: Order = {}
    for block in plan.blocks:
        reached: set[str] = set()
        todo = [block.key]
        while todo:
            new = direct[todo.pop()] - reached
            reached |= new
            todo += new
        found[block.key] = reached
    return found


def _check_writers(plan: Body, order: Order, ws: Workspace) -> None:
    writers: defaultdict[tuple[str, str], list[tuple[Block, Block]]] = defaultdict(list)
    for entry in plan.blocks:
        inside = [entry, *(step for body in entry.bodies for step in body.walk())]
        for step in inside:
            for name, place in ws.writes.get(step.key, {}).items():
                home = home_of(step, name)
                field = (home.key if home is not None else "", name)
                for other, other_step in writers[field]:
                    apart = other.key in order[entry.key] or entry.key in order[other.key]
                    if other is not entry and not apart:
                        facts = {"name": name, "step": step.key, "other": other_step.key}
                        ws.findings.add(place, "two-writers", **facts)
                        break
                writers[field].append((entry, step))
