"""Plans on the case page: what waits and why, and what is added by hand."""

import pytest

from tests.faces.desk.conftest import Visit
from tests.faces.desk.page import Page
from tests.runtime.shop import NINE, PACK_FOLDER, Shop
from tuoban.runtime.cases import definitions, service
from tuoban.runtime.cases.clock import now
from tuoban.runtime.cases.models import WorkItem
from tuoban.runtime.cases.queries import case_page
from tuoban.runtime.cases.service import Outcome


@pytest.fixture
def case(shop: Shop) -> Outcome:
    text = PACK_FOLDER.joinpath("shop-plan.yaml").read_text(encoding="utf-8")
    definitions.publish("shop-plan", text, None, NINE)
    data = {"thing": "厂房"}
    return service.start_case(
        "shop-plan", "permits", by=shop["mei"], data=data, at=now(), key=shop.key()
    )


def at(case: Outcome) -> str:
    return f"/desk/cases/{case.number}"


def test_what_waits_stands_on_the_page_with_its_reasons(case: Outcome, visit: Visit) -> None:
    page = Page(visit("mei").get(at(case)))
    assert "“许可”要等：" in page.text
    assert "“施工”要等：" in page.text
    assert "“用地”要等：" not in page.text


def test_work_is_added_on_the_page_with_a_reason(shop: Shop, case: Outcome, visit: Visit) -> None:
    lei = visit("lei")
    assert "增加“其他手续”" in [each.text for each in Page(lei.get(at(case))).all("summary")]
    (offered,) = case_page(shop["lei"], case.case_id, now()).to_add
    sent = {"key": "a", "node": "other", "activation": str(offered.activation), "reason": "环评"}
    answer = lei.post(f"{at(case)}/add", sent)
    assert answer["Location"] == at(case)
    page = Page(lei.get(at(case)))
    assert "增加“其他手续”：环评" in page.text
    assert "增加“其他手续”" not in [each.text for each in page.all("summary")]
    assert WorkItem.objects.filter(case=case.case_id, node="other", status=WorkItem.OPEN).exists()


@pytest.mark.parametrize("activation", ["", "x", "-1", "0", "999999999", "9" * 30])
def test_what_is_no_plan_is_refused(case: Outcome, visit: Visit, activation: str) -> None:
    sent = {"key": "a", "node": "other", "activation": activation}
    answer = visit("lei").post(f"{at(case)}/add", sent)
    assert answer.status_code == 422
    assert not WorkItem.objects.filter(case=case.case_id, node="other").exists()
