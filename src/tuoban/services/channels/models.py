"""Rows of channels: how an organisation words its letters, and what the simulated gateway took."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from tuoban.runtime.cases.models import KEY
from tuoban.runtime.people.models import User

LONGEST_SUBJECT = 100
LONGEST_TEXT = 1000


class Wording(models.Model):
    """An organisation's own words in place of those that a template is shipped with."""

    template = models.CharField(max_length=KEY)
    language = models.CharField(max_length=2)
    subject = models.CharField(max_length=LONGEST_SUBJECT)
    text = models.TextField()
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["template", "language"], name="one_wording")
        ]

    def __str__(self) -> str:
        return f"{self.template} ({self.language})"


class SimulatedGateway(models.Model):
    """How the simulated gateway behaves; there is at most one row."""

    TAKES, REFUSES, AWAY = "takes", "refuses", "away"

    mode = models.CharField(max_length=8, default=TAKES)
    delay_s = models.PositiveIntegerField(default=0)
    """Seconds until a text that was taken arrives."""
    arrives = models.BooleanField(default=True)
    """Whether what was taken arrives at all."""

    def __str__(self) -> str:
        return self.mode


class SimulatedText(models.Model):
    """A text message that the simulated gateway took; the same key is taken once."""

    TAKEN, DELIVERED, UNDELIVERED = "taken", "delivered", "undelivered"

    key = models.CharField(max_length=32, unique=True)
    number = models.CharField(max_length=32)
    text = models.TextField()
    parts = models.PositiveIntegerField()
    state = models.CharField(max_length=12, default=TAKEN)
    taken_at = models.DateTimeField()
    arrived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["number", "-id"], name="texts_of_a_number")]

    def __str__(self) -> str:
        return f"{self.key} → {self.number}"
