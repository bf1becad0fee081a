"""Start 开工, pause 暂停 and finish 完工 of work whose activity counts the time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from django.db import transaction

from tuoban.kernel import commands as c
from tuoban.kernel.refusals import Refused
from tuoban.runtime.cases import stopwatch
from tuoban.runtime.cases.busy import refused_when_busy
from tuoban.runtime.cases.carrying import carry_out, open_case
from tuoban.runtime.cases.handed import rows_of_others
from tuoban.runtime.cases.models import WorkItem
from tuoban.runtime.cases.refusals import RuntimeRefused
from tuoban.runtime.cases.service.data import draft_of, keep_draft
from tuoban.runtime.people.models import User


class Timed(NamedTuple):
    """What stands in the form now, and whether the work was claimed by it."""

    data: Mapping[str, Any]
    claimed: bool


@refused_when_busy()
@transaction.atomic
def time_work(
    item_id: int,
    *,
    act: stopwatch.Act,
    data: Mapping[str, Any],
    reason: str = "",
    by: User,
    at: datetime,
) -> Timed:
    """Begin a stretch of work now, or end the one that runs; who begins takes the work.

    The stretches are rows of the step's form, kept as a draft until it is completed with them; they
    go along when the work is handed on.
    Pressed twice, it happens once: what runs is not begun again, what has ended does not end anew.

    Args:
        data: what has been typed so far.
        reason: why there is a pause.

    Raises:
        Refused: `unknown-item`, `not-timed`, `reason-missing` for a pause, as claiming and
            `save_draft`.
    """
    case_id = WorkItem.objects.filter(pk=item_id).values_list("case_id", flat=True).first()
    if case_id is None:
        raise Refused("unknown-item")
    desk = open_case(case_id, at)
    row = WorkItem.objects.filter(pk=item_id, status=WorkItem.OPEN).first()
    if row is None:
        raise Refused("unknown-item")
    name = stopwatch.list_of(desk.definition.nodes[row.node].step)
    if not name:
        raise RuntimeRefused("not-timed", {"step": desk.definition.nodes[row.node].label})
    if act == "pause" and not reason.strip():
        raise Refused("reason-missing")
    claims = act == "start" and row.person_id is None
    if claims:
        carry_out(desk, c.Claim(by.person_id, row.number))
    own = _rows(draft_of(item_id, by), name)
    kept = own or rows_of_others(item_id, name, by)
    rows = stopwatch.joined(kept, _rows(data, name))
    moment = at.astimezone(desk.surroundings.zone).replace(microsecond=0, tzinfo=None).isoformat()
    if act == "start":
        changed = stopwatch.started(rows, moment, by.person_id)
    else:
        changed = stopwatch.stopped(rows, moment, reason.strip() if act == "pause" else "")
    form = {**data, name: changed}
    keep_draft(item_id, data=form, by=by, at=at)
    return Timed(form, claims)


def _rows(data: Mapping[str, Any], name: str) -> list[Any]:
    rows = data.get(name)
    return rows if isinstance(rows, list) else []
