"""Clocks of live cases: rows that follow them, hours that change under them, and what people do."""

import logging
from datetime import datetime, timedelta
from re import sub
from threading import Event
from time import sleep
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction

from tests.runtime.shop import NINE, PACK_FOLDER, Shop, refusal, together
from tuoban.kernel import events as e
from tuoban.kernel.language import PackText, compile_pack
from tuoban.runtime.calendars.models import Calendar
from tuoban.runtime.calendars.service import create_calendar, save_version
from tuoban.runtime.calendars.texts import CalendarText, WeekText
from tuoban.runtime.cases import (
    definitions,
    journal,
    rechecking,
    rippling,
    service,
    settings,
    store,
    worker,
)
from tuoban.runtime.cases.audit import audit
from tuoban.runtime.cases.models import Case, HoursMark, JournalEntry, Notice, Timer, WorkItem
from tuoban.runtime.cases.queries import case_clocks, case_page, clock_sheet, notices, unread_count
from tuoban.runtime.cases.service import Outcome
from tuoban.runtime.people import leave
from tuoban.runtime.people.personal import AbsenceText
from tuoban.runtime.people.recording import Act
from tuoban.runtime.people.service import set_calendar

SHANGHAI = ZoneInfo("Asia/Shanghai")


def at(text: str) -> datetime:
    """The instant of `03-02 10:05` in Shanghai."""
    return datetime.strptime(f"2026-{text}", "%Y-%m-%d %H:%M").replace(tzinfo=SHANGHAI)


def hours(monday_to_friday: str) -> CalendarText:
    days = (*(monday_to_friday,) * 5, "", "")
    return CalendarText((WeekText("", days),), keeps_holidays=False)


def bring(
    shop: Shop, at: datetime = NINE, remind: str = "30 working minutes before", within: str = ""
) -> Outcome:
    text = PACK_FOLDER.joinpath("shop-promise.yaml").read_text(encoding="utf-8")
    text = text.replace("30 working minutes before", remind)
    if within:
        text = sub(
            r"by: mender\n +within:\n.*\n.*\n", f"by: mender\n            within: {within}\n", text
        )
    definitions.publish("shop-promise", text, None, NINE)
    return service.start_case(
        "shop-promise", "promise", by=shop["mei"], data={"thing": "电脑"}, at=at, key=shop.key()
    )


def row(shop: Shop, case: Outcome, step: str) -> WorkItem:
    return WorkItem.objects.get(pk=shop.item(case, step))


def events(case: Outcome) -> list[e.Event]:
    entries = JournalEntry.objects.filter(case=case.case_id).order_by("seq")
    return [event for entry in entries for event in journal.events_of(entry)]


def test_work_is_due_by_the_clock_over_it_that_runs_out_first(shop: Shop) -> None:
    case = bring(shop)

    assert row(shop, case, "mend").due_at == at("03-02 11:00")
    assert row(shop, case, "order_part").due_at == at("03-02 16:00"), "the stage's"
    assert Case.objects.get(pk=case.case_id).due_sort == at("03-02 11:00")
    assert audit().is_clean


def test_every_limit_is_told_with_its_name_its_sentence_and_its_ledger(shop: Shop) -> None:
    case = bring(shop)

    page = case_page(shop["lei"], case.case_id, NINE)

    assert [(each.what.zh, each.name and each.name.zh, each.due_at) for each in page.clocks] == [
        ("修", "内部目标", at("03-02 11:00")),
        ("修", "对客户承诺", at("03-02 14:00")),
        ("修理", None, at("03-02 16:00")),
        ("修好为止", None, at("03-05 18:00")),
    ]
    promise = page.clocks[1]
    assert promise.sentence.zh == "送修 09:00 + 4 工作小时，标准工作时间，无暂停 = 14:00"
    assert [row.what.en for row in promise.rows] == [
        "Bring it in: 4 working hours, calendar Standard hours",
        "due",
    ]


