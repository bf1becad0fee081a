"""Failures of the database that pass: it is locked by others, or away for a moment.

The transaction has been rolled back, or, where the connection broke at the very commit, nobody
knows.
"""

from __future__ import annotations

import sqlite3

from django.db import InterfaceError, OperationalError

from tuoban.kernel.refusals import Refused

_SQLITE_CODES = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
_PRIMARY_CODE = 0xFF  # an extended result code holds its primary one in the lowest byte
# SQLSTATEs and beginnings of them (appendix A of PostgreSQL's manual): connection exceptions,
# rollbacks (serialization, deadlock), too many connections, lock not available, shutdown.
_SQLSTATES = ("08", "40", "53300", "55P03", "57P")


def is_passing(error: BaseException) -> bool:
    """Whether the same may well succeed in a moment."""
    if isinstance(error, InterfaceError):
        return True  # the connection was lost before
    if isinstance(error, Refused):
        return error.code == "busy"
    if not isinstance(error, OperationalError):
        return False
    cause = error.__cause__
    if isinstance(cause, sqlite3.Error):
        return cause.sqlite_errorcode & _PRIMARY_CODE in _SQLITE_CODES
    # The driver gives no state where the server could not even say good-bye.
    state = getattr(cause, "sqlstate", None)
    return state is None or state.startswith(_SQLSTATES)
