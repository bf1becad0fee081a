"""What is on file of the customers and assets that a value names, as expressions read it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from tuoban.kernel.definition import Field
from tuoban.kernel.expressions import Known, Row
from tuoban.kernel.facts import known
from tuoban.kernel.state import State


class OnFile:
    """The files as one case knows them.

    Args:
        opened: what was looked up for it, by reference.
        open_: how a kept value is read.
    """

    __slots__ = ("_open", "_opened", "_state")

    def __init__(
        self, state: State, opened: Mapping[str, Any], open_: Callable[[Any], Any]
    ) -> None:
        self._state = state
        self._opened = opened
        self._open = open_

    def read(self, field: Field, value: Any) -> Any:
        """The value of a field that names something, or whose rows do."""
        if field.kind:
            return self._of(field.kind, value)
        columns = [column for column in field.columns if column.kind]
        rows = self._open(value)
        return tuple(self._row(columns, row) for row in rows) if isinstance(rows, tuple) else rows

    def element(self, value: Any) -> Any:
        """An element of a list, with what is known by now of those whom it names."""
        if isinstance(value, Known):
            return self._of(value.kind, value)
        if not isinstance(value, Row):
            return value
        cells = {name: cell for name, cell in value.items() if isinstance(cell, Known)}
        named = {name: self._of(cell.kind, cell) for name, cell in cells.items()}
        return value.having({**value, **named}) if named else value

    def _row(self, columns: Sequence[Field], row: Row) -> Row:
        named = {each.name: self._of(each.kind, row.get(each.name)) for each in columns}
        return row.having({**row, **named})

    def _of(self, kind: str, value: Any) -> Known | None:
        """What is known of a reference, or of what was read of one before."""
        ref = value.ref if isinstance(value, Known) else value
        facts = known(self._state, self._opened, ref)
        if facts is None:
            return None
        read = {name: self._open(fact) for name, fact in facts.items() if not name.startswith("#")}
        return Known(ref, kind, read)
