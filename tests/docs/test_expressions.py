"""Every example of the page on expressions gives what the page says."""

import re
from pathlib import Path

import pytest

from tests.kernel.expressions.examples import assert_example

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "expressions.md"
BLOCKS = re.findall(r"```feel\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
EXAMPLES = [line for block in BLOCKS for line in block.splitlines() if line]


def test_the_page_has_examples() -> None:
    assert len(BLOCKS) > 4
    assert all(line.count(" => ") == 1 for line in EXAMPLES)


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_gives_what_it_says(example: str) -> None:
    expression, expected = example.split(" => ")
    assert_example(expression, expected)
