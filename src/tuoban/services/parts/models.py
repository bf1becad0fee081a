"""Rows of parts. What is in stock is kept with the part, and follows from the movements."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from tuoban.runtime.cases.models import Case


class Part(models.Model):
    """A part by its number; `stock` never falls below nothing."""

    number = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=200, blank=True, default="")
    stock = models.IntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(stock__gte=0), name="stock_not_below_nothing")
        ]

    def __str__(self) -> str:
        return self.number


class Movement(models.Model):
    """Pieces that left the stock (negative) or came to it; without a case, a delivery."""

    part = models.ForeignKey(Part, on_delete=models.PROTECT, related_name="movements")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, related_name="+")
    item = models.PositiveIntegerField(null=True)
    quantity = models.IntegerField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.part_id} {self.quantity:+d}"


class Loan(models.Model):
    """A thing that a case has been lent, until it is returned."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    item = models.PositiveIntegerField()
    thing = models.TextField()
    mark = models.TextField()
    lent_at = models.DateTimeField()
    returned_at = models.DateTimeField(null=True)
    returned_item = models.PositiveIntegerField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "item"], name="loan_once_an_item")
        ]

    def __str__(self) -> str:
        return f"{self.thing} {self.mark}"
