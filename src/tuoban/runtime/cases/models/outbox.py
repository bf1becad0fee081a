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


class Written(models.Model):
    """A letter that belongs to no step of a case: its words and its address were there when it was
    queued.

    What nobody may read later is in `sealed`, which is emptied as soon as nothing is left to do
    about the letter; so is the address of what went out.
    """

    request_key = models.CharField(max_length=200, unique=True)
    """Of whoever had it written, so that it is written once."""
    template = models.CharField(max_length=KEY)
    language = models.CharField(max_length=2)
    address = models.CharField(max_length=254, blank=True, default="")
    address_end = models.CharField(max_length=254, blank=True, default="")
    """What is left of the address for people to recognise it by: the last four digits of a number,
    the domain of a mailbox."""
    subject = models.CharField(max_length=200, blank=True, default="")
    text = models.TextField(blank=True, default="")
    """As people may read it later: what is secret is hidden."""
    sealed = models.TextField(blank=True, default="")
    """JSON: the whole `text`, and the `secrets` that stand in it; empty: there are none, or they
    are forgotten."""
    is_secret = models.BooleanField(default=False)
    stale_at = models.DateTimeField(null=True, blank=True)
    """From when on it is of no use to anybody and does not go out; None: never."""

    def __str__(self) -> str:
        return f"{self.template} → {self.address_end}"


class Outgoing(models.Model):
    """Something a person is told by a channel, once. What a step of a case tells is made from
    `node` and `values` when it is sent or read, and to which number or address it goes is looked up
    then; any other letter is `written`."""

    WAITING, SENT, FAILED, DROPPED = "waiting", "sent", "failed", "dropped"
    NO_GATEWAY, NO_ADDRESS, STALE = "no-gateway", "no-address", "stale"
    DELIVERED, UNDELIVERED = "delivered", "undelivered"

    key = models.CharField(max_length=32, unique=True, default=new_key)
    """Under which every attempt goes out, here and nowhere else in the world."""
    case = models.ForeignKey(Case, on_delete=models.CASCADE, null=True, related_name="+")
    """None: a letter that has to do with none."""
    written = models.OneToOneField(Written, on_delete=models.CASCADE, null=True, related_name="+")
    version = models.CharField(max_length=KEY, blank=True, default="")
    """Of the process, by whose text it is told; of what is written, none."""
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
    report = models.CharField(max_length=12, blank=True, default="")
    """What the carrier reported after it had taken it: `delivered`, `undelivered`, or nothing."""

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
        return f"{self.channel} → {self.user_id or self.role or self.written}"


class OutgoingAttempt(models.Model):
    """What was done about a text: an attempt to carry it, or what somebody decided about it."""

    BEGUN = ""
    """It is being carried, or was broken off, so that nobody knows whether it went out."""
    SENT, PUT_OFF, TURNED_AWAY = "sent", "put-off", "turned-away"
    NO_GATEWAY, NO_ADDRESS, STALE = Outgoing.NO_GATEWAY, Outgoing.NO_ADDRESS, Outgoing.STALE
    DELIVERED, UNDELIVERED = Outgoing.DELIVERED, Outgoing.UNDELIVERED
    """What the carrier reported of a text that it had taken."""
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
