"""The guide to the built-in functions is complete, and all its examples are true."""

import pytest

from tests.kernel.expressions.examples import assert_example
from tuoban.kernel.expressions.builtins import BUILTINS
from tuoban.kernel.expressions.builtins.guide import GUIDE

ENTRIES = {name: entry for family in GUIDE.values() for name, entry in family.items()}
EXAMPLES = [example for entry in ENTRIES.values() for example in entry.examples]


def test_every_function_has_its_entry() -> None:
    assert sum(map(len, GUIDE.values())) == len(ENTRIES)
    assert set(ENTRIES) == set(BUILTINS)


def test_every_entry_speaks_both_languages_and_has_an_example() -> None:
    for name, entry in ENTRIES.items():
        assert entry.zh != entry.en, name
        assert entry.examples, name
        assert all(name + "(" in example for example in entry.examples), name


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_gives_what_it_says(example: str) -> None:
    expression, expected = example.split(" => ")
    assert_example(expression, expected)
