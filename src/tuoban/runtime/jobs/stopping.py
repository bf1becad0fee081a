"""What a job that takes long asks: whether its worker is told to stop, so that it is put back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event

_told: list[Event] = []
"""Of the workers of this process."""


class StoppedError(Exception):
    """The worker is told to stop: the job counts as not tried, and another worker takes it up."""


@contextmanager
def heeded(stop: Event) -> Iterator[None]:
    """Let jobs know, while the block lasts, by what the worker is told to stop."""
    _told.append(stop)
    try:
        yield
    finally:
        _told.remove(stop)


def check() -> None:
    """Raises `StoppedError` where a worker of this process is told to stop."""
    if any(each.is_set() for each in _told):
        raise StoppedError
