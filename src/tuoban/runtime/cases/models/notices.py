"""The table of what people are told."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from tuoban.runtime.cases.models.cases import Case
from tuoban.runtime.cases.models.work import WorkItem
from tuoban.runtime.people.models import User


class Notice(models.Model):
    """Something a user is told. `facts` are keys and ids as JSON; texts are made when read."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="notices")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, null=True, related_name="+")
    """None: it is about an indicator of a process, or a case that could not begin by itself."""
    item = models.ForeignKey(WorkItem, on_delete=models.CASCADE, null=True, related_name="+")
    code = models.CharField(max_length=40)
    facts = models.TextField(default="{}")
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["user", "read_at", "-id"], name="notice_unread")]

    def __str__(self) -> str:
        return f"{self.code} → {self.user_id}"
