"""What people do about rehearsals: ask for some, and give them up."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from tuoban.runtime.cases.models import PublishedDefinition
from tuoban.runtime.jobs import service as jobs
from tuoban.runtime.people.models import User
from tuoban.runtime.rehearsals.models import Rehearsal

KIND = "rehearse"
KEPT = 500
"""Rehearsals of all processes; beyond, those that were asked for first are forgotten."""


def digest_of(scenarios: str) -> str:
    """What tells scenarios from those that they were replaced by."""
    return hashlib.sha256(scenarios.encode()).hexdigest()


def ask(
    row: PublishedDefinition, numbers: Iterable[int], at: datetime, by: User | None = None
) -> int:
    """Have scenarios played, by their places from 1, one after the other; how many of them were
    not being played, or waiting for it, already."""
    request, asked = uuid.uuid4().hex, 0
    with transaction.atomic():
        # One at a time: whoever asks for the same at the same moment finds it asked for.
        published = PublishedDefinition.objects.select_for_update().get(pk=row.pk)
        digest = digest_of(published.scenarios)
        under_way = Rehearsal.objects.filter(
            definition=published, digest=digest, state__in=Rehearsal.OPEN
        )
        known = set(under_way.values_list("number", flat=True))
        for number in sorted(set(numbers) - known):
            Rehearsal.objects.update_or_create(
                definition=published,
                number=number,
                defaults={
                    "digest": digest,
                    "state": Rehearsal.WAITING,
                    "asked_as": request,
                    "asked_by": by,
                    "asked_at": at,
                    "ended_at": None,
                    "error": "",
                    "result": "",
                    "passed": False,
                },
            )
            asked += 1
        if asked:
            jobs.enqueue(KIND, {"asked_as": request}, key=f"{KIND}:{request}", run_at=at)
            _forget()
    return asked


def cancel(row: PublishedDefinition, at: datetime, number: int | None = None) -> int:
    """Give up what waits or is being played, of one scenario or of all; how many those were."""
    rows = Rehearsal.objects.filter(definition=row, state__in=Rehearsal.OPEN)
    if number is not None:
        rows = rows.filter(number=number)
    return rows.update(state=Rehearsal.CANCELLED, ended_at=at)


def _forget() -> None:
    over = Rehearsal.objects.exclude(state__in=Rehearsal.OPEN).order_by("-asked_at", "-pk")
    old = list(over.values_list("pk", flat=True)[KEPT:])
    Rehearsal.objects.filter(pk__in=old).delete()
