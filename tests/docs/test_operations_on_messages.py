"""The second table of the page on operations has the cells that the tests play."""

from __future__ import annotations

from tests.docs.test_operations import PAGE
from tests.kernel.engine.test_table_messages import MESSAGE_CELLS


def test_every_cell_is_played() -> None:
    lines = PAGE.partition("## Waiting for messages")[2].splitlines()
    head, _, *rows = (line.strip("|").split("|") for line in lines if line.startswith("|"))
    whats = [each.strip().rpartition(" ")[2] for each in head[1:]]
    rows = rows[: len({operation for operation, _ in MESSAGE_CELLS})]
    told = {
        (row[0].strip(), what)
        for row in rows
        for what, cell in zip(whats, row[1:], strict=True)
        if cell.strip()
    }
    assert told == set(MESSAGE_CELLS)
