"""Jobs that recur: each moment once, whoever is there to plan it and however long nobody was."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.runtime.shop import together
from tuoban.runtime.jobs import recurring, registry
from tuoban.runtime.jobs.carriers.rows import run_due
from tuoban.runtime.jobs.housekeeping import KEPT_DONE, KEPT_DROPPED, forget
from tuoban.runtime.jobs.models import Job, RecurringJob
from tuoban.runtime.jobs.recurring import Daily, Missed

NAME = "test-recurring"
HOUR = timedelta(hours=1)
HALF_PAST = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
SHANGHAI = ZoneInfo("Asia/Shanghai")


class Doer:
    """What is done again and again, as it remembers it."""

    def __init__(self) -> None:
        self.moments: list[datetime] = []

    def recurs(self, every: timedelta | Daily, missed: Missed = "latest") -> None:
        recurring._registered.clear()
        recurring.register(NAME, every, self.moments.append, missed=missed)

    def works(self, at: datetime) -> None:
        recurring.plan_due(at)
        while run_due(at):
            pass

    @property
    def hours(self) -> list[str]:
        return [f"{each:%d %H:%M}" for each in self.moments]


@pytest.fixture
def doer() -> Iterator[Doer]:
    registered = dict(recurring._registered)
    yield Doer()
    recurring._registered.clear()
    recurring._registered.update(registered)
    registry._kinds.pop(NAME, None)


@pytest.mark.django_db
def test_what_is_new_is_done_at_once_and_then_at_every_moment(doer: Doer) -> None:
    doer.recurs(HOUR)
    for minutes in (0, 1, 29, 30, 31, 89, 90):
        doer.works(HALF_PAST + timedelta(minutes=minutes))

    assert doer.hours == ["02 09:00", "02 10:00", "02 11:00"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("missed", "made_up"),
    [("latest", ["02 13:00"]), ("each", ["02 10:00", "02 11:00", "02 12:00", "02 13:00"])],
)
def test_what_was_missed_is_made_up_for_as_it_says(
    doer: Doer, missed: Missed, made_up: list[str]
) -> None:
    doer.recurs(HOUR, missed)
    doer.works(HALF_PAST)

    doer.works(HALF_PAST + 4 * HOUR)
    assert doer.hours == ["02 09:00", *made_up]


@pytest.mark.django_db
def test_many_missed_moments_are_planned_some_at_a_time(doer: Doer) -> None:
    doer.recurs(HOUR, "each")
    doer.works(HALF_PAST)
    later = HALF_PAST + (recurring.MOST_AT_ONCE + 5) * HOUR

    doer.works(later)
    assert len(doer.moments) == recurring.MOST_AT_ONCE + 1
    doer.works(later)
    assert len(doer.moments) == recurring.MOST_AT_ONCE + 6
    assert doer.moments == sorted(set(doer.moments))


@pytest.mark.django_db
def test_every_day_at_a_time_is_a_time_of_the_place(doer: Doer) -> None:
    doer.recurs(Daily(time(2, 30), SHANGHAI))
    at = HALF_PAST
    for _ in range(3):
        doer.works(at)
        at += timedelta(days=1)

    in_shanghai = [f"{each.astimezone(SHANGHAI):%d %H:%M}" for each in doer.moments]
    assert in_shanghai == ["02 02:30", "03 02:30", "04 02:30"]


@pytest.mark.django_db
def test_a_day_without_that_time_and_one_that_has_it_twice_count_once_each(doer: Doer) -> None:
    berlin = ZoneInfo("Europe/Berlin")
    doer.recurs(Daily(time(2, 30), berlin), "each")
    doer.works(datetime(2026, 3, 28, 12, tzinfo=UTC))
    doer.works(datetime(2026, 3, 30, 12, tzinfo=UTC))
    doer.works(datetime(2026, 10, 24, 12, tzinfo=UTC))
    doer.moments.clear()
    for _ in range(3):
        doer.works(datetime(2026, 10, 26, 12, tzinfo=UTC))

    days = [f"{each.astimezone(berlin):%m-%d}" for each in doer.moments]
    assert days[-2:] == ["10-25", "10-26"]
    assert Job.objects.count() == len(set(Job.objects.values_list("key", flat=True)))
    spring = Job.objects.filter(run_at__lt=datetime(2026, 4, 1, tzinfo=UTC)).order_by("run_at")
    assert [f"{each.run_at.astimezone(berlin):%d %H:%M}" for each in spring[:3]] == [
        "28 02:30",
        "29 03:30",
        "30 02:30",
    ]


@pytest.mark.django_db
def test_a_clock_that_was_ahead_keeps_nothing_from_recurring(doer: Doer) -> None:
    doer.recurs(HOUR)
    doer.works(HALF_PAST)
    doer.works(HALF_PAST + timedelta(days=3650))
    doer.moments.clear()

    for hours in range(3):
        doer.works(HALF_PAST + hours * HOUR)
    assert doer.hours == ["02 10:00", "02 11:00"]


@pytest.mark.django_db
def test_a_clock_that_is_set_back_a_little_repeats_nothing(doer: Doer) -> None:
    doer.recurs(HOUR)
    for minutes in (0, 30, -10, 29, 30):
        doer.works(HALF_PAST + timedelta(minutes=minutes))

    assert doer.hours == ["02 09:00", "02 10:00"]


@pytest.mark.django_db(transaction=True)
def test_several_workers_plan_a_moment_once(doer: Doer) -> None:
    doer.recurs(HOUR)

    def plan() -> int:
        return recurring.plan_due(HALF_PAST)

    together(plan, plan, plan, plan)
    assert [job.key for job in Job.objects.all()] == [f"{NAME}@2026-03-02T09:00:00+00:00"]
    assert RecurringJob.objects.count() == 1


@pytest.mark.django_db
def test_what_cannot_be_done_is_tried_again_and_the_next_moment_comes_all_the_same(
    doer: Doer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("CRITICAL")
    tried: list[datetime] = []

    def fails_at_nine(moment: datetime) -> None:
        tried.append(moment)
        if moment.hour == 9 and len(tried) == 1:
            raise OSError("no space left")

    doer.recurs(HOUR)
    recurring.register(NAME, HOUR, fails_at_nine)
    doer.works(HALF_PAST)
    doer.works(HALF_PAST + timedelta(seconds=30))
    doer.works(HALF_PAST + HOUR)

    assert [each.hour for each in tried] == [9, 9, 10]


def test_an_interval_has_a_second_at_least() -> None:
    with pytest.raises(ValueError, match="0:00:00"):
        recurring.register(NAME, timedelta(), print)


@pytest.mark.django_db
def test_jobs_are_forgotten_when_they_have_been_over_for_long_but_no_dead_one() -> None:
    def job(key: str, **what: datetime) -> None:
        Job.objects.create(kind="test", key=key, payload="{}", run_at=HALF_PAST, **what)

    job("waits")
    job("done", done_at=HALF_PAST)
    job("dead", dead_at=HALF_PAST)
    job("dropped", dead_at=HALF_PAST, dropped_at=HALF_PAST)

    def left(at: datetime) -> set[str]:
        forget(at)
        return set(Job.objects.values_list("key", flat=True))

    assert left(HALF_PAST + KEPT_DONE) == {"waits", "done", "dead", "dropped"}
    assert left(HALF_PAST + KEPT_DONE + HOUR) == {"waits", "dead", "dropped"}
    assert left(HALF_PAST + KEPT_DROPPED + HOUR) == {"waits", "dead"}
