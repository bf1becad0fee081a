"""A clock's ledger as a table: when, what happened, what was counted, and altogether."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, tzinfo
from typing import NamedTuple

from tuoban.faces.cli.tables import columns, table, wrapped
from tuoban.kernel.definition import Text

_HEAD = (
    Text("时间", "when"),
    Text("事项", "what"),
    Text("计入", "counted"),
    Text("累计", "total"),
)
_INDENT = "  "
_WHAT = 1


class Line(NamedTuple):
    """A line of a ledger."""

    at: datetime
    what: Text
    counted: Text
    total: Text


def moment(at: datetime, zone: tzinfo) -> str:
    """`2026-03-02 09:05`, with the seconds where there are any."""
    wall = at.astimezone(zone)
    return f"{wall:%Y-%m-%d %H:%M:%S}" if wall.second else f"{wall:%Y-%m-%d %H:%M}"


def ledger(lines: Iterable[Line], zone: tzinfo, language: str) -> Iterator[str]:
    """The lines of the table, indented; none where the ledger is empty."""
    rows = [
        (
            moment(each.at, zone),
            *(text.read(language) for text in (each.what, each.counted, each.total)),
        )
        for each in lines
    ]
    if rows:
        head = tuple(each.read(language) for each in _HEAD)
        for line in table([head, *rows], columns() - len(_INDENT), widest=_WHAT):
            yield _INDENT + line


def paragraph(text: str) -> Iterator[str]:
    """A sentence, wrapped and indented."""
    for line in wrapped(text, columns() - len(_INDENT)):
        yield _INDENT + line
