"""Statements that go straight to the database's driver, within Django's connection and transaction.

For what every command does. Django's cursors take several times as long over a short statement as
SQLite does, and on PostgreSQL they write the values into its text, so that the server reads and
plans each one anew; here it is prepared once. Errors are Django's, and whoever watches its
statements sees these, too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from functools import lru_cache, partial
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from tuoban.kernel.json_text import utc_text

Statement = tuple[str, Sequence[Any]]
"""A text, the same each time, with `%s` for each value."""
_Row = tuple[Any, ...]
_Run = Callable[[str, Sequence[Any]], Any]


def rows(text: str, values: Sequence[Any] = ()) -> list[_Row]:
    """What a query finds; instants are aware."""
    return rows_of([(text, values)])[0]


def rows_of(queries: Iterable[Statement]) -> list[list[_Row]]:
    """What each of some queries finds, one after the other: each sees what is there when its turn
    comes, also where one before it had to wait for somebody. In one go, as `write_all`."""
    database = _database()
    with database.wrap_database_errors:
        found = [cursor.fetchall() for cursor in _run_all(database, queries)]
    return found if _is_postgresql(database) else [[*map(_aware, each)] for each in found]


def write(text: str, values: Sequence[Any]) -> int:
    """Carry out a statement; how many rows it has changed."""
    database = _database()
    with database.wrap_database_errors:
        changed: int = _runner(database)(text, values).rowcount
    return changed


def write_all(statements: Iterable[Statement]) -> list[int]:
    """Carry out statements, one after the other; how many rows each has changed. PostgreSQL gets
    them in one go, so that nobody waits for the network between them."""
    database = _database()
    with database.wrap_database_errors:
        return [cursor.rowcount for cursor in _run_all(database, statements)]


def _run_all(database: BaseDatabaseWrapper, statements: Iterable[Statement]) -> list[Any]:
    """The cursors of statements that have been carried out."""
    run = _runner(database)
    if not _is_postgresql(database):
        return [run(text, values) for text, values in statements]
    with database.connection.pipeline():
        return [run(text, values) for text, values in statements]


def _database() -> BaseDatabaseWrapper:
    """Django's connection, in the state in which its cursors would take it."""
    database = connections[DEFAULT_DB_ALIAS]
    database.validate_no_broken_transaction()
    if database.connection is None:
        database.ensure_connection()
    return database


def _is_postgresql(database: BaseDatabaseWrapper) -> bool:
    return database.vendor == "postgresql"


def _runner(database: BaseDatabaseWrapper) -> _Run:
    """What carries out a statement, and gives its cursor."""
    watched = database.execute_wrappers or database.force_debug_cursor
    if _is_postgresql(database):
        return partial(_watched, database) if watched else partial(_prepared, database.connection)
    if watched:
        return lambda text, values: _watched(database, text, _as_kept(values))
    execute = database.connection.execute
    return lambda text, values: execute(_question_marks(text), _as_kept(values))


def _watched(database: BaseDatabaseWrapper, text: str, values: Sequence[Any]) -> Any:
    """By Django's cursor, where somebody wants to see each statement."""
    cursor = database.cursor()
    cursor.execute(text, values)
    return cursor


def _prepared(driver: Any, text: str, values: Sequence[Any]) -> Any:
    from psycopg import Cursor  # noqa: PLC0415 - installations on SQLite do without it

    # Prepared at once: what comes by here comes again.
    driver.prepare_threshold = 0
    return Cursor(driver).execute(text, values, prepare=True)


@lru_cache(maxsize=256)
def _question_marks(text: str) -> str:
    return text.replace("%s", "?")


def _as_kept(values: Sequence[Any]) -> list[Any]:
    """The values as Django keeps them in SQLite."""
    return [_text(each) if type(each) is datetime else each for each in values]


def _text(moment: datetime) -> str:
    """In UTC, without the zone."""
    return utc_text(moment).removesuffix("+00:00").replace("T", " ")


def _aware(row: _Row) -> _Row:
    return tuple([_in_utc(each) if type(each) is datetime else each for each in row])


@lru_cache(maxsize=256)  # one moment stands in many rows
def _in_utc(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC)
