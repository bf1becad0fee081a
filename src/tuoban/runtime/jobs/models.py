"""Tables of jobs, of what people decided about them, and of what recurs."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

KIND = 100
KEY = 200
"""Characters."""


class Job(models.Model):
    """Work for a worker. It is open until it is done or dead; what was dropped is dead, too."""

    kind = models.CharField(max_length=KIND)
    key = models.CharField(max_length=KEY, unique=True)
    payload = models.TextField()
    case = models.PositiveBigIntegerField(null=True, blank=True, db_index=True)
    """The case that it is about, if it is about one. No reference: this package knows no cases."""
    queued_at = models.DateTimeField(auto_now_add=True)
    run_at = models.DateTimeField()
    """When it comes due; after a failure, when it is tried again."""
    lease_until = models.DateTimeField(null=True, blank=True)
    """Some worker has it in hand until then."""
    holds = models.PositiveIntegerField(default=0)
    """How often a worker took it in hand, which tells a hold from a later one."""
    attempts = models.PositiveSmallIntegerField(default=0)
    """How often it was tried since it was queued, or since somebody had it tried again."""
    done_at = models.DateTimeField(null=True, blank=True)
    dead_at = models.DateTimeField(null=True, blank=True)
    dropped_at = models.DateTimeField(null=True, blank=True)
    error = models.TextField(blank=True, default="")
    """Why the last attempt failed (`retry.why`); empty: it did not, or somebody had it tried
    again."""

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["run_at", "id"],
                name="job_waiting",
                condition=models.Q(done_at=None, dead_at=None),
            ),
            # Those that somebody has to look at, which every page of an administrator counts.
            models.Index(
                fields=["id"],
                name="job_dead",
                condition=models.Q(dead_at__isnull=False, dropped_at=None),
            ),
        ]

    def __str__(self) -> str:
        return self.key


class Decision(models.Model):
    """What somebody decided about a job that the machine did not manage."""

    RETRY = "retry"
    DROP = "drop"

    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="decisions")
    what = models.CharField(max_length=10)
    by = models.ForeignKey("people.User", on_delete=models.SET_NULL, null=True, blank=True)
    """None: whoever administers the system, at its command line."""
    reason = models.TextField(blank=True, default="")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.what} {self.job_id}"


class RecurringJob(models.Model):
    """How far a job that recurs has been planned (`recurring.py`)."""

    name = models.CharField(max_length=KIND, unique=True)
    after = models.DateTimeField()
    """The last moment that was planned."""

    def __str__(self) -> str:
        return self.name
