"""The stock: what comes in, what there is, and what a case has taken."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import F, QuerySet, Sum

from tuoban.services.parts.models import Loan, Movement, Part


@transaction.atomic
def deliver(number: str, quantity: int, *, at: datetime, name: str = "") -> None:
    """Pieces come to the stock; a part that is not known yet is taken up.

    Raises:
        ValueError: fewer than one piece.
    """
    if quantity < 1:
        raise ValueError("fewer than one piece")
    part, _ = Part.objects.get_or_create(number=number, defaults={"name": name})
    move(part, quantity, at=at)


def move(
    part: Part, quantity: int, *, at: datetime, case: int | None = None, item: int | None = None
) -> None:
    """Write a movement and what is then in stock. The caller has seen that there is enough, and
    holds the row."""
    Part.objects.filter(pk=part.pk).update(stock=F("stock") + quantity)
    Movement.objects.create(part=part, case_id=case, item=item, quantity=quantity, at=at)


def parts() -> QuerySet[Part]:
    """Every part, by its number."""
    return Part.objects.order_by("number")


def in_stock(number: str) -> int:
    """How many pieces there are."""
    return Part.objects.filter(number=number).values_list("stock", flat=True).first() or 0


def stock(number: str) -> Decimal:
    """How many pieces there are of a part, or (empty) of all."""
    rows = Part.objects.filter(number=number) if number else Part.objects.all()
    return Decimal(rows.aggregate(total=Sum("stock"))["total"] or 0)


def lent(thing: str) -> Decimal:
    """How many things are lent and have not come back: of one kind, or (empty) of all."""
    rows = Loan.objects.filter(returned_at=None)
    return Decimal((rows.filter(thing=thing) if thing else rows).count())


def taken_by(case_id: int, number: str) -> int:
    """How the stock has changed by a case: -1 where one piece has left it."""
    rows = Movement.objects.filter(case=case_id, part__number=number)
    total: int | None = rows.aggregate(total=Sum("quantity"))["total"]
    return total or 0
