"""What failed is kept, and tried again with growing pauses."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet

_FIRST = timedelta(seconds=10)
_LONGEST = timedelta(hours=1)


def back_off(attempts: int) -> timedelta:
    """The pause after this many failed attempts: 10 seconds, doubled each time, at most an hour."""
    doublings = min(attempts - 1, 10)
    return min(_FIRST * (1 << doublings), _LONGEST)


def told(error: Exception) -> str:
    """What a row keeps of an error, in at most 2,000 characters."""
    return f"{type(error).__name__}: {error}"[:2000]


def put_off(tried: QuerySet[Any], error: Exception, at: datetime) -> None:
    """Keep that the one row `tried` failed at `at`, and when it is tried again; nothing else of it
    is written."""
    attempts = tried.values_list("attempts", flat=True).get() + 1
    tried.update(attempts=attempts, next_try_at=at + back_off(attempts), error=told(error))
