"""Operations on work in hand, through the verbs of the runtime."""

import pytest

from tests.runtime.shop import NINE, Shop, refusal
from tuoban.kernel.refusals import Refused
from tuoban.runtime.cases import service
from tuoban.runtime.cases.audit import audit
from tuoban.runtime.cases.models import CaseCopy, JournalEntry, Notice, PersonalValue, WorkItem
from tuoban.runtime.cases.queries import case_page, notices
from tuoban.runtime.cases.queries.finding import becomes_of
from tuoban.runtime.cases.service import Outcome


def done_item(case: Outcome, step: str) -> int:
    rows = WorkItem.objects.filter(case=case.case_id, node=step, status=WorkItem.DONE)
    return rows.latest("number").pk


def told(case: Outcome, code: str) -> set[str]:
    rows = Notice.objects.filter(case=case.case_id, code=code)
    return set(rows.values_list("user__username", flat=True))


def sentences(shop: Shop, case: Outcome, reader: str = "root") -> list[str]:
    """What the timeline tells, newest first."""
    return [each.sentence.zh for each in case_page(shop[reader], case.case_id, NINE).timeline]


def test_work_is_taken_back_and_the_page_offers_it_only_as_long_as_it_can_be(shop: Shop) -> None:
    case = shop.start()
    shop.claim(case, "look", "lei")
    shop.look(case, remark="第一次")
    (mine,) = case_page(shop["lei"], case.case_id, NINE).take_back
    assert mine.step.zh == "检查"
    assert case_page(shop["han"], case.case_id, NINE).take_back == ()

    service.withdraw(mine.item_id, reason="写错了", by=shop["lei"], at=NINE, key="w")

    assert WorkItem.objects.get(pk=shop.item(case, "look")).person == shop["lei"]
    assert sentences(shop, case)[1] == "李雷撤回已办的“检查”：写错了"
    panel = case_page(shop["lei"], case.case_id, NINE).items[0]
    assert panel.returned
    assert panel.sent_back is None
    values = {entry.name: entry.value for part in panel.form for entry in part.entries}
    assert values["price"] == "80.00"
    assert audit().findings == ()


def test_opening_the_page_is_recorded_once_and_ends_the_time_for_taking_back(shop: Shop) -> None:
    case = shop.start()
    shop.look(case)
    shop.claim(case, "mend", "gang")
    looked = done_item(case, "look")
    before = JournalEntry.objects.count()

    service.open_items(case.case_id, by=shop["gang"], at=NINE)
    service.open_items(case.case_id, by=shop["sun"], at=NINE)
    assert JournalEntry.objects.count() == before  # who claimed it has seen it

    refused = refusal(lambda: service.withdraw(looked, by=shop["lei"], at=NINE, key="w"))
    assert refused.code == "taken-up"
    assert "吴刚" in refused.read("zh")


def test_what_is_assigned_counts_as_opened_when_its_page_was(shop: Shop) -> None:
    case = shop.start()
    shop.look(case, by="han")  # whoever looked asks for consent too
    item = shop.item(case, "agree")
    row = WorkItem.objects.get(pk=item)
    assert row.person == shop["han"]
    before = JournalEntry.objects.count()
    service.open_items(case.case_id, by=shop["han"], at=NINE)
    service.open_items(case.case_id, by=shop["han"], at=NINE)
    assert JournalEntry.objects.count() == before + 1


def test_beginning_a_draft_counts_as_opening(shop: Shop) -> None:
    case = shop.start()
    shop.look(case)
    service.save_draft(shop.item(case, "mend"), data={}, by=shop["gang"], at=NINE)
    before = JournalEntry.objects.count()
    service.save_draft(shop.item(case, "mend"), data={"a": "b"}, by=shop["gang"], at=NINE)
    assert JournalEntry.objects.count() == before
    looked = done_item(case, "look")
    refused = refusal(lambda: service.withdraw(looked, by=shop["lei"], at=NINE, key="w"))
    assert refused.code == "taken-up"
    assert audit().findings == ()