def test_what_comes_around_a_limit_is_told_with_its_moment(shop: Shop) -> None:
    """By what the organisation has set, without which the pack is not published."""
    text = PACK_FOLDER.joinpath("shop-promise.yaml").read_text(encoding="utf-8")
    setting = "settings:\n  notice: {type: duration, required: true, zh: 提前提醒, en: Notice}\n"
    text = text.replace("30 working minutes before", "settings.notice before").replace(
        "roles:\n", f"{setting}\nroles:\n", 1
    )
    draft = compile_pack(text)
    assert refusal(lambda: settings.check_set(draft)).code == "setting-unset"
    settings.change(settings.Pack(draft, PackText(text), {}), {"notice": "45 分钟"}, at=NINE)
    definitions.publish("shop-promise", text, None, NINE)

    case = service.start_case(
        "shop-promise", "promise", by=shop["mei"], data={"thing": "灯"}, at=NINE, key=shop.key()
    )

    found = clock_sheet(shop["lei"], case.case_id, NINE)
    assert [(each.what.zh, [line.zh for line in each.ahead]) for each in found.open] == [
        ("修", ["10:15 提醒办理人"]),
        ("修", ["14:00 升级给主管"]),
        ("修理", []),
        ("修好为止", ["3月5日 周四 18:00 升级给主管，提醒前台", "3月6日 周五 18:00 提醒主管"]),
    ]
    worker.run_once(at("03-02 10:15"))
    assert audit().is_clean


def test_a_finished_limit_stays_on_the_sheet_with_when_it_was_done(shop: Shop) -> None:
    case = bring(shop)
    shop.complete(shop.item(case, "mend"), "lei", at("03-02 12:00"))

    sheet = clock_sheet(shop["lei"], case.case_id, at("03-02 12:00"))

    assert [(each.name and each.name.zh, each.late) for each in sheet.over] == [
        ("对客户承诺", False),
        ("内部目标", True),
    ]
    assert [each.what.zh for each in sheet.open] == ["修理", "修好为止"]
    assert case_clocks(shop["lei"], case.number, at("03-02 12:00")) == sheet
    assert case_clocks(shop["lei"], "no such number", NINE) is None


def test_a_case_put_aside_stands_still_in_lists_and_goes_on_with_what_was_left(shop: Shop) -> None:
    case = bring(shop)
    service.suspend_case(
        case.case_id, reason="客户出差", by=shop["min"], at=at("03-02 10:00"), key=shop.key()
    )

    mend = row(shop, case, "mend")
    assert (mend.due_at, mend.stands_still) == (None, True)
    assert Case.objects.get(pk=case.case_id).suspended
    assert Timer.objects.count() == 0
    refused = refusal(lambda: shop.complete(mend.pk, "lei", at("03-02 10:00")))
    assert refused.read("zh") == "工单已挂起（客户出差），恢复之后才能办理。"

    service.resume_case(case.case_id, by=shop["min"], at=at("03-03 10:00"), key=shop.key())
    mend = row(shop, case, "mend")
    assert (mend.due_at, mend.stands_still) == (at("03-03 11:00"), False)
    told = [entry.sentence.zh for entry in case_page(shop["min"], case.case_id, NINE).timeline]
    assert told[:2] == ["周敏恢复工单", "周敏挂起工单：客户出差"]
    assert audit().is_clean


def test_a_part_on_its_way_stops_the_stage_alone(shop: Shop) -> None:
    case = bring(shop)
    shop.complete(shop.item(case, "order_part"), "mei", at("03-02 10:00"), wait="true")

    page = case_page(shop["lei"], case.case_id, at("03-02 10:30"))
    (bench,) = [each for each in page.clocks if each.node == "bench"]
    assert (bench.state, bench.due_at) == ("paused", None)
    assert "还剩 5 小时工作时间" in bench.sentence.zh
    assert row(shop, case, "mend").due_at == at("03-02 11:00")


