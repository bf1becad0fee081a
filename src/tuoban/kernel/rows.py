"""Lists: reading their rows, cell by cell, and telling rows apart.

The value of a list is a tuple: of `Row`s where it is a list of records, else of plain values. A row
gets its key when it is first stored, from one series of numbers for the whole case. The key stays
with it while cells are edited and rows around it are sorted or removed, and is never given again.
The rows of a list on file have none (0); taken into a case they are new ones there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import tzinfo
from typing import Any

from tuoban.kernel.definition import Field, Text
from tuoban.kernel.expressions import Filed, Known, Row, text_of
from tuoban.kernel.refusals import Problem
from tuoban.kernel.values import parse

KEY = "#"
"""The member of a raw row that says which row it is; no column can be called so. What the list does
not hold is a new row."""

MOST_ROWS = 500

Problems = tuple[Problem, ...]


def read_value(
    field: Field, raw: Any, zone: tzinfo, current: Any = None
) -> tuple[Any, tuple[Problem, ...]]:
    """The typed value of `raw`, with every problem; see `parse`.

    Args:
        current: what a list holds now, whose rows `raw` may name by their keys.
    """
    if field.type == "list":
        return _read_list(field, raw, zone, current or ())
    value, problem = parse(field, raw, zone)
    return value, (problem,) if problem is not None else ()


def place_of(field: Field, number: int, column: Field) -> str:
    """Where a problem of one cell stands: `lines[2].quantity`, rows counted from 1."""
    row = f"{field.name}[{number}]"
    return f"{row}.{column.name}" if column.name else row


def cells_of(field: Field, raw: Any) -> Mapping[str, Any]:
    """The cells of a raw or typed row by column; none where it is no row at all."""
    if isinstance(raw, Mapping) and not isinstance(raw, Filed):
        return raw
    return {"": raw} if field.is_plain else {}


def is_blank(raw: Any) -> bool:
    """Whether a cell says nothing."""
    return raw is None or (isinstance(raw, str) and not raw.strip())


def is_blank_row(raw: Any) -> bool:
    """Whether nothing stands in any cell of a raw row."""
    if not isinstance(raw, Mapping):
        return is_blank(raw)
    return all(is_blank(cell) for name, cell in raw.items() if name != KEY)


def numbered(values: Mapping[str, Any], last: int) -> dict[str, Any]:
    """The values with a key for every row that has none yet, from `last` + 1 on."""
    new = [row for row in rows_in(values) if not row.key]
    if not new:
        return dict(values)
    keys = iter(range(last + 1, last + 1 + len(new)))
    return {name: _numbered(value, keys) for name, value in values.items()}


def last_key(last: int, *given: Mapping[str, Any]) -> int:
    """The highest key so far, with those of the values given."""
    keys = [row.key for values in given for row in rows_in(values)]
    return max(last, *keys) if keys else last


def rows_in(values: Mapping[str, Any]) -> Iterator[Row]:
    """Every row of a record in these values."""
    for value in values.values():
        if isinstance(value, tuple):
            yield from (row for row in value if isinstance(row, Row))


def nobody_called(_ref: str) -> str | None:
    """Names stay in the files: what is kept of a case has none."""
    return None


def titles_of(
    field: Field, rows: Sequence[Row], called: Callable[[str], str | None] = nobody_called
) -> dict[int, Text]:
    """By their keys, how rows are called: by the first of the cells in which something stands, and
    by their place where that is nothing, or where several are called so.

    Args:
        called: what people who read it call a customer or an asset.
    """
    titles = [
        _title_of(field, row, called) or Text(f"第 {place} 行", f"Row {place}")
        for place, row in enumerate(rows, 1)
    ]
    shared = Counter(titles)
    return {
        row.key: Text(f"{title.zh} {place}", f"{title.en} {place}") if shared[title] > 1 else title
        for place, (row, title) in enumerate(zip(rows, titles, strict=True), 1)
    }


def _title_of(field: Field, row: Row, called: Callable[[str], str | None]) -> Text | None:
    for column in field.columns:
        value = row.get(column.name)
        if value is None:
            continue
        ref = value.ref if isinstance(value, Known) else str(value)
        text = called(ref) if column.kind else text_of(value)
        if text:
            return column.option(str(value)) or Text(text, text)
    return None


def absent(
    field: Field, value: Any, people: Collection[str], units: Collection[str], current: Any = None
) -> Iterator[Problem]:
    """That nobody is called so, or no unit; of a list, cell by cell.

    Args:
        people: everybody who is active.
        units: every unit.
        current: what stood there before, which may go on standing there.
    """
    known = {"person": people, "unit": units}
    if field.type in known and value is not None and value not in known[field.type]:
        yield Problem(f"not-{field.type}", field.name)
    for column in field.columns:
        if column.type not in known:
            continue
        before = {cells_of(field, row).get(column.name) for row in current or ()}
        for number, row in enumerate(value or (), start=1):
            cell = cells_of(field, row).get(column.name)
            if cell not in before | {None} and cell not in known[column.type]:
                yield Problem(f"not-{column.type}", place_of(field, number, column))


class Inside(Mapping[str, Any]):
    """The names that are known inside a row: its cells, and those around it."""

    __slots__ = ("_around", "_row")

    def __init__(self, row: Mapping[str, Any], around: Mapping[str, Any]) -> None:
        self._row = row
        self._around = around

    def __getitem__(self, name: str) -> Any:
        return self._row[name] if name in self._row else self._around[name]

    def __iter__(self) -> Iterator[str]:
        yield from self._row
        yield from (name for name in self._around if name not in self._row)

    def __len__(self) -> int:
        return sum(1 for _ in self)


def _numbered(value: Any, keys: Iterator[int]) -> Any:
    if not isinstance(value, tuple):
        return value
    return tuple(
        Row(next(keys), row) if isinstance(row, Row) and not row.key else row for row in value
    )


def _read_list(
    field: Field, raw: Any, zone: tzinfo, current: Iterable[Any]
) -> tuple[tuple[Any, ...] | None, Problems]:
    """The rows; one in which nothing stands is left out, and is not counted."""
    if raw is None:
        return None, ()
    if isinstance(raw, str) and not raw.strip():
        return (), ()
    if not isinstance(raw, list | tuple):
        return None, (Problem("not-list", field.name),)
    if len(raw) > MOST_ROWS:
        return None, (Problem("too-many-rows", field.name, {"limit": MOST_ROWS}),)
    free = {row.key for row in current if isinstance(row, Row)}
    written = [row for row in raw if not is_blank_row(row)]
    rows: list[Any] = []
    problems: list[Problem] = [*_count_problems(field, len(written))]
    for number, each in enumerate(written, start=1):
        row, wrong = _read_row(field, number, each, zone, free)
        rows.append(row)
        problems += wrong
    return tuple(rows), tuple(problems)


def _count_problems(field: Field, count: int) -> Iterator[Problem]:
    if field.maximum is not None and count > field.maximum:
        yield Problem("too-many-rows", field.name, {"limit": f"{field.maximum:f}"})
    if field.minimum is not None and 0 < count < field.minimum:
        yield Problem("too-few-rows", field.name, {"limit": f"{field.minimum:f}"})


def _read_row(
    field: Field, number: int, raw: Any, zone: tzinfo, free: set[int]
) -> tuple[Any, Problems]:
    cells = cells_of(field, raw)
    if not isinstance(raw, Mapping) and not field.is_plain:
        columns = tuple(column.label for column in field.columns)
        return None, (Problem("not-row", f"{field.name}[{number}]", {"columns": columns}),)
    values: dict[str, Any] = {}
    problems = list(_unknown_cells(field, number, cells))
    for column in field.columns:
        place = place_of(field, number, column)
        if column.computed is not None:
            if not isinstance(raw, Row) and not is_blank(cells.get(column.name)):
                problems.append(Problem("read-only", place, {"label": column.label}))
            continue
        values[column.name], problem = parse(column, cells.get(column.name), zone)
        if problem is not None:
            problems.append(Problem(problem.code, place, problem.facts))
        elif values[column.name] is None and (column.required or field.is_plain):
            label = field.label if field.is_plain else column.label
            problems.append(Problem("required", place, {"label": label}))
    if field.is_plain:
        return values[""], tuple(problems)
    return Row(_key(raw, free), values), tuple(problems)


def _unknown_cells(field: Field, number: int, cells: Mapping[str, Any]) -> Iterator[Problem]:
    known = {KEY, *(column.name for column in field.columns)}
    for name in cells:
        if name not in known:
            yield Problem("unknown-field", f"{field.name}[{number}].{name}", {"field": name})


def _key(raw: Mapping[str, Any], free: set[int]) -> int:
    """The key that a row has in the list already, each taken once; 0 for a new row."""
    written = raw.key if isinstance(raw, Row) else raw.get(KEY)
    known = written if type(written) is int else _number(written)
    if known not in free:
        return 0
    free.discard(known)
    return known


def _number(written: Any) -> int:
    is_number = isinstance(written, str) and written.isascii() and written.isdecimal()
    return int(written) if is_number and len(written) <= 9 else 0
