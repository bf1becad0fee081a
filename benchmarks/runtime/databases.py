"""The databases that are measured on: new ones, copies of them, and bare connections to them.

Importing this needs Django's settings, see `measure`.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import connection

FOUNDED = "founded"
"""The house as it was founded, of which all others are copies."""


def name() -> str:
    """`sqlite` or `postgresql`."""
    return connection.vendor


def use(database: str) -> None:
    """Let Django work on this one from now on."""
    connection.close()
    connection.settings_dict["NAME"] = _place(database)


@contextmanager
def in_turns(databases: Iterable[str]) -> Iterator[Callable[[str], None]]:
    """What lets Django work on one of these and on another, as often as is wanted, each by a
    connection that stays open, so that what it has prepared stays, too."""
    lines = {}
    for each in databases:
        use(each)
        connection.ensure_connection()
        lines[each], connection.connection = connection.connection, None

    def take(database: str) -> None:
        connection.connection = lines[database]

    try:
        yield take
    finally:
        connection.connection = None
        for line in lines.values():
            line.close()


def create() -> str:
    """An empty one with the tables of the product, which is used from now on; its name."""
    use(empty(FOUNDED))
    call_command("migrate", verbosity=0)
    return FOUNDED


def empty(database: str) -> str:
    """One without any table; its name."""
    if name() != "sqlite":
        _on_server(f'CREATE DATABASE "{database}"')
    return database


def copy(database: str, to: str) -> str:
    """A copy of one that nobody is connected to; its name."""
    connection.close()
    if name() == "sqlite":
        # Closed by the last connection, the write-ahead log is empty.
        shutil.copyfile(_place(database), _place(to))
    else:
        _on_server(f'CREATE DATABASE "{to}" TEMPLATE "{database}"')
    return to


def _on_server(statement: str) -> None:
    with closing(bare("postgres")) as found:
        found.autocommit = True
        found.execute(statement)


def bare(database: str) -> Any:
    """A connection by the driver alone, set as the product sets its own, out of transactions."""
    if name() == "sqlite":
        found = sqlite3.connect(_place(database), isolation_level=None)
        for pragma in connection.settings_dict["OPTIONS"]["init_command"].split(";"):
            found.execute(pragma)
        return found
    import psycopg  # noqa: PLC0415 - not on SQLite

    parameters = {**connection.get_connection_params(), "dbname": database}
    for of_django in ("cursor_factory", "context", "prepare_threshold"):
        parameters.pop(of_django, None)
    return psycopg.connect(**parameters, autocommit=False)


def begin(found: Any) -> None:
    """Begin a writing transaction; PostgreSQL's driver does so by itself."""
    if name() == "sqlite":
        found.execute("BEGIN IMMEDIATE")


def text(statement: str) -> str:
    """A statement with the place-holders of this driver."""
    return statement.replace("%s", "?") if name() == "sqlite" else statement


def rows(database: str) -> Iterator[tuple[str, list[Any]]]:
    """Every table of the cases with its rows, in order."""
    with closing(bare(database)) as found:
        for table in sorted(connection.introspection.table_names()):
            if table.startswith("cases_"):
                yield table, sorted(found.execute(f'SELECT * FROM "{table}"').fetchall(), key=repr)  # noqa: S608


def _place(database: str) -> str:
    if name() != "sqlite":
        return database
    return str(Path(connection.settings_dict["NAME"]).with_name(database))
