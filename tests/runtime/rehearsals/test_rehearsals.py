"""Rehearsals that people ask for: played apart from the live database, and kept."""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.runtime.shop import NINE
from tuoban.runtime.cases import definitions
from tuoban.runtime.cases.folders import PRODUCT
from tuoban.runtime.cases.models import Case
from tuoban.runtime.jobs.carriers.rows import run_due
from tuoban.runtime.jobs.models import Job
from tuoban.runtime.people.models import Unit, User
from tuoban.runtime.people.service import create_user
from tuoban.runtime.rehearsals import apart, service
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
    assert service.cancel(row, NINE, 3) == 1
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
