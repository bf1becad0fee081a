"""The worker killed in the midst of its work: what it went between stands once, and in order."""

from __future__ import annotations

from datetime import timedelta

from tests.runtime.cases.test_linking import heard, open_steps, publish, repaired
from tests.runtime.killing import killed_at
from tests.runtime.shop import NINE, Shop
from tuoban.runtime.cases import service, worker
from tuoban.runtime.cases.audit import audit
from tuoban.runtime.cases.models import CalledCase, Case

LATER = NINE + timedelta(hours=1)


def worked_at_last(after: int) -> None:
    """The worker is killed again and again, each time some statements further on, until it comes
    to its end."""
    number = after
    while killed_at(number, lambda: worker.run_once(LATER)):
        assert audit().is_clean
        number += 7
    while worker.run_once(LATER):
        pass
    assert audit().is_clean


def test_a_called_case_begins_answers_and_is_taken_back_once(busy_shop: Shop) -> None:
    publish()
    first, second = heard(busy_shop), heard(busy_shop)
    worked_at_last(1)
    assert Case.objects.count() == 4
    calls = {each.parent_id: each.case for each in CalledCase.objects.all()}
    child, other = calls[first.case_id], calls[second.case_id]
    assert child is not None
    assert other is not None
    repaired(busy_shop, child)
    service.cancel_case(
        second.case_id, reason="Gone", by=busy_shop["min"], at=NINE, key=busy_shop.key()
    )
    worked_at_last(2)
    assert Case.objects.count() == 4
    assert open_steps(first) == {"bill"}
    other.refresh_from_db()
    assert (other.status, other.outcome) == ("ended", "cancelled")
