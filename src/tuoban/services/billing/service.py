"""What a case has to pay, has paid and has in deposit, and payments that come by themselves."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Sum

from tuoban.runtime.cases.models import Case
from tuoban.runtime.cases.service import recheck
from tuoban.services.billing.models import Charge, Deposit, Payment
from tuoban.services.billing.money import from_minor, to_minor


def currency_of(case_id: int) -> str:
    """The currency of the rows of a case; the renminbi where there are none."""
    for rows in (Charge, Payment, Deposit):
        found = rows.objects.filter(case=case_id).values_list("currency", flat=True).first()
        if found is not None:
            return found
    return "CNY"


def paid(case_id: int) -> Decimal:
    """What was taken for the case, less what was given back."""
    return from_minor(_paid(case_id), currency_of(case_id))


def due(case_id: int, without: int | None = None) -> Decimal:
    """What is still to be paid: of what it costs, or of what was asked for where that is more.

    Args:
        without: a work item that asked for something and is done again.
    """
    rows = Charge.objects.filter(case=case_id, undone_at=None).exclude(item=without or 0)
    costs = _sum(rows.filter(kind=Charge.COST))
    asked = _sum(rows.filter(kind=Charge.ASKED))
    return from_minor(max(costs, asked) - _paid(case_id), currency_of(case_id))


def held(case_id: int, account: str | None = None) -> Decimal:
    """What is held in deposit for the case, on one account or on all."""
    rows = Deposit.objects.filter(case=case_id)
    if account is not None:
        rows = rows.filter(account=account)
    return from_minor(_sum(rows), currency_of(case_id))


def receive(
    case_id: int,
    amount: Decimal,
    *,
    currency: str,
    method: str,
    reference: str = "",
    at: datetime,
) -> None:
    """A payment came by itself, such as a bank transfer: the case looks at what waits for it.

    Raises:
        ValueError: the amount is nothing.
        Refused: `unknown-case`.
    """
    units = to_minor(amount, currency)
    if units == 0:
        raise ValueError("a payment of nothing")
    with transaction.atomic():
        Payment.objects.create(
            case=Case.objects.select_for_update().get(pk=case_id),
            amount=units,
            currency=currency,
            method=method,
            reference=reference,
            at=at,
        )
        recheck(case_id, at)


def _paid(case_id: int) -> int:
    return _sum(Payment.objects.filter(case=case_id))


def _sum(rows: object) -> int:
    total: int | None = rows.aggregate(total=Sum("amount"))["total"]  # type: ignore[attr-defined]
    return total or 0
