"""Tables of indicators: when each is measured, the measurements, and the cases of the newest."""

from __future__ import annotations

import json
from typing import ClassVar

from django.db import models

from tuoban.runtime.cases.models.cases import Case
from tuoban.runtime.cases.models.columns import KEY
from tuoban.runtime.cases.models.definitions import PublishedDefinition
from tuoban.runtime.people.models import User

GROUP = 200  # characters of what a group is called


class IndicatorSchedule(models.Model):
    """An indicator of the newest version of a process that is measured by a schedule."""

    definition = models.ForeignKey(PublishedDefinition, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=KEY)
    after = models.DateTimeField()
    """Up to when it has been carried out: the last moment of the schedule, or its publication."""
    next_at = models.DateTimeField(null=True)
    """The next moment; None where no calendar reaches so far."""
    calendar = models.CharField(max_length=200)
    """The name of the calendar by which that was found."""

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["definition", "name"], name="indicator_schedule_once")
        ]

    def __str__(self) -> str:
        return f"{self.definition_id} {self.name}"


class MeasuringRound(models.Model):
    """Indicators of a process that are measured together, going through its cases once.

    `at` is the moment as of which is measured, `cursor` the last case that was looked at. A round
    that could not be done to its end has an `error`.
    """

    slug = models.CharField(max_length=KEY)
    definition = models.ForeignKey(PublishedDefinition, on_delete=models.PROTECT, related_name="+")
    names = models.TextField()
    """The indicators, with those from which they are calculated, as a JSON list."""
    at = models.DateTimeField()
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    """Who asked for it; None: it came by a schedule."""
    missed = models.PositiveIntegerField(default=0)
    """How many moments of a schedule went by without a measurement before it."""
    cursor = models.BigIntegerField(default=0)
    looked_at = models.PositiveIntegerField(default=0)
    done_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    error = models.TextField(blank=True, default="")

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["next_try_at", "id"],
                name="measuring_round_open",
                condition=models.Q(done_at=None),
            )
        ]

    def __str__(self) -> str:
        return f"{self.slug} {self.at:%Y-%m-%d %H:%M}"

    @property
    def indicators(self) -> tuple[str, ...]:
        return tuple(json.loads(self.names))


class Measurement(models.Model):
    """What an indicator came to in a round: of all its cases, or (`is_group`) of one group of them.

    `value` is as the kernel's codec writes it; empty where there is none.
    """

    round = models.ForeignKey(MeasuringRound, on_delete=models.CASCADE, related_name="results")
    slug = models.CharField(max_length=KEY)
    indicator = models.CharField(max_length=KEY)
    is_group = models.BooleanField(default=False)
    group = models.CharField(max_length=GROUP, blank=True, default="")
    value = models.TextField(blank=True, default="")
    hits = models.PositiveIntegerField(default=0)
    cases = models.PositiveIntegerField(default=0)
    unknown = models.PositiveIntegerField(default=0)
    """The cases that were looked at and give no value."""
    foreign = models.PositiveIntegerField(default=0)
    """The cases of versions that lack a name which the indicator reads."""
    met = models.BooleanField(null=True)
    """Whether it meets its target; None: it has none, or that cannot be told."""
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["round", "indicator", "is_group", "group"], name="measured_once_a_round"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["slug", "indicator", "is_group", "-id"], name="measurement_newest")
        ]

    def __str__(self) -> str:
        return f"{self.slug} {self.indicator} {self.group}".strip()


class MeasuredCase(models.Model):
    """What one case, or one thing done in it, gave to an indicator in its newest round."""

    HIT, MISS, UNKNOWN, FOREIGN = "hit", "miss", "unknown", "foreign"

    round = models.ForeignKey(MeasuringRound, on_delete=models.CASCADE, related_name="cases")
    indicator = models.CharField(max_length=KEY)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    item = models.PositiveIntegerField(default=0)
    """The number of the work item, or occurrence, that gave it; 0: the case itself."""
    group = models.CharField(max_length=GROUP, blank=True, default="")
    value = models.TextField(blank=True, default="")
    standing = models.CharField(max_length=7)
    """`HIT`: the condition holds, or the value meets the target where there is one, `MISS`: not;
    `UNKNOWN`: there is no value; `FOREIGN`: its version lacks a name."""

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["round", "indicator", "case", "item"], name="case_measured_once"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["round", "indicator", "standing", "case"], name="measured_cases")
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.case_id} {self.standing}"
