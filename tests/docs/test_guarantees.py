"""docs/explanation/guarantees.md names what holds each promise."""

import re
from pathlib import Path

from tests.faults.checker import CHECKS

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "explanation" / "guarantees.md").read_text("utf-8")


def test_every_test_that_the_page_names_is_there() -> None:
    sources = "\n".join(each.read_text("utf-8") for each in (ROOT / "tests").rglob("test_*.py"))
    there = set(re.findall(r"^def (test_\w+)\(", sources, re.M))
    named = set(re.findall(r"`(test_\w+)`", PAGE))
    assert len(named) > 6
    assert named <= there


def test_every_file_that_the_page_names_is_there() -> None:
    files = {each.as_posix() for top in ("src", "tests") for each in (ROOT / top).rglob("*.py")}
    named = set(re.findall(r"`([\w/]+\.py)`", PAGE))
    assert named
    assert {each for each in named if not any(file.endswith(f"/{each}") for file in files)} == set()


def test_every_check_and_every_special_fault_stands_on_the_page() -> None:
    special = (ROOT / "tests" / "faults" / "test_special.py").read_text("utf-8")
    held = {each.__name__ for each in CHECKS} | set(re.findall(r"^def (test_\w+)\(", special, re.M))
    assert {each for each in held if f"`{each}`" not in PAGE} == set()
