"""docs/explanation/jobs.md names the test that holds each promise."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_every_test_that_the_page_names_is_there() -> None:
    page = (ROOT / "docs" / "explanation" / "jobs.md").read_text("utf-8")
    named = set(re.findall(r"`(test_\w+)`", page))
    sources = "\n".join(each.read_text("utf-8") for each in (ROOT / "tests").rglob("test_*.py"))
    there = set(re.findall(r"^def (test_\w+)\(", sources, re.M))
    assert len(named) > 20
    assert named <= there


def test_every_promise_of_the_contract_is_on_the_page() -> None:
    page = (ROOT / "docs" / "explanation" / "jobs.md").read_text("utf-8")
    contract = (ROOT / "tests" / "runtime" / "jobs" / "test_contract.py").read_text("utf-8")
    finer = {
        "test_a_job_that_succeeds_at_last_says_nothing_of_its_failures",
        "test_somebody_does_not_wait_for_the_next_attempt",
        "test_a_job_that_is_dropped_while_it_waits_is_not_carried_out",
    }
    held = set(re.findall(r"^def (test_\w+)\(", contract, re.M))
    assert {each for each in held - finer if f"`{each}`" not in page} == set()
