"""Capacities and what is taken of them."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import QuerySet

from tuoban.services.booking.models import Booking, Capacity


def capacities() -> QuerySet[Capacity]:
    """Every capacity, by its key."""
    return Capacity.objects.order_by("key")


def provide(key: str, places: int, minutes: int = 60) -> Capacity:
    """There are so many places of a capacity from now on, each taken for so many minutes.

    Raises:
        ValueError: fewer than one minute.
    """
    if minutes < 1:
        raise ValueError("fewer than one minute")
    row, _ = Capacity.objects.update_or_create(
        key=key, defaults={"places": places, "minutes": minutes}
    )
    return row


def taken(capacity: Capacity, begins: datetime, ends: datetime) -> QuerySet[Booking]:
    """The bookings that stand and meet this time."""
    rows = capacity.bookings.filter(cancelled_at=None)
    return rows.filter(begins__lt=ends, ends__gt=begins)


def free(capacity: Capacity, begins: datetime, ends: datetime) -> int:
    """How many places are left throughout this time."""
    return max(capacity.places - most_at_once(capacity, begins, ends), 0)


def most_at_once(capacity: Capacity, begins: datetime, ends: datetime) -> int:
    """How many places are taken at the busiest moment of this time."""
    spans = list(taken(capacity, begins, ends).values_list("begins", "ends"))
    moments = [begins, *(begun for begun, _ in spans if begun > begins)]
    return max(sum(1 for begun, ended in spans if begun <= at < ended) for at in moments)


def end_of(capacity: Capacity, begins: datetime) -> datetime:
    """Until when a place is taken from a moment on."""
    return begins + timedelta(minutes=capacity.minutes)
