"""Timers: fired once, in order, also after the system was away, and none stops the others."""

import logging
from datetime import timedelta

import pytest

from tests.runtime.shop import NINE, Shop
from tuoban.kernel import events as e
from tuoban.runtime.cases import journal
from tuoban.runtime.cases.audit import audit
from tuoban.runtime.cases.models import Case, JournalEntry, Notice, Timer, WorkItem
from tuoban.runtime.cases.queries import case_page, notices, unread_count
from tuoban.runtime.cases.service import fire_due_timers

HALF_PAST = NINE + timedelta(minutes=30)


def fired() -> list[tuple[str, int]]:
    """The moments that have passed, with their cases, in the order in which they were fired."""
    return [
        (event.tier, entry.case_id)
        for entry in JournalEntry.objects.order_by("pk")
        for event in journal.events_of(entry)
        if isinstance(event, e.LimitPassed)
    ]


def test_nothing_fires_before_its_moment(shop: Shop) -> None:
    shop.start()

    assert fire_due_timers(NINE + timedelta(minutes=19, seconds=59)) == 0
    assert Timer.objects.count() == 3


def test_a_timer_fires_at_its_moment_and_only_once(shop: Shop) -> None:
    case = shop.start()

    assert fire_due_timers(HALF_PAST) == 2
    assert fire_due_timers(HALF_PAST) == 0

    assert WorkItem.objects.get(pk=shop.item(case, "look")).escalated
    assert Notice.objects.filter(user=shop["min"], code="escalated").count() == 1
    assert audit().is_clean


def test_reminders_of_finished_work_no_longer_count(shop: Shop) -> None:
    case = shop.start()
    fire_due_timers(HALF_PAST)
    assert unread_count(shop["min"]) == 1

    shop.look(case, at=HALF_PAST)

    assert unread_count(shop["min"]) == 0
    assert [each.read for each in notices(shop["min"])] == [True]
    assert notices(shop["min"], unread_only=True) == ()


def test_after_downtime_everything_missed_is_fired_in_order(shop: Shop) -> None:
    later = shop.start(at=NINE + timedelta(minutes=5)).case_id
    sooner = shop.start().case_id

    assert fire_due_timers(NINE + timedelta(days=1)) == 6

    assert fired() == [
        ("10 minutes before", sooner),
        ("10 minutes before", later),
        ("at the limit", sooner),
        ("at the limit", later),
        ("1 hour after", sooner),
        ("1 hour after", later),
    ]


def test_what_is_missed_is_fired_in_portions(shop: Shop) -> None:
    shop.start()
    late = NINE + timedelta(days=1)

    assert [fire_due_timers(late, limit=2), fire_due_timers(late, limit=2)] == [2, 1]


def test_finished_work_has_no_timers(shop: Shop) -> None:
    shop.finish(shop.start())

    assert fire_due_timers(NINE + timedelta(days=1)) == 0


def test_a_clock_stands_still_while_a_gate_is_closed(shop: Shop) -> None:
    case = shop.start()
    shop.look(case)
    assert WorkItem.objects.get(pk=shop.item(case, "mend")).due_at is None
    assert fire_due_timers(NINE + timedelta(days=1)) == 0

    shop.agree(case, at=NINE + timedelta(hours=5))

    due = WorkItem.objects.get(pk=shop.item(case, "mend")).due_at
    assert due == NINE + timedelta(hours=7)


def test_a_case_that_cannot_go_on_does_not_stop_the_others(
    shop: Shop, caplog: pytest.LogCaptureFixture
) -> None:
    broken, sound = shop.start(), shop.start()
    whole = Case.objects.get(pk=broken.case_id).state
    Case.objects.filter(pk=broken.case_id).update(state="nonsense")

    with caplog.at_level(logging.CRITICAL):
        assert fire_due_timers(HALF_PAST) == 2

    failed = Timer.objects.filter(case=broken.case_id, attempts=1).get()
    assert "JSONDecodeError" in failed.error
    assert failed.next_try_at == HALF_PAST + timedelta(seconds=10)
    told = Notice.objects.get(case=broken.case_id, code="stuck")
    assert told.user == shop["min"]
    assert WorkItem.objects.get(pk=shop.item(sound, "look")).escalated

    Case.objects.filter(pk=broken.case_id).update(state=whole)
    (trouble,) = case_page(shop["min"], broken.case_id, HALF_PAST).troubles
    assert trouble.what.zh == "“检查”到时该做的"
    assert trouble.why.zh.startswith("系统内部出错，请联系管理员查看日志（JSONDecodeError")
    assert "ask whoever administers it" in trouble.why.en
    assert case_page(shop["lei"], broken.case_id, HALF_PAST).troubles == ()
    assert fire_due_timers(HALF_PAST + timedelta(seconds=10)) == 2
    assert WorkItem.objects.get(pk=shop.item(broken, "look")).escalated


def test_a_failing_timer_is_tried_again_ever_more_rarely(
    shop: Shop, caplog: pytest.LogCaptureFixture
) -> None:
    case = shop.start()
    Case.objects.filter(pk=case.case_id).update(state="nonsense")
    at = NINE + timedelta(minutes=20)

    pauses = []
    with caplog.at_level(logging.CRITICAL):
        for _ in range(10):
            fire_due_timers(at)
            timer = Timer.objects.filter(case=case.case_id, attempts__gt=0).get()
            pauses.append(int((timer.next_try_at - at).total_seconds()))
            at = timer.next_try_at
            Timer.objects.filter(case=case.case_id).exclude(pk=timer.pk).delete()

    assert pauses == [10, 20, 40, 80, 160, 320, 640, 1280, 2560, 3600]


def test_a_stray_row_is_cleared_away(shop: Shop) -> None:
    case = shop.start()
    Timer.objects.create(case_id=case.case_id, timer="77", clock=1, due_at=NINE, next_try_at=NINE)

    fire_due_timers(NINE)

    assert not Timer.objects.filter(timer="77").exists()
    assert JournalEntry.objects.count() == 1
