"""The page of background work: what the machine did not manage, and what somebody does about it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from tests.faces.desk.conftest import Visit
from tests.runtime.shop import NINE, Shop, row
from tuoban.kernel.text import Text
from tuoban.runtime.cases import clock
from tuoban.runtime.cases.models import Timer
from tuoban.runtime.jobs import registry
from tuoban.runtime.jobs.models import Decision, Job
from tuoban.runtime.jobs.retry import keeps

PAGE = "/desk/background"
MINUTE = timedelta(minutes=1)
AWAY = keeps(Text("对方没有应答", "The other side did not answer"))


@pytest.fixture(autouse=True)
def _kind() -> None:
    registry.register("test-call", lambda payload, key: None, Text("打电话", "Calling somebody"))


def make(key: str, *, case: int | None = None, kind: str = "test-call", **what: object) -> Job:
    at = clock.now() - MINUTE
    return Job.objects.create(kind=kind, key=key, payload="{}", case=case, **{"run_at": at, **what})


def dead(key: str = "gone", case: int | None = None) -> Job:
    return make(key, case=case, dead_at=clock.now(), attempts=8, error=AWAY)


def read(client: Client, query: str = "") -> str:
    return client.get(f"{PAGE}{query}").content.decode()


def test_what_was_not_managed_stands_first_with_why_and_of_which_case(
    visit: Visit, shop: Shop
) -> None:
    case = shop.start()
    dead(case=row(case).pk)
    make("tried", error=AWAY, attempts=1, run_at=clock.now() + MINUTE)
    make("later", run_at=clock.now() + MINUTE)
    make("strange", kind="of-another-version")
    page = read(visit("root", "en"))

    assert "Calling somebody" in page
    assert "given up" in page
    assert "failed, tried again" in page
    assert "nobody here knows it" in page
    assert "The other side did not answer" in page
    assert f'href="/desk/cases/{case.number}"' in page
    assert "8 attempts" in page
    assert ">later<" not in page
    assert "对方没有应答" in read(visit("root"))


@pytest.mark.parametrize(
    ("which", "there"),
    [
        ("trouble", {"gone", "tried", "strange"}),
        ("waiting", {"later", "strange"}),
        ("running", {"held"}),
        ("failing", {"tried"}),
        ("dead", {"gone"}),
        ("over", {"done", "dropped"}),
        ("all", {"gone", "tried", "later", "strange", "held", "done", "dropped"}),
    ],
)
def test_each_tab_shows_its_jobs(visit: Visit, which: str, there: set[str]) -> None:
    at = clock.now()
    dead()
    make("tried", error=AWAY, attempts=1, run_at=at + MINUTE)
    make("later", run_at=at + MINUTE)
    make("strange", kind="of-another-version")
    make("held", lease_until=at + MINUTE)
    make("done", done_at=at)
    make("dropped", dead_at=at, dropped_at=at)
    page = read(visit("root"), f"?which={which}")

    found = {key for key in Job.objects.values_list("key", flat=True) if f">{key}</span>" in page}
    assert found == there


def test_jobs_are_found_by_kind_case_and_error(visit: Visit, shop: Shop) -> None:
    case = shop.start()
    dead("one", case=row(case).pk)
    dead("other")
    make("third", dead_at=clock.now(), kind="another-kind", error="disk full")
    staff = visit("root", "en")

    def found(q: str) -> list[str]:
        page = read(staff, f"?which=dead&q={q}")
        return [key for key in ("one", "other", "third") if f">{key}</span>" in page]

    assert found("打电话") == ["one", "other"]
    assert found("calling") == ["one", "other"]
    assert found(case.number) == ["one"]
    assert found("disk") == ["third"]
    assert "No job here contains “nothing like it”." in read(staff, "?q=nothing+like+it")


def test_one_is_tried_again_and_it_is_kept_who_wished_it(visit: Visit, shop: Shop) -> None:
    job = dead()
    staff = visit("root", "en")
    answer = staff.post(f"{PAGE}/retry", {"only": job.pk, "which": "dead"}, follow=True)

    assert "1 job is tried again." in answer.content.decode()
    job.refresh_from_db()
    assert (job.dead_at, job.attempts, job.error) == (None, 0, "")
    decision = Decision.objects.get()
    assert (decision.what, decision.by) == (Decision.RETRY, shop["root"])
    assert "Tried again by" in read(staff, "?which=all")


def test_all_of_a_list_are_tried_again_and_nothing_else(visit: Visit) -> None:
    jobs = [dead(f"job-{number:02}") for number in range(30)]
    other = make("another", dead_at=clock.now(), kind="another-kind")
    staff = visit("root", "en")
    sent = {"all": "1", "which": "dead", "q": "calling"}
    answer = staff.post(f"{PAGE}/retry", sent, follow=True)

    assert "30 jobs are tried again." in answer.content.decode()
    assert not Job.objects.filter(pk__in=[job.pk for job in jobs]).exclude(dead_at=None).exists()
    other.refresh_from_db()
    assert other.dead_at is not None


def test_dropping_is_confirmed_and_says_why(visit: Visit, shop: Shop) -> None:
    job, other = dead("one"), dead("other")
    staff = visit("root", "en")
    chosen = {"job": [job.pk, other.pk], "which": "dead"}
    asked = staff.post(f"{PAGE}/drop", chosen)
    assert asked.status_code == 200
    assert "Drop 2 jobs" in asked.content.decode()
    assert not Decision.objects.exists()

    unsaid = staff.post(f"{PAGE}/drop", {**chosen, "confirmed": "1", "reason": "  "})
    assert unsaid.status_code == 422
    assert "Say why it is dropped" in unsaid.content.decode()
    assert not Decision.objects.exists()

    said = {**chosen, "confirmed": "1", "reason": "The number is out of use"}
    answer = staff.post(f"{PAGE}/drop", said, follow=True)
    assert "2 jobs dropped." in answer.content.decode()
    assert Job.objects.exclude(dropped_at=None).count() == 2
    assert {each.reason for each in Decision.objects.all()} == {"The number is out of use"}
    assert {each.by for each in Decision.objects.all()} == {shop["root"]}
    assert "The number is out of use" in read(staff, "?which=over")


def test_what_is_under_way_is_left_and_nothing_chosen_is_told(visit: Visit) -> None:
    held = make("held", error=AWAY, lease_until=clock.now() + MINUTE)
    staff = visit("root", "en")
    answer = staff.post(f"{PAGE}/retry", {"job": [held.pk]}, follow=True)
    assert "1 job was left as it is" in answer.content.decode()
    answer = staff.post(f"{PAGE}/drop", {}, follow=True)
    assert "Nothing was chosen" in answer.content.decode()
    answer = staff.post(f"{PAGE}/retry", {"only": "9" * 30}, follow=True)
    assert "Nothing was chosen" in answer.content.decode()
    assert not Decision.objects.exists()


def test_it_is_for_those_who_look_after_the_organisation_alone(visit: Visit) -> None:
    job = dead()
    mine = visit("mei")
    assert mine.get(PAGE).status_code == 403
    for what in ("retry", "drop"):
        sent = {"only": job.pk, "confirmed": "1", "reason": "No"}
        assert mine.post(f"{PAGE}/{what}", sent).status_code == 403
    assert PAGE not in mine.get("/desk/").content.decode()
    assert not Decision.objects.exists()


def test_what_waits_for_a_decision_is_counted_on_every_page(visit: Visit) -> None:
    staff = visit("root", "en")
    assert 'count-late">1</span>' not in staff.get("/desk/notices").content.decode()
    dead()
    assert 'count-late">1</span>' in staff.get("/desk/notices").content.decode()


def test_the_list_goes_on_on_further_pages(visit: Visit) -> None:
    for number in range(30):
        dead(f"job-{number:02}")
    staff = visit("root", "en")
    first = read(staff, "?which=dead")
    assert ">job-29</span>" in first
    assert ">job-00</span>" not in first
    address = first.rpartition('class="paging"')[2].partition('href="')[2].partition('"')[0]
    assert ">job-00</span>" in staff.get(address.replace("&amp;", "&")).content.decode()


def test_what_other_duties_did_not_manage_stands_below(visit: Visit, shop: Shop) -> None:
    case = shop.start()
    staff = visit("root", "en")
    assert "Moments of cases" not in read(staff)
    Timer.objects.filter(case=case.case_id).update(error=AWAY, next_try_at=NINE)
    page = read(staff)
    assert "Moments of cases" in page
    assert "The other side did not answer" in page
    assert "Every job was managed" in page
    assert "Moments of cases" not in read(staff, "?which=dead")
