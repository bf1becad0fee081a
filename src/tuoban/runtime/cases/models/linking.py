"""The table of cases that other cases call."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from tuoban.runtime.cases.models.cases import Case
from tuoban.runtime.cases.models.columns import KEY
from tuoban.runtime.people.models import User


class CalledCase(models.Model):
    """A call of another pack: which case made it, and which one it began; None as long as that has
    not begun. `errand` is what the worker has to do next for it; empty: nothing."""

    BEGIN, ANSWER, RECALL = "begin", "answer", "recall"

    parent = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="calls")
    number = models.PositiveIntegerField()
    """That of the call in the case that made it."""
    node = models.CharField(max_length=KEY)
    slug = models.CharField(max_length=KEY)
    request = models.CharField(max_length=KEY, blank=True)
    given = models.TextField()
    """What is handed in, as the kernel's codec writes it."""
    waits = models.BooleanField()
    """Whether the case that made it waits for the end of the other."""
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    """On whose behalf it begins: whoever brought the case to the call."""
    called_at = models.DateTimeField()
    case = models.OneToOneField(
        Case, on_delete=models.PROTECT, null=True, related_name="called_from"
    )
    errand = models.CharField(max_length=10, blank=True)
    next_try_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True, default="")
    """Why the last attempt failed, in both languages, as JSON."""
    given_up_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    """Who gave it up before it had begun, where nobody waits for it."""

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["parent", "number"], name="called_once")
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["next_try_at", "id"],
                name="called_errand",
                condition=~models.Q(errand=""),
            )
        ]

    def __str__(self) -> str:
        return f"{self.parent_id} {self.node} → {self.slug}"
