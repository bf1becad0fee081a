"""Until the customer is there: the call, the appointment, what is prepared."""

from __future__ import annotations

from datetime import time, timedelta

from tuoban.faces.cli.demo.cars import words
from tuoban.faces.cli.demo.cars.acting import (
    SLUG,
    Acting,
    Scene,
    cost_of,
    hours_of,
    id_of,
)
from tuoban.faces.cli.demo.cars.visit import Turn
from tuoban.faces.cli.demo.playing import Story
from tuoban.faces.cli.demo.shops import CALLER, DISPATCHER, STOREKEEPER
from tuoban.kernel.calendars import previous_working


def walks_in(it: Acting) -> Scene:
    """The customer comes without an appointment."""
    _begin(it, "walk_in", it.shop.reception, booked_advisor=id_of(it.shop.advisor))
    yield it.watch.soon(2, 6)
    return True


def is_appointed(it: Acting) -> Scene:
    """The customer is called or calls, an appointment is made, and they come, or do not."""
    if Turn.INVITED in it.turn:
        if not (yield from _is_invited(it)):
            return False
    else:
        _begin(it, "booking", it.chosen((it.shop.reception, it.shop.advisor)))
    yield it.watch.soon(3, 12)
    _book(it)
    yield from _is_prepared(it)
    if it.turn & (Turn.NOT_READY | Turn.ABSENT):
        if Turn.NOT_READY in it.turn:
            it.advisor("check_ready", "not_ready", lacking=it.chosen(words.LACKING))
        else:
            it.advisor("check_ready", "ready")
            yield it.watch.until(it.slot + timedelta(minutes=70))
            it.does(it.shop.reception, "arrive", "absent")
        yield it.watch.soon(10, 45)
        if Turn.GIVEN_UP in it.turn:
            it.advisor("talk", "given_up", refusal=it.chosen(words.WHY_NOT))
            return False
        it.advisor("talk", "again")
        yield it.watch.soon(2, 8)
        it.slot = it.shop.on(
            it.shop.after(it.watch.today, 3), it.slot.astimezone(it.shop.zone).time()
        )
        it.promised = it.promise(it.slot)
        _book(it)
        yield from _is_prepared(it)
    it.advisor("check_ready", "ready")
    yield it.watch.until(it.slot + timedelta(minutes=it.of.chance.randint(-12, 0)))
    it.does(it.shop.reception, "arrive", "arrived")
    yield it.watch.soon(2, 7)
    return True


def _is_invited(it: Acting) -> Scene:
    it.case.begin(
        SLUG, "invitation", CALLER, it.watch.at, it.shop.unit,
        customer=it.of.car.owner_ref, vehicle=it.of.car.ref,
        complaint=it.of.fault.complaint,
    )  # fmt: skip
    yield it.watch.soon(2, 9)
    if Turn.LATER in it.turn:
        day = it.shop.after(it.watch.today, 2)
        it.does(CALLER, "invite", "later", call_again_on=day.isoformat())
        yield it.watch.until(it.shop.on(day, time(9, 40)))
    if Turn.DECLINED in it.turn:
        it.does(CALLER, "invite", "declined", refusal=it.chosen(words.WHY_NOT))
        return False
    it.does(CALLER, "invite", "wanted")
    return True


def _begin(it: Acting, request: str, who: str, **more: str) -> None:
    visit = it.of
    it.case.begin(
        SLUG, request, who, it.watch.at, it.shop.unit,
        customer=visit.car.owner_ref, vehicle=visit.car.ref, complaint=visit.fault.complaint,
        system=visit.fault.system, mileage=str(visit.mileage), **more,
    )  # fmt: skip


def _book(it: Acting) -> None:
    cost = cost_of(it.of.fault.job)
    it.advisor(
        "book",
        slot=it.slot,
        system=it.of.fault.system,
        mileage=str(it.of.mileage),
        booked_advisor=id_of(it.shop.advisor),
        promised_at=it.promised,
        price_from=str(cost // 50 * 50),
        price_to=str(cost // 50 * 50 + 150),
    )


def _is_prepared(it: Acting) -> Story:
    yield it.watch.soon(5, 20)
    it.advisor("draft", hours_needed=hours_of(it.of.fault.minutes))
    yield it.watch.soon(10, 30)
    plan = {"tech_plan": "先测后拆，两人会诊，不靠换件试"} if Turn.REPEAT in it.turn else {}
    it.does(DISPATCHER, "staff", planned_technician=id_of(it.technician), **plan)
    yield it.watch.soon(5, 40)
    it.does(STOREKEEPER, "reserve")
    yield it.watch.soon(5, 40)
    it.does(it.shop.reception, "welcome")
    ahead = it.slot - timedelta(days=1, minutes=it.of.chance.randint(15, 60))
    yield it.watch.soon(5, 20)
    if ahead > it.watch.at:
        yield it.watch.until(previous_working(it.shop.calendar, ahead))
