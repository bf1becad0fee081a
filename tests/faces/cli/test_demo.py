"""The demo looks as if somebody had been at work all along."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import reduce
from operator import or_
from random import Random

import pytest

from tests.support.server import Installation
from tuoban.faces.cli.commands.publish import checked_pack, publish_pack
from tuoban.faces.cli.demo.cars.faults import FAULTS, PARTS
from tuoban.faces.cli.demo.cars.story import car_story
from tuoban.faces.cli.demo.cars.visit import CarVisit, Turn
from tuoban.faces.cli.demo.customers import enter_customers
from tuoban.faces.cli.demo.former_visits import ENDS, former_visits
from tuoban.faces.cli.demo.loading import BAY, PLAYED, begins, load_demo
from tuoban.faces.cli.demo.playing import Story, play
from tuoban.faces.cli.demo.shops import Shop, shops
from tuoban.faces.cli.demo.visits import VISITS
from tuoban.runtime.calendars.service import take_up_holidays
from tuoban.runtime.cases.audit import audit
from tuoban.runtime.cases.clock import now
from tuoban.runtime.cases.models import Case, MeasuringRound, Outgoing, Timer, WorkItem
from tuoban.runtime.cases.queries import case_page
from tuoban.runtime.jobs.models import Job
from tuoban.runtime.people.demo_loading import load_demo_organisation
from tuoban.runtime.people.models import Unit
from tuoban.runtime.people.queries import find_user
from tuoban.services.booking.service import provide
from tuoban.services.parts.service import deliver

pytestmark = pytest.mark.django_db(transaction=True)

NOW = datetime(2026, 3, 4, 6, 0, tzinfo=UTC)
MONDAY = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
"""Nine in the morning."""

T = Turn
KINDS = {
    T.WALK_IN | T.EXTRA | T.MISHAP | T.TWO_TRADES | T.UNREACHED: "closed",
    T.INVITED | T.LATER | T.DECLINED: "declined",
    T.NOT_READY | T.GIVEN_UP: "declined",
    T.ABSENT | T.REFUSED_ITEM | T.REWORK | T.DELAY | T.COMPLAINT | T.UNSETTLED: "closed",
    T.WALK_IN | T.NOTHING_DONE: "nothing_done",
    T.WALK_IN | T.CANCELLED: "cancelled",
    T.INVITED | T.EXTRA_REFUSED | T.ON_ACCOUNT | T.LATE_HANDOVER | T.LATE_CALL: "closed",
    T.WALK_IN | T.REPEAT: "closed",
}
"""Visits in which everything happens that may, and how each ends."""


def nobody(_: datetime) -> None:
    """Tells nothing."""


def publish(at: datetime) -> None:
    for slug in PLAYED:
        publish_pack(checked_pack(slug), at)


def test_every_limit_of_the_demo_was_seen_to_at_its_own_moment() -> None:
    publish(NOW)

    assert load_demo(NOW, 0, nobody)

    assert Case.objects.count() == len(VISITS)
    reader = find_user("admin")
    assert reader is not None
    told = [
        entry.sentence.en
        for case in Case.objects.values_list("pk", flat=True)
        for entry in case_page(reader, case, NOW).timeline
    ]
    assert any("left" in each or "late" in each for each in told)
    assert [each for each in told if "the system acted" in each] == []


def test_a_demo_is_loaded_once() -> None:
    publish(NOW)
    assert load_demo(NOW, 0, nobody)

    assert not load_demo(NOW + timedelta(days=1), 200, nobody)

    assert Case.objects.count() == len(VISITS)


def test_everything_that_may_happen_to_a_car_can_be_played() -> None:
    assert reduce(or_, KINDS) == reduce(or_, Turn)
    publish(MONDAY)
    load_demo_organisation(MONDAY)
    take_up_holidays(MONDAY)
    provide(BAY, 6, 120)
    for part in PARTS:
        deliver(part.number, part.pieces, at=MONDAY, name=part.name)
    zone = Unit.objects.get(key="hq").zone

    play(cars(shops(zone)), MONDAY + timedelta(days=40))

    ended = Case.objects.order_by("pk").values_list("outcome", flat=True)
    assert sorted(ended) == sorted(KINDS.values())
    assert audit().findings == ()
    assert not Timer.objects.filter(due_at__lte=MONDAY + timedelta(days=40)).exists()


def cars(both: tuple[Shop, Shop]) -> Iterator[Story]:
    """One visit of every kind, some in the east and some in the west."""
    files = enter_customers(Random(1), MONDAY, both[0].zone)  # noqa: S311
    for number, turn in enumerate(KINDS):
        visit = CarVisit(
            key=f"kind-{number}",
            shop=both[number % 2],
            car=files[number],
            fault=FAULTS[-4 if T.NOTHING_DONE in turn else number],
            turn=turn,
            begins=MONDAY,
            slot=MONDAY + timedelta(days=2),
            mileage=200_000,
            chance=Random(number),  # noqa: S311
        )
        yield car_story(visit)


def test_every_end_of_a_visit_to_a_computer_can_be_played() -> None:
    publish(MONDAY)
    load_demo_organisation(MONDAY)
    take_up_holidays(MONDAY)
    both = shops(Unit.objects.get(key="hq").zone)
    today = (MONDAY + timedelta(days=70)).date()

    chance = Random(1)  # noqa: S311
    play(former_visits(both, today, len(ENDS), chance), MONDAY + timedelta(days=70))

    assert not Case.objects.filter(ended_at=None).exists()
    ends = {"done", "declined", "absent", "handed_back"}
    assert set(Case.objects.values_list("outcome", flat=True)) == ends


@pytest.mark.long
def test_two_months_of_work_are_loaded_and_nothing_is_left_to_the_worker() -> None:
    at = now()
    publish(begins(at))

    assert load_demo(at, 200, nobody)

    assert audit().findings == ()
    assert Case.objects.count() >= 190
    assert Case.objects.filter(ended_at=None).count() >= 20
    assert not Timer.objects.filter(due_at__lte=at).exists()
    assert not Outgoing.objects.filter(next_try_at__lte=at).exists()
    assert not MeasuringRound.objects.filter(done_at=None).exists()
    assert not Job.objects.filter(done_at=None, run_at__lte=at).exists()
    open_steps = set(WorkItem.objects.filter(status=WorkItem.OPEN).values_list("node", flat=True))
    assert {"book", "talk", "consent", "callback", "answer"} <= open_steps


def test_a_demo_can_be_emptied_and_loaded_anew(installation: Installation) -> None:
    if "TUOBAN_DATABASE_URL" in installation.environment:
        pytest.skip("a database on PostgreSQL is not the demo's to remove")
    installation.load_demo()
    installation.run("user", "grant", "lilei", "dispatcher", "west")
    assert "dispatcher @ west" in roles_of(installation, "lilei")

    done = installation.run("demo", "--reset", "--cases", "0")

    assert done.returncode == 0, done.stderr
    assert "dispatcher @ west" not in roles_of(installation, "lilei")
    assert installation.run("audit").returncode == 0


def test_a_demo_that_runs_is_not_emptied(installation: Installation) -> None:
    if "TUOBAN_DATABASE_URL" in installation.environment:
        pytest.skip("a database on PostgreSQL is not the demo's to remove")
    installation.load_demo()
    with installation.serving("demo"):
        done = installation.run("demo", "--reset", "--cases", "0")
    assert done.returncode == 1
    assert "SQLite" in done.stderr


def roles_of(installation: Installation, name: str) -> str:
    told = installation.run("user", "list").stdout.splitlines()
    return next(line for line in told if name in line)
