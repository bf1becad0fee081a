"""The car in the shop: the order, the repair, the checks."""

from __future__ import annotations

from datetime import time
from typing import Any

from tuoban.faces.cli.demo.cars import words
from tuoban.faces.cli.demo.cars.acting import (
    Acting,
    Scene,
    hours_of,
    id_of,
    row_of,
)
from tuoban.faces.cli.demo.cars.visit import Turn
from tuoban.faces.cli.demo.playing import Story
from tuoban.faces.cli.demo.shops import DISPATCHER, INSPECTOR, MANAGER, STOREKEEPER


def is_received(it: Acting) -> Scene:
    """The car is taken over, and the order is signed."""
    papers = {"licence": ("1", "")}
    if Turn.WALK_IN not in it.turn:
        papers["upkeep_book"] = ("1", "")
    it.advisor("receive", mileage=str(it.of.mileage + it.of.chance.randint(3, 60)), papers=papers)
    yield it.watch.soon(4, 9)
    looks, inside = it.chosen(words.EXTERIORS), it.chosen(words.BELONGINGS)
    it.advisor("condition", exterior=looks, belongings=inside, signed=it.customer)
    yield it.watch.soon(6, 14)
    items = _items(it)
    promise: dict[str, Any] = {"promised_at": it.promised} if Turn.WALK_IN in it.turn else {}
    it.advisor("order", items=items, signed=it.customer, **promise)
    yield it.watch.soon(5, 15)
    if Turn.NOTHING_DONE in it.turn:
        it.advisor("refuse_all", signed=it.customer)
        return False
    return True


def _items(it: Acting) -> list[dict[str, str]]:
    """What is written on the order."""
    fault, turn = it.of.fault, it.turn
    if Turn.NOTHING_DONE in turn:
        return [row_of(fault.job, "refuse")]
    it.to_do = [fault.job]
    rows = [row_of(fault.job, payer="redo" if Turn.REPEAT in turn else "customer")]
    if Turn.REFUSED_ITEM in turn:
        it.refused = [fault.beside]
        rows.append(row_of(fault.beside, "refuse"))
    return rows


def is_repaired(it: Acting) -> Scene:
    """The work is done, whatever comes between."""
    it.does(DISPATCHER, "assign", technician=id_of(it.technician))
    yield it.watch.soon(5, 12)
    if Turn.CANCELLED in it.turn:
        it.case.cancel(it.shop.advisor, it.watch.at, it.chosen(words.WHY_CANCELLED))
        yield it.watch.soon(8, 20)
        it.advisor("give_back", signed=it.customer)
        return False
    if it.of.fault.job.part:
        it.does(STOREKEEPER, "issue")
    minutes = it.of.fault.minutes
    yield it.watch.soon(minutes // 3, minutes // 2)
    if it.turn & (Turn.EXTRA | Turn.EXTRA_REFUSED):
        yield from _finds_more(it)
    if Turn.DELAY in it.turn:
        yield from _is_delayed(it)
    if Turn.MISHAP in it.turn:
        it.case.react("mishap", it.technician, it.watch.at, damage="拆装时碰断一个内饰卡扣")
        yield it.watch.soon(6, 20)
        it.does(MANAGER, "settle_damage", settling="换新卡扣，不收费，已告诉客户")
    yield it.watch.soon(minutes // 2, minutes)
    if Turn.TWO_TRADES in it.turn:
        _repair(
            it, "next_trade", technician=id_of(it.technician), handoff="机修已完，转电工复位检测"
        )
        yield it.watch.soon(15, 40)
    _repair(it, "finished")
    return True


def _repair(it: Acting, outcome: str, **more: str) -> None:
    hours = hours_of(it.of.fault.minutes)
    labour = [{"what": it.of.fault.job.what, "hours": hours}]
    cause = it.of.fault.cause
    it.does(it.technician, "repair", outcome, cause=cause, labour=labour, **more)


def _finds_more(it: Acting) -> Story:
    job = it.of.fault.beside
    is_done = Turn.EXTRA in it.turn
    finding = {"what": job.what, "kind": job.kind, "necessary": "yes"}
    it.case.react("extra_work", it.technician, it.watch.at, found=[finding])
    yield it.watch.soon(8, 24)
    jobs = [row_of(job, "do" if is_done else "refuse")]
    it.advisor("consent", jobs=jobs, signed=it.customer)
    (it.to_do if is_done else it.refused).append(job)
    yield it.watch.soon(4, 10)
    if is_done and job.part:
        it.does(STOREKEEPER, "issue_extra")
        yield it.watch.soon(15, 40)


def _is_delayed(it: Acting) -> Story:
    it.promised = it.shop.on(it.shop.after(it.watch.today, 1), time(15, 0))
    why = it.chosen(words.WHY_DELAYED)
    it.case.react("delay", it.technician, it.watch.at, later=it.promised, why=why)
    yield it.watch.soon(6, 25)
    it.advisor("explain_delay")
    yield it.watch.until(it.shop.on(it.shop.after(it.watch.today, 1), time(9, 20)))


def is_checked(it: Acting) -> Story:
    """The work is checked, and the car is made ready."""
    must_inspect = any(each.kind != "ordinary" for each in it.to_do)
    road_test = must_inspect or Turn.REWORK in it.turn or it.of.chance.random() < 0.2
    yield from _is_inspected(it, must_inspect=must_inspect, road_test=road_test)
    yield it.watch.soon(8, 20)
    it.does(DISPATCHER, "wash", bay=it.chosen(("A1", "A2", "A3", "B1", "B2")))
    yield it.watch.soon(2, 8)
    it.does(it.shop.reception, "service_pack")
    yield it.watch.soon(2, 6)
    unfixed = [{"what": each.what, "kind": each.kind} for each in it.refused]
    it.does(DISPATCHER, "brief", unfixed=unfixed)
    yield it.watch.soon(1, 4)
    it.case.sign("brief", it.shop.advisor, it.watch.at)
    yield it.watch.soon(2, 6)
    it.advisor("check_car")


def _is_inspected(it: Acting, *, must_inspect: bool, road_test: bool) -> Story:
    turns = (True, False) if Turn.REWORK in it.turn else (False,)
    for fails in turns:
        yield it.watch.soon(4, 12)
        it.does(DISPATCHER, "finish", road_test="yes" if road_test else "no")
        yield it.watch.soon(1, 4)
        it.case.sign("finish", it.technician, it.watch.at)
        step = "inspect" if must_inspect else "drive_test"
        yield it.watch.soon(6, 15)
        if fails:
            it.case.send_back(step, "repair", INSPECTOR, it.watch.at, it.chosen(words.FAILS))
            yield it.watch.soon(20, 45)
            _repair(it, "finished")
            continue
        if must_inspect:
            it.does(INSPECTOR, "inspect")
            yield it.watch.soon(8, 18)
        if road_test:
            it.does(INSPECTOR, "drive_test")
        if Turn.REWORK in it.turn:
            yield it.watch.soon(3, 9)
            it.does(DISPATCHER, "review_rework", rework_cause=it.chosen(words.REWORKED))
