"""How many requests a minute are answered, counted over every process that serves.

A minute's allowance lies in the database, one row a key. A process takes a lot of it at a time, a
twentieth, and counts that off in memory: so requests that only read write nothing, but for the one
that draws the next lot, and all processes together never answer more than the allowance. What a
process has drawn and does not need by the end of the minute lapses; with several processes the last
requests of a minute may therefore be refused a lot too soon for each.

On SQLite one process serves, and has the whole allowance to itself: whoever writes there keeps all
others from writing, and nobody waits for that to be counted.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock

from django.db import OperationalError, connection

from tuoban.runtime.people.models import Allowance

WINDOW_S = 60
_LOTS = 20
_MOST_KEPT = 10_000
"""Keys kept in memory; beyond, all are let go and draw anew."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a request is answered, and what is left of the minute, as far as this process knows.

    Attributes:
        resets_s: seconds until the allowance is whole again.
    """

    may: bool
    limit: int
    left: int
    resets_s: int


@dataclass(slots=True)
class _Held:
    """What a process has of a key: `own` is left of its lot, `others` lies in the database yet."""

    minute: int
    own: int = 0
    others: int = 0
    lock: Lock = field(default_factory=Lock)


_held: dict[str, _Held] = {}
_of_all = Lock()


def take(heading: str, limit: int, at: datetime) -> Verdict:
    """Count a request against what stands under a heading.

    Args:
        limit: how many a minute; 0: any number.
    """
    minute, second = divmod(int(at.timestamp()), WINDOW_S)
    if not limit:
        return Verdict(may=True, limit=0, left=0, resets_s=WINDOW_S - second)
    key = hashlib.sha256(heading.encode()).hexdigest()
    held = _of_minute(key, minute, limit)
    # Whoever draws keeps others of the same key waiting, lest each draw a lot of its own.
    with held.lock:
        if not held.own and held.others:
            _draw(key, held, limit)
        may = held.own > 0
        held.own -= may
        left = held.own + held.others
    return Verdict(may=may, limit=limit, left=left, resets_s=WINDOW_S - second)


def _of_minute(key: str, minute: int, limit: int) -> _Held:
    with _of_all:
        held = _held.get(key)
        if held is None or held.minute != minute:
            if len(_held) >= _MOST_KEPT:
                _held.clear()
            is_alone = connection.vendor == "sqlite"
            held = _Held(minute, own=limit) if is_alone else _Held(minute, others=limit)
            _held[key] = held
        return held


def _draw(key: str, held: _Held, limit: int) -> None:
    """Take the next lot, or what is left. A database that is busy keeps nobody out: whatever is
    asked for says so itself."""
    lot = max(limit // _LOTS, 1)
    try:
        given = _given_with(key, held.minute, lot, limit)
    except OperationalError:
        held.own, held.others = lot, max(held.others - lot, 0)
        return
    held.own = lot - max(given - limit, 0)
    held.others = max(limit - given, 0)


def _given_with(key: str, minute: int, lot: int, limit: int) -> int:
    """How much is given out once this lot is; at most a lot beyond the limit, by which the lot is
    short."""
    table = f'"{Allowance._meta.db_table}"'
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (key, minute, given) VALUES (%s, %s, %s) "  # noqa: S608
            f"ON CONFLICT (key) DO UPDATE SET minute = excluded.minute, given = CASE "
            f"WHEN {table}.minute <> excluded.minute THEN excluded.given "
            f"WHEN {table}.given >= %s THEN %s ELSE {table}.given + excluded.given END "
            "RETURNING given",
            [key, minute, lot, limit, limit + lot],
        )
        (given,) = cursor.fetchone()
    return int(given)


def forget(at: datetime) -> int:
    """Delete the rows of minutes that are over; how many those were."""
    minute = int((at - timedelta(seconds=WINDOW_S)).timestamp()) // WINDOW_S
    return Allowance.objects.filter(minute__lt=minute).delete()[0]


def start_anew() -> None:
    """Let go of what this process holds, as one that has just begun."""
    with _of_all:
        _held.clear()
