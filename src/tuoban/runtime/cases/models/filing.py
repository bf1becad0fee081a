"""Tables of the files of cases, and of what is said about cases."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from tuoban.runtime.cases.models.cases import Case
from tuoban.runtime.cases.models.columns import KEY
from tuoban.runtime.files.models import StoredFile
from tuoban.runtime.people.models import User


class CaseFile(models.Model):
    """A case has a file: in a field, attached to it, or with a comment. The file stays as long as
    this does, and whoever sees the case may have it."""

    FIELD, ATTACHED, COMMENT = "field", "attached", "comment"

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="files")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="uses")
    kind = models.CharField(max_length=10)
    name = models.CharField(max_length=KEY, blank=True, default="")
    """The field, or the paper of which an attachment is a scan."""
    number = models.PositiveIntegerField(default=0)
    """Of the attachment or the comment, or the work item with which a field got it; 0: none."""
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "file"], name="case_file_once")
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.file_id}"


class CaseComment(models.Model):
    """What somebody said about a case. The words are a personal value."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="comments")
    number = models.PositiveIntegerField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    """None: the outside party said it."""
    party = models.CharField(max_length=KEY, blank=True, default="")
    """The outside party that it was said to, or by; empty: it stays inside."""
    at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True, blank=True)
    ref = models.CharField(max_length=32)
    """Of the words as they are now."""
    former = models.TextField(blank=True, default="")
    """Those of what it said before, each but the first after a space."""

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "number"], name="comment_once")
        ]

    def __str__(self) -> str:
        return f"{self.case_id}#{self.number}"
