"""Slowing down guesses: after some failed log-ins of one user name from one address, a pause.

Counts are kept in Django's cache, so with the default cache they are per process.
"""

import hashlib
from datetime import timedelta

from django.core.cache import cache

FAILURES_ALLOWED = 5
PAUSE = timedelta(minutes=10)


def is_paused(name: str, address: str) -> bool:
    """Whether log-ins of this name from this address are refused for now."""
    return int(cache.get(_key(name, address), 0)) >= FAILURES_ALLOWED


def note_failure(name: str, address: str) -> None:
    """Count a failure; the pause counts from the last one."""
    key = _key(name, address)
    cache.add(key, 0, PAUSE.total_seconds())
    try:
        cache.incr(key)
    except ValueError:
        # It expired between the two lines; the next failure counts from one.
        return
    cache.touch(key, PAUSE.total_seconds())


def forget(name: str, address: str) -> None:
    """Forget failures after a log-in that went well."""
    cache.delete(_key(name, address))


def _key(name: str, address: str) -> str:
    text = f"{name.casefold()}\n{address}"
    return "log-in:" + hashlib.sha256(text.encode()).hexdigest()
