"""The page on operations: its scenarios play, and its table has the cells that the tests play."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.kernel.engine import (  # noqa: F401 - what plays the cells enters them in the table
    test_table_correct,
    test_table_delegate,
    test_table_jump,
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
@pytest.mark.parametrize(("scenario", "pack"), PLAYED, ids=[each.name for each, _ in PLAYED])
def test_the_scenarios_on_the_page_play(scenario: Scenario, pack: str) -> None:
    played = play(scenario, pack, "")
    assert not [f"{each.line}: {each.text.en}" for each in played.lines if each.failed]


def test_every_cell_of_the_table_is_played() -> None:
    head, _, *rows = (
        line.strip("|").split("|")
        for line in PAGE.splitlines()
        if line.startswith("|") and line.count("|") == 10
    )
    constructs = [each.strip() for each in head[1:]]
    told = {
        (row[0].strip(), construct)
        for row in rows
        for construct, cell in zip(constructs, row[1:], strict=True)
        if cell.strip() != "—"
    }
    assert told == set(CELLS)


def test_links_lead_somewhere() -> None:
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", PAGE):
        assert (DOCS / "reference" / target).exists(), target