def test_work_is_urged_and_whoever_has_it_is_told(shop: Shop) -> None:
    case = shop.start()
    shop.claim(case, "look", "lei")
    panel = case_page(shop["mei"], case.case_id, NINE).items[0]
    assert panel.can_urge
    service.urge(panel.item_id, message="客户在等", by=shop["mei"], at=NINE, key="u")
    assert told(case, "urged") == {"lei"}
    assert notices(shop["lei"])[0].sentence.zh == "请尽快办理“检查”：客户在等"
    assert sentences(shop, case)[0] == "陈小美催办“检查”：客户在等"
    assert not case_page(shop["mei"], case.case_id, NINE).items[0].can_urge
    again = refusal(lambda: service.urge(panel.item_id, by=shop["min"], at=NINE, key="v"))
    assert again.read("zh") == "“检查”已于 2026-03-02 09:00 催办，一小时内只催一次。"
    assert audit().findings == ()


def test_a_copy_lets_somebody_read_the_case_and_nothing_else_of_it(shop: Shop) -> None:
    case, other = shop.start(), shop.start()
    with pytest.raises(Refused):
        case_page(shop["sun"], case.case_id, NINE)
    page = case_page(shop["mei"], case.case_id, NINE)
    assert shop["sun"].pk in {each.user_id for each in page.may_be_copied_to}
    service.copy_to(
        case.case_id, to=shop["sun"], message="请知悉", by=shop["mei"], at=NINE, key="c"
    )

    page = case_page(shop["sun"], case.case_id, NINE)
    assert page.copied_to == ("孙丽",)
    assert not page.items[0].can_claim
    assert notices(shop["sun"])[0].sentence.zh == "“送修”已抄送给您：请知悉"
    assert sentences(shop, case)[0] == "陈小美抄送给孙丽：请知悉"
    with pytest.raises(Refused):
        case_page(shop["sun"], other.case_id, NINE)
    assert audit().findings == ()

    CaseCopy.objects.all().delete()
    assert [each.detail for each in audit().findings] == [f"the copy to {shop['sun'].pk}"]


def test_a_delegate_prepares_work_for_whoever_delegated_it(shop: Shop) -> None:
    case = shop.start()
    shop.claim(case, "look", "lei")
    item = shop.item(case, "look")
    service.save_draft(item, data={"price": "1"}, by=shop["lei"], at=NINE)
    service.delegate(item, to=shop["han"], reason="休假", by=shop["lei"], at=NINE, key="d")
    assert told(case, "delegated") == {"han"}
    panel = case_page(shop["han"], case.case_id, NINE).items[0]
    assert (panel.delegated_by, panel.can_delegate, panel.can_transfer) == ("李雷", False, False)
    assert case_page(shop["lei"], case.case_id, NINE).items[0].can_get_back

    shop.look(case, by="han", remark="电池")

    assert told(case, "prepared") == {"lei"}
    panel = case_page(shop["lei"], case.case_id, NINE).items[0]
    values = {entry.name: entry.value for part in panel.form for entry in part.entries}
    assert (panel.prepared_by, values) == ("韩梅", {"price": "80.00", "remark": "电池"})
    assert panel.checklist[0].checked
    assert panel.chosen == "found"
    assert becomes_of(item) == "handed-back"
    assert sentences(shop, case)[:2] == [
        "韩梅办好受委派的“检查”，交回李雷",
        "李雷把“检查”委派给韩梅：休假",
    ]
    shop.look(case, by="lei", remark="电池")
    assert becomes_of(item) == "done"
    assert audit().findings == ()


def test_delegated_work_is_got_back_or_given_back(shop: Shop) -> None:
    case = shop.start()
    shop.claim(case, "look", "lei")
    item = shop.item(case, "look")
    for _ in range(2):
        service.delegate(
            item, to=shop["han"], reason="休假", by=shop["lei"], at=NINE, key=shop.key()
        )
        service.get_back(item, by=shop["lei"], at=NINE, key=shop.key())
    assert told(case, "got-back") == {"han"}
    assert sentences(shop, case)[0] == "李雷从韩梅收回“检查”"
    service.delegate(item, to=shop["han"], reason="休假", by=shop["lei"], at=NINE, key=shop.key())
    service.release(item, by=shop["han"], at=NINE, key=shop.key())
    assert told(case, "given-back") == {"lei"}
    assert sentences(shop, case)[0] == "韩梅交还受委派的“检查”"
    assert audit().findings == ()


