"""The activity of labour: what was worked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import Sum

from tuoban.kernel.activities import Activity, Asked
from tuoban.kernel.expressions.values import NUMBERS
from tuoban.kernel.money import decimals_of
from tuoban.kernel.values import LARGEST
from tuoban.runtime.activities.services import CannotBeDone, Done, On, Prop, Shown, wrong
from tuoban.runtime.people.ids import user_id
from tuoban.services.labour import offers
from tuoban.services.labour.models import Stretch

_HOUR_S = 3600
_LABOUR = "labour"


class Work:
    """Somebody works, with pauses or without. Going back past it, it counts no more."""

    declared: Activity = offers.WORK

    def show(self, asked: Asked, on: On) -> tuple[Shown, ...]:
        hours, cost = self.declared.offers
        worked = sum(_seconds_of(row) or 0 for row in asked.entered[_LABOUR] or ())
        rate = asked.given.get("rate")
        lines = (Shown(hours, _hours(worked)),)
        return lines if rate is None else (*lines, Shown(cost, _cost(worked, rate, on)))

    def check(self, asked: Asked, on: On) -> Mapping[str, Any]:
        problems = list(_problems(asked, on))
        if problems:
            raise CannotBeDone(*(each.problems[0] for each in problems))
        worked = sum(_seconds_of(row) or 0 for row in asked.entered[_LABOUR])
        rate = asked.given.get("rate")
        if "rate" in asked.given and rate is None:
            raise wrong(
                _LABOUR, "每小时的金额还算不出来。", "What an hour costs cannot be told yet."
            )
        cost = _cost(worked, rate, on) if rate is not None else None
        if cost is not None and not -LARGEST <= cost <= LARGEST:
            raise wrong(_LABOUR, "工费太大，记不下。", "It comes to more than can be kept.")
        return {"hours": _hours(worked), "cost": cost}

    def apply(self, done: Done, on: On) -> None:
        Stretch.objects.bulk_create(
            Stretch(
                case_id=on.case_id,
                item=done.item,
                line=line,
                by_id=user_id(row.get("who") or on.by),
                begun_at=row["begun"],
                seconds=_seconds_of(row) or 0,
                at=on.at,
            )
            for line, row in enumerate(done.values[_LABOUR], start=1)
        )

    def undo(self, done: Done, on: On) -> None:
        Stretch.objects.filter(case=on.case_id, item=done.item).update(undone_at=on.at)


def _problems(asked: Asked, on: On) -> Iterator[CannotBeDone]:
    """What is wrong with the lines, each told at its cell."""
    for number, row in enumerate(asked.entered[_LABOUR], start=1):
        begun, ended, place = row["begun"], row["ended"], f"{_LABOUR}[{number}]"
        if ended is not None and ended > on.at:
            yield wrong(f"{place}.ended", "结束时间还没到。", "This is still to come.")
        elif begun is not None and ended is not None and ended < begun:
            yield wrong(f"{place}.ended", "不能早于开始时间。", "It is before the begin.")
        elif begun is not None and ended is None and row["hours"] is None:
            zh, en = "还在计时：请先完工，或填结束时间。", "Still timed: finish, or enter the end."
            yield wrong(f"{place}.ended", zh, en)
        elif (seconds := _seconds_of(row)) is None:
            zh, en = "请填工时，或填开始和结束。", "Enter the hours, or begin and end."
            yield wrong(f"{place}.hours", zh, en)
        elif seconds > offers.MOST_HOURS * _HOUR_S:
            yield wrong(f"{place}.ended", "一段不超过 24 小时。", "One line has at most 24 hours.")


def _seconds_of(row: Mapping[str, Any]) -> int | None:
    """How long a line is; None where it does not say."""
    if row.get("hours") is not None:
        return int((row["hours"] * _HOUR_S).quantize(Decimal(1), ROUND_HALF_UP))
    if row.get("begun") is None or row.get("ended") is None:
        return None
    length: timedelta = row["ended"] - row["begun"]
    return max(0, int(length.total_seconds()))


def _hours(seconds: int) -> Decimal:
    """So many seconds as hours, to a hundredth."""
    hours = (Decimal(seconds) / _HOUR_S).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return Decimal(f"{hours.normalize():f}")


def _cost(seconds: int, rate: Decimal, on: On) -> Decimal:
    """The hours, as they are told, at the rate, rounded to the minor unit."""
    unit = Decimal(1).scaleb(-decimals_of(on.currency))
    return (_hours(seconds) * rate).quantize(unit, ROUND_HALF_UP, NUMBERS)


def _worked(case_id: int, _: str) -> Decimal:
    """The hours that were worked on the case and count."""
    rows = Stretch.objects.filter(case=case_id, undone_at=None)
    return _hours(rows.aggregate(sum=Sum("seconds"))["sum"] or 0)


SERVICES = (Work(),)

PROPS = (Prop("worked", found=_worked),)
"""`expect: {worked: 2.5}`, in hours."""
