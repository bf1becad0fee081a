"""Erasing who a customer is: their name, telephone number, e-mail address and note, for good.

Cases, journals and titles hold references alone, so that they stay whole; whoever reads them finds
that the name was erased. What cases that name the customer, or did before, hold of them in personal
values, drafts, messages and notices goes with it. Dated facts stay: they say nothing of who it is,
and cases have read them.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from tuoban.kernel.refusals import Problem, Refused, refuse_invalid
from tuoban.runtime.cases import forgetting, outside, policy
from tuoban.runtime.cases.busy import refused_when_busy
from tuoban.runtime.cases.refusals import RuntimeRefused
from tuoban.runtime.cases.service import erase_repeated
from tuoban.runtime.people.models import User
from tuoban.services.customers.entries import find
from tuoban.services.customers.models import LONGEST_REASON, Customer


@refused_when_busy()
@transaction.atomic
def erase(ref: str, *, reason: str, by: User, at: datetime) -> None:
    """Erase who a customer is. Where that has been done, nothing happens.

    Args:
        reason: is kept, so it must not repeat what is erased.

    Raises:
        Refused: `not-staff`, `reason-missing`, `invalid` at `reason`.
    """
    if not policy.is_administrator(by):
        raise RuntimeRefused("not-staff")
    why = " ".join(reason.split())
    if not why:
        raise Refused("reason-missing")
    if len(why) > LONGEST_REASON:
        facts = {"limit": LONGEST_REASON, "length": len(why)}
        raise refuse_invalid([Problem("too-long", "reason", facts)])
    found = find(ref)
    if not isinstance(found, Customer):
        return
    person = Customer.objects.select_for_update().get(pk=found.pk)
    if person.erased_at is not None:
        return
    texts = [each for each in (person.name, person.phone, person.mail) if each]
    person.name = person.phone = person.mail = person.note = ""
    person.erased_at, person.erased_by, person.erased_why = at, by, why
    person.save()
    cases = outside.cases_that_named(ref)
    for case_id in cases:
        erase_repeated(case_id, texts, by=by, reason=why, at=at)
    forgetting.forget_everywhere(cases, texts)
