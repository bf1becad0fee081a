"""What a list is shown as: a table of cells, in a form or read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tuoban.kernel.definition import Field, FieldType, Text
from tuoban.runtime.cases import outside
from tuoban.runtime.people import directory


@dataclass(frozen=True, slots=True)
class Option:
    key: str
    label: Text


def people(kept: Any = None) -> tuple[Option, ...]:
    """Who can be chosen: everybody who is active, and whoever stands there already."""
    known = dict(directory.choices())
    if isinstance(kept, str):
        known.setdefault(kept, directory.name_of(kept))
    return tuple(Option(person, Text(name, name)) for person, name in known.items())


def units(kept: Any = None) -> tuple[Option, ...]:
    """Which units can be chosen: all, and the one that stands there already."""
    known = dict(directory.unit_choices())
    if isinstance(kept, str):
        known.setdefault(kept, directory.unit_name(kept))
    return tuple(Option(unit, name) for unit, name in known.items())


def meant(field: Field, raw: Any) -> tuple[Option, ...]:
    """Customers or assets that may be meant by a text that means none alone, and to enter that
    anew."""
    if not isinstance(raw, str) or not raw.strip():
        return ()
    text = raw.strip().removeprefix(outside.NEW).strip()
    found = outside.files().candidates(field.kind, text)
    new = Text(f"新登记：{text}", f"Enter anew: {text}")
    called = ((each.text, f"{each.text} {each.more}".strip()) for each in found)
    return (
        *(Option(text, Text(words, words)) for text, words in called),
        Option(f"{outside.NEW} {text}", new),
    )


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a list; that of a list of plain values has no name."""

    name: str
    label: Text
    type: FieldType
    required: bool
    options: tuple[Option, ...]
    unit: Text
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
    options: tuple[Option, ...] = ()
    """Who or what may be meant by what was typed and means nobody alone."""


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
