"""Rows that many tests begin with: made once, by the product, and laid down again as they stood."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from django.db import connection, transaction


class Table(NamedTuple):
    columns: Sequence[str]
    rows: frozenset[tuple[Any, ...]]


Tables = Mapping[str, Table]


def made_by(make: Callable[[], object]) -> Tables:
    """Carry it out, and tell the rows that it has added, by table."""
    before = _tables()
    make()
    after = {
        name: Table(now.columns, now.rows - before[name].rows) for name, now in _tables().items()
    }
    return {name: table for name, table in after.items() if table.rows}


def lay_down(tables: Tables) -> None:
    """Add the rows to tables in which none of these stand."""
    with transaction.atomic(), connection.cursor() as cursor:
        for name, (columns, rows) in tables.items():
            named = ", ".join(f'"{each}"' for each in columns)
            places = ", ".join(["%s"] * len(columns))
            statement = f'INSERT INTO "{name}" ({named}) VALUES ({places})'  # noqa: S608
            cursor.executemany(statement, sorted(rows, key=repr))


def _tables() -> dict[str, Table]:
    found = {}
    with connection.cursor() as cursor:
        for name in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{name}"')  # noqa: S608
            columns = [each[0] for each in cursor.description]
            found[name] = Table(columns, frozenset(cursor.fetchall()))
    return found
