"""How the worker attempts one of many things to do: what fails is kept, and the others go on."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import transaction

from tuoban.kernel.refusals import Refused
from tuoban.runtime.jobs.passing import is_passing

_log = logging.getLogger(__name__)

Keep = Callable[[Exception], object]
"""Writes down that a duty failed, and when it is tried again."""


@contextmanager
def kept(
    what: str, keep: Keep | None = None, expected: type[Exception] = Refused
) -> Iterator[None]:
    """Around one duty of many: its failure is logged and kept, and goes no further.

    Args:
        what: the duty, as the log calls it.
        keep: is called in a transaction of its own; None: the log is enough.
        expected: a failure that the log tells without a trace.

    Raises:
        Exception: the database is busy or away (`is_passing`), so that it is not the duty that
            failed.
    """
    try:
        yield
    except Exception as error:
        if is_passing(error):
            raise
        if isinstance(error, expected):
            _log.warning("%s was refused: %s", what, error)
        else:
            _log.exception("%s failed", what)
        if keep is not None:
            with transaction.atomic():
                keep(error)


def attempt(
    what: str, act: Callable[[], bool], keep: Keep, expected: type[Exception] = Refused
) -> bool:
    """Carry out one duty in a transaction of its own; what `act` says, or False where it failed.

    Where the database is busy or away the duty waits, and is due still. The arguments are those of
    `kept`.
    """
    with waiting(what), kept(what, keep, expected), transaction.atomic():
        return act()
    return False


@contextmanager
def waiting(what: str) -> Iterator[None]:
    """Around a duty that waits, and is due still, where the database is busy or away."""
    try:
        yield
    except Exception as error:
        if not is_passing(error):
            raise
        _log.warning("%s waits: %s", what, error)
