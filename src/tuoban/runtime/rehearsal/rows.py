"""Lists that are not as they should be: where they differ, row by row and cell by cell."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import zip_longest
from typing import Any, NamedTuple

from tuoban.kernel.definition import Field, Text
from tuoban.kernel.rows import cells_of

Words = Callable[[Field, Any], Text]
"""How a value of a field reads."""
_NOTHING = Text("没有", "nothing")


class Apart(NamedTuple):
    """A place of a list, what is there, and what should be."""

    place: Text
    found: Text
    wanted: Text


def apart(
    field: Field, found: Sequence[Any], wanted: Sequence[Any], words: Words
) -> Iterator[Apart]:
    """Where two values of a list differ."""
    for number, (row, meant) in enumerate(zip_longest(found, wanted), start=1):
        place = Text(f"{field.label.zh} 第 {number} 行", f"{field.label.en} row {number}")
        if row is None or meant is None:
            yield Apart(place, _in_words(field, row, words), _in_words(field, meant, words))
            continue
        cells, others = cells_of(field, row), cells_of(field, meant)
        for column in _entered(field):
            here, there = (words(column, each.get(column.name)) for each in (cells, others))
            if here != there:
                yield Apart(_cell(place, column), here, there)


def _cell(place: Text, column: Field) -> Text:
    if not column.name:
        return place
    return Text(f"{place.zh} {column.label.zh}", f"{place.en} {column.label.en}")


def _in_words(field: Field, row: Any, words: Words) -> Text:
    if row is None:
        return _NOTHING
    cells = cells_of(field, row)
    said = [words(column, cells.get(column.name)) for column in _entered(field)]
    return Text("、".join(each.zh for each in said), ", ".join(each.en for each in said))


def _entered(field: Field) -> Iterator[Field]:
    return (column for column in field.columns if column.computed is None)
