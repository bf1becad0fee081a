"""Failures of the database that pass: it is locked by others, away for a moment, or out of room.

The transaction has been rolled back, or, where the connection broke at the very commit, nobody
knows.
"""

from __future__ import annotations

import sqlite3

from django.db import InterfaceError, OperationalError

from tuoban.kernel.refusals import Refused

PASSING = frozenset({"busy", "no-room"})
"""The codes of refusals that stand for such a failure."""
_SQLITE_BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
# A file that may not grow is an input or output error to SQLite, beside a full disk.
_SQLITE_NO_ROOM = frozenset({sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR})
_PRIMARY_CODE = 0xFF  # an extended result code holds its primary one in the lowest byte
# SQLSTATEs and beginnings of them (appendix A of PostgreSQL's manual): connection exceptions,
# rollbacks (serialization, deadlock), too many connections, lock not available, shutdown.
_SQLSTATES_BUSY = ("08", "40", "53300", "55P03", "57P")
# Insufficient resources, and input or output errors.
_SQLSTATES_NO_ROOM = ("53", "58030")


def is_passing(error: BaseException) -> bool:
    """Whether the same may well succeed later."""
    if isinstance(error, InterfaceError):
        return True  # the connection was lost before
    if isinstance(error, Refused):
        return error.code in PASSING
    return has_no_room(error) or _says(error, _SQLITE_BUSY, _SQLSTATES_BUSY, or_nothing=True)


def has_no_room(error: BaseException) -> bool:
    """Whether the database could not write for want of room."""
    if _says(error, frozenset(), ("53300",)):
        return False  # it is connections that are wanting
    return _says(error, _SQLITE_NO_ROOM, _SQLSTATES_NO_ROOM)


def _says(
    error: BaseException,
    codes: frozenset[int],
    states: tuple[str, ...],
    *,
    or_nothing: bool = False,
) -> bool:
    """Whether the database gave one of these reasons, or, if that counts, none: the driver has no
    state where the server could not even say good-bye."""
    if not isinstance(error, OperationalError):
        return False
    cause = error.__cause__
    if isinstance(cause, sqlite3.Error):
        return cause.sqlite_errorcode & _PRIMARY_CODE in codes
    state = getattr(cause, "sqlstate", None)
    return or_nothing if state is None else state.startswith(states)
