"""A database that is locked by others, away, or out of room refuses a request in words.

The transaction has been rolled back, or, where the connection broke at the very commit, nobody
knows. Either way the same request with the same key may be sent again.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import InterfaceError, OperationalError, connection

from tuoban.runtime.cases.refusals import RuntimeRefused
from tuoban.runtime.jobs.passing import has_no_room, is_passing


@contextmanager
def refused_when_busy() -> Iterator[None]:
    """Around a transaction: a failure that passes becomes a refusal.

    Raises:
        RuntimeRefused: `busy`, or `no-room` where the disk is full or fails.
    """
    try:
        yield
    except (OperationalError, InterfaceError) as error:
        if not is_passing(error):
            raise
        # A lost connection is let go of, so that the next question opens a new one.
        connection.close_if_unusable_or_obsolete()
        raise RuntimeRefused("no-room" if has_no_room(error) else "busy") from error
