"""The database read from outside: plain SQL, nothing of the product in between."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
from psycopg.rows import dict_row

Row = dict[str, Any]


class Books:
    """The database of an installation."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._url = environment.get("TUOBAN_DATABASE_URL", "")
        self._file = Path(environment["TUOBAN_HOME"]) / "tuoban.sqlite3"

    @property
    def on_postgresql(self) -> bool:
        return bool(self._url)

    @contextmanager
    def _snapshot(self) -> Iterator[Any]:
        """Everything that is read in the block stood at one moment."""
        if self._url:
            with psycopg.connect(self._url, row_factory=dict_row) as connection:
                connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
                yield connection
            return
        lite = sqlite3.connect(self._file, timeout=60, isolation_level=None)
        lite.row_factory = sqlite3.Row
        try:
            lite.execute("BEGIN")
            yield lite
            lite.execute("ROLLBACK")
        finally:
            lite.close()

    def read(self, questions: Mapping[str, str]) -> dict[str, list[Row]]:
        """The answers to all questions, as they stood at one moment."""
        with self._snapshot() as connection:
            return {
                name: [dict(row) for row in connection.execute(question)]
                for name, question in questions.items()
            }

    def write(self, *statements: str) -> int:
        """Change rows behind the product's back, as a fault would; how many the last one did."""
        if self._url:
            with psycopg.connect(self._url) as connection:
                return [connection.execute(each).rowcount for each in statements][-1]
        lite = sqlite3.connect(self._file, timeout=60)
        try:
            with lite:
                return [lite.execute(each).rowcount for each in statements][-1]
        finally:
            lite.close()


def moment(value: Any) -> datetime | None:
    """An instant as either database gives it."""
    if value is None or isinstance(value, datetime):
        return value
    return datetime.fromisoformat(str(value)).replace(tzinfo=UTC)
