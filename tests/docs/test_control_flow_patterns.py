"""The page on control-flow patterns says of each what the tests play."""

from __future__ import annotations

import re
from pathlib import Path

from tests.kernel.engine import patterns

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "control-flow-patterns.md"
ROWS = re.findall(r"^\| (\d+) \| ([^|]+) \| (yes|no) \| (.+) \|$", PAGE.read_text("utf-8"), re.M)
TESTS = [
    found
    for file in Path(patterns.__path__[0]).glob("test_*.py")
    for found in re.findall(r"^def test_wcp_(\d\d)_(\w+)\(", file.read_text("utf-8"), re.M)
]


def test_the_page_has_all_patterns_of_the_catalogue_in_order() -> None:
    assert [int(number) for number, *_ in ROWS] == list(range(1, 44))


def test_the_page_and_the_tests_agree_on_what_is_written() -> None:
    written = {
        (int(number), re.sub(r"\W+", "_", name.lower()))
        for number, name, answer, _ in ROWS
        if answer == "yes"
    }
    assert written == {(int(number), name) for number, name in TESTS}
    assert f"{len(written)} of the {len(ROWS)} are written" in PAGE.read_text("utf-8")


def test_a_pattern_that_is_not_written_has_no_test_and_a_reason() -> None:
    left_out = [why for _, _, answer, why in ROWS if answer == "no"]
    assert all(len(why.split()) > 3 for why in left_out)
    assert len(TESTS) + len(left_out) == len(ROWS)
