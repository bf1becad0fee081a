"""Personal values: outside journal and state, opened where needed, erased on request."""

import pytest

from tests.runtime.shop import NINE, Shop, row
from tuoban.runtime.cases import service
from tuoban.runtime.cases.audit import audit
from tuoban.runtime.cases.models import (
    Case,
    CommandKey,
    Draft,
    JournalEntry,
    Notice,
    PersonalValue,
    WorkItem,
)
from tuoban.runtime.cases.queries import case_page

SECRETS = ("王建国", "13800138000", "碎屏险已过期")


@pytest.fixture
def case(shop: Shop) -> int:
    """A finished case in which a name, a phone number and a remark were entered."""
    started = shop.start()
    shop.look(started, remark="碎屏险已过期")
    shop.agree(started)
    shop.complete(shop.item(started, "mend"), "gang")
    shop.complete(shop.item(started, "approve"), "min", phone="138 0013 8000")
    return started.case_id


def test_no_personal_value_stands_in_clear_outside_its_table(case: int) -> None:
    everything = "\n".join(
        str(list(model.objects.values()))
        for model in (Case, JournalEntry, WorkItem, CommandKey, Notice)
    )
    escaped = everything.encode("unicode_escape").decode()
    for secret in SECRETS:
        assert secret not in everything
        assert secret.encode("unicode_escape").decode() not in escaped


def test_personal_values_are_opened_for_who_may_see_the_case(shop: Shop, case: int) -> None:
    page = case_page(shop["lei"], case, NINE)

    assert page.title == "王建国 不开机"
    shown = {field.name: field.value.zh for field in page.fields}
    assert (shown["owner"], shown["phone"]) == ("王建国", "13800138000")


def test_an_unchanged_personal_value_keeps_its_seal(case: int) -> None:
    assert PersonalValue.objects.filter(field="phone").count() == 1


def test_a_changed_personal_value_gets_a_seal_of_its_own(shop: Shop) -> None:
    started = shop.start()
    shop.look(started)
    shop.agree(started)
    shop.complete(shop.item(started, "mend"), "gang")
    shop.complete(shop.item(started, "approve"), "min", phone="13900139000")

    assert PersonalValue.objects.filter(field="phone").count() == 2
    assert audit().is_clean


def test_a_default_taken_from_a_personal_value_is_sealed_too(case: int) -> None:
    assert PersonalValue.objects.get(field="caller").value == '"王建国"'


def test_equal_values_have_different_commitments(shop: Shop) -> None:
    shop.start()
    shop.start()

    commitments = PersonalValue.objects.filter(field="phone").values_list("commitment", flat=True)
    assert len(set(commitments)) == 2


def test_erasing_blanks_every_value_and_the_audit_stays_clean(shop: Shop, case: int) -> None:
    erased = service.erase_personal_values(case, at=NINE)

    assert erased == 5  # owner, phone, remark, caller, signature
    rows = PersonalValue.objects.all()
    assert {(each.value, each.salt, each.erased_at) for each in rows} == {("", "", NINE)}
    assert audit().is_clean


def test_erasing_one_field_leaves_the_others(shop: Shop, case: int) -> None:
    assert service.erase_personal_values(case, at=NINE, field="phone") == 1

    shown = {field.name: field.value for field in case_page(shop["lei"], case, NINE).fields}
    assert (shown["phone"].zh, shown["phone"].en) == ("（已删除）", "(erased)")
    assert shown["owner"].zh == "王建国"


def test_erasing_again_finds_nothing(case: int) -> None:
    service.erase_personal_values(case, at=NINE)

    assert service.erase_personal_values(case, at=NINE) == 0


def test_an_erased_case_can_still_be_read_and_carried_on(shop: Shop) -> None:
    started = shop.start()
    service.erase_personal_values(started.case_id, at=NINE)

    page = case_page(shop["lei"], started.case_id, NINE)
    assert page.title == "（已删除） 不开机"
    shop.finish(started)
    assert row(started).status == "ended"
    assert audit().is_clean


def test_erasing_takes_drafts_along(shop: Shop) -> None:
    started = shop.start()
    item = shop.item(started, "look")
    service.save_draft(item, data={"remark": "碎屏险已过期"}, by=shop["lei"], at=NINE)

    service.erase_personal_values(started.case_id, at=NINE)

    assert not Draft.objects.exists()


def test_typing_a_token_opens_no_foreign_value(shop: Shop) -> None:
    other = PersonalValue.objects.filter(field="owner")
    shop.start(owner="别人的名字")
    ref = other.get().ref

    started = shop.start(fault="{{pv:" + ref + "}}")

    assert "别人的名字" not in case_page(shop["lei"], started.case_id, NINE).title
