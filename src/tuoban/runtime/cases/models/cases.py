"""Tables of cases as a whole."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from tuoban.runtime.cases.models.columns import DIGEST, KEY, NEVER
from tuoban.runtime.cases.models.definitions import PublishedDefinition
from tuoban.runtime.people.models import Unit, User


class Case(models.Model):
    """A live case. `seq` counts its journal entries and `head` is the digest of the last one.

    `title` is a template in which a personal value stands as a token (`titles.py`).
    """

    number = models.CharField(max_length=KEY, unique=True)
    definition = models.ForeignKey(PublishedDefinition, on_delete=models.PROTECT)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, to_field="key", db_column="unit")
    status = models.CharField(max_length=10)
    outcome = models.CharField(max_length=KEY, blank=True, default="")
    title = models.TextField()
    title_words = models.TextField()
    """The title without its personal values, for searching."""
    priority_rank = models.PositiveSmallIntegerField(default=0)
    shelf = models.CharField(max_length=100, blank=True, default="", db_index=True)
    """Of an ended case: where in the archive it is kept, in the language of its pack."""
    keep_until = models.DateField(null=True, blank=True)
    due_sort = models.DateTimeField(default=NEVER)
    """The earliest due time of its clocks, else `NEVER`."""
    suspended = models.BooleanField(default=False)
    owner = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    """Whose case it is."""
    owner_role = models.CharField(max_length=KEY, blank=True, default="")
    """Whose it is where it is nobody's own: whoever holds this role."""
    asked_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    """Who asked for it, where it belongs to another unit than they asked in, and so sees it."""
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    seq = models.PositiveIntegerField()
    head = models.CharField(max_length=DIGEST)
    state = models.TextField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["status", "due_sort", "-id"], name="case_by_time_left"),
            models.Index(fields=["owner", "status"], name="case_by_owner"),
        ]

    def __str__(self) -> str:
        return self.number


class CaseCopy(models.Model):
    """Somebody got the case to read."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="copies")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "case"], name="copied_once")
        ]

    def __str__(self) -> str:
        return f"{self.case_id} → {self.user_id}"


class CaseReference(models.Model):
    """A field of the case names a customer or an asset; `field` tells each copy of one from every
    other, see `facts.Held`."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="references")
    field = models.CharField(max_length=KEY)
    ref = models.CharField(max_length=KEY)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "field"], name="named_once_by_a_field")
        ]
        indexes: ClassVar = [models.Index(fields=["ref", "-case"], name="cases_of_a_reference")]

    def __str__(self) -> str:
        return f"{self.case_id}.{self.field} → {self.ref}"


class FormerReference(models.Model):
    """The case named a customer or an asset once, and may still hold what was said of them then."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    ref = models.CharField(max_length=KEY)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["ref", "case"], name="former_reference_once")
        ]

    def __str__(self) -> str:
        return f"{self.case_id} → {self.ref}"


class NumberSequence(models.Model):
    """The next number of a series, taken inside the case's transaction: no gaps."""

    series = models.CharField(max_length=KEY, unique=True)
    next = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return self.series
