"""The activities of parts: issuing from stock, lending and taking back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from tuoban.kernel.activities import Activity, Asked
from tuoban.kernel.text import Text
from tuoban.runtime.activities.services import STEP, Done, On, Prop, Shown, wrong
from tuoban.services.fields import field
from tuoban.services.parts import offers, service
from tuoban.services.parts.models import Loan, Movement, Part


class Issue:
    """Parts leave the stock. They are gone when work goes back: done again, the difference is
    issued or put back."""

    declared: Activity = offers.ISSUE

    def show(self, asked: Asked, on: On) -> tuple[Shown, ...]:
        wanted, taken = _pieces(asked.given["for"]), _taken(asked.former_item, on)
        return tuple(
            Shown(field(number, "text", number, number), _told(number, wanted, taken))
            for number in sorted({*wanted, *taken})
        )

    def check(self, asked: Asked, on: On) -> Mapping[str, Any]:
        _check_whole(asked.given["for"])
        wanted, taken = _pieces(asked.given["for"]), _taken(asked.former_item, on)
        parts = _locked({*wanted, *taken})
        for number, quantity in sorted(wanted.items()):
            there = parts[number].stock if number in parts else 0
            if quantity - taken[number] > there:
                left = quantity - taken[number]
                zh = f"{number} 库存 {there} 件，要领 {left} 件。"
                en = f"{left} of {number} are wanted, {there} are in stock."
                raise wrong(STEP, zh, en)
        return {"issued": Decimal(wanted.total())}

    def apply(self, done: Done, on: On) -> None:
        wanted, taken = _pieces(done.given["for"]), _taken(done.settles, on)
        parts = _locked({*wanted, *taken})
        if done.settles is not None:  # what stands goes on under the item that settles it
            former = Movement.objects.filter(case=on.case_id, item=done.settles)
            former.update(item=done.item)
        for number, part in parts.items():
            change = taken[number] - wanted[number]
            if change:
                service.move(part, change, at=on.at, case=on.case_id, item=done.item)

    def undo(self, done: Done, on: On) -> None:
        raise AssertionError("parts that were handed over are kept")


class Lend:
    """A thing is lent, and stands lent until it is taken back."""

    declared: Activity = offers.LEND

    def show(self, asked: Asked, on: On) -> tuple[Shown, ...]:
        return (Shown(offers.LEND.offers[0], asked.given["thing"]),)

    def check(self, asked: Asked, on: On) -> Mapping[str, Any]:
        thing = asked.given["thing"]
        if not thing:
            raise wrong("mark", "不知道借出什么。", "It cannot be told what is lent.")
        return {"lent": f"{thing} {asked.entered['mark']}"}

    def apply(self, done: Done, on: On) -> None:
        if done.settles is not None:
            # The former loan comes back as this one takes its place.
            still = Loan.objects.filter(case=on.case_id, item=done.settles, returned_at=None)
            still.update(returned_at=on.at, returned_item=done.item)
        Loan.objects.create(
            case_id=on.case_id,
            item=done.item,
            thing=done.given["thing"],
            mark=done.values["mark"],
            lent_at=on.at,
        )

    def undo(self, done: Done, on: On) -> None:
        raise AssertionError("what was lent stands lent")


class TakeBack:
    """What the case was lent comes back. Going back past it, it is lent still."""

    declared: Activity = offers.TAKE_BACK

    def show(self, asked: Asked, on: On) -> tuple[Shown, ...]:
        lent = field("lent", "text", "应收回", "To come back")
        return tuple(Shown(lent, str(each)) for each in _lent(on))

    def check(self, asked: Asked, on: On) -> Mapping[str, Any]:
        loans = list(_lent(on))
        if not loans:
            raise wrong("complete", "没有借出未还的东西。", "Nothing is lent.")
        return {"returned": ", ".join(str(each) for each in loans)}

    def apply(self, done: Done, on: On) -> None:
        _lent(on).update(returned_at=on.at, returned_item=done.item)

    def undo(self, done: Done, on: On) -> None:
        rows = Loan.objects.filter(case=on.case_id, returned_item=done.item)
        rows.update(returned_at=None, returned_item=None)


def _lent(on: On) -> Any:
    return Loan.objects.filter(case=on.case_id, returned_at=None).order_by("pk")


def _pieces(rows: Iterable[Mapping[str, Any]] | None) -> Counter[str]:
    """How many pieces of which part; rows without a part number or a quantity are none."""
    found: Counter[str] = Counter()
    for row in rows or ():
        if row.get("part") and row.get("quantity"):
            found[row["part"]] += int(row["quantity"])
    return found


def _check_whole(rows: Iterable[Mapping[str, Any]] | None) -> None:
    """Whether no piece would be broken, or come from nowhere.

    Raises:
        CannotBeDone: a quantity is less than nothing, or no whole number.
    """
    for row in rows or ():
        number, quantity = row.get("part"), row.get("quantity")
        if number and quantity and (quantity < 0 or quantity != int(quantity)):
            zh = f"{number} 的数量是 {quantity:f}，应为整件数。"
            en = f"{quantity:f} of {number} are wanted: it must be a whole number of pieces."
            raise wrong(STEP, zh, en)


def _told(number: str, wanted: Counter[str], taken: Counter[str]) -> Text:
    """What is to be done with a part, and how much of it there is."""
    left, there = wanted[number] - taken[number], service.in_stock(number)
    if left < 0:
        return Text(f"退库 {-left} 件，库存 {there} 件", f"put back {-left}, {there} in stock")
    return Text(f"领 {left} 件，库存 {there} 件", f"issue {left}, {there} in stock")


def _taken(item: int | None, on: On) -> Counter[str]:
    """What was taken with the step before, which stands."""
    found: Counter[str] = Counter()
    if item is None:
        return found
    for row in Movement.objects.filter(case=on.case_id, item=item).select_related("part"):
        found[row.part.number] -= row.quantity
    return found


def _locked(numbers: Iterable[str]) -> dict[str, Part]:
    """The parts, each kept from others until the transaction ends; always in the same order."""
    rows = Part.objects.select_for_update().filter(number__in=numbers).order_by("number")
    return {each.number: each for each in rows}


def _prepare(value: Any, at: datetime) -> None:
    """`{BP-204: 5}`."""
    if not isinstance(value, Mapping):
        raise ValueError("stock: {BP-204: 5}")
    for number, quantity in value.items():
        if not str(quantity).isdecimal():
            raise ValueError(f"stock: {number}: {quantity}?")
        service.deliver(number, int(quantity), at=at)


SERVICES = (Issue(), Lend(), TakeBack())

PROPS = (
    Prop("stock", _prepare, service.taken_by),
    Prop(
        "lent",
        found=lambda case_id, _: Loan.objects.filter(case=case_id, returned_at=None).count(),
    ),
)
"""`given: {stock: {BP-204: 5}}`; `expect: {stock: {BP-204: -1}, lent: 0}`."""
