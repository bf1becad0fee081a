"""The list of cases, the forms of new ones, and notices."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.runtime.shop import NINE, PACK, SLUG, Shop, refusal
from tuoban.kernel.definition import Text
from tuoban.runtime.cases import definitions, service
from tuoban.runtime.cases.models import Notice
from tuoban.runtime.cases.notice_texts import TEXTS
from tuoban.runtime.cases.queries import (
    CaseFilter,
    CaseListPage,
    case_list,
    new_case_forms,
    start_form,
    unread_count,
)
from tuoban.runtime.cases.queries import notices as notices_of
from tuoban.runtime.cases.service import fire_due_timers
from tuoban.runtime.people.service import grant, revoke

MOST_QUERIES = 8


def faults(page: CaseListPage) -> list[str]:
    return [row.title.split(" ", 1)[1] for row in page.rows]


def test_the_list_holds_the_cases_one_may_see(shop: Shop) -> None:
    shop.start("mei", fault="东")
    shop.start("sun", fault="西")

    assert faults(case_list(shop["lei"], NINE)) == ["东"]
    assert faults(case_list(shop["qi"], NINE)) == ["西"]
    assert sorted(faults(case_list(shop["gang"], NINE))) == ["东", "西"]
    assert sorted(faults(case_list(shop["root"], NINE))) == ["东", "西"]


def test_a_row_tells_where_the_case_stands(shop: Shop) -> None:
    case = shop.start(level="high")
    shop.look(case)

    row = case_list(shop["lei"], NINE).rows[0]

    assert [step.zh for step in row.steps] == ["客户同意", "修理"]
    assert row.holders == ("李雷",)
    assert (row.due_at, row.priority) == (None, Text("紧急", "urgent"))


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("open", ["迟", "早"]),
        ("late", ["迟"]),
        ("ended", ["完"]),
        ("all", ["迟", "早", "完"]),
    ],
)
def test_open_cases_come_by_time_left_and_ended_ones_last(
    shop: Shop, state: CaseFilter, expected: list[str]
) -> None:
    shop.start(fault="早", at=NINE + timedelta(minutes=20))
    shop.start(fault="迟")
    shop.finish(shop.start(fault="完"))

    assert faults(case_list(shop["mei"], NINE + timedelta(minutes=31), state=state)) == expected


def test_the_list_is_searched_and_paged(shop: Shop) -> None:
    for number in range(3):
        shop.start(fault=f"蓝屏{number}")
    shop.start(fault="黑屏")

    first = case_list(shop["mei"], NINE, q="蓝屏", most=2)
    second = case_list(shop["mei"], NINE, q="蓝屏", page=first.next, most=2)

    assert faults(first) + faults(second) == ["蓝屏2", "蓝屏1", "蓝屏0"]
    assert second.next == ""


def test_searching_finds_nothing_that_one_may_not_see(shop: Shop) -> None:
    case = shop.start("mei", owner="李先生", phone="13900139000")

    number = case.number
    for typed in (number, number.replace("-", ""), "李先生", "13900139000", "139-0013 9000"):
        assert faults(case_list(shop["lei"], NINE, q=typed)) == ["不开机"]
        assert faults(case_list(shop["sun"], NINE, q=typed)) == []


def test_the_list_costs_the_same_few_queries_whatever_its_length(shop: Shop) -> None:
    for _ in range(10):
        shop.start()

    with CaptureQueriesContext(connection) as queries:
        assert len(case_list(shop["lei"], NINE).rows) == 10

    assert len(queries) <= MOST_QUERIES


def test_new_case_forms_are_those_of_ones_roles(shop: Shop) -> None:
    assert new_case_forms(shop["lei"], NINE) == ()

    grant(shop["mei"], "clerk", shop.units["west"])
    form = new_case_forms(shop["mei"], NINE)[0]

    assert (form.slug, form.request, form.label.en) == (SLUG, "repair", "Repair request")
    assert [unit.key for unit in form.units] == ["east", "west"]
    entries = [entry for part in form.form for entry in part.entries]
    assert [(entry.name, entry.required, entry.personal) for entry in entries] == [
        ("owner", True, True),
        ("phone", False, True),
        ("fault", True, False),
        ("level", True, False),
    ]
    assert [option.key for option in entries[3].options] == ["high", "low"]


def test_a_request_is_offered_where_its_process_allows_it(shop: Shop) -> None:
    asked = "by: [clerk], form: [owner"
    newer = PACK.replace("version: 2026.1", "version: 2026.2").replace(
        asked, f'when: start.unit = "west", {asked}'
    )
    assert newer.count("when: start.unit") == 1
    grant(shop["mei"], "clerk", shop.units["west"])
    definitions.publish(SLUG, newer, None, NINE)
    assert [unit.key for unit in new_case_forms(shop["mei"], NINE)[0].units] == ["west"]
    definitions.publish(
        SLUG, newer.replace("2026.2", "2026.3").replace('"west"', '"north"'), None, NINE
    )
    assert new_case_forms(shop["mei"], NINE) == ()
    assert refusal(lambda: start_form(shop["mei"], SLUG, "repair", NINE)).code == "not-offered"


def test_a_refused_start_form_keeps_what_was_typed(shop: Shop) -> None:
    form = start_form(shop["mei"], SLUG, "repair", NINE, {"phone": "12", "owner": "王建国"})

    values = {entry.name: entry.value for part in form.form for entry in part.entries}
    assert values == {"owner": "王建国", "phone": "12", "fault": "", "level": ""}


def test_a_start_form_is_refused_to_who_may_not_start(shop: Shop) -> None:
    assert refusal(lambda: start_form(shop["lei"], SLUG, "repair", NINE)).code == "not-starter"
    assert refusal(lambda: start_form(shop["mei"], SLUG, "x", NINE)).code == "unknown-request"


def test_new_cases_start_on_the_version_published_last(shop: Shop) -> None:
    newer = PACK.replace("version: 2026.1", "version: 2026.2").replace("zh: 报修", "zh: 报修单")
    definitions.publish(SLUG, newer, None, NINE + timedelta(days=1))

    assert [form.label.zh for form in new_case_forms(shop["mei"], NINE)] == ["报修单"]


def test_notices_tell_what_happened_to_whom_it_concerns(shop: Shop) -> None:
    case = shop.start()
    shop.claim(case, "look", "lei")
    service.transfer(
        shop.item(case, "look"), to=shop["han"], reason="有事", by=shop["lei"], at=NINE, key="t"
    )
    for minutes in (20, 30, 90):
        fire_due_timers(NINE + timedelta(minutes=minutes))

    han = [notice.sentence.zh for notice in reversed(notices_of(shop["han"]))]
    assert han == ["“检查”已转给您办理：有事", "“检查”快到时限了"]
    chief = [notice.sentence.en for notice in reversed(notices_of(shop["min"]))]
    assert chief == [
        "“Look at it” is late and was escalated to you",
        "“Look at it” is past its limit",
    ]
    assert notices_of(shop["lei"]) == ()


def test_a_pools_reminder_goes_to_everybody_in_it(shop: Shop) -> None:
    shop.start()
    fire_due_timers(NINE + timedelta(minutes=20))

    for who in ("lei", "han"):
        assert [notice.code for notice in notices_of(shop[who])] == ["soon-due"]
    assert notices_of(shop["qi"]) == ()


def test_nobody_is_told_what_they_did_themselves(shop: Shop) -> None:
    case = shop.start()
    shop.look(case)  # which assigns the next step to the same person

    assert not Notice.objects.filter(user=shop["lei"]).exists()


def test_work_given_to_somebody_by_another_is_told(shop: Shop) -> None:
    case = shop.start()
    shop.look(case)
    shop.agree(case)
    shop.complete(shop.item(case, "mend"), "gang")
    service.return_to(
        shop.item(case, "approve"), to="look", reason="没修好", by=shop["min"], at=NINE, key="r"
    )

    assert [notice.sentence.zh for notice in notices_of(shop["lei"])] == ["“检查”已交给您办理"]


def test_withdrawn_work_is_told_to_who_held_it(shop: Shop) -> None:
    case = shop.start()
    shop.look(case)
    shop.claim(case, "mend", "gang")
    service.return_to(
        shop.item(case, "agree"), to="look", reason="嫌贵", by=shop["lei"], at=NINE, key="r"
    )

    assert [notice.code for notice in notices_of(shop["gang"])] == ["withdrawn"]


def test_if_nobody_is_left_the_head_of_the_unit_is_told(shop: Shop) -> None:
    for who in ("lei", "han"):
        revoke(shop[who], "mender", shop.units["east"])
    shop.start()

    assert [notice.code for notice in notices_of(shop["min"])] == ["nobody"]


def test_notices_are_counted_until_they_are_read(shop: Shop) -> None:
    shop.start()
    fire_due_timers(NINE + timedelta(minutes=90))
    assert unread_count(shop["min"]) == 2

    newest = notices_of(shop["min"])[0]
    assert service.mark_notices_read(shop["min"], NINE, [newest.notice_id]) == 1
    assert [each.code for each in notices_of(shop["min"], unread_only=True)] == ["escalated"]
    assert service.mark_notices_read(shop["min"], NINE) == 1
    assert unread_count(shop["min"]) == 0


def test_nobody_marks_the_notices_of_others(shop: Shop) -> None:
    shop.start()
    fire_due_timers(NINE + timedelta(minutes=90))
    theirs = notices_of(shop["min"])[0].notice_id

    assert service.mark_notices_read(shop["lei"], NINE, [theirs]) == 0


def test_every_notice_has_its_text_in_both_languages() -> None:
    for text in TEXTS.values():
        assert "{step}" in text.zh
        assert "{step}" in text.en
