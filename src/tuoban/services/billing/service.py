"""What a case has to pay, has paid and has in deposit, and payments that come by themselves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Count, QuerySet, Sum

from tuoban.runtime.cases.models import Case
from tuoban.runtime.cases.service import recheck
from tuoban.services.billing.models import Charge, Deposit, Payment
from tuoban.services.billing.money import from_minor, to_minor

_Rows = Sequence[tuple[int, str]]
"""Whole minor units, each with their currency."""
_NO_MONEY = "CNY"
"""What nothing is counted in; it is nothing in any currency."""


def paid(case_id: int) -> Decimal:
    """What was taken for the case, less what was given back."""
    return _amount(_payments(case_id))


def due(case_id: int, without: int | None = None) -> Decimal:
    """What is still to be paid of what it costs (`charged`); negative where more was paid.

    Args:
        without: a work item that asked for something and is done again.
    """
    taken = [(-units, currency) for units, currency in _payments(case_id)]
    return _amount([*_charges(case_id, without), *taken])


def not_owed(case_id: int, later: Decimal = Decimal(0)) -> Decimal:
    """What was paid beyond what the case costs, whatever was asked for; never less than nothing.

    Args:
        later: what of it is settled later.
    """
    costs = Charge.objects.filter(case=case_id, undone_at=None, kind=Charge.COST)
    owed = [(-units, currency) for units, currency in costs.values_list("amount", "currency")]
    return max(Decimal(0), _amount([*_payments(case_id), *owed]) - later)


def charged(case_id: int) -> Decimal:
    """What the case costs: what was quoted and charged; where nothing was, what was asked for."""
    return _amount(_charges(case_id))


def held(case_id: int, account: str | None = None) -> Decimal:
    """What is held in deposit for the case, on one account or on all."""
    rows = Deposit.objects.filter(case=case_id)
    if account is not None:
        rows = rows.filter(account=account)
    return _amount(list(rows.values_list("amount", "currency")))


def deposits(account: str) -> Decimal:
    """What is held in deposit for all cases, on one account or (empty) on all.

    Amounts of several currencies are not added: then it is that of the currency held most often.
    """
    rows = Deposit.objects.filter(account=account) if account else Deposit.objects.all()
    return _in_one_currency(rows)


def payments(method: str) -> Decimal:
    """What was taken for all cases, less what was given back, by one method or (empty) all; of
    currencies likewise."""
    rows = Payment.objects.filter(method=method) if method else Payment.objects.all()
    return _in_one_currency(rows)


def _in_one_currency(rows: QuerySet[Any]) -> Decimal:
    most = rows.values_list("currency").annotate(rows=Count("pk")).order_by("-rows", "currency")
    currency = most.values_list("currency", flat=True).first()
    if currency is None:
        return Decimal(0)
    total: int = rows.filter(currency=currency).aggregate(total=Sum("amount"))["total"]
    return from_minor(total, currency)


def receive(
    case_id: int,
    amount: Decimal,
    *,
    currency: str,
    method: str,
    reference: str = "",
    at: datetime,
) -> bool:
    """A payment came by itself, such as a bank transfer: the case looks at what waits for it.
    Whether it is new: the same amount under the same reference comes once.

    Raises:
        ValueError: the amount is nothing.
        Refused: `unknown-case`.
    """
    units = to_minor(amount, currency)
    if units == 0:
        raise ValueError("a payment of nothing")
    with transaction.atomic():
        case = Case.objects.select_for_update().get(pk=case_id)
        payment = Payment(
            case=case,
            amount=units,
            currency=currency,
            method=method,
            reference=reference,
            at=at,
        )
        known = Payment.objects.filter(
            case=case, amount=units, currency=currency, method=method, reference=reference
        )
        if reference and known.exists():
            return False
        payment.save()
        recheck(case_id, at)
    return True


def _charges(case_id: int, without: int | None = None) -> _Rows:
    rows = Charge.objects.filter(case=case_id, undone_at=None)
    found: dict[str, list[tuple[int, str]]] = {Charge.COST: [], Charge.ASKED: []}
    for kind, item, units, currency in rows.values_list("kind", "item", "amount", "currency"):
        if item != without:
            found[kind].append((units, currency))
    return found[Charge.COST] or found[Charge.ASKED]


def _payments(case_id: int) -> _Rows:
    return list(Payment.objects.filter(case=case_id).values_list("amount", "currency"))


def _amount(rows: _Rows) -> Decimal:
    """A case has one currency."""
    currency = rows[0][1] if rows else _NO_MONEY
    return from_minor(sum(units for units, _ in rows), currency)
