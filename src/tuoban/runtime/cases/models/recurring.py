"""Tables of starts that come by a schedule."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from tuoban.runtime.cases.models.cases import Case
from tuoban.runtime.cases.models.columns import DIGEST, KEY
from tuoban.runtime.cases.models.definitions import PublishedDefinition


class Recurring(models.Model):
    """A start of the newest version of a process that comes by a schedule."""

    definition = models.ForeignKey(PublishedDefinition, on_delete=models.CASCADE, related_name="+")
    start = models.CharField(max_length=KEY)
    after = models.DateTimeField()
    """Up to when it has been carried out: the last moment of the schedule, or its publication."""
    next_at = models.DateTimeField(null=True)
    """The next moment; None where no calendar reaches so far."""
    calendar = models.CharField(max_length=200)
    """The name of the calendar by which that was found."""

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["definition", "start"], name="recurring_once")
        ]

    def __str__(self) -> str:
        return f"{self.definition_id} {self.start}"


class RecurringStart(models.Model):
    """A case that a schedule begins, once for each period and element, whatever the version;
    `case` is None until it has begun."""

    slug = models.CharField(max_length=KEY)
    start = models.CharField(max_length=KEY)
    period = models.CharField(max_length=20)
    element = models.CharField(max_length=DIGEST, blank=True)
    """What tells the element from others; empty where there is none."""
    value = models.TextField()
    """The element as the kernel's codec writes it."""
    definition = models.ForeignKey(PublishedDefinition, on_delete=models.PROTECT, related_name="+")
    moment = models.DateTimeField()
    case = models.OneToOneField(Case, on_delete=models.PROTECT, null=True, related_name="+")
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    error = models.TextField(blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["slug", "start", "period", "element"], name="recurring_start_once"
            )
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["next_try_at", "id"],
                name="recurring_start_waiting",
                condition=models.Q(case=None),
            )
        ]

    def __str__(self) -> str:
        return f"{self.slug} {self.start} {self.period}"
