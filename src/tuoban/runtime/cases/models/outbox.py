"""The table of what goes out of the house to people: to a telephone, or to a mailbox."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from tuoban.runtime.cases.models.cases import Case
from tuoban.runtime.cases.models.columns import KEY
from tuoban.runtime.people.models import User


class Outgoing(models.Model):
    """Something a person is told by a channel, once. To which number or address it goes is looked
    up when it is sent; its words are made from `node` and `values` when it is sent or read."""

    WAITING, SENT, FAILED = "waiting", "sent", "failed"
    NO_GATEWAY, NO_ADDRESS = "no-gateway", "no-address"

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    version = models.CharField(max_length=KEY)
    """Of the process, by whose text it is told."""
    node = models.CharField(max_length=KEY, blank=True, default="")
    channel = models.CharField(max_length=10)
    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="+")
    role = models.CharField(max_length=KEY, blank=True, default="")
    """The outside party, where it is no user."""
    values = models.TextField(default="{}")
    state = models.CharField(max_length=12, default=WAITING)
    carrier = models.CharField(max_length=40, blank=True, default="")
    """What carried it."""
    at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    next_try_at = models.DateTimeField(null=True, blank=True)
    """None: nothing is left to do about it."""
    attempts = models.PositiveIntegerField(default=0)
    error = models.TextField(blank=True, default="")

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["next_try_at"],
                condition=models.Q(next_try_at__isnull=False),
                name="outgoing_due",
            ),
            models.Index(fields=["case", "-id"], name="outgoing_of_case"),
        ]

    def __str__(self) -> str:
        return f"{self.channel} → {self.user_id or self.role}"
