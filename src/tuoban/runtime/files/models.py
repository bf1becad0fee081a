"""Tables of contents, and of files: a content has as many files as it was uploaded times."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from tuoban.runtime.people.models import User


class Blob(models.Model):
    """A content, kept once under its SHA-256. `store.py` says where."""

    WAITING, CLEAN, INFECTED, UNSCANNED = "waiting", "clean", "infected", "unscanned"

    digest = models.CharField(max_length=64, primary_key=True)
    size = models.PositiveBigIntegerField()
    """Bytes."""
    type = models.CharField(max_length=100)
    """The media type, found by the content."""
    scan = models.CharField(max_length=10)
    found = models.CharField(max_length=200, blank=True, default="")
    """What the scanner found in an infected one."""
    tells_place = models.BooleanField(default=False)
    """A picture that says where it was taken."""

    def __str__(self) -> str:
        return self.digest

    @property
    def is_free(self) -> bool:
        """Whether anybody may have it."""
        return self.scan in (Blob.CLEAN, Blob.UNSCANNED)


class StoredFile(models.Model):
    """A content as somebody uploaded it. `ref` is by what everything else names it; nobody can
    guess one. Erasing it blanks its name and lets go of its content."""

    ref = models.CharField(max_length=40, unique=True)
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="files", null=True)
    """None: it was erased."""
    name = models.CharField(max_length=200)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    touched_at = models.DateTimeField()
    """When it was uploaded, or last kept by a draft."""

    class Meta:
        indexes: ClassVar = [models.Index(fields=["touched_at"], name="file_by_touch")]

    def __str__(self) -> str:
        return self.ref
