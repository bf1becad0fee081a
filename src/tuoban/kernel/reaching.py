"""How an outside party is reached: which fields of its case lead to a telephone or a mailbox."""

from __future__ import annotations

from collections.abc import Mapping

from tuoban.kernel.definition.messages import SMS
from tuoban.kernel.facts import CUSTOMER

PHONE = "phone"


def ways_to(role: str, channel: str, types: Mapping[str, str | None]) -> tuple[str, ...]:
    """The fields that may say how to reach a role of the outside, the best first: a customer's that
    is called like the role, else the only customer's; for messages to a telephone also the number
    that stands in the case, where there is but one. None: nothing says it.

    Args:
        types: the types of the fields of the case by name.
    """
    customers = [name for name, type_ in types.items() if type_ == CUSTOMER]
    phones = [name for name, type_ in types.items() if type_ == PHONE]
    found = [role] if role in customers else customers if len(customers) == 1 else []
    if channel == SMS and len(phones) == 1:
        found = [*found, *phones]
    return tuple(found)
