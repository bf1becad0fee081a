"""Rows of customers and assets. A fact is never changed: a newer one stands before it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from tuoban.runtime.cases.models import KEY, Case
from tuoban.runtime.people.models import User

LONGEST_NAME = 100
LONGEST_REASON = 500


class Customer(models.Model):
    """A person or an organisation that the organisation works for."""

    name = models.CharField(max_length=LONGEST_NAME)
    phone = models.CharField(max_length=32, blank=True, default="", db_index=True)
    mail = models.EmailField(blank=True, default="")
    is_organisation = models.BooleanField(default=False)
    note = models.CharField(max_length=500, blank=True, default="")
    entered_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True)
    """When name, telephone number and note were erased; the file itself stands for its cases."""
    erased_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    erased_why = models.CharField(max_length=LONGEST_REASON, blank=True, default="")

    def __str__(self) -> str:
        return self.name

    @property
    def ref(self) -> str:
        return f"customer-{self.pk}"


class Asset(models.Model):
    """A thing of some kind, called by a name that no other of its kind has."""

    kind = models.CharField(max_length=KEY)
    name = models.CharField(max_length=LONGEST_NAME)
    owner = models.ForeignKey(
        Customer, on_delete=models.PROTECT, null=True, blank=True, related_name="assets"
    )
    entered_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "name"], name="asset_by_name")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def ref(self) -> str:
        return f"asset-{self.pk}"


class Fact(models.Model):
    """What became known of a customer or an asset, when, and by which case or whom.

    `value` is the canonical text of a value of the kernel.
    """

    ref = models.CharField(max_length=KEY)
    name = models.CharField(max_length=KEY)
    value = models.TextField()
    at = models.DateTimeField()
    case = models.ForeignKey(
        Case, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["ref", "name", "-id"], name="newest_fact")]

    def __str__(self) -> str:
        return f"{self.ref}.{self.name}"
