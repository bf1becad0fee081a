"""Looking at the clocks of running cases again when hours of units have changed. What a person's
own hours may touch is found as for any change of people (`rippling.py`).

A row keeps by which hours they were looked at last. The worker compares it with the hours in force
and goes through the running cases in small runs, each case in a transaction of its own; killed in
between, it goes on where it was. A case that moves by itself meanwhile sees the new hours anyway.
One that could not be looked at becomes a job, which is tried again with growing pauses.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from tuoban.kernel.surroundings import Hours
from tuoban.runtime import under_way
from tuoban.runtime.cases import clock, notices, service
from tuoban.runtime.cases.models import Case, CaseReference, HoursMark
from tuoban.runtime.cases.refusals import RuntimeRefused
from tuoban.runtime.jobs.duties import kept
from tuoban.runtime.jobs.service import enqueue
from tuoban.runtime.people import hours

AGAIN = "recheck-case"
"""The kind of the jobs that look at one case once more."""

_MARK = 1
RUN = 50
"""Cases looked at in one go."""
PATIENCE_S = 0.5
"""For commands that began before the change. Whatever takes longer is waited for in the worker's
next round, so that its other duties are not kept."""

_known: tuple[Hours, str] | None = None


def recheck_some(at: datetime) -> int:
    """Look at the next run of cases, if hours have changed; how many were looked at."""
    mark = _mark(_digest_of(hours.snapshot()))
    if mark.after is None or not under_way.have_ended(PATIENCE_S):
        return 0
    running = Case.objects.filter(status="running", pk__gt=mark.after).order_by("pk")
    found = list(running.values_list("pk", flat=True)[:RUN])
    for case_id in found:
        look_again(case_id, f"{mark.digest} {at.isoformat()}", at)
    # Guarded: another worker may have gone on, or the hours may have changed once more.
    same = HoursMark.objects.filter(pk=_MARK, digest=mark.digest, after=mark.after)
    same.update(after=found[-1] if len(found) == RUN else None)
    return len(found)


def recheck_named(payload: Mapping[str, Any], key: str) -> None:
    """Carry out the job that looks at all running cases again which name somebody or something
    whose facts have changed.

    Raises:
        Refused: `busy`: commands that began before the change are under way yet.
    """
    if not under_way.have_ended(PATIENCE_S):
        raise RuntimeRefused("busy")
    at = clock.now()
    named = CaseReference.objects.filter(ref=payload["ref"], case__status="running")
    for case_id in named.order_by("case").values_list("case", flat=True).distinct():
        look_again(case_id, key, at)


def recheck_one(payload: Mapping[str, Any], key: str) -> None:
    """Carry out the job that looks once more at a case that could not be looked at."""
    case_id = payload["case"]
    if Case.objects.filter(pk=case_id, status="running").exists():
        service.recheck(case_id, clock.now())


def _mark(digest: str) -> HoursMark:
    """The row, which begins anew where the hours are others than those it knows."""
    mark = HoursMark.objects.filter(pk=_MARK).first()
    if mark is None or mark.digest != digest:
        anew = {"digest": digest, "after": 0}
        mark, _ = HoursMark.objects.update_or_create(pk=_MARK, defaults=anew)
    return mark


def _digest_of(current: Hours) -> str:
    """What tells the hours of units from others; as long as nothing changes, they are the same
    value."""
    global _known  # noqa: PLW0603 - the digest of one immutable value, replaced as a whole
    if _known is None or _known[0] is not current:
        parts = (current.units, current.keys)
        text = repr([sorted(part.items()) for part in parts])
        _known = (current, hashlib.sha256(text.encode()).hexdigest())
    return _known[1]


def look_again(case_id: int, cause: str, at: datetime) -> None:
    """One case that cannot be looked at does not keep the others from it: it is a job of its own
    from then on. Where the database is busy, the whole run is tried again.

    Args:
        cause: what has changed, told apart from everything else that does.
    """

    def keep(_: Exception) -> None:
        told_apart = hashlib.sha256(cause.encode()).hexdigest()
        key = f"{AGAIN}:{case_id}:{told_apart}"
        enqueue(AGAIN, {"case": case_id}, key=key, run_at=at, case=case_id)
        notices.tell_head(Case.objects.get(pk=case_id), "unchecked", {"node": ""}, at)

    with kept(f"looking again at case {case_id}", keep):
        service.recheck(case_id, at)
