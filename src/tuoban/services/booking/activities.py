"""The activity of booking."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

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
        free = capacity.places - service.most_at_once(
            capacity, slot, service.end_of(capacity, slot)
        )
        return (Shown(field("free", "integer", "当时空位", "Free then"), Decimal(max(free, 0))),)

    def check(self, asked: Asked, on: On) -> Mapping[str, Any]:
        # Whoever books next waits here until this booking stands, or does not.
        rows = Capacity.objects.select_for_update().filter(key=asked.given["capacity"])
        capacity, slot = rows.first(), asked.entered["slot"]
        if capacity is None:
            name = asked.given["capacity"]
            zh = f"“{name}”还没有设定，请管理员用 tuoban capacity 设定。"
            en = f"“{name}” is not set up yet; the administrator does it with tuoban capacity."
            raise wrong("slot", zh, en)
        if slot < on.at:
            raise wrong("slot", "这个时间已过。", "This time has passed.")
        ends = service.end_of(capacity, slot)
        if service.most_at_once(capacity, slot, ends) >= capacity.places:
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


SERVICES = (Book(),)

PROPS = (Prop("capacity", _prepare), Prop("booked", found=_booked))
"""`given: {capacity: {workshop_bay: 2}}`; `expect: {booked: {workshop_bay: 1}}`."""
