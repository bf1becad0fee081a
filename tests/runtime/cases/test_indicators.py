"""Indicators: measured by their schedules or when asked, over cases of every version, and told."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.runtime.shop import NINE, PACK, SLUG, Shop
from tuoban.runtime.calendars.models import Calendar
from tuoban.runtime.calendars.service import create_calendar, save_version
from tuoban.runtime.calendars.texts import CalendarText, WeekText
from tuoban.runtime.cases import definitions, service, worker
from tuoban.runtime.cases.indicators import rounds
from tuoban.runtime.cases.models import (
    Case,
    IndicatorSchedule,
    MeasuredCase,
    Measurement,
    MeasuringRound,
    Notice,
)
from tuoban.runtime.cases.queries import notices
from tuoban.runtime.cases.queries.indicators import indicator_list, indicator_packs
from tuoban.runtime.cases.queries.measured_cases import indicator_cases, indicator_detail
from tuoban.runtime.cases.recurring import begin_due
from tuoban.runtime.cases.settings import change
from tuoban.runtime.people.service import set_calendar

INDICATORS = """
indicators:
  checked:
    zh: 查明率
    en: Found out
    share: look.outcome = "found"
    where: look.count > 0
    per: case.unit
    target: ">= 90 %"
    every: day at 8:00
    tell: chief
  open:
    zh: 在办
    en: Open
    count: cases
    over: running
    target: <= 1
    every: day at 8:00
    tell: [chief, workshop]
  takings: {zh: 金额, en: Takings, sum: price, over: ended this month, unit: {zh: 元, en: yuan}}
  price: {zh: 单价, en: Price, is: takings / done}
  done: {zh: 办结, en: Done, count: cases, over: ended this month}
  slow:
    zh: 用时
    en: Time taken
    p90: end.at - start.at
    over: ended last 7 days
    target: < 1 hours
"""
EACH = """
indicators:
  looks:
    zh: 检查
    en: Looks
    count: look.outcome = "found"
    of: look
    over: done this day
    per: look.by
"""
EIGHT = datetime(2026, 3, 3, 0, 0, tzinfo=UTC)  # eight o'clock in Shanghai, the next day
DAY = timedelta(days=1)
MOST_QUERIES = 8


def publish(text: str = INDICATORS, version: str = "2", at: datetime = NINE) -> None:
    pack = PACK.replace("version: 2026.1", f'version: "{version}"') + text
    definitions.publish(SLUG, pack, None, at)
    begin_due(at)  # takes up its schedules


@pytest.fixture
def measured(shop: Shop) -> Shop:
    """The shop, whose cases are measured."""
    publish()
    return shop


def work(at: datetime) -> None:
    """Measure until nothing is left to measure."""
    while rounds.measure_some(at):
        pass


def newest(name: str, group: str | None = None) -> Measurement:
    rows = Measurement.objects.filter(indicator=name, is_group=group is not None)
    return rows.filter(group=group or "").latest("pk")


def value(name: str, group: str | None = None) -> object:
    return rounds.read(newest(name, group).value)


def test_what_has_come_due_is_measured_together(measured: Shop) -> None:
    measured.start()
    measured.look(measured.start())
    work(EIGHT - timedelta(seconds=1))
    assert not Measurement.objects.exists()
    work(EIGHT)
    row = MeasuringRound.objects.get()
    assert row.indicators == ("checked", "open")
    assert (row.looked_at, row.missed, row.done_at) == (2, 0, EIGHT)
    assert value("open") == 2
    found = newest("checked")
    assert (rounds.read(found.value), found.hits, found.cases, found.met) == (1, 1, 1, True)
    assert IndicatorSchedule.objects.values_list("next_at", flat=True)[0] == EIGHT + DAY
    work(EIGHT)
    assert MeasuringRound.objects.count() == 1


def test_the_worker_measures(measured: Shop) -> None:
    measured.start(at=EIGHT)
    while worker.run_once(EIGHT):
        pass
    assert value("open") == 1


def test_what_went_by_is_measured_once_and_said(measured: Shop) -> None:
    work(EIGHT + 3 * DAY + timedelta(hours=1))
    row = MeasuringRound.objects.get()
    assert (row.missed, row.at) == (3, EIGHT + 3 * DAY + timedelta(hours=1))


def test_the_cases_are_gone_through_some_at_a_time(
    measured: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rounds, "CHUNK", 2)
    for _ in range(5):
        measured.start()
    rounds.measure_some(EIGHT)
    assert MeasuringRound.objects.get().looked_at == 2
    assert not Measurement.objects.exists()
    work(EIGHT)
    assert value("open") == 5


def test_too_many_cases_are_not_measured_and_that_is_said(
    measured: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tuoban.kernel.measuring.MOST_CASES", 1)
    for _ in range(2):
        measured.start()
    work(EIGHT)
    assert MeasuringRound.objects.get().error == rounds.TOO_MANY
    assert not Measurement.objects.exists()


def measure_now(*names: str, at: datetime = EIGHT) -> MeasuringRound:
    row = rounds.ask(definitions.latest(SLUG), names, at)
    work(at)
    row.refresh_from_db()
    return row


WORKED = """
indicators:
  spent: {zh: 工时, en: Time spent, sum: "worked(start.at, end.at)", over: ended this month}
  waited: {zh: 等客户, en: Waited, sum: "outside(start.at, end.at)", over: ended this month}
