"""Counting log-ins that are tried, in the database: every process sees every count."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import transaction
from django.db.models import F

from tuoban.runtime.people.models import LogInCount

PAUSE = timedelta(minutes=10)


class Counter(NamedTuple):
    """What is counted under one heading, and how many are let through before a pause."""

    heading: str
    limit: int

    @property
    def key(self) -> str:
        return hashlib.sha256(self.heading.encode()).hexdigest()


def count_in(counters: Iterable[Counter], at: datetime) -> bool:
    """Count one attempt under every counter; False, and nothing counted, if one of them is full.

    To be called before the password is looked at, so that guesses made at the same time cannot
    all pass a check that none of them has been counted for yet. A count begins anew `PAUSE` after
    its first attempt: trying during a pause does not make it longer, and the slips of a whole
    office never add up over a day.
    """
    LogInCount.objects.filter(since__lte=at - PAUSE).delete()
    with transaction.atomic():
        for counter in counters:
            if not _count(counter, at):
                transaction.set_rollback(True)
                return False
    return True


def _count(counter: Counter, at: datetime) -> bool:
    new = LogInCount(key=counter.key, count=0, since=at)
    LogInCount.objects.bulk_create([new], ignore_conflicts=True)
    below = LogInCount.objects.filter(key=counter.key, count__lt=counter.limit)
    return below.update(count=F("count") + 1) == 1


def take_back(counters: Iterable[Counter]) -> None:
    """A log-in went well: its own attempt no longer counts; what others tried still does."""
    for counter in counters:
        LogInCount.objects.filter(key=counter.key, count__gt=0).update(count=F("count") - 1)


def forget(counter: Counter) -> None:
    """Everything tried under this counter is forgiven."""
    LogInCount.objects.filter(key=counter.key).delete()
