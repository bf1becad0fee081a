"""Looking at open work again when people have changed: who holds a role, who is there, who heads a
unit, who stands in for whom.

Each change leaves ripples (`people.models.Ripple`), in its own transaction. The worker takes them
one after the other, when their moment has come, and goes through the running cases that have to do
with it in small runs, each case in a transaction of its own; killed in between, it goes on where it
was. Only cases that may be touched are looked at, however many are running. A command that was
under way when people changed may have offered work by what it had read before: it is waited for.
"""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet

from tuoban.runtime import under_way
from tuoban.runtime.cases.models import Case, PoolEntry, WorkItem
from tuoban.runtime.cases.rechecking import PATIENCE_S, RUN, look_again
from tuoban.runtime.people import absences
from tuoban.runtime.people.models import Ripple


def follow_some(at: datetime) -> int:
    """Look at the next run of cases of the ripple that comes first and touches any; how many were
    looked at."""
    due = Ripple.objects.filter(Q(due_at=None) | Q(due_at__lte=at)).select_related("unit")
    ripples = list(due.order_by("pk")[:RUN])
    if not ripples or not under_way.have_ended(PATIENCE_S):
        return 0
    for ripple in ripples:
        if found := _follow(ripple, at):
            return found
    return 0


def _follow(ripple: Ripple, at: datetime) -> int:
    concerned = _concerned(ripple).filter(pk__gt=ripple.after).order_by("pk")
    found = list(concerned.values_list("pk", flat=True)[:RUN])
    for case_id in found:
        look_again(case_id, f"people {ripple.pk}", at)
    # Guarded: another worker may have gone on meanwhile.
    same = Ripple.objects.filter(pk=ripple.pk, after=ripple.after)
    if len(found) == RUN:
        same.update(after=found[-1])
    else:
        same.delete()
    return len(found)


def _concerned(ripple: Ripple) -> QuerySet[Case]:
    running = Case.objects.filter(status="running")
    if ripple.user_id is not None:
        held = WorkItem.objects.filter(
            status=WorkItem.OPEN, person__in=_standing_in(ripple.user_id)
        )
        return running.filter(pk__in=held.values("case"))
    if ripple.role:
        pools = PoolEntry.objects.filter(role=ripple.role)
        return running.filter(pk__in=pools.values("item__case"))
    if ripple.unit is None:
        return running.none()
    return running.filter(unit__path__startswith=ripple.unit.path)


def _standing_in(user: int) -> set[int]:
    """Somebody, and whoever may have their work in their place: their deputies, and theirs."""
    texts = absences.newest_texts()
    found: set[int] = set()
    coming = [user]
    while coming:
        person = coming.pop()
        if person in found:
            continue
        found.add(person)
        text = texts.get(str(person))
        named = [each.deputy for each in text.absences] if text is not None else []
        coming += (int(each) for each in named if each.isdecimal())
    return found
