"""Every example of the page on expressions gives what the page says."""

import re
from pathlib import Path
from typing import Any

import pytest

from tests.kernel.expressions.examples import assert_example

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "expressions.md"
TEXT = PAGE.read_text("utf-8")
BLOCKS = re.findall(r"```feel\n(.*?)```", TEXT, re.DOTALL)
EXAMPLES = [line for block in BLOCKS for line in block.splitlines() if line]


def test_the_page_has_examples() -> None:
    assert len(BLOCKS) > 4
    assert all(line.count(" => ") == 1 for line in EXAMPLES)


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_gives_what_it_says(example: str) -> None:
    expression, expected = example.split(" => ")
    assert_example(expression, expected)


def test_the_lines_of_python_give_what_the_page_says() -> None:
    (code,) = re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL)
    *before, explained, traced = code.strip().splitlines()
    scope: dict[str, Any] = {}
    exec("\n".join(before), scope)  # noqa: S102 - the page itself
    for line in (explained, traced):
        assert f"`{eval(line, scope)}`" in TEXT  # noqa: S307
