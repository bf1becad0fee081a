"""What the step is held against: a token game, and the rows of the step, by the bare driver.

Both are what little a program could do: they read no definition, ask nobody's permission, keep no
promise but that of the commit.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection

from benchmarks.runtime import databases
from benchmarks.steps.process import PLAY

_TABLES = (
    "CREATE TABLE token_case (id integer PRIMARY KEY, seq integer NOT NULL, state text NOT NULL)",
    "CREATE TABLE token_log (case_id integer, seq integer, what text, PRIMARY KEY (case_id, seq))",
    "CREATE TABLE token_work (case_id integer, seq integer, step text, PRIMARY KEY (case_id, seq))",
)

Write = tuple[str, Sequence[Any]]
"""A statement with its values."""


class TokenGame:
    """Cases whose state is JSON with a token in it, which goes from step to step."""

    def __init__(self, database: str) -> None:
        self.connection = databases.bare(database)
        self._execute = self.connection.execute
        self._begun = 0
        self._select = databases.text("SELECT seq, state FROM token_case WHERE id = %s")
        self._update = databases.text("UPDATE token_case SET seq = %s, state = %s WHERE id = %s")
        self._log = databases.text("INSERT INTO token_log VALUES (%s, %s, %s)")
        self._work = databases.text("INSERT INTO token_work VALUES (%s, %s, %s)")
        for table in _TABLES:
            self._execute(table)
        self.connection.commit()

    def begin(self) -> int:
        """A new case; its number."""
        self._begun += 1
        insert = databases.text("INSERT INTO token_case VALUES (%s, 0, %s)")
        state = json.dumps({"token": PLAY[0].step, "done": [], "values": {}})
        databases.begin(self.connection)
        self._execute(insert, (self._begun, state))
        self.connection.commit()
        return self._begun

    def step(self, case: int) -> None:
        """The token goes on: 1 SELECT, 1 UPDATE, 2 INSERTs, commit."""
        databases.begin(self.connection)
        seq, text = self._execute(self._select, (case,)).fetchone()
        state = json.loads(text)
        step, data = PLAY[seq]
        state["done"].append(step)
        state["values"].update(data)
        state["token"] = PLAY[seq + 1].step if seq + 1 < len(PLAY) else None
        self._execute(self._update, (seq + 1, json.dumps(state), case))
        self._execute(self._log, (case, seq, json.dumps({"step": step, "data": data})))
        self._execute(self._work, (case, seq, state["token"]))
        self.connection.commit()


@contextmanager
def recorded() -> Iterator[list[Write]]:
    """The statements by which rows are written inside, in a list that they are added to."""
    found: list[Write] = []

    def watch(execute: Callable[..., Any], sql: str, values: Any, *rest: Any) -> Any:
        if sql.startswith(("INSERT", "UPDATE", "DELETE")):
            found.append((databases.text(sql), tuple(values)))
        return execute(sql, values, *rest)

    with connection.execute_wrapper(watch):
        yield found


def write(driver: Any, statements: Sequence[Write]) -> None:
    """The same rows in one transaction, one statement after the other."""
    databases.begin(driver)
    for text, values in statements:
        driver.execute(text, values)
    driver.commit()
