"""Rehearsals that people ask for: played apart from the live database, and kept."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.runtime.shop import NINE
from tuoban.kernel.language import PackText
from tuoban.runtime.cases import definitions
from tuoban.runtime.cases.folders import PRODUCT
from tuoban.runtime.cases.models import Case
from tuoban.runtime.jobs.carriers.rows import run_due
from tuoban.runtime.jobs.models import Job
from tuoban.runtime.jobs.service import drop
from tuoban.runtime.people.models import Unit, User
from tuoban.runtime.people.service import create_user
from tuoban.runtime.rehearsal import play as played_as_ever
from tuoban.runtime.rehearsals import apart, asked, playing, results, service
from tuoban.runtime.rehearsals.installation import SETTINGS
from tuoban.runtime.rehearsals.models import Rehearsal
from tuoban.runtime.rehearsals.queries import played, scenario_list

pytestmark = pytest.mark.django_db

SLUG = "pharmacy-two-person-dispensing"
FOLDER = PRODUCT / SLUG
TEXT, ENGLISH, SCENARIOS = (
    (FOLDER / name).read_text(encoding="utf-8")
    for name in ("pack.yaml", "en.yaml", "scenarios.yaml")
)
FIRST = SCENARIOS.partition("\n- scenario: ")[0]
LATE = FIRST.replace("审方、调配、复核发药，三个人经手", "说是超时三次").replace(
    "late: 0", "late: 3"
)


def publish(scenarios: str, at: datetime = NINE) -> definitions.Published:
    return definitions.publish(SLUG, TEXT, ENGLISH, at, None, scenarios)


def states(row: definitions.Published) -> list[str]:
    told = (each.told for each in scenario_list(row).rows)
    return [each.state if each is not None else "" for each in told]


def test_a_scenario_is_played_apart_and_its_way_through_the_process_is_kept() -> None:
    asker = create_user("ying", "应小姐", at=NINE)  # called as somebody of the cast is
    row = publish(f"{FIRST}\n{LATE}\n{FIRST}")
    assert states(row) == ["", "", ""]

    assert service.ask(row, [1, 2, 3, 9], NINE, asker) == 4
    assert service.ask(row, [2], NINE, asker) == 0
    assert states(row) == ["waiting"] * 3
    assert service.cancel(row, 3) == 1
    # A worker was killed while it played the first.
    Rehearsal.objects.filter(number=1).update(state=Rehearsal.PLAYING)
    Job.objects.update(attempts=1, holds=1, lease_until=NINE - timedelta(minutes=1))
    assert run_due(NINE) == 1

    found = scenario_list(row)
    assert states(row) == ["played", "played", "cancelled"]
    assert [each.told.passed for each in found.rows if each.told] == [True, False, False]
    assert (found.rows[0].told and found.rows[0].told.asked_by) == "应小姐"
    assert [each.name for each in found.rows[0].cast] == ["ying", "shen", "tiao", "fa", "dian"]
    assert [each.zh for each in found.rows[0].proved][:2] == ["结束于“已发药”", "没有超时"]

    # Nothing of it reached the live database.
    assert list(User.objects.values_list("username", flat=True)) == ["ying"]
    assert not Unit.objects.exists()
    assert not Case.objects.exists()

    shown = played(row, 1)
    assert shown is not None
    current = [
        [key for key, each in frame.standings.items() if each == "current"]
        for frame in shown.frames
    ]
    assert current == [
        ["serve", "reviewing", "review"],
        ["serve", "pick"],
        ["serve", "pay"],
        ["serve", "dispense"],
        [],
    ]
    first, end = shown.frame(0), shown.frame(len(shown.lines) - 1)
    assert first is not None
    assert end is not None
    assert first.standings["end.2"] == "ahead"
    steps = ("review", "pick", "pay", "dispense", "end.2")
    assert [end.standings[key] for key in steps] == ["done"] * 5
    assert end.standings["end.1"] == "passed"
    who = {step.key: step.who for step in end.steps}
    assert (who["review"], who["dispense"]) == ("shen", "fa")

    frames = json.loads(Rehearsal.objects.get(number=1).result)["frames"]
    most = max(len(each["steps"]) for each in frames[1:])
    assert most < len(frames[0]["steps"]), "what is as before is not written again"

    failed = played(row, 2)
    assert failed is not None
    assert [each.text.zh for each in failed.lines if each.failed] == ["超时次数：0，应为 3"]
    assert played(row, 3) is None
    assert "没有第 9 个场景" in Rehearsal.objects.get(number=9).error

    # Other scenarios for the same text: what came of the former says nothing of them.
    again = publish(FIRST)
    assert again.pk == row.pk
    assert states(again) == [""]
    assert played(again, 1) is None


def test_a_rehearsal_that_goes_on_too_long_is_stopped_and_says_so(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(apart, "LONGEST_S", 0.0)
    monkeypatch.setattr(apart, "LISTENING_S", 0.01)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    row = publish(FIRST)
    service.ask(row, [1], NINE)
    run_due(NINE)

    told = scenario_list(row).rows[0].told
    assert told is not None
    assert told.state == "failed"
    assert told.why is not None
    assert "已经停下" in told.why.zh
    assert "was stopped" in told.why.en
    assert os.listdir(tmp_path) == []


def test_scenarios_that_cannot_be_played_say_why() -> None:
    row = publish("- scenario: 没有写完\n")
    assert [each.zh for each in scenario_list(row).problems] == ["scenarios.yaml:1:3: 缺少“cast”"]
    assert scenario_list(publish("")).rows == ()


TINY = """\
pack: tiny
version: "1"
language: zh
title: 小
roles: {a: {zh: 甲, excludes: [b]}, b: 乙}
starts:
  - {request: go, zh: 发起, by: a}
