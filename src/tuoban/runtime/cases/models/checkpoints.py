"""The table of checkpoints: what the journals of all cases had come to at a moment."""

from __future__ import annotations

from django.db import models

from tuoban.runtime.cases.models.columns import DIGEST


class Checkpoint(models.Model):
    """The newest entries of the cases that moved since the checkpoint before, chained to it."""

    number = models.PositiveIntegerField(unique=True)
    """From 1 without gaps."""
    at = models.DateTimeField()
    previous = models.CharField(max_length=DIGEST, blank=True)
    digest = models.CharField(max_length=DIGEST)
    heads = models.TextField()
    """Canonical JSON: number of the case, number and digest of its entry, in the order of the case
    numbers."""
    through = models.PositiveBigIntegerField()
    """The last row of the journal that it covers; all up to it are under this or one before."""

    def __str__(self) -> str:
        return f"checkpoint {self.number}"
