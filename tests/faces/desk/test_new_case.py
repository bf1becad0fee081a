"""Starting a case from the desk."""

import pytest

from tests.faces.desk.conftest import Visit
from tests.faces.desk.page import Page
from tests.runtime.shop import Shop
from tuoban.runtime.cases.models import Case
from tuoban.runtime.people.service import grant

START = "/desk/new/shop-repair/repair"
REPAIR = {
    "f.owner": "王建国",
    "f.phone": "13800138000",
    "f.fault": "不开机",
    "f.level": "low",
    "key": "n1",
}


def test_the_only_request_is_opened_at_once(visit: Visit) -> None:
    page = Page(visit("mei").get("/desk/new"))
    assert page.all("h1")[0].text == "报修"
    assert page.all("form", action=START)


def test_who_may_start_nothing_is_told_what_to_do(visit: Visit) -> None:
    assert "没有可发起的流程" in Page(visit("gang").get("/desk/new")).text


def test_a_form_of_somebody_else_s_role_is_not_found(visit: Visit) -> None:
    lei = visit("lei")
    assert lei.get(START).status_code == 404
    assert lei.post(START, REPAIR).status_code == 404
    assert not Case.objects.exists()


@pytest.mark.parametrize("address", ["/desk/new/nothing/repair", "/desk/new/shop-repair/nothing"])
def test_a_request_that_does_not_exist_is_not_found(visit: Visit, address: str) -> None:
    assert visit("mei").get(address).status_code == 404


def test_a_case_begins_and_is_shown(visit: Visit) -> None:
    answer = visit("mei").post(START, REPAIR)
    case = Case.objects.get()
    assert answer["Location"] == f"/desk/cases/{case.number}"


def test_the_same_form_sent_twice_begins_one_case(visit: Visit) -> None:
    mei = visit("mei")
    first, second = mei.post(START, REPAIR), mei.post(START, REPAIR)
    assert first["Location"] == second["Location"]
    assert Case.objects.count() == 1


@pytest.mark.parametrize(
    ("language", "phone", "fault"),
    [
        ("zh-hans", "请填写 11 位手机号", "请填写“故障”"),
        ("en", "11-digit mobile number", "Please fill in “Fault”"),
    ],
)
def test_problems_stand_beside_the_fields_and_nothing_typed_is_lost(
    visit: Visit, language: str, phone: str, fault: str
) -> None:
    answer = visit("mei", language).post(START, REPAIR | {"f.phone": "123", "f.fault": " "})
    page = Page(answer)
    assert answer.status_code == 422
    assert phone in page.problem("new-phone")
    assert fault in page.problem("new-fault")
    assert page.value("f.owner") == "王建国"
    assert page.value("f.phone") == "123"
    assert page.value("f.level") == "low"
    assert page.value("key") == "n1"
    assert not Case.objects.exists()


def test_who_starts_in_several_units_chooses_one(shop: Shop, visit: Visit) -> None:
    grant(shop["mei"], "clerk", shop.units["west"])
    mei = visit("mei")
    assert Page(mei.get(START)).has_entry("unit")
    bare = mei.post(START, REPAIR)
    assert bare.status_code == 422
    assert "请选择部门" in Page(bare).refusal
    mei.post(START, REPAIR | {"unit": "west"})
    assert Case.objects.get().unit == shop.units["west"]


def test_the_entries_that_follow_from_what_is_typed_can_be_asked_for(visit: Visit) -> None:
    answer = visit("mei").post(f"{START}/entries", REPAIR, headers={"HX-Request": "true"})
    page = Page(answer)
    assert page.all("html") == []
    assert page.value("f.owner") == "王建国"
