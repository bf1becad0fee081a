"""Reactions through the runtime: who may begin them, what they hold, and how they are told."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from tests.runtime.cases.test_case_page import page_of, panel, sentences
from tests.runtime.shop import NINE, PACK_FOLDER, Shop, refusal, row
from tuoban.runtime.cases import definitions, service
from tuoban.runtime.cases.audit import audit
from tuoban.runtime.cases.models import PersonalValue
from tuoban.runtime.cases.queries import ReactionPanel, clock_sheet
from tuoban.runtime.cases.service import Outcome, fire_due_timers


def overhaul(shop: Shop, at: datetime = NINE) -> Outcome:
    text = (PACK_FOLDER / "shop-extra.yaml").read_text(encoding="utf-8")
    definitions.publish("shop-extra", text, None, NINE)
    return service.start_case(
        "shop-extra", "overhaul", by=shop["mei"], data={"thing": "电脑"}, at=at, key=shop.key()
    )


def press(
    shop: Shop,
    case: Outcome,
    node: str,
    by: str = "lei",
    minutes: int = 0,
    at: datetime = NINE,
    **data: str,
) -> Outcome:
    return service.react(
        case.case_id,
        node,
        data=data,
        by=shop[by],
        at=at + timedelta(minutes=minutes),
        key=shop.key(),
    )


def offered(shop: Shop, case: Outcome, who: str) -> list[ReactionPanel]:
    return list(page_of(shop, case, who).reactions)


@pytest.fixture
def case(shop: Shop) -> Outcome:
    return overhaul(shop)


def test_each_is_offered_those_that_are_theirs(shop: Shop, case: Outcome) -> None:
    assert [each.node for each in offered(shop, case, "lei")] == ["extra_work", "note"]
    (stop,) = offered(shop, case, "min")
    assert (stop.node, stop.interrupting, stop.withdraws, stop.form) == ("stop", True, 2, ())
    assert offered(shop, case, "mei") == []
    service.suspend_case(case.case_id, reason="停电", by=shop["min"], at=NINE, key="s")
    assert offered(shop, case, "lei") == []


def test_the_form_shows_what_follows_from_what_was_typed(shop: Shop, case: Outcome) -> None:
    form = offered(shop, case, "lei")[0].form
    assert [each.name for each in form[0].entries] == ["what", "price", "secret", "phoned"]


def test_what_happens_is_told_and_shown_with_its_values(shop: Shop, case: Outcome) -> None:
    press(shop, case, "extra_work", what="皮带", price="20", minutes=1)
    page = page_of(shop, case, "lei")
    assert "李雷提出“发现增项”，增项：皮带，价格：¥20.00" in sentences(page)
    (shown,) = page.occurrences
    assert (shown.label.zh, shown.who, shown.is_open) == ("发现增项 · 皮带", "李雷", True)
    assert [(each.label.zh, each.value.zh) for each in shown.fields] == [
        ("增项", "皮带"),
        ("价格", "¥20.00"),
    ]
    agree = panel(page, "agree")
    assert agree.occurrence is not None
    assert agree.occurrence.zh == "发现增项 · 皮带"
    assert panel(page, "mend").occurrence is None
    (because,) = panel(page, "mend").locked
    assert [each.zh for each in because.because] == ["“发现增项 › 进行中”为 1，应为 0"]
    shop.complete(shop.item(case, "agree"), "mei")
    assert not page_of(shop, case).occurrences[0].is_open


def test_one_without_a_name_of_its_own_is_known_by_its_number(shop: Shop, case: Outcome) -> None:
    press(shop, case, "note")
    assert [each.label.zh for each in page_of(shop, case).occurrences] == ["记一笔"]
    press(shop, case, "note")
    names = [each.label.zh for each in page_of(shop, case).occurrences]
    assert names == ["记一笔（第 1 次）", "记一笔（第 2 次）"]


def test_a_personal_value_is_sealed_and_can_be_erased(shop: Shop, case: Outcome) -> None:
    press(shop, case, "extra_work", what="皮带", secret="请勿声张")
    kept = PersonalValue.objects.get(case=case.case_id, field="secret")
    assert "请勿声张" in kept.value
    assert "请勿声张" not in row(case).state
    shown = page_of(shop, case).occurrences[0].fields
    assert [each.value.zh for each in shown] == ["皮带", "请勿声张"]
    service.erase_personal_values(
        case.case_id, by=shop["root"], reason="应要求", at=NINE, key="e", field="secret"
    )
    shown = page_of(shop, case).occurrences[0].fields
    assert [each.value.zh for each in shown] == ["皮带", "（已删除）"]
    assert audit().is_clean


def test_what_is_refused_begins_nothing(shop: Shop, case: Outcome) -> None:
    wrong = refusal(lambda: press(shop, case, "extra_work", price="-1", secret="x"))
    assert {each.place for each in wrong.problems} == {"what", "price"}
    assert refusal(lambda: press(shop, case, "extra_work", by="mei", what="x")).code == (
        "not-reactor"
    )
    assert refusal(lambda: press(shop, case, "alarm")).code == "unknown-reaction"
    assert row(case).seq == 1
    assert not PersonalValue.objects.filter(field="secret").exists()


def test_the_same_request_sent_twice_happens_once(shop: Shop, case: Outcome) -> None:
    for _ in range(2):
        service.react(case.case_id, "note", data={}, by=shop["lei"], at=NINE, key="once")
    assert len(page_of(shop, case).occurrences) == 1


def test_one_that_interrupts_tells_whoever_held_work(shop: Shop, case: Outcome) -> None:
    shop.claim(case, "mend", "lei")
    press(shop, case, "extra_work", what="皮带", price="20")
    (stop,) = offered(shop, case, "min")
    assert stop.withdraws == 3
    press(shop, case, "stop", by="min")
    page = page_of(shop, case)
    assert [each.node for each in page.items] == ["tidy"]
    assert "“修”已撤回" in sentences(page)
    assert "周敏提出“停修”" in sentences(page)
    assert page.reactions == ()
    assert [(each.key, each.state) for each in page.steps] == [
        ("tidy", "current"),
        ("bill", "ahead"),
    ]


def test_what_comes_by_itself_is_told_and_late_ones_say_so(shop: Shop, case: Outcome) -> None:
    shop.complete(shop.item(case, "mend"), "lei", danger="true")
    assert "“发现危险”发生" in sentences(page_of(shop, case))
    fire_due_timers(NINE + timedelta(hours=2, minutes=30))
    page = page_of(shop, case, minutes=150)
    assert "“修得太久”发生，系统晚了 30 分钟才处理" in sentences(page)
    english = [each.sentence.en for each in page.timeline]
    assert "“Taking long” happened: the system acted 30 minutes late" in english


def test_its_steps_are_on_the_strip_only_once_they_are_there(shop: Shop, case: Outcome) -> None:
    def steps() -> list[tuple[str, str]]:
        return [(each.key, each.state) for each in page_of(shop, case).steps]

    before = [("mend", "current"), ("clean", "current"), ("test", "ahead"), ("bill", "ahead")]
    assert steps() == before
    press(shop, case, "note")
    assert [*before[:3], ("read", "current"), before[3]] == steps()
    shop.complete(shop.item(case, "read"), "mei")
    assert [*before[:3], ("read", "done"), before[3]] == steps()
    press(shop, case, "note")
    assert [*before[:3], ("read", "current"), before[3]] == steps()


def test_its_clocks_name_their_occurrence(shop: Shop, case: Outcome) -> None:
    press(shop, case, "extra_work", what="皮带", price="20")
    press(shop, case, "extra_work", what="灯", price="30", minutes=10)
    shop.complete(shop.item(case, "clean"), "lei")
    sheet = clock_sheet(shop["lei"], case.case_id, NINE + timedelta(minutes=10))
    assert [each.what.zh for each in sheet.open if each.node == "extra_work"] == [
        "发现增项 · 皮带",
        "发现增项 · 灯",
    ]
    within = [each.occurrence.zh for each in sheet.open if each.occurrence is not None]
    assert within == ["发现增项 · 皮带", "发现增项 · 灯"]
    (moment,) = [each for each in sheet.open if each.happens]
    assert (moment.what.zh, moment.rows[-1].what.zh, moment.occurrence) == (
        "修得太久",
        "发生",
        None,
    )
    press(shop, case, "stop", by="min", minutes=20)
    sheet = clock_sheet(shop["lei"], case.case_id, NINE + timedelta(minutes=20))
    over = [each.what.zh for each in sheet.over if each.node == "extra_work"]
    assert sorted(over) == ["发现增项 · 灯", "发现增项 · 皮带"]


def test_the_rows_are_what_the_journal_says(shop: Shop, case: Outcome) -> None:
    press(shop, case, "extra_work", what="皮带", price="20", secret="x")
    press(shop, case, "stop", by="min")
    fire_due_timers(NINE + timedelta(hours=3))
    assert audit().is_clean
