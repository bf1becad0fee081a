"""The activities of booking: taking a place, and giving it back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from tuoban.kernel.activities import Activity, Asked
from tuoban.runtime.activities.services import Done, On, Prop, Shown, wrong
from tuoban.services.booking import offers, service
from tuoban.services.booking.models import Booking, Capacity
from tuoban.services.fields import field


class Book:
    """A place is taken from a moment on. Going back past it gives the place back."""

    declared: Activity = offers.BOOK

    def show(self, asked: Asked, on: On) -> tuple[Shown, ...]:
        capacity = Capacity.objects.filter(key=asked.given["capacity"]).first()
        slot = asked.entered["slot"]
        if capacity is None or slot is None:
            return ()
        free = service.free(capacity, slot, service.end_of(capacity, slot))
        return (Shown(field("free", "integer", "当时空位", "Free then"), Decimal(free)),)

    def check(self, asked: Asked, on: On) -> Mapping[str, Any]:
        # Whoever books next waits here until this booking stands, or does not.
        capacity, slot = _locked(asked.given["capacity"]), asked.entered["slot"]
        if capacity is None:
            name = asked.given["capacity"]
            zh = f"“{name}”还没有设定，请管理员用 tuoban capacity 设定。"
            en = f"“{name}” is not set up yet; the administrator does it with tuoban capacity."
            raise wrong("slot", zh, en)
        if slot < on.at:
            raise wrong("slot", "这个时间已过。", "This time has passed.")
        ends = service.end_of(capacity, slot)
        if not service.free(capacity, slot, ends):
            raise wrong("slot", "这个时段已约满。", "Nothing is free at this time.")
        return {"until": ends}

    def apply(self, done: Done, on: On) -> None:
        Booking.objects.create(
            capacity=Capacity.objects.get(key=done.given["capacity"]),
            case_id=on.case_id,
            item=done.item,
            begins=done.values["slot"],
            ends=done.values["until"],
        )

    def undo(self, done: Done, on: On) -> None:
        Booking.objects.filter(case=on.case_id, item=done.item).update(cancelled_at=on.at)


class Unbook:
    """The places that the case has of a capacity are given back. Going back past it, those that
    nobody has taken since are the case's again."""

    declared: Activity = offers.UNBOOK

    def show(self, asked: Asked, on: On) -> tuple[Shown, ...]:
        return tuple(
            Shown(field("slot", "datetime", "退回", "Given back"), each.begins)
            for each in _held(asked.given["capacity"], on)
        )

    def check(self, asked: Asked, on: On) -> Mapping[str, Any]:
        return {"freed": Decimal(_held(asked.given["capacity"], on).count())}

    def apply(self, done: Done, on: On) -> None:
        rows = _held(done.given["capacity"], on)
        rows.update(cancelled_at=on.at, cancelled_item=done.item)

    def undo(self, done: Done, on: On) -> None:
        capacity = _locked(done.given["capacity"])
        for booking in Booking.objects.filter(case=on.case_id, cancelled_item=done.item):
            if capacity and service.free(capacity, booking.begins, booking.ends):
                booking.cancelled_at = booking.cancelled_item = None
                booking.save(update_fields=["cancelled_at", "cancelled_item"])


def _locked(key: str) -> Capacity | None:
    """A capacity, kept from others until the transaction ends; None: it is not set up."""
    return Capacity.objects.select_for_update().filter(key=key).first()


def _held(capacity: str, on: On) -> QuerySet[Booking]:
    """What the case has booked of a capacity, by time."""
    rows = Booking.objects.filter(case=on.case_id, capacity__key=capacity, cancelled_at=None)
    return rows.order_by("begins", "pk")


def _prepare(value: Any, at: datetime) -> None:
    """`{workshop_bay: 2}`."""
    if not isinstance(value, Mapping):
        raise ValueError("capacity: {workshop_bay: 2}")
    for key, places in value.items():
        if not str(places).isdecimal():
            raise ValueError(f"capacity: {key}: {places}?")
        service.provide(key, int(places))


def _booked(case_id: int, capacity: str) -> int:
    """How many bookings of a capacity the case has."""
    rows = Booking.objects.filter(case=case_id, capacity__key=capacity, cancelled_at=None)
    return rows.count()


SERVICES = (Book(), Unbook())

PROPS = (Prop("capacity", _prepare), Prop("booked", found=_booked))
"""`given: {capacity: {workshop_bay: 2}}`; `expect: {booked: {workshop_bay: 1}}`."""
