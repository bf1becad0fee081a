"""Tables of work: who has it or may take it, and what has been typed."""

from __future__ import annotations

import json
from typing import ClassVar

from django.db import models

from tuoban.runtime.cases.models.cases import Case
from tuoban.runtime.cases.models.columns import KEY, NEVER
from tuoban.runtime.people.models import User


class WorkItem(models.Model):
    """A work item, open or finished. `number` is the kernel's, counted per case."""

    OPEN, DONE, WITHDRAWN = "open", "done", "withdrawn"
    ASKED, SPEAK, OUT = "asked", "speak", "out"

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="items")
    number = models.PositiveIntegerField()
    node = models.CharField(max_length=KEY)
    element = models.CharField(max_length=200, blank=True, default="")
    """Of which element of a list it is, as people call it (`elements.py`)."""
    offered_to = models.TextField()
    """The pools it was offered to, as a JSON list of pairs of a role and a unit."""
    person = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="items"
    )
    assigned = models.BooleanField()
    locked = models.BooleanField()
    lock_reasons = models.CharField(max_length=200, blank=True, default="")
    """Places of the failing needs, with commas between."""
    due_at = models.DateTimeField(null=True, blank=True)
    due_sort = models.DateTimeField(default=NEVER)
    """By the clock that runs out first, its own or that of something it stands in."""
    clock_from = models.DateTimeField(null=True, blank=True)
    stands_still = models.BooleanField(default=False)
    """Its time does not run now, so that it is not due at any moment."""
    opens_at = models.DateTimeField(null=True, blank=True)
    """The moment before which it cannot be done."""
    offered_at = models.DateTimeField()
    status = models.CharField(max_length=10, default=OPEN)
    escalated = models.BooleanField(default=False)
    signing = models.CharField(max_length=6, blank=True, default="")
    """`ASKED`: somebody is asked to sign, `SPEAK`: for an opinion; `OUT`: it is with its
    signers."""
    priority_rank = models.PositiveSmallIntegerField(default=0)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "number"], name="item_number_once")
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["person", "status", "due_sort", "id"], name="item_by_person_and_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.number} {self.node}"

    @property
    def pool_keys(self) -> tuple[tuple[str, str], ...]:
        """Where it lies open: pairs of a role and a unit."""
        return tuple((role, unit) for role, unit in json.loads(self.offered_to))


class PoolEntry(models.Model):
    """An open item lies in the pool of one role in one unit: one row per role, only while it lies
    there."""

    item = models.ForeignKey(WorkItem, on_delete=models.CASCADE, related_name="pools")
    role = models.CharField(max_length=64)
    unit = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit", "role", "item"], name="pool_entry_once")
        ]

    def __str__(self) -> str:
        return f"{self.role}@{self.unit} {self.item_id}"


class Draft(models.Model):
    """What somebody has typed and not yet handed in. Deleted when the work is done."""

    item = models.ForeignKey(WorkItem, on_delete=models.CASCADE, related_name="drafts")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    data = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["item", "user"], name="draft_once")
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.user_id}"
