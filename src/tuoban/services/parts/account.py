"""What a case has taken from the stock and has on loan, as its page shows it."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Sum

from tuoban.kernel.text import Text
from tuoban.runtime.activities.services import Account, Shown
from tuoban.services.fields import field
from tuoban.services.parts.models import Loan, Movement


def _lines(case_id: int) -> tuple[Shown, ...]:
    return (*_issued(case_id), *_lent(case_id))


def _issued(case_id: int) -> Iterator[Shown]:
    rows = Movement.objects.filter(case=case_id).values_list("part__number", "part__name")
    for number, name, moved in rows.annotate(moved=Sum("quantity")).order_by("part__number"):
        if moved:
            label, count = f"{number} {name}".strip(), -moved
            en = f"{count} {'piece' if count == 1 else 'pieces'}"
            yield Shown(field("part", "text", label, label), Text(f"{count} 件", en))


def _lent(case_id: int) -> Iterator[Shown]:
    lent = field("lent", "text", "借出未还", "Lent")
    for loan in Loan.objects.filter(case=case_id, returned_at=None).order_by("pk"):
        yield Shown(lent, str(loan))


ACCOUNTS = (Account(Text("领用与借出", "Parts and loans"), _lines, _lines),)
