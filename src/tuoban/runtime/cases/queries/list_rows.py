"""What a list is shown as: a table of cells, in a form or read."""

from __future__ import annotations

from dataclasses import dataclass

from tuoban.kernel.definition import FieldType, Text


@dataclass(frozen=True, slots=True)
class Option:
    key: str
    label: Text


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a list; that of a list of plain values has no name."""

    name: str
    label: Text
    type: FieldType
    required: bool
    options: tuple[Option, ...]
    unit: str
    long: bool
    hint: Text | None
    is_computed: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a list: `place` is where its problems stand, `value` the text in its input,
    `shown` the value in words."""

    place: str
    value: str
    shown: Text
    warning: Text | None = None


@dataclass(frozen=True, slots=True)
class RowView:
    """A row of a list. `key` stands for it in a form; `number` counts the rows in which something
    stands, 0 for a blank one."""

    key: str
    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class ListView:
    """The rows of a list, in a form or read. `is_full`: no row may be added."""

    columns: tuple[Column, ...]
    rows: tuple[RowView, ...]
    is_full: bool
