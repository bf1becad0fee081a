"""Finding customers by name or telephone number, and assets by name or whose they are."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from tuoban.services.customers.models import Asset, Customer

_FEWEST_DIGITS = 3


def customers_like(q: str) -> QuerySet[Customer]:
    """Those whose name, or telephone number from three digits on, has `q` in it, or whose mailbox
    that is; all without."""
    known = Customer.objects.filter(erased_at=None)
    if not q:
        return known
    digits = q.replace(" ", "").replace("-", "")
    found = Q(name__icontains=q) | Q(mail__iexact=q)
    if digits.isdigit() and len(digits) >= _FEWEST_DIGITS:
        found |= Q(phone__contains=digits)
    return known.filter(found)


def assets_like(q: str, kind: str = "") -> QuerySet[Asset]:
    """Those of a kind, or of any, whose name or whose owner's has `q` in it; all without."""
    rows = Asset.objects.filter(kind=kind) if kind else Asset.objects.all()
    if not q:
        return rows
    return rows.filter(Q(name__icontains=q) | Q(owner__in=customers_like(q).values("pk")))
