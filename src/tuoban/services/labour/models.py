"""Rows of labour."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from tuoban.runtime.cases.models import Case
from tuoban.runtime.people.models import User


class Stretch(models.Model):
    """A stretch of work on a case: how long, and of whom. What was done stays with the case."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    item = models.PositiveIntegerField()
    line = models.PositiveSmallIntegerField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    begun_at = models.DateTimeField(null=True)
    seconds = models.PositiveIntegerField()
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "item", "line"], name="stretch_once_a_line"),
        ]

    def __str__(self) -> str:
        return f"{self.seconds} s"
