"""The built-in functions: one table of rows, a module for each family."""

from collections import defaultdict

from tuoban.kernel.expressions.builtins import (
    contexts,
    conversion,
    identity,
    lists,
    numbers,
    ranges,
    strings,
    temporal,
)
from tuoban.kernel.expressions.signatures import Builtin

_FAMILIES = (conversion, strings, numbers, lists, contexts, temporal, ranges, identity)


def _table() -> dict[str, tuple[Builtin, ...]]:
    rows: dict[str, list[Builtin]] = defaultdict(list)
    for family in _FAMILIES:
        for row in family.ROWS:
            rows[row.name].append(row)
    return {name: tuple(found) for name, found in rows.items()}


BUILTINS = _table()
"""Every built-in function by name, with the ways to call it in the order they are tried."""
