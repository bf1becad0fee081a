"""The table of what goes out of the house to people: to a telephone, or to a mailbox."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from tuoban.runtime.cases.models.cases import Case
from tuoban.runtime.cases.models.columns import KEY
from tuoban.runtime.people.models import User

MOST_ATTEMPTS = 12
"""After so many, over some hours, it has failed for good."""


def new_key() -> str:
    return uuid.uuid4().hex


class Outgoing(models.Model):
    """Something a person is told by a channel, once. To which number or address it goes is looked
    up when it is sent; its words are made from `node` and `values` when it is sent or read."""

    WAITING, SENT, FAILED, DROPPED = "waiting", "sent", "failed", "dropped"
    NO_GATEWAY, NO_ADDRESS = "no-gateway", "no-address"

    key = models.CharField(max_length=32, unique=True, default=new_key)
    """Under which every attempt goes out, here and nowhere else in the world."""
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
    """None: nothing is left to do about it. While it is being carried: when that counts as broken
    off, so that it is carried again."""
    attempts = models.PositiveIntegerField(default=0)
    """Attempts that were begun; the number tells who carries it now from whoever did before."""
    last_attempt = models.PositiveIntegerField(default=MOST_ATTEMPTS)
    """The number of the attempt after which it has failed for good."""
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


class OutgoingAttempt(models.Model):
    """What was done about a text: an attempt to carry it, or what somebody decided about it."""

    BEGUN = ""
    """It is being carried, or was broken off, so that nobody knows whether it went out."""
    SENT, PUT_OFF, TURNED_AWAY = "sent", "put-off", "turned-away"
    NO_GATEWAY, NO_ADDRESS = Outgoing.NO_GATEWAY, Outgoing.NO_ADDRESS
    AGAIN, DROPPED = "again", "dropped"

    outgoing = models.ForeignKey(Outgoing, on_delete=models.CASCADE, related_name="log")
    at = models.DateTimeField()
    carrier = models.CharField(max_length=40, blank=True, default="")
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    """Who decided; None: it was the worker."""
    result = models.CharField(max_length=12, blank=True, default=BEGUN)
    words = models.TextField(blank=True, default="")
    """Why it failed, as `retry.why` reads it."""

    def __str__(self) -> str:
        return f"{self.outgoing_id} {self.at} {self.result}"
