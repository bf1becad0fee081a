"""The clock. Only faces and the worker read it; verbs and queries take `at`."""

from datetime import UTC, datetime


def now() -> datetime:
    return datetime.now(UTC)
