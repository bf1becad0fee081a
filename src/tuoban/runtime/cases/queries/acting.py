"""What the reader of a case may do with it as a whole, and with what they have done."""

from __future__ import annotations

from tuoban.kernel import commands as c
from tuoban.runtime.cases.models import WorkItem
from tuoban.runtime.cases.queries.panel import allowed
from tuoban.runtime.cases.queries.rows import DoneByMe, PersonRow
from tuoban.runtime.cases.queries.scene import Scene
from tuoban.runtime.people.models import User

TRIED_AT_MOST = 5
"""Of what somebody completed the newest few are looked at; what lies behind them is taken back
after them."""


def to_take_back(scene: Scene) -> tuple[DoneByMe, ...]:
    """What the reader has completed and may still take back, the newest first."""
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
    return tuple(DoneByMe(ids[each.item], scene.label_done(each), each.at) for each in found)


def to_copy_to(scene: Scene) -> tuple[PersonRow, ...]:
    """To whom the reader may copy the case, by name; nobody where they take no part in it."""
    me = scene.user.person_id
    able = sorted(scene.surroundings.directory.people - {me, *scene.state.copied})
    if not able or not allowed(scene, c.CopyTo(me, able[0])):
        return ()
    users = User.objects.filter(pk__in=[int(each) for each in able])
    ordered = users.order_by("display_name", "username")
    return tuple(PersonRow(user.pk, str(user), user.username) for user in ordered)