def test_a_head_sees_what_a_jump_would_end_and_lets_the_case_go_on(shop: Shop) -> None:
    case = shop.start()
    shop.look(case)
    shop.claim(case, "mend", "gang")
    assert case_page(shop["lei"], case.case_id, NINE).items[0].jumps == ()
    panels = {each.node: each for each in case_page(shop["min"], case.case_id, NINE).items}
    views = {each.key: each for each in panels["mend"].jumps}
    assert set(views) == {"look", "approve"}
    assert {each.zh for each in views["look"].withdrawn} == {"客户同意", "修理"}
    assert [each.zh for each in views["look"].voided] == ["检查"]
    assert views["approve"].voided == ()
    assert len(views["approve"].passed) == 1

    mend = panels["mend"].item_id
    service.jump(mend, to="approve", reason="电话说好了", by=shop["min"], at=NINE, key="j")
    assert {each.node for each in case_page(shop["min"], case.case_id, NINE).items} == {"approve"}
    assert told(case, "withdrawn") == {"gang", "lei"}
    assert "周敏把工单从“修理”跳转到“验收”：电话说好了" in sentences(shop, case)
    assert audit().findings == ()


def test_a_case_is_cancelled_and_everybody_who_held_work_is_told(shop: Shop) -> None:
    case = shop.start()
    assert case_page(shop["mei"], case.case_id, NINE).can_cancel
    shop.look(case)
    assert not case_page(shop["mei"], case.case_id, NINE).can_cancel
    shop.claim(case, "mend", "gang")
    service.cancel_case(case.case_id, reason="客户不修了", by=shop["min"], at=NINE, key="c")
    page = case_page(shop["mei"], case.case_id, NINE)
    assert page.status == "ended"
    assert page.outcome is not None
    assert (page.outcome.zh, page.outcome.en) == ("已作废", "Cancelled")
    assert told(case, "withdrawn") == {"gang", "lei"}
    assert "周敏作废工单：客户不修了" in sentences(shop, case)
    assert sentences(shop, case)[0] == "工单办结：已作废"
    assert audit().findings == ()


def test_a_value_is_corrected_and_the_timeline_tells_both(shop: Shop) -> None:
    case = shop.start()
    shop.look(case)
    shown = {each.name: each for each in case_page(shop["mei"], case.case_id, NINE).fields}
    assert [name for name, each in shown.items() if each.can_correct] == [
        "owner",
        "phone",
        "fault",
        "level",
    ]
    lei, chief = shop["lei"], shop["min"]

    refused = refusal(
        lambda: service.correct_field(
            case.case_id, "price", "90", reason="抄错", by=shop["mei"], at=NINE, key="p"
        )
    )
    assert refused.code == "not-to-correct"
    service.correct_field(case.case_id, "price", "90", reason="抄错", by=lei, at=NINE, key="a")
    service.correct_field(
        case.case_id, "owner", "王建军", reason="听错", by=chief, at=NINE, key="b"
    )
    page = case_page(shop["min"], case.case_id, NINE)
    assert page.title == "王建军 不开机"
    told_now = [each.sentence.zh for each in page.timeline]
    assert told_now[0] == "周敏更正“机主”：王建国 → 王建军；原因：听错"
    assert "李雷更正“价格”：¥80.00 → ¥90.00；原因：抄错" in told_now
    assert audit().findings == ()

    # Both the old and the new value go when they are erased.
    service.erase_personal_values(
        case.case_id, by=shop["root"], reason="要求删除", at=NINE, key="e", field="owner"
    )
    told_now = sentences(shop, case)
    assert not any("王建" in each for each in told_now)
    assert audit().findings == ()


def test_a_correction_that_is_not_taken_keeps_no_personal_value(shop: Shop) -> None:
    case = shop.start()
    before = PersonalValue.objects.count()
    for value in ("123", "13800138000"):
        refused = refusal(
            lambda value=value: service.correct_field(  # type: ignore[misc]
                case.case_id, "phone", value, reason="抄错", by=shop["mei"], at=NINE, key=value
            )
        )
        assert [each.place for each in refused.problems] == ["phone"]
    assert PersonalValue.objects.count() == before
