"""Tables of what is to be done at a moment."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from tuoban.runtime.cases.models.cases import Case
from tuoban.runtime.cases.models.columns import DIGEST, KEY


class Timer(models.Model):
    """A moment set by the kernel. `timer` is its id within the case."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="timers")
    timer = models.CharField(max_length=KEY)
    clock = models.PositiveIntegerField()
    due_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(db_index=True)
    """`due_at`, or later after a failed attempt."""
    error = models.TextField(blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "timer"], name="timer_once")
        ]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.timer}"


class HoursMark(models.Model):
    """One row: by which hours the clocks of running cases were looked at last (`rechecking.py`)."""

    digest = models.CharField(max_length=DIGEST)
    after = models.PositiveBigIntegerField(null=True)
    """The last case looked at, while there are more; None when all have been."""

    def __str__(self) -> str:
        return self.digest
