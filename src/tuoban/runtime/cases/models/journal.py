"""Tables of what happened, and of what answers for it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from tuoban.runtime.cases.models.cases import Case
from tuoban.runtime.cases.models.columns import DIGEST, KEY


class JournalEntry(models.Model):
    """One command and its events; append-only, chained by digests (`journal.py`)."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="journal")
    seq = models.PositiveIntegerField()
    at = models.DateTimeField()
    actor = models.CharField(max_length=64, blank=True, default="")
    """The person's id; empty for the system."""
    command = models.CharField(max_length=KEY)
    payload = models.TextField()
    previous = models.CharField(max_length=DIGEST)
    digest = models.CharField(max_length=DIGEST)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "seq"], name="journal_seq_once")
        ]

    def __str__(self) -> str:
        return f"{self.case_id}#{self.seq} {self.command}"


class PersonalValue(models.Model):
    """A personal value, outside the journal. Erasing blanks `value` and `salt`; the journal keeps
    the reference and the commitment."""

    ref = models.CharField(max_length=32, unique=True)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="personal_values")
    field = models.CharField(max_length=KEY)
    salt = models.CharField(max_length=64, blank=True)
    value = models.TextField(blank=True)
    commitment = models.CharField(max_length=DIGEST)
    erased_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.ref


class CommandKey(models.Model):
    """The answer once given under a caller's key, so that a repeated request changes nothing."""

    actor = models.CharField(max_length=64)
    key = models.CharField(max_length=KEY)
    request_digest = models.CharField(max_length=DIGEST)
    answer = models.TextField(blank=True, default="")
    at = models.DateTimeField(db_index=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["actor", "key"], name="command_key_once")
        ]

    def __str__(self) -> str:
        return self.key
