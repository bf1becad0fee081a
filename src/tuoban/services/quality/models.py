"""Rows of quality."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from tuoban.runtime.cases.models import Case


class Opinion(models.Model):
    """What a customer said when they were asked, or that they were not reached (`score` None).

    The words stay with the case, where they can be read by whoever may read it.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    item = models.PositiveIntegerField()
    kind = models.CharField(max_length=20)
    """The activity with which they were asked."""
    step = models.CharField(max_length=200)
    score = models.PositiveSmallIntegerField(null=True)
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "item"], name="opinion_once_an_item"),
            models.CheckConstraint(
                condition=models.Q(score=None) | models.Q(score__gte=1, score__lte=5),
                name="score_from_one_to_five",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.score}"
