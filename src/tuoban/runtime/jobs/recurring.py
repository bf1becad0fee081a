"""Jobs that recur: whoever has one registers it when Django starts, and workers do the rest.

    from tuoban.runtime.jobs import recurring

    recurring.register(
        "checkpoint",                      # its name, for good: what was planned goes by it
        recurring.Daily(time(2, 30)),      # or an interval, as timedelta(hours=1)
        write_checkpoint,                  # called with the moment that it is for
        missed="latest",                   # or "each"
        label=Text("签署检查点", "Writing a checkpoint"),
    )

in the `ready` of the app. Each moment that comes is planned as one job, in one transaction with the
note that it is, so that no moment is planned twice, however many workers there are. The job is
carried out like any other: at least once, tried again where it fails, and dead after some attempts,
where people see it. Moments that went by while no worker was there are made up for as `missed`
says: one job for the latest of them, or one for each. A name that is new is planned at once, for
the moment that went by last.

A clock that was ahead does not keep a job from recurring: where it is set back by more than one
round, moments are counted from the present again, and none is planned twice.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo
from typing import Any, Literal
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from tuoban.kernel.text import Text
from tuoban.runtime.jobs import registry, service
from tuoban.runtime.jobs.models import RecurringJob
from tuoban.runtime.people.models import Unit

Missed = Literal["latest", "each"]
Act = Callable[[datetime], object]

MOST_AT_ONCE = 100
"""Moments of one name that are planned in one transaction; the others follow in the next round."""
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Daily:
    """Every day at a time of the day.

    Attributes:
        zone: whose time that is; None: that of the topmost unit. A time that a day does not have,
            as when the clock is put forward, is taken an hour later.
    """

    at: time
    zone: tzinfo | None = None


@dataclass(frozen=True, slots=True)
class _Registered:
    name: str
    every: timedelta | Daily
    missed: Missed


_registered: dict[str, _Registered] = {}


def register(
    name: str,
    every: timedelta | Daily,
    handler: Act,
    *,
    missed: Missed = "latest",
    label: Text | None = None,
) -> None:
    """Have something done again and again (see the module).

    Args:
        name: also the kind of its jobs.
        every: the interval, in whole seconds, whose moments are its multiples since 1970; or the
            time of day.
        handler: is called outside any transaction with the moment that it is for, which lies some
            seconds back, or as long as no worker was there. It may be called twice for the same.
        missed: what is done of the moments that went by while no worker was there.
        label: what people call it; None: its name.

    Raises:
        ValueError: the interval is shorter than a second.
    """
    if isinstance(every, timedelta) and every < timedelta(seconds=1):
        raise ValueError(every)

    def carry_out(payload: Mapping[str, Any], key: str) -> None:
        handler(datetime.fromisoformat(payload["moment"]))

    _registered[name] = _Registered(name, every, missed)
    registry.register(name, carry_out, label)


def plan_due(at: datetime) -> int:
    """Plan the moments that have come, by whatever worker is first; how many jobs that makes."""
    known = dict(RecurringJob.objects.values_list("name", "after"))
    due = (
        each
        for each in _registered.values()
        if each.name not in known or _come(each, known[each.name], at)
    )
    return sum(_plan(each, at) for each in due)


def _plan(each: _Registered, at: datetime) -> int:
    with transaction.atomic():
        fresh = RecurringJob(name=each.name, after=_last(each.every, at) - _round(each.every))
        RecurringJob.objects.bulk_create([fresh], ignore_conflicts=True)
        free = RecurringJob.objects.select_for_update(skip_locked=True)
        row = free.filter(name=each.name).first()
        if row is None:
            return 0  # another worker is at it
        come = _come(each, row.after, at)
        for moment in come:
            said = moment.astimezone(UTC).isoformat()
            key = f"{each.name}@{said}"
            service.enqueue(each.name, {"moment": said}, key=key, run_at=moment)
        if come:
            row.after = come[-1]
            row.save(update_fields=["after"])
    return len(come)


def _come(each: _Registered, after: datetime, at: datetime) -> list[datetime]:
    """The moments to plan now."""
    step = _round(each.every)
    last = _last(each.every, at)
    if after > at + step:
        return [last]  # the clock was ahead
    if after >= last:
        return []
    if each.missed == "latest":
        return [last]
    missed: list[datetime] = []
    while after < last and len(missed) < MOST_AT_ONCE:
        after = _next(each.every, after)
        missed.append(after)
    return missed


def _round(every: timedelta | Daily) -> timedelta:
    return _DAY if isinstance(every, Daily) else every


def _last(every: timedelta | Daily, at: datetime) -> datetime:
    """The last moment up to another."""
    if isinstance(every, timedelta):
        return at - (at - _EPOCH) % every
    today = _on_day(every, at)
    return today if today <= at else _on_day(every, at, days=-1)


def _next(every: timedelta | Daily, after: datetime) -> datetime:
    """The first moment after another."""
    if isinstance(every, timedelta):
        return _last(every, after) + every
    today = _on_day(every, after)
    return today if today > after else _on_day(every, after, days=1)


def _on_day(every: Daily, at: datetime, days: int = 0) -> datetime:
    """Its moment on the day on which `at` lies, or so many days after that."""
    zone = every.zone or _zone()
    day = at.astimezone(zone).date() + timedelta(days=days)
    # In UTC every moment exists, and none comes twice.
    return datetime.combine(day, every.at, zone).astimezone(UTC)


def _zone() -> tzinfo:
    root = Unit.objects.filter(parent=None).order_by("pk").first()
    return root.zone if root is not None else ZoneInfo(settings.TIME_ZONE)


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
