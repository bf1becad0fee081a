"""Moments as scenarios write them: `09:30`, `tomorrow 09:00`, `2026-03-02 14:00`, `in 3 hours`."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, tzinfo

_TIME = re.compile(r"(?:(tomorrow|today|明天|今天) )?(\d{1,2}):(\d{2})")
_FULL = re.compile(r"\d{4}-\d{2}-\d{2} \d{1,2}:\d{2}")
_AFTER = re.compile(r"in (\d{1,6}) (minute|hour|day)s?")


def read_moment(text: str, now: datetime, zone: tzinfo) -> datetime | None:
    """The instant meant, seen from `now`; None where the text is not a moment."""
    local = now.astimezone(zone)
    if match := _TIME.fullmatch(text):
        hour, minute = int(match[2]), int(match[3])
        if hour > 23 or minute > 59:
            return None
        days = 1 if match[1] in ("tomorrow", "明天") else 0
        return local.replace(hour=hour, minute=minute, second=0) + timedelta(days=days)
    if match := _AFTER.fullmatch(text):
        return local + timedelta(**{f"{match[2]}s": int(match[1])})
    if _FULL.fullmatch(text):
        try:
            return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=zone)
        except ValueError:
            return None
    return None