process:
  - {step: work, zh: 办事, by: b}
  - {end: over, zh: 完}
"""
BOTH_ROLES = """\
- scenario: 一人两角
  cast: {x: [a, b]}
  clock: 2026-03-02 09:30
  start: {by: x, request: go}
  play: []
  expect: {ended: over}
"""
TWO_PEOPLE = """\
- scenario: 两个人
  cast: {x: a, y: b}
  clock: 2026-03-02 09:30
  start: {by: x, request: go}
  play: [{y: work}]
  expect: {ended: over}
"""


def published_long_ago(scenarios: str) -> definitions.Published:
    """Its title has a character that no pack may have today."""
    text = TINY.replace("title: 小", 'title: "小\\u0001"')
    return definitions.Published.objects.create(
        slug="tiny",
        version="1",
        text=text,
        translations="",
        bases="",
        digest=PackText(text, None).digest,
        roles='["a", "b"]',
        published_at=NINE,
        scenarios=scenarios,
    )


def test_of_each_version_all_is_kept_or_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "KEPT", 5)
    for version in range(1, 4):
        text = TINY.replace('version: "1"', f'version: "{version}"')
        row = definitions.publish("tiny", text, None, NINE, None, TWO_PEOPLE * 3)
        service.ask(row, [1, 2, 3], NINE + timedelta(minutes=version))
        Job.objects.update(done_at=NINE)
    kept = list(Rehearsal.objects.order_by("pk").values_list("definition__version", flat=True))
    assert kept == ["3"] * 3


def test_the_program_ends_with_whoever_started_it(tmp_path: Path) -> None:
    home, question = tmp_path / "home", tmp_path / "asked.json"
    home.mkdir()
    row = publish(FIRST)
    question.write_text(asked.asking(asked.to_rehearse(row), [1] * 500), encoding="utf-8")
    program = " ".join((sys.executable, *apart._PROGRAM, str(home)))
    with subprocess.Popen(
        ["sh", "-c", f"{program} < {question} > /dev/null & wait"],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": SETTINGS},
    ) as parent:
        _until(lambda: any(home.iterdir()))
        parent.kill()
    _until(lambda: not home.exists())


def _until(holds: Callable[[], bool]) -> None:
    for _ in range(600):
        if holds():
            return
        time.sleep(0.1)
    pytest.fail("it did not come to that in a minute")


def came(row: definitions.Published) -> list[tuple[str, str]]:
    told = (each.told for each in scenario_list(row).rows)
    return [(each.state, each.came) for each in told if each is not None]


def test_what_came_of_a_rehearsal_is_kept_until_something_else_comes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", "gbk")  # is none of the program's
    row = published_long_ago(BOTH_ROLES + TWO_PEOPLE)
    service.ask(row, [1, 2], NINE)
    run_due(NINE)
    assert came(row) == [("played", "failed"), ("played", "passed")]
    excluded, shown = played(row, 1), played(row, 2)
    assert excluded is not None
    assert shown is not None
    assert [each.failed for each in excluded.lines] == [True]
    assert excluded.frame(0) is None

    assert service.ask(row, [2], NINE) == 1
    assert came(row)[1] == ("waiting", "passed")
    assert played(row, 2) == shown
    assert service.cancel(row) == 1
    assert came(row)[1] == ("cancelled", "passed")
    assert played(row, 2) == shown

    kept = Rehearsal.objects.get(number=2)
    for now, other in (("work", "gone"), (f'"format": {results.FORMAT}', '"format": 0')):
        Rehearsal.objects.filter(pk=kept.pk).update(result=kept.result.replace(now, other))
        assert played(row, 2) is None


def test_rehearsals_that_nobody_will_play_say_so_and_can_be_asked_for_again(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.CRITICAL)
    row = definitions.publish("tiny", TINY, None, NINE, None, BOTH_ROLES + TWO_PEOPLE)

    def broken(row: definitions.Published) -> None:
        raise RuntimeError("no texts")

    monkeypatch.setattr(playing, "to_rehearse", broken)
    service.ask(row, [1, 2], NINE)
    run_due(NINE)
    assert came(row) == [("failed", "unplayable")] * 2
    told = scenario_list(row).rows[0].told
    assert told is not None
    assert told.why is not None
    assert "no texts" in told.why.en
    assert not Job.objects.filter(done_at=None).exists()

    assert service.ask(row, [1, 2], NINE) == 2
    job = Job.objects.get(done_at=None)
    assert drop(job.pk, reason="太多", at=NINE)
    assert came(row) == [("lost", "unplayable")] * 2
    assert scenario_list(row).open == service.cancel(row) == 0
    assert service.ask(row, [1, 2], NINE) == 2
    Job.objects.filter(done_at=None).delete()
    assert states(row) == ["lost"] * 2


def test_a_fault_at_one_scenario_keeps_no_other_from_being_played(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def play(scenario: Any, *given: Any, **more: Any) -> Any:
        if scenario.name.zh == "一人两角":
            raise RuntimeError("never seen")
        return played_as_ever(scenario, *given, **more)

    monkeypatch.setattr(asked, "play", play)
    wanted = {"pack": [TINY, ""], "around": [], "numbers": [1, 2]}
    wanted["scenarios"] = BOTH_ROLES + TWO_PEOPLE
    first, second = map(json.loads, asked.play_asked(wanted))
    assert "never seen" in first["error"][1]
    assert second["passed"]
    assert "Traceback" in caplog.text


def test_what_the_program_complains_of_is_logged_however_it_ends(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    code = "import sys, time; print('alas', file=sys.stderr); print('{}', flush=True)"
    monkeypatch.setattr(apart, "_PROGRAM", ("-c", f"{code}; time.sleep(60)"))
    with closing(apart.play_apart("", lambda: True)) as said:
        assert next(said) == "{}"
    assert "alas" in caplog.text

    caplog.clear()
    monkeypatch.setattr(apart, "LONGEST_S", 0.2)
    monkeypatch.setattr(apart, "LISTENING_S", 0.01)
    with closing(apart.play_apart("", lambda: True)) as said, pytest.raises(apart.BrokenOffError):
        list(said)
    assert "alas" in caplog.text
