"""Moments as scenarios write them: `09:30`, `tomorrow 09:00`, `2026-03-02 14:00`, `in 3 hours`."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, tzinfo

_TIME = re.compile(r"(?:(tomorrow|today|明天|今天) )?([0-9]{1,2}):([0-9]{2})")
_FULL = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2} [0-9]{1,2}:[0-9]{2}")
_AFTER = re.compile(r"in ([0-9]{1,6}) (minute|hour|day)s?")
_YEARS = range(1970, 2200)
"""What a play may come to: far from the edges of the calendar, where sums go wrong."""


def read_clock(text: str, zone: tzinfo) -> datetime | None:
    """The instant of `2026-03-02 14:00`; None where the text is no date with a time."""
    if not _FULL.fullmatch(text):
        return None
    try:
        return _within(datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=zone))
    except ValueError:
        return None


def read_moment(text: str, now: datetime, zone: tzinfo) -> datetime | None:
    """The instant meant, seen from `now`; None where the text is not a moment, or too far away."""
    local = now.astimezone(zone)
    if match := _TIME.fullmatch(text):
        hour, minute = int(match[2]), int(match[3])
        if hour > 23 or minute > 59:
            return None
        days = 1 if match[1] in ("tomorrow", "明天") else 0
        return _within(local.replace(hour=hour, minute=minute, second=0) + timedelta(days=days))
    if match := _AFTER.fullmatch(text):
        return _within(local + timedelta(**{f"{match[2]}s": int(match[1])}))
    return read_clock(text, zone)


def _within(moment: datetime) -> datetime | None:
    return moment if moment.year in _YEARS else None
