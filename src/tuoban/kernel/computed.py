"""Computed fields: never entered, always what their expression gives now.

They are evaluated when they are read, so that no event holds them. The compiler has put them in an
order in which none needs a later one: each is evaluated once a reading, however often it is named.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from datetime import tzinfo
from decimal import Decimal
from typing import Any

from tuoban.kernel.definition import Definition, Field
from tuoban.kernel.expressions import ExpressionError, Row
from tuoban.kernel.fitting import fitted, rounded
from tuoban.kernel.rows import Inside


class Derived:
    """What is computed in one reading of a case.

    Args:
        names: the names of the case, as they are known to its fields.
        stored: what a list holds, by its name.
        zone: the time zone in which dates are meant.
    """

    __slots__ = ("_definition", "_found", "_names", "_stored", "_zone")

    def __init__(
        self,
        definition: Definition,
        names: Mapping[str, Any],
        stored: Callable[[str], Any],
        zone: tzinfo,
    ) -> None:
        self._definition = definition
        self._names = names
        self._stored = stored
        self._zone = zone
        self._found: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        for each in self._definition.derived[name]:
            if each not in self._found:
                self._found[each] = self._derive(self._definition.fields[each])
        return self._found[name]

    def _derive(self, field: Field) -> Any:
        if field.computed is not None:
            return computed_value(field, self._names, self._zone)
        return completed(field, self._stored(field.name), self._names, self._zone)


def completed(field: Field, rows: Any, names: Mapping[str, Any], zone: tzinfo) -> Any:
    """A list with what is computed in its rows; any other value as it is."""
    if not field.order or not isinstance(rows, tuple):
        return rows
    return tuple(_with_cells(field, row, names, zone) for row in rows)


def completed_alone(field: Field, rows: Any, zone: tzinfo) -> Any:
    """A list that no case holds, such as one that is typed into a file: with what is computed in
    its rows from their own cells. What reads anything else is blank."""
    known = {column.name for column in field.columns if column.computed is None}
    columns = {column.name: column for column in field.columns}
    order: list[str] = []
    for name in field.order:
        expression = columns[name].computed
        if expression is not None and expression.names <= known:
            known.add(name)
            order.append(name)
    return completed(replace(field, order=tuple(order)), rows, {}, zone)


def _with_cells(field: Field, row: Row, names: Mapping[str, Any], zone: tzinfo) -> Row:
    cells = {column.name: row.get(column.name) for column in field.columns}
    columns = {column.name: column for column in field.columns}
    inside = Inside(cells, names)
    for name in field.order:
        cells[name] = computed_value(columns[name], inside, zone)
    return Row(row.key, cells)


def with_computed(
    order: Collection[str],
    fields: Mapping[str, Field],
    given: Mapping[str, Any],
    around: Mapping[str, Any],
    zone: tzinfo,
) -> dict[str, Any]:
    """The values of a step's or block's own fields, with what is computed among them.

    Args:
        order: the names of those, in the order in which that is done.
        around: the names that are known beside its own.
    """
    cells = {**dict.fromkeys(fields), **given}
    for name in order:
        cells[name] = computed_value(fields[name], Inside(cells, around), zone)
    return cells


def computed_value(field: Field, names: Mapping[str, Any], zone: tzinfo) -> Any:
    """The value rounded to the field's type; null where there is none that it can hold."""
    if field.computed is None:
        return None
    try:
        value = field.computed(names)
    except ExpressionError:
        return None
    if field.type == "integer" and isinstance(value, Decimal):
        value = rounded(value, Decimal(1))
    kept, _ = fitted(field, value, zone)
    return kept


def values_of(
    definition: Definition, values: Mapping[str, Any], names: Mapping[str, Any]
) -> dict[str, Any]:
    """The values of the case by field, with all that is computed from them.

    Args:
        names: the names of the case, which are read for what is computed.
    """
    return {**values, **{name: names[name] for name in definition.derived}}


class WithDerived(Mapping[str, Any]):
    """A context some of whose members are computed, and only when they are read."""

    __slots__ = ("_computed", "_plain", "_read")

    def __init__(
        self, plain: Mapping[str, Any], computed: Collection[str], read: Callable[[str], Any]
    ) -> None:
        self._plain = plain
        self._computed = computed
        self._read = read

    def __getitem__(self, name: str) -> Any:
        return self._read(name) if name in self._computed else self._plain[name]

    def __iter__(self) -> Iterator[str]:
        yield from self._computed
        yield from (name for name in self._plain if name not in self._computed)

    def __len__(self) -> int:
        return sum(1 for _ in self)
