"""Rows of billing. Amounts are whole minor units of the currency; nothing is ever deleted."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from tuoban.runtime.cases.models import Case
from tuoban.runtime.people.models import User


class Charge(models.Model):
    """What a case costs (a quote, a charge), or is asked to pay when money is collected."""

    COST, ASKED = "cost", "asked"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    item = models.PositiveIntegerField()
    """The work item with which it was made."""
    kind = models.CharField(max_length=10, choices=[(COST, "Cost"), (ASKED, "Asked")])
    amount = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "item"], name="charge_once_an_item")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.amount} {self.currency}"


class Payment(models.Model):
    """Money that was taken, or given back where the amount is negative."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    item = models.PositiveIntegerField(null=True)
    """The work item with which it was taken; None: it came by itself."""
    amount = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    method = models.CharField(max_length=20)
    reference = models.CharField(max_length=100, blank=True, default="")
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "item"], name="payment_once_an_item")
        ]

    def __str__(self) -> str:
        return f"{self.amount} {self.currency} {self.method}"


class Deposit(models.Model):
    """Money held for a case on a named account, or given back where the amount is negative."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    item = models.PositiveIntegerField()
    account = models.CharField(max_length=60)
    amount = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    method = models.CharField(max_length=20)
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "item"], name="deposit_once_an_item")
        ]

    def __str__(self) -> str:
        return f"{self.account} {self.amount} {self.currency}"