"""


def test_other_hours_and_another_calendar_change_no_figure_of_before(shop: Shop) -> None:
    publish(WORKED)
    case = shop.start()
    shop.look(case)
    shop.agree(case)
    shop.complete(shop.item(case, "mend"), "gang", NINE + DAY)
    shop.complete(shop.item(case, "approve"), "min", NINE + DAY)
    later = NINE + 2 * DAY
    measure_now("spent", "waited", at=later)
    assert value("spent") == timedelta(hours=8)
    assert value("waited") == timedelta(0), "nobody outside had work of their own"
    short = CalendarText((WeekText("", ("10:00-11:00",) * 7),))
    save_version(Calendar.objects.get(), short, expected=1, at=later)
    set_calendar(
        shop.units["east"], create_calendar("own", "自定", "Own", short, at=later), at=later
    )
    measure_now("spent", at=later)
    assert value("spent") == timedelta(hours=8)
    again = shop.start(at=later + DAY)
    shop.finish(again, at=later + 2 * DAY)
    measure_now("spent", at=later + 3 * DAY)
    assert value("spent") == timedelta(hours=9), "and from then on the new ones count"


def test_measured_on_demand_with_all_that_it_is_calculated_from(measured: Shop) -> None:
    measured.finish(measured.start())
    measured.finish(measured.start())
    row = measure_now("price", "slow")
    assert row.indicators == ("takings", "price", "done", "slow")
    assert value("takings") == Decimal(160)
    assert value("price") == Decimal(80)
    assert value("slow") == timedelta(0)
    assert newest("slow").met is True


def test_groups_are_measured_for_themselves(measured: Shop) -> None:
    measured.look(measured.start())
    other = measured.start(by="sun")
    measured.complete(
        measured.item(other, "look"),
        "qi",
        outcome="unclear",
        checked=["1"],
        price="5",
        remark="?",
    )
    measure_now("checked")
    assert value("checked") == Decimal("0.5")
    assert [value("checked", unit) for unit in ("east", "west")] == [1, 0]
    assert [newest("checked", unit).met for unit in ("east", "west")] == [True, False]
    standings = (
        MeasuredCase.objects.filter(indicator="checked")
        .order_by("case")
        .values_list("standing", flat=True)
    )
    assert list(standings) == ["hit", "miss"]


def test_the_cases_of_the_newest_round_are_kept_and_no_others(measured: Shop) -> None:
    measured.start()
    first, second = (measure_now("open", at=NINE + timedelta(hours=each)) for each in (1, 2))
    assert first.cases.count() == 0
    assert second.cases.count() == 1
    assert Measurement.objects.filter(indicator="open").count() == 2


def test_cases_of_a_version_without_a_name_are_not_counted_and_said(shop: Shop) -> None:
    shop.finish(shop.start())
    text = PACK.replace("version: 2026.1", 'version: "2"')
    text = text.replace("  price:", "  miles: {type: integer, zh: 里程, en: Miles}\n  price:", 1)
    text = text.replace("form: [owner, phone,", "form: [miles, owner, phone,")
    indicator = "indicators:\n  far: {zh: 远, en: Far, mean: miles}\n"
    definitions.publish(SLUG, text + indicator, None, NINE)
    shop.start(miles="12")
    shop.start()
    row = measure_now("far")
    found = newest("far")
    assert (rounds.read(found.value), found.cases, found.unknown, found.foreign) == (12, 1, 1, 1)
    standings = row.cases.order_by("case").values_list("standing", flat=True)
    assert list(standings) == ["foreign", "hit", "unknown"]


def told(shop: Shop, who: str) -> list[str]:
    return [each.sentence.zh for each in notices(shop[who]) if each.process]


def test_people_are_told_once_when_it_is_missed_and_once_when_it_is_met_again(
    measured: Shop,
) -> None:
    cases = [measured.start(), measured.start()]
    work(EIGHT)
    work(EIGHT + DAY)
    missed = "指标“在办”没有达标：2（目标 ≤ 1）"
    assert told(measured, "min") == told(measured, "gang") == [missed]
    measured.finish(cases[0], at=EIGHT + DAY)
    work(EIGHT + 2 * DAY)
    work(EIGHT + 3 * DAY)
    assert [each for each in told(measured, "gang") if "在办" in each] == [
        "指标“在办”恢复达标：1（目标 ≤ 1）",
        missed,
    ]
    notice = notices(measured["gang"])[0]
    assert (notice.process, notice.case_id) == (SLUG, 0)
    assert notice.sentence.en == "“Open” meets its target again: 1 (target ≤ 1)"


def test_a_unit_that_misses_is_told_where_the_role_is_held_nearest(measured: Shop) -> None:
    other = measured.start()
    measured.complete(
        measured.item(other, "look"), "lei", outcome="unclear", checked=["1"], price="5", remark="?"
    )
    work(EIGHT)
    assert told(measured, "min") == ["指标“查明率”没有达标：城东 0 %（目标 ≥ 90 %）"]
    assert Notice.objects.filter(code="indicator-missed").count() == 1


def test_a_target_of_a_setting_is_that_of_the_organisation(shop: Shop) -> None:
    text = PACK.replace("version: 2026.1", 'version: "2"').replace(
        "fields:", "settings: {most: {type: integer, default: 1, zh: 最多, en: Most}}\nfields:", 1
    )
    indicator = (
        "indicators:\n  open: {zh: 在办, en: Open, count: cases, target: <= settings.most}\n"
    )
    definitions.publish(SLUG, text + indicator, None, NINE)
    shop.start()
    shop.start()
    measure_now("open")
    assert newest("open").met is False
    change(definitions.settable(definitions.latest(SLUG)), {"most": "2"}, at=NINE)
    measure_now("open")
    assert newest("open").met is True


def test_another_version_measures_by_its_own_schedules(measured: Shop) -> None:
    work(EIGHT)
    publish(
        "indicators: {open: {zh: 在办, en: Open, count: cases, every: day at 9:00}}\n", "3", EIGHT
    )
    work(EIGHT)
    kept = IndicatorSchedule.objects.get()
    assert (kept.definition.version, kept.next_at) == ("3", EIGHT + timedelta(hours=1))


def test_a_round_that_fails_is_tried_again(measured: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    case = measured.start()
    Case.objects.filter(pk=case.case_id).update(state="no state")
    work(EIGHT)
    row = MeasuringRound.objects.get()
    assert (row.done_at, row.attempts) == (None, 1)
    assert row.next_try_at > EIGHT
    assert row.error


def test_a_round_changes_no_case(measured: Shop) -> None:
    case = measured.start()
    before = Case.objects.values().get(pk=case.case_id)
    measure_now("open", "checked")
    assert Case.objects.values().get(pk=case.case_id) == before


def test_behind_an_indicator_of_a_step_stands_each_time_it_was_done_and_still_counts(
    shop: Shop,
) -> None:
    publish(EACH)
    case = shop.start()
    shop.look(case)
    agree = shop.item(case, "agree")
    service.return_to(agree, to="look", reason="再看", by=shop["lei"], at=NINE, key=shop.key())
    shop.look(case)
    shop.look(shop.start())
    published = definitions.latest(SLUG)
    rounds.measure_to_its_end(rounds.ask(published, ["looks"], NINE), NINE)
    assert (newest("looks").cases, value("looks"), value("looks", str(shop["lei"].pk))) == (2, 2, 2)
    assert MeasuredCase.objects.exclude(item=0).count() == 2
    detail = indicator_detail(shop["root"], published, "looks")
    assert detail is not None
    assert (detail.row.is_each, len(detail.cases)) == (True, 2)
    listed = indicator_cases(shop["root"], published, "looks", standing="all", unit="")
    assert len(list(listed)) == 2


def test_all_that_was_done_in_one_case_stands_on_pages_of_its_own(shop: Shop) -> None:
    publish(EACH)
    published = definitions.latest(SLUG)
    case = shop.start()
    row = rounds.ask(published, ["looks"], NINE)
    rounds.measure_to_its_end(row, NINE)
    MeasuredCase.objects.bulk_create(
        MeasuredCase(
            round=row, indicator="looks", case_id=case.case_id, item=each, value="true",
            standing=MeasuredCase.HIT,
        )
        for each in range(1, 31)
    )  # fmt: skip
    first = indicator_detail(shop["root"], published, "looks")
    assert first is not None
    second = indicator_detail(shop["root"], published, "looks", page=first.next)
    assert second is not None
    assert (len(first.cases), len(second.cases), second.next) == (25, 5, "")


def test_the_newest_measurements_stand_on_the_pages_at_the_cost_of_a_few_queries(
    measured: Shop,
) -> None:
    measured.start()
    measured.start()
    published = definitions.latest(SLUG)
    names = list(definitions.compiled(published).indicators)
    for at in (NINE, EIGHT):
        rounds.measure_to_its_end(rounds.ask(published, names, at), at)

    with CaptureQueriesContext(connection) as queries:
        listed = indicator_list(published)
        packs = indicator_packs(measured["root"])

    assert len(queries) <= MOST_QUERIES
    rows = {each.name: each for each in listed.rows}
    assert list(rows) == names
    assert [each.at for each in rows["open"].trend] == [EIGHT, NINE]
    assert (rows["open"].value.en, rows["open"].met) == ("2", False)
    assert [name for name, _, _ in rows["price"].parts] == ["takings", "done"]
    assert [(each.indicators, each.missed) for each in packs] == [(6, 1)]
