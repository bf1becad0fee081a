"""The activities of parts: issuing from stock, lending and taking back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet, Sum

from tuoban.kernel.activities import Activity, Asked, Stands
from tuoban.kernel.text import Text
from tuoban.runtime.activities.services import STEP, Done, Ledger, On, Prop, Shown, wrong
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
        """The parts were handed over."""


class PutBack:
    """Parts go back into stock, no more than the case has taken. Going back past it, what is still
    in stock is the case's again; what others have taken since stays put back, and is settled when
    it is done again."""

    declared: Activity = offers.PUT_BACK

    def show(self, asked: Asked, on: On) -> tuple[Shown, ...]:
        wanted = _to_put_back(asked.given, asked.undoes, asked.former_item, on)
        return tuple(
            Shown(
                field(number, "text", number, number), Text(f"退库 {count} 件", f"put back {count}")
            )
            for number, count in sorted(wanted.items())
        )

    def check(self, asked: Asked, on: On) -> Mapping[str, Any]:
        _check_whole(asked.given.get("for"))
        wanted = _to_put_back(asked.given, asked.undoes, asked.former_item, on)
        out, former = _out(asked.former_item, on), _taken(asked.former_item, on)
        parts = _locked({*wanted, *out, *former})
        for number, quantity in sorted(wanted.items()):
            if quantity > out[number] and not asked.winds_up:
                zh = f"{number} 领出 {out[number]} 件，要退 {quantity} 件。"
                en = f"{quantity} of {number} are to go back, {out[number]} were issued."
                raise wrong(STEP, zh, en)
        for number, part in parts.items():
            # What was put back before and is not to be any more leaves the stock again.
            left = -former[number] - wanted[number]
            if left > part.stock:
                zh = f"{number} 库存 {part.stock} 件，要领回 {left} 件。"
                en = f"{left} of {number} are to leave the stock again, {part.stock} are in it."
                raise wrong(STEP, zh, en)
        return {"put_back": Decimal((wanted & out).total())}

    def apply(self, done: Done, on: On) -> None:
        wanted = _to_put_back(done.given, done.undoes, done.settles, on)
        back, former = wanted & _out(done.settles, on), _taken(done.settles, on)
        if done.settles is not None:  # what stands goes on under the item that settles it
            rows = Movement.objects.filter(case=on.case_id, item=done.settles)
            rows.update(item=done.item)
        for number, part in _locked({*back, *former}).items():
            change = back[number] + former[number]
            if change:
                service.move(part, change, at=on.at, case=on.case_id, item=done.item)

    def undo(self, done: Done, on: On) -> None:
        back = -_taken(done.item, on)
        for number, part in _locked(back).items():
            there = min(back[number], part.stock)
            if there:
                service.move(part, -there, at=on.at, case=on.case_id, item=done.item)


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
        """It stands lent."""


class TakeBack:
    """What the case was lent comes back. Going back past it, it is lent still."""

    declared: Activity = offers.TAKE_BACK

    def show(self, asked: Asked, on: On) -> tuple[Shown, ...]:
        lent = field("lent", "text", "应收回", "To come back")
        return tuple(Shown(lent, str(each)) for each in _lent(asked.undoes, on))

    def check(self, asked: Asked, on: On) -> Mapping[str, Any]:
        loans = list(_lent(asked.undoes, on))
        if not loans and not asked.winds_up:
            raise wrong("complete", "没有借出未还的东西。", "Nothing is lent.")
        return {"returned": ", ".join(str(each) for each in loans)}

    def apply(self, done: Done, on: On) -> None:
        _lent(done.undoes, on).update(returned_at=on.at, returned_item=done.item)

    def undo(self, done: Done, on: On) -> None:
        rows = Loan.objects.filter(case=on.case_id, returned_item=done.item)
        rows.update(returned_at=None, returned_item=None)


def _lent(undone: Stands | None, on: On) -> QuerySet[Loan]:
    """What the case is lent; where a loan is undone, that."""
    loans = Loan.objects.filter(case=on.case_id, returned_at=None).order_by("pk")
    if undone is not None and undone.activity == offers.LEND.key:
        return loans.filter(item=undone.item)
    return loans


def _out(but: int | None, on: On) -> Counter[str]:
    """What the case has taken and not put back, by part; what was put back with the item `but`
    counts as taken."""
    rows = Movement.objects.filter(case=on.case_id).exclude(item=but or 0)
    sums = rows.order_by().values_list("part__number").annotate(Sum("quantity"))
    return Counter({number: -moved for number, moved in sums if moved < 0})


def _to_put_back(
    given: Mapping[str, Any], undone: Stands | None, former: int | None, on: On
) -> Counter[str]:
    """What is put back, with what was with the item `former`: the rows `for`; without them what was
    taken by the step that is undone, as far as the case has it, or all that the case has."""
    if "for" in given:
        return _pieces(given["for"])
    out = _out(former, on)
    if undone is not None and undone.activity == offers.ISSUE.key:
        return _taken(undone.item, on) & out
    return out


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


SERVICES = (Issue(), PutBack(), Lend(), TakeBack())

LEDGERS = (Ledger(offers.STOCK, service.stock), Ledger(offers.LENT, service.lent))

PROPS = (
    Prop("stock", _prepare, service.taken_by),
    Prop(
        "lent",
        found=lambda case_id, _: Loan.objects.filter(case=case_id, returned_at=None).count(),
    ),
)
"""`given: {stock: {BP-204: 5}}`; `expect: {stock: {BP-204: -1}, lent: 0}`."""
