"""Messages between cases and systems, where each went, and which cases listen to which."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from tuoban.runtime.cases.models.cases import Case
from tuoban.runtime.cases.models.columns import KEY
from tuoban.runtime.people.models import User


class Message(models.Model):
    """A message that a case sent or that came from outside, for as long as it is kept."""

    key = models.CharField(max_length=200, unique=True)
    """By which it is known should it come again: the id that cases keep of it."""
    name = models.CharField(max_length=KEY)
    values = models.TextField(default="{}")
    """What it carries, as the kernel's codec writes it, without what is personal."""
    personal = models.TextField(default="{}")
    """The personal part of it. Erasing empties it."""
    sender = models.ForeignKey(Case, on_delete=models.CASCADE, null=True, related_name="+")
    """The case that sent it; None: it came from outside."""
    source = models.CharField(max_length=KEY, blank=True, default="")
    """From which system, or through which face, it came."""
    entered_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    process = models.CharField(max_length=KEY, blank=True, default="")
    """The slug of the process whose cases alone it is for; empty: for those of any."""
    system = models.CharField(max_length=KEY, blank=True, default="")
    """The system that fetches it; then it is for no case."""
    received_at = models.DateTimeField()
    kept_until = models.DateTimeField(db_index=True)
    hops = models.PositiveSmallIntegerField(default=0)
    """How many messages led one to the other up to this one; 0: it came from outside."""
    after = models.PositiveBigIntegerField(default=0)
    """The last of the listening cases that it has been brought to."""
    done_at = models.DateTimeField(null=True)
    """When it had been brought to all of them."""
    next_try_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True, default="")

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["name", "kept_until"], name="message_kept"),
            models.Index(
                fields=["next_try_at", "id"],
                name="message_waiting",
                condition=models.Q(done_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.key}"


class MessageDelivery(models.Model):
    """What became of a message in a case, or at the start of one."""

    TAKEN, JOINED, BEGAN, UNFIT, FAILED = "taken", "joined", "began", "unfit", "failed"

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="deliveries")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, null=True, related_name="+")
    slug = models.CharField(max_length=KEY)
    start = models.CharField(max_length=KEY, blank=True, default="")
    """The start of the process by which a case begins; empty where there was one already."""
    what = models.CharField(max_length=10)
    at = models.DateTimeField()
    error = models.TextField(blank=True, default="")
    """Why it could not be read (`UNFIT`), or what went wrong (`FAILED`)."""
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)
    """When a failed one is tried again."""

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["message", "case"],
                condition=models.Q(case__isnull=False),
                name="delivered_once",
            ),
            models.UniqueConstraint(
                fields=["message", "slug", "start"],
                condition=~models.Q(start=""),
                name="message_begins_once",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["next_try_at"],
                name="delivery_again",
                condition=models.Q(next_try_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.message_id} {self.what} {self.case_id or self.slug}"


class Listener(models.Model):
    """A running case that messages of a name may concern."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="listeners")
    name = models.CharField(max_length=KEY)
    look_at = models.DateTimeField(null=True)
    """When to look through the messages that are kept: what listens is new, or the case has
    changed. None: there is nothing to look for."""
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["name", "case"], name="listener_once")
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["look_at", "id"],
                name="listener_looks",
                condition=models.Q(look_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.name}"
