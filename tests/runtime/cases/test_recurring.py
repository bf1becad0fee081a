"""Cases that begin by themselves: once for each period and element, whatever happens meanwhile."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta

import pytest

from tests.runtime.shop import NINE, PACK_FOLDER, Shop, refusal
from tuoban.runtime.calendars.service import create_calendar
from tuoban.runtime.calendars.texts import CalendarText, WeekText
from tuoban.runtime.cases import definitions, service, worker
from tuoban.runtime.cases.audit import audit
from tuoban.runtime.cases.models import Case, Recurring, RecurringStart, WorkItem
from tuoban.runtime.cases.queries import case_page, new_case_forms, notices
from tuoban.runtime.cases.queries.starting import start_form
from tuoban.runtime.cases.recurring import begin_due
from tuoban.runtime.people.models import Unit
from tuoban.runtime.people.service import (
    create_unit,
    create_user,
    set_calendar,
    set_head,
    set_level,
)

PACK = (PACK_FOLDER / "shop-stock.yaml").read_text(encoding="utf-8")
MARCH = datetime(2026, 3, 31, 9, tzinfo=UTC)
APRIL = datetime(2026, 4, 30, 9, tzinfo=UTC)


@pytest.fixture
def stores(shop: Shop) -> Shop:
    """The shop, which counts its stock from 2 March 2026 on."""
    for key in ("east", "west"):
        set_level(Unit.objects.get(key=key), "store")
    definitions.publish("shop-stock", PACK, None, NINE)
    return shop


def publish(old: str, new: str, at: datetime, version: str = "2") -> None:
    assert old in PACK
    text = PACK.replace('version: "1"', f'version: "{version}"').replace(old, new)
    definitions.publish("shop-stock", text, None, at)


def begun() -> list[tuple[str, str, str]]:
    """Period and unit of every case that began, with its title."""
    rows = RecurringStart.objects.exclude(case=None).select_related("case").order_by("case_id")
    return [(row.period, row.case.unit_id, row.case.title_words) for row in rows if row.case]


def test_a_case_begins_for_every_element_when_the_moment_has_come(stores: Shop) -> None:
    assert begin_due(MARCH - timedelta(seconds=1)) == 0
    assert begin_due(MARCH) == 2
    assert begin_due(MARCH) == 0
    assert begun() == [("2026-03", "east", "east"), ("2026-03", "west", "west")]
    case = Case.objects.get(unit=stores.units["west"])
    assert case.started_at == MARCH
    assert WorkItem.objects.get(case=case).node == "count_up"
    assert audit().is_clean


def test_what_was_missed_is_made_up_for_once(stores: Shop) -> None:
    late = APRIL + timedelta(days=3)
    assert begin_due(late) == 4
    assert begin_due(late) == 0
    assert [period for period, _, _ in begun()] == ["2026-03", "2026-03", "2026-04", "2026-04"]
    assert {each.started_at for each in Case.objects.all()} == {MARCH, APRIL}


def test_the_worker_begins_them(stores: Shop) -> None:
    assert worker.run_once(MARCH) == 2


def test_nothing_begins_for_the_time_before_it_was_published(stores: Shop) -> None:
    later = MARCH + timedelta(days=1)
    other = PACK.replace("pack: shop-stock", "pack: shop-stock-too")
    definitions.publish("shop-stock-too", other, None, later)
    begin_due(later)
    assert set(RecurringStart.objects.values_list("slug", flat=True)) == {"shop-stock"}


def test_another_version_begins_no_period_again(stores: Shop) -> None:
    begin_due(MARCH)
    publish("month on last workday at 17:00", "month on last day at 20:00", MARCH)
    assert begin_due(MARCH + timedelta(hours=4)) == 0
    assert begin_due(APRIL + timedelta(hours=4)) == 2
    assert {each.definition.version for each in Recurring.objects.all()} == {"2"}


def test_what_the_version_before_still_owed_is_begun_on_it(stores: Shop) -> None:
    publish("month on last workday at 17:00", "year on 1-01 at 9:00", MARCH + timedelta(days=1))
    assert begin_due(APRIL) == 2
    assert set(Case.objects.values_list("definition__version", flat=True)) == {"1"}
    assert begin_due(APRIL + timedelta(days=60)) == 0


def test_a_version_without_the_start_ends_it(stores: Shop) -> None:
    publish(
        "{every: month on last workday at 17:00, as: monthly, en: Monthly stock taking, "
        "each: store, in: 'units(\"store\")'}",
        "{request: ask, en: Ask, by: clerk, form: [store]}",
        NINE + timedelta(days=1),
    )
    assert begin_due(APRIL) == 0
    assert not Recurring.objects.exists()


def test_a_calendar_that_is_changed_moves_what_is_to_come(stores: Shop) -> None:
    begin_due(NINE)
    assert Recurring.objects.get().next_at == MARCH
    weeks = (WeekText("", ("09:00-17:00", "", "", "", "", "", "")),)
    mondays = create_calendar(
        "mondays", "周一", "Mondays", CalendarText(weeks, keeps_holidays=False), at=NINE
    )
    set_calendar(stores.units["hq"], mondays, at=None)
    begin_due(NINE)
    assert Recurring.objects.get().next_at == MARCH - timedelta(days=1)


def test_one_that_cannot_begin_keeps_no_other_from_it_and_is_tried_again(
    stores: Shop, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.CRITICAL)
    stores.people["boss"] = create_user("boss", "王总", at=NINE)
    set_head(stores.units["hq"], stores["boss"])
    publish("'units(\"store\")'", '\'["east", "nowhere"]\', unit: store', NINE)
    assert begin_due(MARCH) == 1
    failed = RecurringStart.objects.get(case=None)
    assert "没有部门" in failed.error
    (told,) = notices(stores["boss"])
    assert told.sentence.zh.startswith("“Monthly stock taking”没能自动发起，稍后会再试：没有部门")
    assert (told.number, told.process) == ("", "")
    assert begin_due(MARCH + timedelta(seconds=1)) == 0
    assert len(notices(stores["boss"])) == 1
    create_unit("nowhere", "新店", "New store", parent=stores.units["hq"])
    assert begin_due(MARCH + timedelta(minutes=1)) == 1
    assert RecurringStart.objects.filter(case=None).count() == 0


def test_two_at_once_begin_it_once(stores: Shop) -> None:
    begin_due(NINE)
    kept = Recurring.objects.get()
    begin_due(MARCH)
    # As if another worker had read the row before the moment was carried out.
    Recurring.objects.filter(pk=kept.pk).update(after=kept.after, next_at=kept.next_at)
    assert begin_due(MARCH) == 0
    assert Case.objects.count() == 2


def test_nobody_can_request_it(stores: Shop) -> None:
    clerk = stores["mei"]
    forms = [each.slug for each in new_case_forms(clerk, NINE)]
    assert "shop-stock" not in forms
    assert refusal(lambda: start_form(clerk, "shop-stock", "monthly", NINE)).code == (
        "unknown-request"
    )
    refused = refusal(
        lambda: service.start_case(
            "shop-stock", "monthly", by=clerk, data={}, at=NINE, key=stores.key()
        )
    )
    assert refused.code == "unknown-request"


def test_the_page_says_that_it_began_by_itself(stores: Shop) -> None:
    begin_due(MARCH)
    case = Case.objects.get(unit=stores.units["east"])
    page = case_page(stores["mei"], case.pk, MARCH)
    assert page.started_by == ""
    first = page.timeline[-1]
    assert first.sentence.en.startswith("“Monthly stock taking” began by itself, for 2026-03")
    assert first.sentence.zh.startswith("“Monthly stock taking”自动开始（2026-03）")
    assert first.actor == ""
