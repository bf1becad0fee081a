"""Processes that call one another are read again for each call: there is an end to that."""

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
