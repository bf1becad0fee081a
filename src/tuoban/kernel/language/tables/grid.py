"""The drawing of a table: lines of cells between bars, every cell with its place.

`|` inside quotes does not divide. A line of dashes below the head, two or more in
every cell, is decoration; one dash is a test.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tuoban.kernel.language import full_width
from tuoban.kernel.language.problems import Findings
from tuoban.kernel.language.reading import expected
from tuoban.kernel.language.tree import Node, Place, Scalar

REMARK = "#"
OUTPUT = "=>"

_DASHES = re.compile(r":?--+:?")
_BAR = re.compile(r'[^|"]*(?:"(?:[^"\\]|\\.)*"[^|"]*)*')


@dataclass(frozen=True, slots=True)
class Line:
    """A rule: its cells in the order of the head, without the remark."""

    tests: tuple[Scalar, ...]
    entries: tuple[Scalar, ...]
    remark: str = ""

    @property
    def place(self) -> Place:
        return (*self.tests, *self.entries)[0].place


@dataclass(frozen=True, slots=True)
class Grid:
    """`outputs` are the names in the head, without their arrow."""

    place: Place
    inputs: tuple[Scalar, ...]
    outputs: tuple[Scalar, ...]
    lines: tuple[Line, ...]


def read_grid(node: Node | None, findings: Findings) -> Grid | None:
    """The table that is drawn; None, reported, where none can be made out."""
    if node is None:
        return None
    if not isinstance(node, Scalar):
        expected(node, findings, "@table")
        return None
    if node.indent is None:
        findings.add(node, "table-not-drawn")
        return None
    rows = list(_rows(node, findings))
    if not rows:
        findings.add(node, "table-not-drawn")
        return None
    head, *others = rows
    if head is None:
        return None
    below = [row for row in others if row is not None]
    if below and all(_DASHES.fullmatch(cell.text) for cell in below[0]):
        below = below[1:]
    return _grid(head, below, findings) if _is_head(head, findings) else None


def _rows(node: Scalar, findings: Findings) -> Iterator[list[Scalar] | None]:
    """The cells of each line; None for one that was reported."""
    offset = 0
    for line in node.text.split("\n"):
        if line.strip():
            yield _row(line, node, offset, findings)
        offset += len(line) + 1


def _row(line: str, node: Scalar, offset: int, findings: Findings) -> list[Scalar] | None:
    start = len(line) - len(line.lstrip())
    end = len(line.rstrip())
    if findings.add_found(full_width.bar(node, line, offset)):
        return None
    if line[start] != "|" or line[end - 1] != "|" or end - start < 2:
        findings.add(node.at(offset + start), "row-without-bars")
        return None
    cells, at = [], start + 1
    while at < end:
        match = _BAR.match(line, at)
        stop = match.end() if match is not None else at
        if line[stop : stop + 1] != "|":
            findings.add(node.at(offset + stop), "unclosed-text")
            return None
        written = line[at:stop]
        blank = len(written) - len(written.lstrip())
        place = node.at(offset + at + (blank if written.strip() else 0))
        cells.append(Scalar(place, written.strip()))
        at = stop + 1
    return cells


def _is_head(head: list[Scalar], findings: Findings) -> bool:
    """Whether inputs come first, then outputs, then perhaps a column of remarks."""
    before = findings.count
    outputs = [cell for cell in head if cell.text.startswith(OUTPUT)]
    for cell in head:
        if cell.text == REMARK and cell is not head[-1]:
            findings.add(cell, "remark-not-last")
        elif outputs and cell.place > outputs[0].place and not _is_behind(cell):
            findings.add(cell, "input-after-output", text=cell.text)
    return findings.count == before


def _is_behind(cell: Scalar) -> bool:
    """Whether a cell of the head stands behind the inputs."""
    return cell.text == REMARK or cell.text.startswith(OUTPUT)


def _grid(head: list[Scalar], rows: list[list[Scalar]], findings: Findings) -> Grid:
    inputs = tuple(cell for cell in head if not _is_behind(cell))
    outputs = tuple(_name(cell) for cell in head if cell.text.startswith(OUTPUT))
    lines = []
    for row in rows:
        if len(row) == len(head):
            tests, behind = row[: len(inputs)], row[len(inputs) :]
            entries, remark = behind[: len(outputs)], behind[len(outputs) :]
            lines.append(Line(tuple(tests), tuple(entries), "".join(each.text for each in remark)))
        else:
            found, wanted = str(len(row)), str(len(head))
            findings.add(row[0], "cells-miscounted", found=found, expected=wanted)
    return Grid(head[0].place, inputs, outputs, tuple(lines))


def _name(cell: Scalar) -> Scalar:
    """The name behind the arrow."""
    name = cell.text.removeprefix(OUTPUT)
    blank = len(name) - len(name.lstrip())
    return Scalar(cell.at(len(OUTPUT) + blank), name.strip())
