"""One-time codes: whoever has the telephone or mailbox that a case knows of its customer comes in.

No number or address is kept for it: what is kept is digests, keyed with the installation's secret,
and whether there is a case is looked up among the personal values of cases and the files of
customers. So a case whose personal values are erased is found no more.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.crypto import salted_hmac

from tuoban.kernel.definition import MAIL, SMS, Definition
from tuoban.kernel.facts import CUSTOMER
from tuoban.kernel.refusals import Problem, refuse_invalid
from tuoban.kernel.values import BadValue, phone_number
from tuoban.runtime.cases import canonical, outside
from tuoban.runtime.cases.models import CaseReference, PersonalValue
from tuoban.runtime.cases.outbox.addresses import of_role
from tuoban.runtime.cases.outbox.writing import Address
from tuoban.runtime.cases.queries.scene import lay_open
from tuoban.runtime.people.service import is_address
from tuoban.services.portal import links
from tuoban.services.portal.links import Visit
from tuoban.services.portal.models import PortalCode

VALID = timedelta(minutes=10)
VISIT = timedelta(hours=12)
"""How long somebody who came by a code stays."""
MOST_CASES = 20
"""The newest cases that a code opens."""
_SALT = "tuoban.portal-code"
_OWN_ROLES = ("customer", "客户")


@dataclass(frozen=True, slots=True)
class Code:
    """A code to be sent. It is told here and never again."""

    code_id: int
    to: Address
    code: str


def read_address(typed: str) -> Address:
    """What was typed as a telephone number or a mailbox. Raises `Refused`: `invalid` at `to`."""
    if "@" in typed:
        mailbox = typed.strip().lower()
        if not is_address(mailbox):
            raise refuse_invalid([Problem("not-phone", "to")])
        return Address(MAIL, mailbox)
    try:
        return Address(SMS, phone_number(typed))
    except BadValue as wrong:
        raise refuse_invalid([Problem("not-phone", "to")]) from wrong


def heading_of(to: Address) -> str:
    """By what attempts on an address are counted."""
    return _digest(to.value)


def make(to: Address, at: datetime) -> Code | None:
    """Make a code for whoever is reached there, in the caller's transaction; the ones before are
    valid no more. None: no case knows of them, and nothing is to be sent."""
    if next(_cases_of(to, at), None) is None:
        return None
    code = f"{secrets.randbelow(1_000_000):06}"
    PortalCode.objects.filter(Q(address=_digest(to.value)) | Q(expires_at__lte=at)).delete()
    row = PortalCode.objects.create(
        address=_digest(to.value), code=_digest(f"{to.value}\n{code}"), expires_at=at + VALID
    )
    return Code(row.pk, to, code)


@transaction.atomic
def come_in(to: Address, code: str, at: datetime) -> tuple[Visit, ...]:
    """Begin a visit at each case of whoever is reached there; none where the code is wrong. It is
    used up by that. Attempts are the caller's to count."""
    rows = PortalCode.objects.select_for_update()
    row = rows.filter(address=_digest(to.value), expires_at__gt=at).first()
    if row is None or not hmac.compare_digest(row.code, _digest(f"{to.value}\n{code.strip()}")):
        return ()
    row.delete()
    found = list(_cases_of(to, at))[:MOST_CASES]
    made = [
        links.give(case_id, role, VISIT, by=None, at=at, by_code=True) for case_id, role in found
    ]
    visits = (links.visit_of(each.link_id, at) for each in made)
    return tuple(each for each in visits if each is not None)


def _cases_of(to: Address, at: datetime) -> Iterator[tuple[int, str]]:
    """The cases whose customer is reached there, the newest first, each with the role."""
    text = canonical.to_text(to.value)
    kept = PersonalValue.objects.filter(value=text, erased_at=None)
    found = set(kept.values_list("case", flat=True)) if to.channel == SMS else set()
    files = outside.files()
    refs = [
        each.ref
        for each in files.candidates(CUSTOMER, to.value)
        if files.reached(each.ref).get(to.channel) == to.value
    ]
    found |= set(CaseReference.objects.filter(ref__in=refs).values_list("case", flat=True))
    for case_id in sorted(found, reverse=True):
        laid = lay_open(case_id, at)
        role = _customer_of(laid.definition)
        opened = laid.surroundings.opened
        if role and of_role(laid.definition, laid.state, opened, role, to.channel) == to.value:
            yield case_id, role


def _customer_of(definition: Definition) -> str:
    """The role of whoever a number in the case is of: the customer, or the only outside party."""
    roles = list(links.parties(definition))
    named = [role for role in roles if role in _OWN_ROLES]
    return named[0] if named else roles[0] if len(roles) == 1 else ""


def _digest(text: str) -> str:
    return salted_hmac(_SALT, text, algorithm="sha256").hexdigest()
