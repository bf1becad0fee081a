"""Rows of booking."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from tuoban.runtime.cases.models import Case


class Capacity(models.Model):
    """Something of which there are several places, each taken for so many minutes."""

    key = models.CharField(max_length=60, unique=True)
    places = models.PositiveIntegerField(default=1)
    minutes = models.PositiveIntegerField(default=60)

    def __str__(self) -> str:
        return f"{self.key}: {self.places}"


class Booking(models.Model):
    """A place that a case has from one moment to another, until it is cancelled."""

    capacity = models.ForeignKey(Capacity, on_delete=models.PROTECT, related_name="bookings")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    item = models.PositiveIntegerField()
    begins = models.DateTimeField()
    ends = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True)
    cancelled_item = models.PositiveIntegerField(null=True)
    """The work item that gave it back; none where work went back past the booking."""

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "item"], name="booking_once_an_item")
        ]
        indexes: ClassVar = [
            models.Index(fields=["capacity", "begins"], name="booking_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.capacity_id} {self.begins}"
