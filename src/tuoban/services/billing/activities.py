"""The activities of billing: quoting, and taking money."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from tuoban.kernel.activities import Activity, Asked
from tuoban.kernel.expressions import Row
from tuoban.kernel.values import LARGEST
from tuoban.runtime.activities.services import STEP, Done, Fact, Ledger, On, Prop, Shown, wrong
from tuoban.runtime.people.ids import user_id
from tuoban.services.billing import offers, service
from tuoban.services.billing.models import Charge, Deposit, Payment
from tuoban.services.billing.money import from_minor, to_minor
from tuoban.services.fields import field

ZERO = Decimal(0)
_TAKEN = "taken"
_TO_GIVE_BACK = ("应退（实收填负数）", "To give back (taken is negative)")


class _Charged:
    """What an activity asked for is asked for no more once it is gone back past; money that changed
    hands stands."""

    def undo(self, done: Done, on: On) -> None:
        _take_back(done.item, on)


class Quote(_Charged):
    """What a case will cost, line by line. Going back past it takes the quote back."""

    declared: Activity = offers.QUOTE

    def show(self, asked: Asked, on: On) -> tuple[Shown, ...]:
        return (
            Shown(field("total", "money", "报价合计", "Total of the quote"), _total(asked, on)),
        )

    def check(self, asked: Asked, on: On) -> Mapping[str, Any]:
        parts = tuple(
            Row(0, {"part": row["part"], "quantity": row["quantity"]})
            for row in asked.entered["lines"]
            if row["part"]
        )
        total = _total(asked, on)
        if total > LARGEST:
            raise wrong("lines", "合计太大，记不下。", "The total is too large to be kept.")
        return {"total": total, "parts": parts}

    def apply(self, done: Done, on: On) -> None:
        _charge(Charge.COST, done.values["total"], done, on)


class ChargeAmount(_Charged):
    """An amount is added to what the case costs. Going back past it takes it back."""

    declared: Activity = offers.CHARGE

    def show(self, asked: Asked, on: On) -> tuple[Shown, ...]:
        return (Shown(self.declared.offers[0], asked.given["amount"]),)

    def check(self, asked: Asked, on: On) -> Mapping[str, Any]:
        amount = asked.given["amount"]
        if amount is None or amount < ZERO:
            raise wrong(STEP, "金额还算不出来。", "The amount cannot be told yet.")
        return {"charged": amount}

    def apply(self, done: Done, on: On) -> None:
        _charge(Charge.COST, done.values["charged"], done, on)


class Collect(_Charged):
    """Money is taken. It stays taken when work goes back: done again, the difference is settled."""

    declared: Activity = offers.COLLECT

    def show(self, asked: Asked, on: On) -> tuple[Shown, ...]:
        owed, former = _owed(asked, on), _former(asked)
        if owed is None:
            return ()
        zh, en = ("应收", "Owed") if owed >= ZERO or former else _TO_GIVE_BACK
        return _to_take(
            Shown(field("owed", "money", zh, en), owed),
            Shown(field("paid", "money", "已收", "Paid already"), former),
        )

    def check(self, asked: Asked, on: On) -> Mapping[str, Any]:
        owed, former, taken = _owed(asked, on), _former(asked), asked.entered["taken"]
        if owed is None or (owed < ZERO and "amount" in asked.given):
            raise wrong("taken", "应收金额还算不出来。", "What is owed cannot be told yet.")
        left = owed - former
        if asked.agrees and taken != left:
            zh, en = f"这次应收 {left}，填的是 {taken}。", f"{left} is to be taken, not {taken}."
            raise wrong("taken", zh, en)
        if not min(left, ZERO) <= taken <= max(left, ZERO):
            zh, en = f"应在 0 与 {left} 之间。", f"It must be between 0 and {left}."
            raise wrong("taken", zh, en)
        return {"owed": owed, "paid": former + taken}

    def apply(self, done: Done, on: On) -> None:
        _settle(done.values["owed"], done.values["taken"], done, on)


class Refund(_Charged):
    """Money is given back. It stays so when work goes back: done again, the difference is given
    back."""

    declared: Activity = offers.REFUND

    def show(self, asked: Asked, on: On) -> tuple[Shown, ...]:
        left = _to_refund(asked, on) - _refunded(asked)
        return (Shown(field("left", "money", "应退", "To give back"), left),)

    def check(self, asked: Asked, on: On) -> Mapping[str, Any]:
        whole, former, paid = _to_refund(asked, on), _refunded(asked), service.paid(on.case_id)
        is_enough = whole > ZERO or asked.winds_up
        if not ZERO <= whole - former <= paid or not is_enough:
            left = whole - former
            zh, en = f"要退 {left}，已收 {paid}。", f"{left} is to be given back, {paid} was paid."
            raise wrong("method", zh, en)
        return {"refunded": whole}

    def apply(self, done: Done, on: On) -> None:
        former = done.former["refunded"] if done.former is not None else ZERO
        refunded = done.values["refunded"]
        _settle(-refunded, former - refunded, done, on)


class Hold:
    """Money is taken in deposit. It is held when work goes back: done again, the difference is
    settled."""

    declared: Activity = offers.HOLD

    def show(self, asked: Asked, on: On) -> tuple[Shown, ...]:
        amount, former = asked.given["amount"], _held_before(asked, on)
        if amount is None:
            return ()
        return _to_take(
            Shown(field("owed", "money", "应收押金", "Deposit"), amount),
            Shown(field("held", "money", "已收", "Held already"), former),
        )

    def check(self, asked: Asked, on: On) -> Mapping[str, Any]:
        amount, taken = asked.given["amount"], asked.entered["taken"]
        if amount is None or amount < ZERO:
            raise wrong("taken", "押金金额还算不出来。", "The deposit cannot be told yet.")
        left = amount - _held_before(asked, on)
        if taken != left:
            zh, en = f"这次应收 {left}，填的是 {taken}。", f"{left} is to be taken, not {taken}."
            raise wrong("taken", zh, en)
        return {"held": amount}

    def apply(self, done: Done, on: On) -> None:
        _deposit(done.values["taken"], done, on)

    def undo(self, done: Done, on: On) -> None:
        """It is held still."""


class Release:
    """What is held on an account is given back."""

    declared: Activity = offers.RELEASE

    def show(self, asked: Asked, on: On) -> tuple[Shown, ...]:
        left = _to_release(asked, on) - _released(asked.former)
        return (Shown(field("held", "money", "应退押金", "To give back"), left),)

    def check(self, asked: Asked, on: On) -> Mapping[str, Any]:
        whole = _to_release(asked, on)
        if whole <= ZERO and not asked.winds_up:
            raise wrong("method", "没有可退的押金。", "Nothing is held in deposit.")
        return {"released": whole}

    def apply(self, done: Done, on: On) -> None:
        _deposit(_released(done.former) - done.values["released"], done, on)

    def undo(self, done: Done, on: On) -> None:
        """It was given back."""


def _to_refund(asked: Asked, on: On) -> Decimal:
    """What is given back, with what was before: the step's `amount`, what was taken by the step
    that it undoes, or all that is not owed. Where the case is wound up, as far as it is there."""
    there = service.paid(on.case_id) + _refunded(asked)
    if "amount" in asked.given:
        amount: Decimal = asked.given["amount"] or ZERO
        return min(amount, there) if asked.winds_up else amount
    if asked.undoes is not None and asked.undoes.activity == offers.COLLECT.key:
        taken: Decimal = asked.undoes.values["paid"]
        return max(ZERO, min(taken, there))
    return service.not_owed(on.case_id, _settled_later(asked)) + _refunded(asked)


def _to_release(asked: Asked, on: On) -> Decimal:
    """What of a deposit is given back, with what was before: all, or what was taken by the step
    that it undoes."""
    account, undone = asked.given["account"], asked.undoes
    there = service.held(on.case_id, account) + _released(asked.former)
    is_held = undone is not None and undone.activity == offers.HOLD.key
    if undone is None or not is_held or undone.given["account"] != account:
        return there
    taken: Decimal = undone.values["held"]
    return max(ZERO, min(taken, there))


def _released(former: Mapping[str, Any] | None) -> Decimal:
    return former["released"] if former is not None else ZERO


def _settled_later(asked: Asked) -> Decimal:
    """What was taken, less what was given back, by steps behind this one that are to be done again
    like it: they settle it themselves."""
    names = {offers.COLLECT.key: ("paid", 1), offers.REFUND.key: ("refunded", -1)}
    found = ((each.values, *names[each.activity]) for each in asked.ahead if each.activity in names)
    return sum((sign * values[name] for values, name, sign in found), ZERO)


def _refunded(asked: Asked) -> Decimal:
    """What was given back here before."""
    return asked.former["refunded"] if asked.former is not None else ZERO


def _to_take(owed: Shown, former: Shown) -> tuple[Shown, ...]:
    """What is asked for and, where some of it was taken before, the difference; it stands in the
    entry for what is taken."""
    if not former.value:
        return (owed._replace(entry=_TAKEN),)
    left = owed.value - former.value
    zh, en = ("补收", "Still to take")
    if left < ZERO:
        zh, en = _TO_GIVE_BACK
    return owed, former, Shown(field("left", "money", zh, en), left, _TAKEN)


def _held_before(asked: Asked, on: On) -> Decimal:
    """What was taken here before and has not been given back since."""
    if asked.former is None:
        return ZERO
    former: Decimal = asked.former["held"]
    return max(ZERO, min(former, service.held(on.case_id, asked.given["account"])))


def _deposit(amount: Decimal, done: Done, on: On) -> None:
    units = to_minor(amount, on.currency)
    if units:
        Deposit.objects.create(
            case_id=on.case_id,
            item=done.item,
            account=done.given["account"],
            amount=units,
            currency=on.currency,
            method=done.values["method"],
            at=on.at,
            by_id=user_id(on.by),
        )


def _total(asked: Asked, on: On) -> Decimal:
    """The sum of the lines, each rounded to the minor unit; a line half filled in is nothing."""
    lines = asked.entered["lines"] or ()
    amounts = ((row.get("quantity") or ZERO) * (row.get("price") or ZERO) for row in lines)
    return from_minor(sum(to_minor(each, on.currency) for each in amounts), on.currency)


def _owed(asked: Asked, on: On) -> Decimal | None:
    """What is asked for: the step's `amount`; without it all that the case had to pay before what
    was taken here, and later, is settled."""
    if "amount" not in asked.given:
        due = service.due(on.case_id, without=asked.former_item)
        return due + _former(asked) + _settled_later(asked)
    amount: Decimal | None = asked.given["amount"]
    return amount


def _former(asked: Asked) -> Decimal:
    """What was taken here before and stands."""
    return asked.former["paid"] if asked.former is not None else ZERO


def _settle(owed: Decimal, paid: Decimal, done: Done, on: On) -> None:
    """What is asked for takes the place of what was before, and money changes hands; below zero, it
    goes back to the customer."""
    if done.settles is not None:
        _take_back(done.settles, on)
    _charge(Charge.ASKED, owed, done, on)
    amount = to_minor(paid, on.currency)
    if amount:
        Payment.objects.create(
            case_id=on.case_id,
            item=done.item,
            amount=amount,
            currency=on.currency,
            method=done.values["method"],
            at=on.at,
            by_id=user_id(on.by),
        )


def _take_back(item: int, on: On) -> None:
    Charge.objects.filter(case=on.case_id, item=item).update(undone_at=on.at)


def _charge(kind: str, amount: Decimal, done: Done, on: On) -> None:
    Charge.objects.create(
        case_id=on.case_id,
        item=done.item,
        kind=kind,
        amount=to_minor(amount, on.currency),
        currency=on.currency,
        at=on.at,
    )


SERVICES = (Quote(), ChargeAmount(), Collect(), Refund(), Hold(), Release())

FACTS = (
    Fact(offers.PAID, service.paid),
    Fact(offers.DUE, service.due),
    Fact(offers.HELD, service.held),
)


LEDGERS = (
    Ledger(offers.DEPOSITS, service.deposits),
    Ledger(offers.PAYMENTS, service.payments),
)


def _found(fact: Fact) -> Prop:
    return Prop(fact.field.name, found=lambda case_id, _: fact.read(case_id))


PROPS = tuple(_found(fact) for fact in FACTS)
"""What a scenario may expect of money: `{paid: 860.00, due: 0, held: 500}`."""
