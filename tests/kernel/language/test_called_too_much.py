"""Processes that call one another are read again for each call: there is an end to that."""

import pytest

from tuoban.kernel.language import check_pack

HEAD = """\
pack: many-calls
version: 1
language: en
title: Many calls
roles: {clerk: Clerk}
starts: [{request: ask, en: Ask, by: clerk}]
processes:
"""


def doubling(processes: int) -> str:
    """A pack in which each of so many processes calls the next twice."""
    text = HEAD
    for number in range(processes):
        calls = (f"{{call: p{number + 1}, as: {each}{number}}}" for each in "ab")
        text += f"  p{number}: {{en: Next, steps: [{', '.join(calls)}]}}\n"
    text += f"  p{processes}: {{en: Last, steps: [{{step: work, en: Work, by: clerk}}]}}\n"
    return text + "process:\n  - {call: p0, as: first}\n  - {end: over}\n"


def test_a_few_processes_that_make_a_thousand_are_read() -> None:
    report = check_pack(doubling(8))
    assert [each.code for each in report.problems] == []


def test_a_few_processes_that_would_make_a_million_are_refused() -> None:
    report = check_pack(doubling(20))
    assert [each.code for each in report.problems] == ["called-too-much"]
    (problem,) = report.problems
    assert "2000" in problem.read("zh")
    assert "2000" in problem.read("en")


def chained(processes: int, stages: int = 0) -> str:
    """A pack in which each of so many processes calls the next, inside of so many stages."""
    text = HEAD
    for number in range(processes + 1):
        last = number == processes
        inside = "{step: work, en: Work, by: clerk}" if last else f"{{call: p{number + 1}}}"
        for stage in range(stages):
            inside = f"{{stage: s{number}_{stage}, en: Stage, steps: [{inside}]}}"
        text += f"  p{number}: {{en: Next, steps: [{inside}]}}\n"
    return text + "process:\n  - {call: p0}\n  - {end: over}\n"


def test_processes_that_call_one_another_some_levels_deep_are_read() -> None:
    assert [each.code for each in check_pack(chained(50)).problems] == []


@pytest.mark.parametrize(("processes", "stages"), [(60, 0), (600, 0), (20, 20)])
def test_processes_that_call_one_another_too_deep_are_refused(processes: int, stages: int) -> None:
    report = check_pack(chained(processes, stages))
    assert [each.code for each in report.problems] == ["called-too-deep"]
    (problem,) = report.problems
    assert "60" in problem.read("zh")
    assert "60" in problem.read("en")
