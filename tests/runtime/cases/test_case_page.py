"""The case page: what it shows to whom, and what it lets them do."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.runtime.shop import NINE, Shop, refusal
from tuoban.kernel.definition import Text
from tuoban.runtime.cases import service
from tuoban.runtime.cases.queries import (
    CasePage,
    ClockView,
    ItemPanel,
    Proof,
    SentBack,
    SignatureShown,
    case_page,
    item_panel,
    notices,
)
from tuoban.runtime.cases.queries.case_page import users_for_transfer
from tuoban.runtime.cases.service import Outcome, fire_due_timers
from tuoban.runtime.people.service import grant, revoke

MOST_QUERIES = 17


def page_of(shop: Shop, case: Outcome, who: str = "lei", minutes: int = 0) -> CasePage:
    return case_page(shop[who], case.case_id, NINE + timedelta(minutes=minutes))


def panel(page: CasePage, step: str) -> ItemPanel:
    return next(each for each in page.items if each.node == step)


def sentences(page: CasePage) -> list[str]:
    """What happened, oldest first."""
    return [entry.sentence.zh for entry in reversed(page.timeline)]


def test_the_header_tells_what_it_is_and_how_much_time_is_left(shop: Shop) -> None:
    case = shop.start(level="high")

    page = page_of(shop, case)

    assert (page.number, page.title, page.process.en) == (
        case.number,
        "王建国 不开机",
        "Shop repair",
    )
    assert (page.unit.zh, page.status, page.started_by) == ("城东", "running", "陈小美")
    assert page.priority is not None
    assert page.priority.zh == "紧急"
    assert (page.due_at, page.clock_from) == (NINE + timedelta(minutes=30), NINE)


def test_the_steps_show_what_is_done_current_late_and_ahead(shop: Shop) -> None:
    case = shop.start()
    assert states(page_of(shop, case)) == "current ahead ahead ahead"
    assert states(page_of(shop, case, minutes=31)) == "late ahead ahead ahead"

    shop.look(case)
    page = page_of(shop, case)
    assert states(page) == "done current current ahead"
    assert (page.steps[0].who, page.steps[0].at) == ("李雷", NINE)

    service.return_to(
        shop.item(case, "agree"), to="look", reason="价格不对", by=shop["lei"], at=NINE, key="r"
    )
    assert states(page_of(shop, case)) == "current ahead ahead ahead"


def states(page: CasePage) -> str:
    return " ".join(step.state for step in page.steps)


def test_an_ended_case_has_no_open_work(shop: Shop) -> None:
    case = shop.start()
    shop.finish(case)

    page = page_of(shop, case)

    assert page.items == ()
    assert page.outcome is not None
    assert page.outcome.zh == "已修好"
    assert states(page) == "done done done done"


def test_the_timeline_tells_the_case_in_sentences(shop: Shop) -> None:
    case = shop.start()
    shop.claim(case, "look", "lei")
    service.transfer(
        shop.item(case, "look"), to=shop["han"], reason="有事", by=shop["lei"], at=NINE, key="t"
    )
    for minutes in (20, 30):
        fire_due_timers(NINE + timedelta(minutes=minutes))
    shop.look(case, by="han", remark="主板进水")
    service.return_to(
        shop.item(case, "agree"), to="look", reason="嫌贵", by=shop["han"], at=NINE, key="r"
    )
    shop.look(case, by="han", price="60")
    shop.agree(case, by="han")

    assert sentences(page_of(shop, case)) == [
        "陈小美发起“报修”，机主：王建国，电话：138****8000，故障：不开机",
        "李雷领取“检查”",
        "李雷把“检查”转给韩梅：有事",
        "“检查”离时限还有 10 分钟，已提醒韩梅",
        "“检查”到时限还没有办完，已升级给主管",
        "韩梅办结“检查”，结果：找到原因，价格：¥80.00，备注：主板进水",
        "韩梅把“客户同意”退回到“检查”：嫌贵",
        "韩梅办结“检查”，结果：找到原因，价格：¥60.00，备注：主板进水",
        "韩梅办结“客户同意”，来电人：王建国，客户王建国已签字",
    ]


def test_the_timeline_is_whole_in_english(shop: Shop) -> None:
    case = shop.start()
    shop.claim(case, "look", "lei")
    service.release(shop.item(case, "look"), by=shop["lei"], at=NINE, key="b")
    for minutes in (20, 30, 90):
        fire_due_timers(NINE + timedelta(minutes=minutes))
    shop.finish(case)

    told = [entry.sentence.en for entry in reversed(page_of(shop, case).timeline)]

    assert told == [
        "陈小美 started “Repair request”: Owner 王建国, Phone 138****8000, Fault 不开机",
        "李雷 claimed “Look at it”",
        "李雷 put “Look at it” back",
        "“Look at it” is due in 10 minutes: mender was reminded",
        "“Look at it” has reached its limit: escalated to chief",
        "“Look at it” is 1 hour late: chief was reminded",
        "李雷 completed “Look at it”: cause found, Price ¥80.00",
        "李雷 completed “The client agrees”: Caller 王建国, signed by client 王建国",
        "吴刚 completed “Mend it”",
        "周敏 completed “Approve”",
        "The case is closed: mended",
    ]


def test_what_the_system_did_late_is_told_as_it_was(shop: Shop) -> None:
    case = shop.start()
    fire_due_timers(NINE + timedelta(minutes=25))
    fire_due_timers(NINE + timedelta(minutes=40))

    reminded, escalated = page_of(shop, case).timeline[1::-1]

    assert "离时限还有 5 分钟，系统晚了 5 分钟才处理" in reminded.sentence.zh
    assert "is due in 5 minutes: the system acted 5 minutes late" in reminded.sentence.en
    assert "超过时限 10 分钟，系统晚了 10 分钟才处理" in escalated.sentence.zh
    assert (reminded.kind, escalated.kind) == ("reminded", "late")


def test_a_reminder_after_the_limit_does_not_promise_time(shop: Shop) -> None:
    case = shop.start()
    shop.claim(case, "look", "lei")
    fire_due_timers(NINE + timedelta(minutes=50))

    first = page_of(shop, case).timeline[1]

    assert "超过时限 20 分钟，系统晚了 30 分钟才处理" in first.sentence.zh
    assert first.kind == "late"
    assert [each.code for each in notices(shop["lei"])] == ["overdue"]


def test_a_completed_step_is_backed_by_its_checklist_and_signatures(shop: Shop) -> None:
    case = shop.start()
    shop.look(case)
    shop.agree(case)
    agreed, looked = page_of(shop, case).timeline[:2]

    assert looked.proof == Proof((Text("外壳已查看", "the case was looked at"),), ())
    client = Text("客户", "client")
    drawn = ((0.0, 0.0), (5.0, 5.0))
    assert agreed.proof == Proof((), (SignatureShown(client, "王建国", (drawn,), erased=False),))

    service.erase_personal_values(
        case.case_id, by=shop["root"], reason="客户要求", at=NINE, key=shop.key()
    )
    erased = page_of(shop, case).timeline[1].proof
    assert erased == Proof((), (SignatureShown(client, "", (), erased=True),))


def test_an_open_item_shows_its_form_to_who_may_do_it(shop: Shop) -> None:
    case = shop.start()

    mine = panel(page_of(shop, case), "look")
    assert [entry.name for part in mine.form for entry in part.entries] == ["price", "remark"]
    assert [line.text.zh for line in mine.checklist] == ["外壳已查看"]
    assert [outcome.key for outcome in mine.outcomes] == ["found", "unclear"]
    assert mine.outcomes[1].requires == ("remark",)
    assert (mine.can_claim, mine.can_complete, mine.can_release) == (True, True, False)

    others = panel(page_of(shop, case, "mei"), "look")
    assert (others.form, others.checklist) == ((), ())
    may = (others.can_claim, others.can_complete, others.can_transfer, others.can_draft)
    assert may == (False, False, False, False)


def test_the_holder_may_release_and_others_see_who_it_is(shop: Shop) -> None:
    case = shop.start()
    shop.claim(case, "look", "lei")

    mine = panel(page_of(shop, case), "look")
    assert (mine.held_by_me, mine.can_release, mine.can_claim) == (True, True, False)
    theirs = panel(page_of(shop, case, "han"), "look")
    assert (theirs.holder, theirs.can_claim, theirs.can_complete) == ("李雷", False, False)


def test_a_locked_item_tells_every_reason_and_cannot_be_completed(shop: Shop) -> None:
    case = shop.start()
    shop.look(case)

    locked = panel(page_of(shop, case, "gang"), "mend")

    assert [reason.text.zh for reason in locked.locked] == ["“客户同意”还没有完成"]
    assert (locked.can_claim, locked.can_complete) == (True, False)


def test_who_did_a_step_is_not_offered_the_one_that_checks_it(shop: Shop) -> None:
    grant(shop["lei"], "chief", shop.units["east"])
    case = shop.start()
    shop.look(case)
    shop.agree(case)
    shop.complete(shop.item(case, "mend"), "gang")

    assert not panel(page_of(shop, case, "lei"), "approve").can_claim
    assert panel(page_of(shop, case, "min"), "approve").can_claim


def test_only_steps_that_were_done_can_be_returned_to(shop: Shop) -> None:
    case = shop.start()
    shop.look(case)

    page = page_of(shop, case)

    assert [option.key for option in panel(page, "agree").returns_to] == ["look"]
    assert panel(page, "mend").returns_to == ()


def test_a_signed_step_names_its_signers(shop: Shop) -> None:
    case = shop.start()
    shop.look(case)

    agree = panel(page_of(shop, case), "agree")

    assert [(signer.role, signer.label.zh) for signer in agree.signers] == [("client", "客户")]
    price = agree.form[0].entries[0]
    assert (price.read_only, price.shown.zh) == (True, "¥80.00")


def test_a_draft_stands_in_the_form_of_who_wrote_it(shop: Shop) -> None:
    case = shop.start()
    item = shop.item(case, "look")
    service.save_draft(item, data={"price": "8o", "check:1": "on"}, by=shop["lei"], at=NINE)

    mine = panel(page_of(shop, case), "look")
    assert mine.form[0].entries[0].value == "8o"
    assert mine.checklist[0].checked
    assert mine.draft_at == NINE
    assert panel(page_of(shop, case, "han"), "look").form[0].entries[0].value == ""


def test_after_a_return_the_earlier_entries_stand_as_a_draft(shop: Shop) -> None:
    case = shop.start()
    shop.look(case, remark="主板进水")
    service.return_to(
        shop.item(case, "agree"), to="look", reason="嫌贵", by=shop["lei"], at=NINE, key="r"
    )

    again = panel(page_of(shop, case), "look")

    assert again.returned
    assert [entry.value for entry in again.form[0].entries] == ["80.00", "主板进水"]
    assert not again.checklist[0].checked


def test_a_step_done_again_tells_who_sent_it_back_and_why(shop: Shop) -> None:
    case = shop.start()
    assert panel(page_of(shop, case), "look").sent_back is None
    for reason in ("嫌贵", "还是嫌贵"):
        shop.look(case)
        service.return_to(
            shop.item(case, "agree"), to="look", reason=reason, by=shop["lei"], at=NINE,
            key=shop.key(),
        )  # fmt: skip

    told = panel(page_of(shop, case), "look").sent_back

    assert told == SentBack("李雷", Text("客户同意", "The client agrees"), "还是嫌贵")
    shop.look(case)
    assert panel(page_of(shop, case), "agree").sent_back is None


def clock(page: CasePage, node: str) -> ClockView:
    return next(each for each in page.clocks if each.node == node)


def test_a_limit_that_is_counted_tells_how_in_a_sentence_and_a_ledger(shop: Shop) -> None:
    case = shop.start()
    shop.look(case)
    shop.agree(case)

    mend = clock(page_of(shop, case), "mend")

    assert mend.sentence == Text(
        "客户同意 09:00 + 2 小时，按自然时间，无暂停 = 11:00",
        "The client agrees 09:00 + 2 hours, in elapsed time, no pauses = 11:00",
    )
    assert [(row.what.zh, row.total.zh) for row in mend.rows] == [
        ("客户同意：2 小时，按自然时间", "0 分钟"),
        ("到期", "2 小时"),
    ]


def test_a_moment_names_what_it_was_read_from(shop: Shop) -> None:
    agreed = clock(page_of(shop, shop.deliver(agreed_at="2026-03-02T15:00")), "bring")
    assert [each.zh for each in agreed.sources] == ["约定送达时间 15:00"]

    computed = clock(page_of(shop, shop.deliver()), "bring")
    assert [each.zh for each in computed.sources] == [
        "送达时限 30 分钟",
        "发起时间 09:00",
    ]


def test_what_was_typed_and_refused_is_shown_again(shop: Shop) -> None:
    case = shop.start()
    item = shop.item(case, "look")

    page = case_page(shop["lei"], case.case_id, NINE, {item: {"price": "八十"}})

    assert panel(page, "look").form[0].entries[0].value == "八十"
    again = item_panel(shop["lei"], item, NINE, {"price": "九十"})
    assert again is not None
    assert again.form[0].entries[0].value == "九十"


def test_a_closed_item_has_no_panel(shop: Shop) -> None:
    case = shop.start()
    item = shop.item(case, "look")
    shop.look(case)

    assert item_panel(shop["lei"], item, NINE) is None


def test_work_can_be_handed_to_whoever_could_do_it(shop: Shop) -> None:
    case = shop.start()
    shop.claim(case, "look", "lei")

    assert [person.name for person in users_for_transfer(shop.item(case, "look"), NINE)] == ["韩梅"]
    assert users_for_transfer(404, NINE) == ()


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("mei", True),  # a role of the process in the case's unit
        ("gang", True),  # ... or above it
        ("sun", False),  # ... but not beside it
        ("qi", False),
        ("root", True),  # staff
    ],
)
def test_who_may_see_a_case(shop: Shop, who: str, sees: bool) -> None:
    case = shop.start()

    if sees:
        assert page_of(shop, case, who).number == case.number
    else:
        assert refusal(lambda: page_of(shop, case, who)).code == "not-visible"


def test_who_did_work_in_a_case_keeps_seeing_it(shop: Shop) -> None:
    case = shop.start()
    shop.look(case)
    revoke(shop["lei"], "mender", shop.units["east"])

    assert page_of(shop, case).number == case.number


def test_a_case_that_is_not_there_is_refused(shop: Shop) -> None:
    assert refusal(lambda: case_page(shop["root"], 404, NINE)).code == "unknown-case"
    assert refusal(lambda: item_panel(shop["root"], 404, NINE)).code == "unknown-case"


def test_the_page_costs_a_few_queries_however_long_the_case(shop: Shop) -> None:
    case = shop.start()
    for _ in range(3):
        shop.look(case)
        service.return_to(
            shop.item(case, "agree"), to="look", reason="再看", by=shop["lei"], at=NINE,
            key=shop.key(),
        )  # fmt: skip
    shop.look(case)

    with CaptureQueriesContext(connection) as queries:
        page_of(shop, case)

    assert len(queries) <= MOST_QUERIES
