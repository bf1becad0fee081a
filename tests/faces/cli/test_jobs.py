"""`tuoban jobs`: what failed is shown, tried again and dropped at the command line."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from click.testing import CliRunner, Result

from tests.runtime.shop import Shop, open_shop, row
from tuoban.faces.cli.commands.jobs import jobs
from tuoban.kernel.text import Text
from tuoban.runtime.cases import clock
from tuoban.runtime.jobs.models import Decision, Job
from tuoban.runtime.jobs.retry import keeps


@pytest.fixture
def shop(db: None) -> Shop:
    return open_shop()


def run(*arguments: str) -> Result:
    return CliRunner().invoke(jobs, arguments)


def dead(case: int | None = None) -> Job:
    at = clock.now() - timedelta(minutes=1)
    why = keeps(Text("没有应答", "No answer"))
    return Job.objects.create(
        kind="call", key="call-1", payload="{}", case=case, run_at=at, dead_at=at, error=why
    )


def test_jobs_are_listed_in_words_and_for_programs(shop: Shop) -> None:
    case = shop.start()
    job = dead(row(case).pk)
    Job.objects.create(kind="call", key="call-2", payload="{}", run_at=clock.now())

    assert "call-2" in run().output
    told = run("--dead").output
    assert ("call-2" in told, "No answer" in told, case.number in told) == (False, True, True)
    read = json.loads(run("--dead", "--json").output)
    assert (read["id"], read["state"], read["case"]) == (job.pk, "dead", case.number)
    assert read["error"] == {"zh": "没有应答", "en": "No answer"}


def test_a_dead_job_is_tried_again_once(shop: Shop) -> None:
    job = dead()
    assert "is tried again" in run("retry", str(job.pk)).output
    again = run("retry", str(job.pk))
    assert (again.exit_code, "nothing is to be done about" in again.output) == (1, True)
    decision = Decision.objects.get()
    assert (decision.what, decision.by) == (Decision.RETRY, None)


def test_a_job_is_dropped_with_a_reason(shop: Shop) -> None:
    job = dead()
    assert run("drop", str(job.pk)).exit_code == 2
    empty = run("drop", str(job.pk), "--reason", " ")
    assert (empty.exit_code, "a reason has 1 to 500" in empty.output) == (1, True)
    assert "is dropped" in run("drop", str(job.pk), "--reason", "Gone").output
    assert Decision.objects.get().reason == "Gone"
    assert run("drop", "987654", "--reason", "Gone").exit_code == 1
