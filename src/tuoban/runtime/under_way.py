"""Waiting for the transactions of others that write.

Whoever reads what is there may be overtaken by a transaction that began before and ends after. On
PostgreSQL such a one shows by the lock that each takes on its own number with the first row that it
locks or writes. No snapshot tells as much: it leaves out whatever began after all that have ended.
On SQLite one writes after the other, so that there are none.
"""

from __future__ import annotations

import time

from django.db import connection

_LOOK_S = 0.02
_OTHERS = """
    SELECT lock.transactionid::text
    FROM pg_locks AS lock JOIN pg_stat_activity AS session USING (pid)
    WHERE lock.locktype = 'transactionid' AND lock.mode = 'ExclusiveLock' AND lock.granted
    AND session.datname = current_database() AND lock.pid <> pg_backend_pid()
"""


def have_ended(patience_s: float) -> bool:
    """Wait until all have ended that are under way now; False where some go on for longer than so
    many seconds. What begins meanwhile is not waited for."""
    waited, wanted = 0.0, others()
    while wanted:
        if waited >= patience_s:
            return False
        time.sleep(_LOOK_S)
        waited += _LOOK_S
        wanted &= others()
    return True


def others() -> set[str]:
    """The numbers of the transactions of other connections to this database that have locked or
    written a row and not ended."""
    if connection.vendor != "postgresql":
        return set()
    with connection.cursor() as cursor:
        cursor.execute(_OTHERS)
        return {number for (number,) in cursor.fetchall()}
