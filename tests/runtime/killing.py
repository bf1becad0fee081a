"""Killing a process in the midst of what it does to the database."""

from __future__ import annotations

import os
import signal
import warnings
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from django.db import connection, transaction

FRAMING = ("BEGIN", "SAVEPOINT", "RELEASE")
"""What begins and ends transactions, in which a test and a process of its own differ."""


def killed_at(number: int, act: Callable[[], object]) -> bool:
    """Whether a process that does this is killed when it has sent so many statements."""
    return is_killed(begun_to_be_killed_at(number, act))


def begun_to_be_killed_at(number: int, act: Callable[[], object]) -> int:
    """Begin such a process, whose number this is, and go on meanwhile."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # threads are none of the child's
        child = os.fork()
    if child == 0:
        _die_at(number, act)
    return child


def is_killed(child: int) -> bool:
    """Whether the process was killed, once it has ended."""
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL


_inherited: list[object] = []
"""What must not be closed in the child, since the parent goes on with it."""


def _die_at(number: int, act: Callable[[], object]) -> None:
    count = 0

    def counting(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        nonlocal count
        done = execute(sql, *rest)
        count += not sql.startswith(FRAMING)
        if count == number:
            os.kill(os.getpid(), signal.SIGKILL)
        return done

    try:
        _inherited.append(connection.connection)
        connection.connection = None
        with connection.execute_wrapper(counting):
            act()
    finally:
        os._exit(0)


def statements_of(act: Callable[[], object]) -> int:
    """How many statements the act sends to the database, where it leaves nothing behind."""
    count = 0

    def counting(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        nonlocal count
        count += not sql.startswith(FRAMING)
        return execute(sql, *rest)

    with suppress(_TakenBackError), transaction.atomic():
        with connection.execute_wrapper(counting):
            act()
        raise _TakenBackError
    return count


class _TakenBackError(Exception):
    """So that the transaction is rolled back."""
