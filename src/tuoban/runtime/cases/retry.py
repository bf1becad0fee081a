"""How long to wait before the next attempt."""

from datetime import timedelta

_FIRST = timedelta(seconds=10)
_LONGEST = timedelta(hours=1)


def back_off(attempts: int) -> timedelta:
    """The pause after this many failed attempts: 10 seconds, doubled each time, at most an hour."""
    doublings = min(attempts - 1, 10)
    return min(_FIRST * (1 << doublings), _LONGEST)
