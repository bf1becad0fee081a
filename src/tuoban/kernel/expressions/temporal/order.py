"""Which of two dates, times or durations comes first."""

from datetime import UTC, datetime, time
from typing import Any

from tuoban.kernel.expressions.temporal.zones import instant_of, offset_of
from tuoban.kernel.expressions.wide import (
    Date,
    Length,
    Moment,
    Time,
    clock_of,
    nanoseconds_of,
    ordinal_of,
)


def order(left: Any, right: Any) -> int:
    """Negative, 0 or positive as `left` is less than, equal to or greater than `right`."""
    return 1 if left > right else -1 if left < right else 0


def compare_dates(left: Date, right: Date) -> int:
    return order(ordinal_of(left), ordinal_of(right))


def compare_moments(left: Moment, right: Moment) -> int | None:
    """On the time line, or by their faces if neither has a zone; None if only one has."""
    if (left.tzinfo is None) != (right.tzinfo is None):
        return None
    if isinstance(left, datetime) and isinstance(right, datetime):
        if left.tzinfo is None:
            return order(left, right)
        try:
            return order(left.astimezone(UTC), right.astimezone(UTC))
        except OverflowError:
            pass
    return order(instant_of(left), instant_of(right))


def compare_times(left: Time, right: Time) -> int | None:
    """By the time since midnight UTC; None unless `are_measurable`."""
    if not are_measurable(left, right):
        return None
    if left.tzinfo is None and isinstance(left, time) and isinstance(right, time):
        return order(left, right)
    return order(since_midnight(left), since_midnight(right))


def are_measurable(left: Time, right: Time) -> bool:
    """Whether the two are on one scale: both without a zone, of one zone, or at known offsets.

    What the offset of a region is depends on the date, so that its times of day compare with one
    another alone.
    """
    if left.tzinfo is right.tzinfo:
        return True
    return offset_of(left) is not None and offset_of(right) is not None


def since_midnight(at: Time) -> int:
    """In nanoseconds; from midnight UTC where its offset is known, else from that of its face."""
    offset = offset_of(at)
    return clock_of(at) if offset is None else clock_of(at) - nanoseconds_of(offset)


def compare_lengths(left: Length, right: Length) -> int:
    return order(nanoseconds_of(left), nanoseconds_of(right))
