"""Operations on the case page: what is offered, carried out, refused and shown."""

import pytest

from tests.faces.desk.conftest import Visit
from tests.faces.desk.page import Page
from tests.runtime.shop import Shop
from tuoban.runtime.cases.clock import now
from tuoban.runtime.cases.models import WorkItem
from tuoban.runtime.cases.service import Outcome

HTMX = {"HX-Request": "true"}


@pytest.fixture
def case(shop: Shop) -> Outcome:
    return shop.start(at=now())


def at(case: Outcome) -> str:
    return f"/desk/cases/{case.number}"


def looked(shop: Shop, case: Outcome) -> int:
    """The first step, done by lei."""
    shop.look(case, at=now())
    return WorkItem.objects.get(case=case.case_id, node="look", status=WorkItem.DONE).pk


def test_what_is_done_can_be_taken_back_on_the_page(
    shop: Shop, case: Outcome, visit: Visit
) -> None:
    item, lei = looked(shop, case), visit("lei")
    page = Page(lei.get(at(case)))
    assert "撤回“检查”" in [each.text for each in page.all("summary")]
    answer = lei.post(f"/desk/items/{item}/withdraw", {"key": "w", "reason": "写错了"})
    assert answer["Location"] == at(case)
    page = Page(lei.get(at(case)))
    assert "“检查”已撤回，又由您办理。" in page.text
    assert page.value("f.price") == "80.00"
    assert "以前填写的内容作为草稿放在这里" in page.text
    assert "撤回“检查”" not in [each.text for each in page.all("summary")]


def test_what_somebody_has_begun_is_not_offered_and_refused(
    shop: Shop, case: Outcome, visit: Visit
) -> None:
    item, lei = looked(shop, case), visit("lei")
    shop.claim(case, "mend", "gang", at=now())
    assert "撤回“检查”" not in Page(lei.get(at(case))).text
    for headers in ({}, HTMX):
        answer = lei.post(f"/desk/items/{item}/withdraw", {"key": "w"}, headers=headers)
        assert answer.status_code == 409
        assert "吴刚已经打开或办理“修理”" in Page(answer).refusal


def test_opening_the_page_tells_the_journal_that_assigned_work_was_seen(
    shop: Shop, case: Outcome, visit: Visit
) -> None:
    looked(shop, case)
    before = row_seq(case)
    visit("gang").get(at(case))  # in the pool only
    assert row_seq(case) == before
    for _ in range(2):
        visit("lei").get(at(case))
    assert row_seq(case) == before + 1


def row_seq(case: Outcome) -> int:
    return WorkItem.objects.filter(case=case.case_id).values_list("case__seq", flat=True)[0]
