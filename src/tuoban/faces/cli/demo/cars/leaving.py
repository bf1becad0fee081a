"""The car goes out, and the customer is called afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from tuoban.faces.cli.demo.cars import words
from tuoban.faces.cli.demo.cars.acting import (
    Acting,
    cost_of,
    id_of,
    is_necessary,
)
from tuoban.faces.cli.demo.cars.visit import Turn
from tuoban.faces.cli.demo.playing import Story
from tuoban.faces.cli.demo.shops import CALLER, MANAGER


def is_handed_over(it: Acting) -> Story:
    """The customer looks at the car, pays, and drives away."""
    yield it.watch.soon(2, 6)
    it.advisor("settle")
    comes = it.promised - timedelta(minutes=it.of.chance.randint(15, 50))
    if Turn.LATE_HANDOVER in it.turn:
        comes = it.promised + timedelta(minutes=it.of.chance.randint(10, 90))
    it.watch.until(comes)
    yield it.watch.soon(0, 3)
    life = it.of.chance
    brakes, tyres = life.randrange(10, 40) * 1000, life.randrange(10, 50) * 1000
    it.advisor("explain", brake_life=str(brakes), tyre_life=str(tyres))
    if it.refused and any(is_necessary(each) for each in it.refused):
        yield it.watch.soon(1, 3)
        it.advisor("sign_refusal", signed=it.customer)
    yield it.watch.soon(2, 5)
    _pay(it)
    yield it.watch.soon(1, 4)
    it.case.hand_on("licence", it.shop.advisor, it.watch.at)
    if Turn.WALK_IN not in it.turn:
        it.case.hand_on("upkeep_book", it.shop.advisor, it.watch.at)
    it.advisor("hand_over", signed=it.customer)


def _pay(it: Acting) -> None:
    total = 0 if Turn.REPEAT in it.turn else cost_of(it.of.fault.job)
    total += sum(cost_of(each) for each in it.to_do if each is not it.of.fault.job)
    if Turn.ON_ACCOUNT in it.turn:
        more = {"account_no": it.customer, "method": "transfer", "taken": "0"}
        it.does(it.shop.cashier, "pay", "account", **more)
    else:
        method = it.chosen(("wechat", "wechat", "alipay", "card", "cash"))
        it.does(it.shop.cashier, "pay", "paid", method=method, taken=str(total))


def is_followed_up(it: Acting) -> Story:
    """The customer says what they think: on a card, and at the telephone."""
    gave = it.watch.today
    opinion = it.chosen(("given", "given", "none", ""))
    if Turn.COMPLAINT in it.turn:
        opinion = "given"
    if opinion:
        yield it.watch.soon(3, 20)
        score = it.chosen(("2", "3") if Turn.COMPLAINT in it.turn else ("4", "5", "5"))
        it.does(it.shop.reception, "opinion", opinion, score=score)
    for moment in _calls(it, gave):
        yield it.watch.until(moment)
        yield from _is_called(it)


def _calls(it: Acting, gave: date) -> Iterator[datetime]:
    """When the customer is called: the last time they answer, unless nobody ever does."""
    first = 2 if Turn.LATE_CALL not in it.turn else 7
    for number in range(3 if Turn.UNREACHED in it.turn else 1):
        day = it.shop.after(gave, first + number)
        minute = it.of.chance.randrange(60)
        moments = (it.shop.on(day, time(hour, minute)) for hour in words.CALLING_HOURS)
        yield it.of.chance.choice([each for each in moments if it.shop.works(each)])


def _is_called(it: Acting) -> Story:
    moment = it.watch.at
    if Turn.UNREACHED in it.turn:
        it.does(CALLER, "callback", "unreached", called_at=moment)
        return
    if Turn.COMPLAINT not in it.turn:
        score, praise = it.of.chance.choice(words.CONTENT)
        it.does(CALLER, "callback", "reached", called_at=moment, score=score, praise=praise)
        return
    said, remedy, improvement = it.of.chance.choice(words.COMPLAINTS)
    it.does(
        CALLER, "callback", "complaint", called_at=moment, score=it.chosen(("1", "2")),
        criticism=said, responsible=id_of(MANAGER), contact_by=moment + timedelta(hours=5),
    )  # fmt: skip
    yield it.watch.soon(20, 80)
    it.does(MANAGER, "act", reasonable="yes", remedy=remedy)
    yield it.watch.soon(10, 40)
    if Turn.UNSETTLED in it.turn:
        it.case.send_back("answer", "act", MANAGER, it.watch.at, "客户要求上门取车")
        yield it.watch.soon(15, 40)
        it.does(MANAGER, "act", reasonable="yes", remedy=f"{remedy}；上门取车")
        yield it.watch.soon(10, 40)
    it.does(MANAGER, "answer", "settled")
    yield it.watch.soon(30, 120)
    it.does(MANAGER, "improve", improvement=improvement)
