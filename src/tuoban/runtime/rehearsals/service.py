"""What people do about rehearsals: ask for some, and give them up."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Count, Exists, Max, OuterRef, QuerySet, Value
from django.db.models.functions import Concat

from tuoban.runtime.cases.models import PublishedDefinition
from tuoban.runtime.jobs import service as jobs
from tuoban.runtime.jobs.carrying import open_jobs
from tuoban.runtime.people.models import User
from tuoban.runtime.rehearsals.models import Rehearsal

KIND = "rehearse"
KEPT = 500
"""Rehearsals of all versions; beyond, those of the versions that were rehearsed first are
forgotten."""


def digest_of(scenarios: str) -> str:
    """What tells scenarios from those that they were replaced by."""
    return hashlib.sha256(scenarios.encode()).hexdigest()


def ask(
    row: PublishedDefinition, numbers: Iterable[int], at: datetime, by: User | None = None
) -> int:
    """Have scenarios played, by their places from 1, one after the other; how many of them were
    not being played, or waiting for it, already. What came of each before is kept until something
    else comes of it."""
    request = uuid.uuid4().hex
    with transaction.atomic():
        # One at a time: whoever asks for the same at the same moment finds it asked for.
        published = PublishedDefinition.objects.select_for_update().get(pk=row.pk)
        digest = digest_of(published.scenarios)
        values = {
            "digest": digest,
            "state": Rehearsal.WAITING,
            "asked_as": request,
            "asked_by": by,
            "asked_at": at,
        }
        mine = under_way().filter(definition=published, digest=digest)
        fresh = sorted(set(numbers).difference(mine.values_list("number", flat=True)))
        before = Rehearsal.objects.filter(definition=published, number__in=fresh)
        # What came of other scenarios is nothing of those that stand in their places now.
        before.exclude(digest=digest).update(passed=False, result="", error="", ended_at=None)
        for number in fresh:
            Rehearsal.objects.update_or_create(definition=published, number=number, defaults=values)
        if fresh:
            jobs.enqueue(KIND, {"asked_as": request}, key=f"{KIND}:{request}", run_at=at)
            _forget()
    return len(fresh)


def cancel(row: PublishedDefinition, number: int | None = None) -> int:
    """Give up what waits or is being played, of one scenario or of all; how many those were. What
    came of them before stays."""
    rows = under_way().filter(definition=row)
    if number is not None:
        rows = rows.filter(number=number)
    return rows.update(state=Rehearsal.CANCELLED)


def under_way() -> QuerySet[Rehearsal]:
    """What waits or is being played, and what a worker has, or will have, in hand. Where its job is
    dead, dropped or gone, nobody will play it any more."""
    key = Concat(Value(f"{KIND}:"), OuterRef("asked_as"))
    return Rehearsal.objects.filter(Exists(open_jobs().filter(key=key)), state__in=Rehearsal.OPEN)


def _forget() -> None:
    """Of each version all is kept, or nothing."""
    versions = Rehearsal.objects.values("definition").annotate(
        many=Count("pk"), newest=Max("asked_at")
    )
    kept, old = 0, []
    for each in versions.order_by("-newest", "-definition"):
        if kept and kept + each["many"] > KEPT:
            old.append(each["definition"])
        else:
            kept += each["many"]
    over = Rehearsal.objects.exclude(pk__in=under_way().values("pk"))
    over.filter(definition__in=old).delete()
