"""Lists as tables: the rows of an entry to be filled in, and those of a value that is read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import tzinfo
from itertools import count
from typing import Any

from tuoban.kernel.definition import Definition, Field, Text
from tuoban.kernel.expressions import Row
from tuoban.kernel.rows import KEY, MOST_ROWS, cells_of, is_blank_row, place_of
from tuoban.kernel.values import parse, to_input
from tuoban.runtime.cases import outside
from tuoban.runtime.cases.queries.list_rows import (
    Cell,
    Column,
    ListView,
    Option,
    RowView,
    meant,
    people,
    units,
)
from tuoban.runtime.cases.wording import in_words, same

NEW = "+"
"""What the key of a row begins with that is not stored yet; a number follows."""


def list_view(
    field: Field,
    raw: Any,
    zone: tzinfo,
    shown: ListView,
    warnings: Mapping[str, Text],
) -> ListView:
    """A list as it stands in a form.

    Args:
        raw: its rows as typed, or typed values; None for a list that was never filled in, which
            shows a blank row to begin with.
        shown: the same in words with all that is computed, without blank rows.
        warnings: by place, as `lines[2].quantity`.
    """
    columns = tuple(_column(column) for column in field.columns)
    written = list(raw) if isinstance(raw, list | tuple) else [{}] if raw is None else []
    fresh = _fresh_keys(written)
    rows: list[RowView] = []
    filled = 0
    for each in written:
        blank = is_blank_row(each)
        filled += not blank
        number = 0 if blank else filled
        key = _key_of(each) or next(fresh)
        cells = cells_of(field, each)
        words = _words_of(field, shown, number)
        made = tuple(
            _cell(place_of(field, number, column), column, cells, text, zone)
            for column, text in zip(field.columns, words, strict=True)
        )
        rows.append(RowView(key, number, tuple(_warned(cell, warnings) for cell in made)))
    most = MOST_ROWS if field.maximum is None else min(int(field.maximum), MOST_ROWS)
    return ListView(columns, tuple(rows), is_full=len(rows) >= most)


def shown_list(
    definition: Definition,
    field: Field,
    value: Iterable[Any],
    zone: tzinfo,
    opened: Mapping[str, Any] | None,
) -> ListView:
    """A list that is only read."""
    rows = []
    for number, row in enumerate(value, start=1):
        cells = cells_of(field, row)
        words = (
            same("—")
            if cells.get(column.name) is None
            else in_words(definition, column, cells[column.name], zone, opened)
            for column in field.columns
        )
        shown = tuple(
            Cell(place_of(field, number, column), "", each)
            for column, each in zip(field.columns, words, strict=True)
        )
        rows.append(RowView(str(number), number, shown))
    return ListView(tuple(_column(each) for each in field.columns), tuple(rows), is_full=True)


def rows_text(field: Field, rows: Iterable[Any], zone: tzinfo) -> str:
    """The cells of rows as they stand in the entries of a form, by column, as one text."""
    columns = [column for column in field.columns if column.computed is None]
    cells = (cells_of(field, row) for row in rows)
    texts = [
        {each.name: _cell("", each, row, same(""), zone).value for each in columns} for row in cells
    ]
    return json.dumps(texts, ensure_ascii=False)


def with_row(raw: Any) -> list[Any]:
    """The raw rows with a blank one at the end."""
    return [*_listed(raw), {}]


def without_row(raw: Any, key: str) -> list[Any]:
    """The raw rows without the one of that key."""
    return [row for row in _listed(raw) if _key_of(row) != key]


def _listed(raw: Any) -> list[Any]:
    return list(raw) if isinstance(raw, list | tuple) else []


def _column(column: Field) -> Column:
    return Column(
        name=column.name,
        label=column.label,
        type=column.type,
        required=column.required,
        options=_options(column),
        unit=column.unit_words,
        long=column.long,
        hint=column.hint,
        is_computed=column.computed is not None,
    )


def _options(column: Field) -> tuple[Option, ...]:
    if column.type == "person":
        return people()
    if column.type == "unit":
        return units()
    return tuple(Option(key, label) for key, label in column.options)


def _words_of(field: Field, shown: ListView, number: int) -> list[Text]:
    """A row in words; of a blank row, or one that could not be read at all, nothing."""
    if not 0 < number <= len(shown.rows):
        return [same("—")] * len(field.columns)
    return [cell.shown for cell in shown.rows[number - 1].cells]


def _cell(place: str, column: Field, cells: Mapping[str, Any], words: Text, zone: tzinfo) -> Cell:
    raw = cells.get(column.name)
    if column.kind and raw is not None:
        ref, _ = parse(column, raw, zone)
        if ref is None:
            return Cell(place, str(raw), words, options=meant(column, raw))
        return Cell(place, outside.files().typed(ref), words)
    return Cell(place, raw if isinstance(raw, str) else to_input(column, raw, zone), words)


def _warned(cell: Cell, warnings: Mapping[str, Text]) -> Cell:
    return replace(cell, warning=warnings[cell.place]) if cell.place in warnings else cell


def _key_of(row: Any) -> str:
    """The key of a raw or typed row as a form carries it; empty for one that has none yet."""
    if isinstance(row, Row):
        return str(row.key) if row.key else ""
    return str(row.get(KEY, "")) if isinstance(row, Mapping) else ""


def _fresh_keys(rows: Iterable[Any]) -> Iterator[str]:
    taken = {_key_of(row) for row in rows}
    return (key for each in count(1) if (key := f"{NEW}{each}") not in taken)