def test_who_is_in_charge_extends_a_limit_and_others_cannot(shop: Shop) -> None:
    case = bring(shop)
    page = case_page(shop["min"], case.case_id, NINE)
    target = next(each for each in page.clocks if each.name and each.name.en == "inside target")
    assert target.can_extend
    assert not any(each.can_extend for each in case_page(shop["lei"], case.case_id, NINE).clocks)

    def extend(by: str, length: str = "1 工作日") -> Outcome:
        return service.extend_clock(
            case.case_id,
            target.clock,
            length=length,
            reason="等客户拿密码",
            by=shop[by],
            at=at("03-02 10:00"),
            key=shop.key(),
        )

    assert refusal(lambda: extend("lei")).code == "not-in-charge"
    wrong = refusal(lambda: extend("min", "一会儿"))
    assert [each.place for each in wrong.problems] == ["length"]
    extend("min")
    clocks = case_page(shop["min"], case.case_id, at("03-02 10:00")).clocks
    moved = next(each for each in clocks if each.clock == target.clock)
    assert moved.due_at == at("03-03 18:00")
    assert "延期 1 个工作日" in moved.sentence.zh
    story = case_page(shop["min"], case.case_id, NINE).timeline
    assert story[0].sentence.zh == "周敏把“修”的“内部目标”延期 1 个工作日：等客户拿密码"


def test_a_reminder_whose_moment_had_gone_by_tells_the_time_that_is_left(shop: Shop) -> None:
    case = bring(shop, remind="3 working hours before")
    service.fire_due_timers(NINE)

    story = case_page(shop["min"], case.case_id, NINE).timeline
    assert "离时限还有 2 小时，已提醒" in story[0].sentence.zh


def test_open_cases_take_up_other_hours_and_keep_what_was_counted(shop: Shop) -> None:
    case = bring(shop)
    worker.run_once(NINE)
    standard = Calendar.objects.get(key="standard")

    save_version(standard, hours("13:00-18:00"), expected=1, at=at("03-02 10:00"))
    assert row(shop, case, "mend").due_at == at("03-02 11:00"), "the worker has not been here yet"
    assert worker.run_once(at("03-02 10:00")) > 0

    assert row(shop, case, "mend").due_at == at("03-02 14:00"), "an hour was counted before ten"
    assert worker.run_once(at("03-02 10:00")) == 0
    assert audit().is_clean


def test_a_unit_that_gets_a_calendar_of_its_own_counts_by_it(shop: Shop) -> None:
    case = bring(shop)
    night = create_calendar("night", "夜班", "Night shift", hours("20:00-24:00"), at=NINE)
    set_calendar(shop.units["east"], night, at=None)
    worker.run_once(NINE)

    assert row(shop, case, "mend").due_at == at("03-02 22:00")
    assert "夜班日历" in case_page(shop["lei"], case.case_id, NINE).clocks[0].sentence.zh


def test_hours_of_ones_own_are_taken_up_by_the_work_that_one_has_and_by_nothing_else(
    shop: Shop,
) -> None:
    by_performer = "{limit: 2 working hours, calendar: performer}"
    first, second, others = (bring(shop, within=by_performer) for _ in range(3))
    shop.claim(first, "mend", "lei")
    shop.claim(second, "mend", "lei")
    shop.claim(others, "mend", "han")
    while worker.run_once(NINE):
        pass
    leave.be_away(shop["lei"], AbsenceText("2026-03-02T10:00", "2026-03-02T14:00"), Act(NINE))

    assert rechecking.recheck_some(NINE) == 0
    assert rippling.follow_some(NINE) == 2
    assert rippling.follow_some(NINE) == 0
    for case, due in ((first, "15:00"), (second, "15:00"), (others, "11:00")):
        assert row(shop, case, "mend").due_at == at(f"03-02 {due}")
    assert audit().is_clean


