"""What a case has to pay, has paid and has in deposit, as its page shows it."""

from __future__ import annotations

from tuoban.kernel.text import Text
from tuoban.runtime.activities.services import Account, Shown
from tuoban.services.billing import offers, service
from tuoban.services.fields import field

_NOT_OWED = field("not_owed", "money", "已收而不该收的款", "Paid and not owed")
_CHARGED = field("charged", "money", "应收款", "Charged")


def _lines(case_id: int) -> tuple[Shown, ...]:
    """Charged, paid and due once money came into it; what is held, while some is."""
    charged, paid = service.charged(case_id), service.paid(case_id)
    held = service.held(case_id)
    money = (Shown(_CHARGED, charged), Shown(offers.PAID, paid), Shown(offers.DUE, charged - paid))
    found = money if charged or paid else ()
    return (*found, Shown(offers.HELD, held)) if held else found


def _stands(case_id: int) -> tuple[Shown, ...]:
    """What was taken and is not owed, and what is held."""
    lines = (
        Shown(_NOT_OWED, service.not_owed(case_id)),
        Shown(offers.HELD, service.held(case_id)),
    )
    return tuple(each for each in lines if each.value > 0)


ACCOUNTS = (Account(Text("费用", "Money"), _lines, _stands),)
