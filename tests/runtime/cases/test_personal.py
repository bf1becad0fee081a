"""Personal values: outside journal and state, opened where needed, erased on request."""

from datetime import timedelta

import pytest

from tests.runtime.shop import NINE, Shop, refusal, row
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
from tuoban.runtime.cases.personal import commitment
from tuoban.runtime.cases.queries import case_page, notices
from tuoban.runtime.cases.service import Outcome, SignatureInput

LATER = NINE + timedelta(days=400)
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


def erase(shop: Shop, case: int, field: str | None = None, by: str = "root") -> Outcome:
    return service.erase_personal_values(
        case, by=shop[by], reason="客户要求", at=LATER, key=shop.key(), field=field
    )


def erased_fields() -> list[str]:
    rows = PersonalValue.objects.exclude(erased_at=None)
    return sorted(rows.values_list("field", flat=True))


def test_erasing_blanks_every_value_and_the_audit_stays_clean(shop: Shop, case: int) -> None:
    erase(shop, case)

    assert erased_fields() == ["caller", "owner", "phone", "remark", "signature:client"]
    rows = PersonalValue.objects.all()
    assert {(each.value, each.salt, each.erased_at) for each in rows} == {("", "", LATER)}
    assert audit().findings == ()


def test_erasing_one_field_leaves_the_others(shop: Shop, case: int) -> None:
    erase(shop, case, "phone")

    assert erased_fields() == ["phone"]
    shown = {field.name: field.value for field in case_page(shop["lei"], case, NINE).fields}
    assert (shown["phone"].zh, shown["phone"].en) == ("（已删除）", "(erased)")
    assert shown["owner"].zh == "王建国"
    assert audit().findings == ()


def test_the_journal_tells_who_erased_how_much_and_why(shop: Shop, case: int) -> None:
    erase(shop, case, "phone")
    erase(shop, case)

    newest = [entry.sentence for entry in case_page(shop["lei"], case, NINE).timeline[:2]]
    assert [each.zh for each in newest] == [
        "管理员删除了 4 项个人信息：客户要求",
        "管理员删除了 1 项个人信息：客户要求",
    ]
    assert newest[1].en == "管理员 erased 1 personal value: 客户要求"


def test_erasing_again_finds_nothing_and_leaves_no_entry(shop: Shop, case: int) -> None:
    first = erase(shop, case)

    assert erase(shop, case).seq == first.seq


def test_erasing_leaves_the_end_of_the_case_where_it_was(shop: Shop, case: int) -> None:
    erase(shop, case)

    kept = Case.objects.get(pk=case)
    assert (kept.status, kept.ended_at) == ("ended", NINE)


def test_a_repeated_request_to_erase_is_carried_out_once(shop: Shop, case: int) -> None:
    def click() -> Outcome:
        return service.erase_personal_values(
            case, by=shop["root"], reason="客户要求", at=LATER, key="one click"
        )

    assert [click().replayed, click().replayed] == [False, True]
    assert JournalEntry.objects.filter(case=case, command="Erase").count() == 1


@pytest.mark.parametrize("who", ["lei", "min"])
def test_only_an_administrator_may_erase(shop: Shop, case: int, who: str) -> None:
    refused = refusal(lambda: erase(shop, case, by=who))

    assert refused.code == "not-staff"
    assert erased_fields() == []


@pytest.mark.parametrize(("reason", "code"), [("  ", "reason-missing"), ("\ud800", "invalid")])
def test_erasing_takes_a_reason_that_can_be_read(
    shop: Shop, case: int, reason: str, code: str
) -> None:
    refused = refusal(
        lambda: service.erase_personal_values(
            case, by=shop["root"], reason=reason, at=LATER, key="k"
        )
    )

    assert refused.code == code
    assert erased_fields() == []


def test_erasing_from_a_case_that_does_not_exist_is_refused(shop: Shop) -> None:
    assert refusal(lambda: erase(shop, 404)).code == "unknown-case"


def test_an_erased_case_can_still_be_read_and_carried_on(shop: Shop) -> None:
    started = shop.start()
    erase(shop, started.case_id)

    page = case_page(shop["lei"], started.case_id, NINE)
    assert page.title == "（已删除） 不开机"
    shop.finish(started)
    assert row(started).status == "ended"
    assert audit().findings == ()


def test_erasing_takes_drafts_along(shop: Shop) -> None:
    started = shop.start()
    item = shop.item(started, "look")
    service.save_draft(item, data={"remark": "碎屏险已过期"}, by=shop["lei"], at=NINE)

    erase(shop, started.case_id)

    assert not Draft.objects.exists()


def test_erasing_takes_notices_that_repeat_a_value_along(shop: Shop) -> None:
    started = shop.start()
    item = shop.item(started, "look")

    def transfer(to: str, by: str, reason: str) -> None:
        service.transfer(item, to=shop[to], reason=reason, by=shop[by], at=NINE, key=shop.key())

    transfer("han", "lei", "请回电 13800138000")
    transfer("lei", "han", "我今天休息")

    erase(shop, started.case_id)

    read = [notice for who in ("han", "lei") for notice in notices(shop[who])]
    told = [notice.sentence.zh for notice in read if notice.code == "transferred"]
    assert told == ["“检查”已转给您办理", "“检查”已转给您办理：我今天休息"]


def test_a_signature_that_is_none_is_refused_and_the_case_goes_on(shop: Shop) -> None:
    started = shop.start()
    shop.look(started)
    forged = {"client": SignatureInput("王", [{"$n": "x"}])}

    refused = refusal(lambda: shop.complete(shop.item(started, "agree"), "lei", signatures=forged))

    assert [(each.code, each.place) for each in refused.problems] == [
        ("signature-unreadable", "signature:client")
    ]
    shop.agree(started)
    assert not PersonalValue.objects.filter(value__contains="$").exists()


def test_a_value_that_cannot_be_read_is_told_and_stops_nobody(shop: Shop) -> None:
    started = shop.start()
    garbled = PersonalValue.objects.get(field="owner")
    garbled.value = '{"$n":"x"}'
    garbled.commitment = commitment(garbled.salt, garbled.value)
    garbled.save()

    assert "cannot be read" in " ".join(each.detail for each in audit().findings)
    assert case_page(shop["lei"], started.case_id, NINE).title.endswith("不开机")
    shop.finish(started)
    assert row(started).status == "ended"


def test_typing_a_token_opens_no_foreign_value(shop: Shop) -> None:
    other = PersonalValue.objects.filter(field="owner")
    shop.start(owner="别人的名字")
    ref = other.get().ref

    started = shop.start(fault="{{pv:" + ref + "}}")

    assert "别人的名字" not in case_page(shop["lei"], started.case_id, NINE).title
