"""What the reader of a case has completed and may still take back."""

from __future__ import annotations

from tuoban.kernel import commands as c
from tuoban.runtime.cases.models import WorkItem
from tuoban.runtime.cases.queries.panel import allowed
from tuoban.runtime.cases.queries.rows import DoneByMe
from tuoban.runtime.cases.queries.scene import Scene

TRIED_AT_MOST = 5
"""Of what somebody completed the newest few are looked at; what lies behind them is taken back
after them."""


def to_take_back(scene: Scene) -> tuple[DoneByMe, ...]:
    """The newest first."""
    me = scene.user.person_id
    made = [
        each
        for history in scene.state.completions.values()
        for each in history
        if each.by == me and each.counts
    ]
    newest = sorted(made, key=lambda each: (each.at, each.item), reverse=True)[:TRIED_AT_MOST]
    found = [each for each in newest if allowed(scene, c.Withdraw(me, each.item))]
    rows = WorkItem.objects.filter(case=scene.row, number__in=[each.item for each in found])
    ids = dict(rows.values_list("number", "pk"))
    nodes = scene.definition.nodes
    return tuple(DoneByMe(ids[each.item], nodes[each.node].label, each.at) for each in found)
