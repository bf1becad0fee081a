"""The activities of billing: quoting, and taking money."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from tuoban.kernel.activities import Activity, Asked
from tuoban.kernel.expressions import Row
from tuoban.kernel.values import LARGEST
from tuoban.runtime.activities.services import STEP, Done, Fact, On, Prop, Shown, wrong
from tuoban.services.billing import offers, service
from tuoban.services.billing.models import Charge, Deposit, Payment
from tuoban.services.billing.money import from_minor, to_minor
from tuoban.services.fields import field

ZERO = Decimal(0)


class Quote:
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

    def undo(self, done: Done, on: On) -> None:
        _undo_charge(done, on)


class ChargeAmount:
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

    def undo(self, done: Done, on: On) -> None:
        _undo_charge(done, on)


class Collect:
    """Money is taken. It stays taken when work goes back: done again, the difference is settled."""

    declared: Activity = offers.COLLECT

    def show(self, asked: Asked, on: On) -> tuple[Shown, ...]:
        owed, former = _owed(asked, on), _former(asked)
        if owed is None:
            return ()
        lines = [Shown(field("owed", "money", "应收", "Owed"), owed)]
        if former:
            lines.append(Shown(field("paid", "money", "已收", "Paid already"), former))
            zh, en = ("退还", "Give back") if owed < former else ("补收", "Still to take")
            lines.append(Shown(field("left", "money", zh, en), abs(owed - former)))
        return tuple(lines)

    def check(self, asked: Asked, on: On) -> Mapping[str, Any]:
        owed, former, taken = _owed(asked, on), _former(asked), asked.entered["taken"]
        if owed is None or owed < ZERO:
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
        if done.settles is not None:
            Charge.objects.filter(case=on.case_id, item=done.settles).update(undone_at=on.at)
        _charge(Charge.ASKED, done.values["owed"], done, on)
        taken = to_minor(done.values["taken"], on.currency)
        if taken:
            Payment.objects.create(
                case_id=on.case_id,
                item=done.item,
                amount=taken,
                currency=on.currency,
                method=done.values["method"],
                at=on.at,
                by_id=int(on.by) if on.by is not None else None,
            )

    def undo(self, done: Done, on: On) -> None:
        raise AssertionError("money that was taken is kept")


class Hold:
    """Money is taken in deposit. It is held when work goes back: done again, the difference is
    settled."""

    declared: Activity = offers.HOLD

    def show(self, asked: Asked, on: On) -> tuple[Shown, ...]:
        amount, former = asked.given["amount"], _held_before(asked, on)
        lines = [Shown(field("owed", "money", "应收押金", "Deposit"), amount)]
        if former:
            lines.append(Shown(field("held", "money", "已收", "Held already"), former))
        return tuple(lines)

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
        raise AssertionError("money that is held is kept")


class Release:
    """What is held on an account is given back."""

    declared: Activity = offers.RELEASE

    def show(self, asked: Asked, on: On) -> tuple[Shown, ...]:
        held = service.held(on.case_id, asked.given["account"])
        return (Shown(field("held", "money", "应退押金", "To give back"), held),)

    def check(self, asked: Asked, on: On) -> Mapping[str, Any]:
        held = service.held(on.case_id, asked.given["account"])
        former = asked.former["released"] if asked.former is not None else ZERO
        if held <= ZERO and not former:
            raise wrong("method", "没有可退的押金。", "Nothing is held in deposit.")
        return {"released": former + held}

    def apply(self, done: Done, on: On) -> None:
        _deposit(-service.held(on.case_id, done.given["account"]), done, on)

    def undo(self, done: Done, on: On) -> None:
        raise AssertionError("money that was given back is gone")


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
            by_id=int(on.by) if on.by is not None else None,
        )


def _total(asked: Asked, on: On) -> Decimal:
    """The sum of the lines, each rounded to the minor unit; a line half filled in is nothing."""
    lines = asked.entered["lines"] or ()
    amounts = ((row.get("quantity") or ZERO) * (row.get("price") or ZERO) for row in lines)
    return from_minor(sum(to_minor(each, on.currency) for each in amounts), on.currency)


def _owed(asked: Asked, on: On) -> Decimal | None:
    """What is asked for: the step's `amount`; without it all that the case has to pay, and what
    was taken here before."""
    if "amount" not in asked.given:
        return service.due(on.case_id, without=asked.former_item) + _former(asked)
    amount: Decimal | None = asked.given["amount"]
    return amount


def _former(asked: Asked) -> Decimal:
    """What was taken here before and stands."""
    return asked.former["paid"] if asked.former is not None else ZERO


def _undo_charge(done: Done, on: On) -> None:
    Charge.objects.filter(case=on.case_id, item=done.item).update(undone_at=on.at)


def _charge(kind: str, amount: Decimal, done: Done, on: On) -> None:
    Charge.objects.create(
        case_id=on.case_id,
        item=done.item,
        kind=kind,
        amount=to_minor(amount, on.currency),
        currency=on.currency,
        at=on.at,
    )


SERVICES = (Quote(), ChargeAmount(), Collect(), Hold(), Release())

FACTS = (
    Fact(offers.PAID, service.paid),
    Fact(offers.DUE, service.due),
    Fact(offers.HELD, service.held),
)


def _found(fact: Fact) -> Prop:
    return Prop(fact.field.name, found=lambda case_id, _: fact.read(case_id))


PROPS = tuple(_found(fact) for fact in FACTS)
"""What a scenario may expect of money: `{paid: 860.00, due: 0, held: 500}`."""
