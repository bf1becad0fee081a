"""The page on operations: its scenarios play, and its table has the cells that the tests play."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.kernel.engine import (  # noqa: F401 - what plays the cells enters them in the table
    test_asides,
    test_table_beside,
    test_table_correct,
    test_table_delegate,
    test_table_further,
    test_table_jump,
    test_table_link,
    test_table_messages,
    test_table_return,
    test_table_straight,
    test_table_withdraw,
)
from tests.kernel.engine.table import CELLS
from tuoban.runtime.rehearsal import play, read_scenarios
from tuoban.runtime.rehearsal.scenario import Scenario

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "reference" / "operations.md").read_text("utf-8")
BLOCKS = re.findall(r"```yaml (pack|scenarios)\n(.*?)```", PAGE, re.DOTALL)
PLAYED = [
    (scenario, [pack for kind, pack in BLOCKS[:at] if kind == "pack"][-1])
    for at, (kind, block) in enumerate(BLOCKS)
    if kind == "scenarios"
    for scenario in read_scenarios(block)
]
"""The scenarios of the page, each with the pack that stands before it."""


@pytest.mark.django_db
@pytest.mark.parametrize(("scenario", "pack"), PLAYED, ids=[each.name.en for each, _ in PLAYED])
def test_the_scenarios_on_the_page_play(scenario: Scenario, pack: str) -> None:
    played = play(scenario, pack, "")
    assert not [f"{each.line}: {each.text.en}" for each in played.lines if each.failed]


def _cells(table: list[str]) -> Iterator[tuple[str, str]]:
    """The cells of a table that say something, each by its row and its column."""
    head, _, *rows = ([cell.strip() for cell in line.strip("|").split("|")] for line in table)
    for row in rows:
        yield from ((row[0], name) for name, cell in zip(head, row, strict=True) if cell != "—")


def test_every_cell_of_the_tables_is_played() -> None:
    tables = re.findall(r"(?:^\| operation .*\n)(?:^\|.*\n)+", PAGE, re.MULTILINE)
    told = {cell for table in tables for cell in _cells(table.splitlines())}
    assert {each for each in told if each[1] != "operation"} == set(CELLS)


def test_links_lead_somewhere() -> None:
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", PAGE):
        assert (DOCS / "reference" / target).exists(), target