def test_rechecking_goes_on_where_it_was_cut_off(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    cases = [bring(shop) for _ in range(5)]
    worker.run_once(NINE)
    monkeypatch.setattr(rechecking, "RUN", 2)
    standard = Calendar.objects.get(key="standard")
    save_version(standard, hours("13:00-18:00"), expected=1, at=NINE)

    assert rechecking.recheck_some(NINE) == 2
    assert HoursMark.objects.get().after == cases[1].case_id
    assert rechecking.recheck_some(NINE) == 2
    assert rechecking.recheck_some(NINE) == 1
    assert HoursMark.objects.get().after is None
    assert rechecking.recheck_some(NINE) == 0
    assert {row(shop, case, "mend").due_at for case in cases} == {at("03-02 15:00")}


def test_a_case_that_could_not_be_looked_at_is_looked_at_again(
    shop: Shop, caplog: pytest.LogCaptureFixture
) -> None:
    broken, sound = bring(shop), bring(shop)
    worker.run_once(NINE)
    whole = Case.objects.get(pk=broken.case_id).state
    Case.objects.filter(pk=broken.case_id).update(state="nonsense")
    standard = Calendar.objects.get(key="standard")
    save_version(standard, hours("13:00-18:00"), expected=1, at=NINE)

    with caplog.at_level(logging.CRITICAL):
        worker.run_once(NINE)

    assert row(shop, sound, "mend").due_at == at("03-02 15:00")
    assert row(shop, broken, "mend").due_at == at("03-02 11:00")
    assert Notice.objects.get(code="unchecked").case_id == broken.case_id
    Case.objects.filter(pk=broken.case_id).update(state=whole)
    (trouble,) = case_page(shop["min"], broken.case_id, NINE).troubles
    assert trouble.what.zh == "重新核算时限与条件"
    assert "JSONDecodeError" in trouble.why.zh
    worker.run_once(NINE + timedelta(minutes=1))
    assert JournalEntry.objects.filter(case=broken.case_id, command="Recheck").exists()
    assert case_page(shop["min"], broken.case_id, NINE).troubles == ()


def test_two_workers_recheck_each_case_once(busy_shop: Shop) -> None:
    case = bring(busy_shop)
    worker.run_once(NINE)
    standard = Calendar.objects.get(key="standard")
    save_version(standard, hours("13:00-18:00"), expected=1, at=NINE)

    came = together(*[lambda: service.recheck(case.case_id, NINE) for _ in range(2)])

    assert not [each for each in came if isinstance(each, Exception)]
    service.recheck(case.case_id, NINE)
    entries = JournalEntry.objects.filter(case=case.case_id, command="Recheck")
    assert entries.count() == 1


def test_a_case_in_other_hands_is_not_left_out(busy_shop: Shop) -> None:
    """Whoever holds it may have read the hours before they changed."""
    case = bring(busy_shop)
    worker.run_once(NINE)
    held, changed = Event(), Event()

    def hold() -> None:
        with transaction.atomic():
            store.lock(case.case_id)
            held.set()
            assert changed.wait(10)
            sleep(0.3)

    def recheck() -> None:
        assert held.wait(10)
        changed.set()
        assert service.recheck(case.case_id, NINE)

    save_version(Calendar.objects.get(key="standard"), hours("13:00-18:00"), expected=1, at=NINE)
    came = together(hold, recheck)

    assert not [each for each in came if isinstance(each, Exception)]
    assert audit().is_clean


def test_who_extends_and_who_completes_at_once_leave_one_whole_story(busy_shop: Shop) -> None:
    case = bring(busy_shop)
    item = busy_shop.item(case, "mend")
    clock = next(
        each.clock
        for each in case_page(busy_shop["min"], case.case_id, NINE).clocks
        if each.node == "mend"
    )

    came = together(
        lambda: busy_shop.complete(item, "lei"),
        lambda: service.extend_clock(
            case.case_id,
            clock,
            length="1 hour",
            reason="x",
            by=busy_shop["min"],
            at=NINE,
            key=busy_shop.key(),
        ),
    )

    refused = [getattr(each, "code", "") for each in came if isinstance(each, Exception)]
    assert set(refused) <= {"unknown-clock", "busy"}
    assert audit().is_clean


def test_a_reminder_that_came_with_the_work_done_in_time_does_not_call_it_late(shop: Shop) -> None:
    case = shop.start()
    shop.look(case, at=NINE + timedelta(minutes=25))

    told = Notice.objects.filter(case=case.case_id, user=shop["han"])
    assert list(told.values_list("code", flat=True)) == ["soon-due"]


def test_a_limit_of_the_case_is_told_of_the_case(shop: Shop) -> None:
    case = bring(shop)
    worker.run_once(at("03-05 18:00"))

    told = [each for each in notices(shop["min"]) if each.item_id is None]
    assert [each.sentence.zh for each in told] == ["“修好为止”已超时，升级到您处理"]
    story = [each.sentence.zh for each in case_page(shop["min"], case.case_id, NINE).timeline]
    assert "“修好为止”到时限还没有办完，已升级给主管，已提醒前台" in story
    before = unread_count(shop["min"])
    shop.complete(shop.item(case, "mend"), "lei", at("03-05 18:00"))
    shop.complete(shop.item(case, "order_part"), "mei", at("03-05 18:00"))
    shop.complete(shop.item(case, "call"), "mei", at("03-06 18:00"))
    assert unread_count(shop["min"]) < before, "what is over asks for nothing"


def test_after_a_night_of_the_system_everything_comes_in_order_and_says_so(shop: Shop) -> None:
    case = bring(shop)
    worker.run_once(at("03-09 19:00"))

    passed = [each for each in events(case) if isinstance(each, e.LimitPassed)]
    moments = [each.moment for each in passed]
    assert moments == sorted(moments)
    assert [(each.tier, each.round) for each in passed][-2:] == [
        ("every workday after", 1),
        ("every workday after", 2),
    ]
    assert worker.run_once(at("03-09 19:00")) == 0
    story = case_page(shop["min"], case.case_id, NINE).timeline
    assert any("系统晚了" in each.sentence.zh for each in story)
    assert Notice.objects.filter(user=shop["min"]).count() == 4
    assert audit().is_clean


def test_a_call_opens_on_the_next_workday(shop: Shop) -> None:
    case = bring(shop)
    shop.complete(shop.item(case, "order_part"), "mei", at("03-06 15:00"))
    shop.complete(shop.item(case, "mend"), "lei", at("03-06 15:00"))

    call = row(shop, case, "call")
    assert (call.locked, call.lock_reasons) == (True, "-1")
    panel = case_page(shop["mei"], case.case_id, at("03-06 15:00")).items[0]
    assert [each.text.zh for each in panel.locked] == ["3月9日 周一 18:00 开放"]
    worker.run_once(at("03-09 18:00"))
    assert not row(shop, case, "call").locked
    clocks = case_page(shop["mei"], case.case_id, at("03-09 18:00")).clocks
    assert [each.due_at for each in clocks if each.node == "call"] == [at("03-10 18:00")]
    story = case_page(shop["mei"], case.case_id, NINE).timeline
    assert "“回访”可以办了" in [each.sentence.zh for each in story]
    assert audit().is_clean


def test_work_that_waits_has_its_place_behind_what_is_due(shop: Shop) -> None:
    first, second = bring(shop), bring(shop, NINE + timedelta(minutes=1))
    service.suspend_case(first.case_id, reason="x", by=shop["min"], at=NINE, key=shop.key())

    order = WorkItem.objects.filter(node="mend").order_by("due_sort")
    assert [each.case_id for each in order] == [second.case_id, first.case_id]
