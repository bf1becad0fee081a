"""The table of rehearsals."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from tuoban.runtime.cases.models import PublishedDefinition
from tuoban.runtime.people.models import User


class Rehearsal(models.Model):
    """The newest rehearsal of one scenario of a published version."""

    WAITING = "waiting"
    PLAYING = "playing"
    PLAYED = "played"
    FAILED = "failed"
    CANCELLED = "cancelled"
    OPEN = (WAITING, PLAYING)

    definition = models.ForeignKey(
        PublishedDefinition, on_delete=models.CASCADE, related_name="rehearsals"
    )
    number = models.PositiveSmallIntegerField()
    """The scenario's place in its file, from 1."""
    digest = models.CharField(max_length=64)
    """Of the scenarios as they were when it was asked for: what came of others does not count."""
    state = models.CharField(max_length=10, default=WAITING)
    asked_as = models.CharField(max_length=32)
    """Which request it was asked for with; whoever plays it for an earlier one keeps nothing."""
    asked_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    asked_at = models.DateTimeField()
    # What came last, which stays while it is asked for again, until something else comes of that.
    ended_at = models.DateTimeField(null=True, blank=True)
    """When that was; None: nothing has come yet."""
    passed = models.BooleanField(default=False)
    result = models.TextField(blank=True, default="")
    """What was played, as `results` reads it; empty unless it was."""
    error = models.TextField(blank=True, default="")
    """Why it could not be played (`retry.why`); empty unless it could not."""

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["definition", "number"], name="scenario_once")
        ]
        indexes: ClassVar = [models.Index(fields=["asked_as", "number"], name="asked_together")]

    def __str__(self) -> str:
        return f"{self.definition_id}:{self.number}"
