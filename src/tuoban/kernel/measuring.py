"""Measuring indicators: the value of each case, what is made of the values, whether it is as it
should be. Pure; whoever reads the cases hands in their names, and the moment.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, tzinfo
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Any

from tuoban.kernel.calendars.instants import instant_of, local_date, micros_of, moment_of
from tuoban.kernel.clocks import Length, Measure
from tuoban.kernel.definition import Definition
from tuoban.kernel.definition.indicators import Derived, Indicator, Over, Period, Sampled, Target
from tuoban.kernel.names import Names, read
from tuoban.kernel.rows import Inside
from tuoban.kernel.sight import Vantage, counting
from tuoban.kernel.state import State
from tuoban.kernel.worked import Hours, outside, worked

END, LATE, WHOLE_CASE, WORKED, OUTSIDE = "end", "late", "case", "worked", "outside"
"""Names that indicators alone read: how a case ended, how often what in it was late, the time that
is worked from one moment to another, and how much of that only outside parties had work in."""

MOST_CASES = 50_000
"""So many cases are looked at for one measurement; of more, none is given."""
MOST_GROUPS = 200
"""So many groups are told apart, those with most cases first."""

_EXACT = Context(prec=60, traps=[])
_FINE = Decimal("0.000001")
_MICROSECOND = timedelta(microseconds=1)
_NINETY = 90
_MONTHS: dict[Period, int] = {"month": 1, "quarter": 3, "year": 12}

Value = Decimal | timedelta


@dataclass(frozen=True, slots=True)
class Reading:
    """What one case gives, or one thing done in it: its value, or None where that cannot be told,
    and its group.

    Of a count or a share the value is whether the condition holds. `item` is the work item, or the
    occurrence, that gives it; 0: the case.
    """

    value: bool | Value | None
    group: str = ""
    item: int = 0


@dataclass(frozen=True, slots=True)
class Figure:
    """What is made of the values of the cases.

    Attributes:
        value: None where no case gives one.
        hits: of a count or a share, for how many the condition holds; else how many have a value.
        cases: how many were looked at and have a value.
        unknown: how many were looked at and have none.
    """

    value: Value | None
    hits: int = 0
    cases: int = 0
    unknown: int = 0


# -- which cases ----------------------------------------------------------------------------------


def window(over: Over, at: datetime, zone: tzinfo) -> tuple[datetime | None, datetime]:
    """From when and until when (exclusively, but for `at` itself) cases have started or ended."""
    if over.last is not None:
        return _back(at, over.last, zone), at
    if over.period is None:
        return None, at
    today = local_date(micros_of(at), zone)
    first = _first(over.period, today)
    if over.side == "this":
        return _midnight(first, zone), at
    return _midnight(_first(over.period, first - timedelta(days=1)), zone), _midnight(first, zone)


def _back(at: datetime, length: Length, zone: tzinfo) -> datetime:
    if length.measure is not Measure.MONTHS:
        return at - timedelta(microseconds=length.size)
    wall = at.astimezone(zone)
    month = wall.year * 12 + wall.month - 1 - length.size
    first = date(month // 12, month % 12 + 1, 1)
    last = (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return wall.replace(year=first.year, month=first.month, day=min(wall.day, last.day))


def _first(period: Period, day: date) -> date:
    """The first day of the period that a day lies in; weeks begin on Monday."""
    if period == "day":
        return day
    if period == "week":
        return day - timedelta(days=day.weekday())
    months = _MONTHS[period]
    return date(day.year, (day.month - 1) // months * months + 1, 1)


def _midnight(day: date, zone: tzinfo) -> datetime:
    return moment_of(instant_of(day, 0, zone))


def is_over(over: Over, state: State, at: datetime, zone: tzinfo) -> bool:
    """Whether a case is one of those that are looked at."""
    if over.which == "all":
        return state.started_at is not None and state.started_at <= at
    if over.which == "running":
        return state.status == "running"
    if over.which == "done":
        return True
    moment = state.started_at if over.which == "started" else state.ended_at
    return moment is not None and is_within(over, moment, at, zone)


def is_within(over: Over, moment: datetime, at: datetime, zone: tzinfo) -> bool:
    """Whether a moment lies in the period that is looked at."""
    begin, end = window(over, at, zone)
    return moment <= at and (begin is None or moment >= begin) and (moment < end or end == at)


# -- one case -------------------------------------------------------------------------------------


def names_of(
    definition: Definition,
    state: State,
    at: datetime,
    zone: tzinfo,
    hours: Hours = (),
) -> Names:
    """What an indicator reads of a case; personal values are not among it.

    Args:
        hours: those of the case's unit; none: it has none.
    """
    wall = at.astimezone(zone)
    own: dict[str, Any] = {"now": wall, "today": wall.date()}
    ended = state.ended_at.astimezone(zone) if state.ended_at is not None else None
    more = {
        END: {"at": ended, "outcome": state.outcome},
        LATE: _late(definition, state, at),
        WORKED: worked(hours),
        OUTSIDE: outside(hours, state.outside, state.ended_at or at),
    }
    taken = (definition.fields, definition.nodes, definition.papers)
    own |= {name: each for name, each in more.items() if not any(name in them for them in taken)}
    return Names(definition, state, {}, zone, own)


def late(state: State, at: datetime) -> dict[str, int]:
    """By node (the case, if empty), how many of its limits ran out before it was done or left, and
    how many have run out of what goes on."""
    found = dict(state.late)
    for clock in state.clocks.values():
        if clock.has_run_out(at):
            found[clock.node] = found.get(clock.node, 0) + 1
    return found


Lateness = Decimal | dict[str, "Lateness"]


def _late(definition: Definition, state: State, at: datetime) -> dict[str, Lateness]:
    """The same as it is read: of each step and block; under `case`, of the whole case."""
    found = late(state, at)
    return {
        **{key: _late_at(definition, key, found) for key in definition.nodes},
        WHOLE_CASE: Decimal(sum(found.values())),
    }


def _late_at(definition: Definition, key: str, found: Mapping[str, int]) -> Lateness:
    """Of a step or block; of a call without limits of its own, of what stands in its process."""
    inside = definition.locals.get(key, {}).items()
    if not inside or definition.nodes[key].limits:
        return Decimal(found.get(key, 0))
    return {
        name: _late_at(definition, each, found) for name, each in inside if each in definition.nodes
    }


def readings(
    indicator: Sampled,
    definition: Definition,
    state: State,
    names: Names,
    at: datetime,
    zone: tzinfo,
) -> Iterator[Reading]:
    """What a case gives: once, or once for each time something was done in it that is meant; its
    name then means that very doing.

    Args:
        names: of the case (`names_of`).
    """
    if indicator.each is None:
        found = reading(indicator, names)
        if found is not None:
            yield found
        return
    node = indicator.each.node
    names_there = definition.names_around(node).items()
    called = next((name for name, key in names_there if key == node), node)
    for made, view in zip(counting(state, node), names[node]["all"], strict=True):
        if indicator.over.which != "done" or is_within(indicator.over, made.at, at, zone):
            inside = Vantage(made.scope, definition.paths[node])
            found = reading(indicator, Inside({called: view}, names.seen_from(inside)))
            if found is not None:
                yield replace(found, item=made.item)


def reading(indicator: Sampled, names: Mapping[str, Any]) -> Reading | None:
    """What a case gives; None where it is not one of those that `where` means."""
    if indicator.where is not None and read(indicator.where, names) is not True:
        return None
    group = ""
    if indicator.per is not None:
        found = read(indicator.per.of, names)
        group = found if isinstance(found, str) else ""
    if indicator.of is None:
        return Reading(value=True, group=group)
    value = read(indicator.of, names)
    wanted: Any = bool if indicator.aggregate in ("count", "share") else Decimal | timedelta
    return Reading(value if isinstance(value, wanted) else None, group)


# -- what is made of them -------------------------------------------------------------------------


def figure(indicator: Sampled, values: Iterable[bool | Value | None]) -> Figure:
    """What is made of the values of the cases."""
    given = list(values)
    known: list[Any] = [each for each in given if each is not None]
    unknown, cases = len(given) - len(known), len(known)
    if indicator.aggregate in ("count", "share"):
        hits = sum(known)
        made: Value | None = Decimal(hits)
        if indicator.aggregate == "share":
            made = _ratio(Decimal(hits), Decimal(cases)) if cases else None
        return Figure(made, hits, cases, unknown)
    return Figure(_made(indicator, known), cases, cases, unknown)


def _made(indicator: Sampled, known: list[Any]) -> Value | None:
    is_time = any(isinstance(each, timedelta) for each in known)
    if is_time and not all(isinstance(each, timedelta) for each in known):
        return None
    numbers = [Decimal(each // _MICROSECOND) if is_time else each for each in known]
    if not numbers and indicator.aggregate != "sum":
        return None
    made = _aggregate(indicator.aggregate, sorted(numbers))
    return timedelta(microseconds=int(made.to_integral_value(ROUND_HALF_UP))) if is_time else made


def _aggregate(word: str, numbers: list[Decimal]) -> Decimal:
    count = len(numbers)
    if word == "sum":
        return _sum(numbers)
    if word == "mean":
        return _ratio(_sum(numbers), Decimal(count))
    if word == "median":
        middle = numbers[(count - 1) // 2 : count // 2 + 1]
        return middle[0] if len(middle) == 1 else _ratio(_sum(middle), Decimal(2))
    if word == "p90":
        return numbers[-(-count * _NINETY // 100) - 1]
    return numbers[0] if word == "min" else numbers[-1]


def _sum(numbers: Iterable[Decimal]) -> Decimal:
    total = Decimal(0)
    for each in numbers:
        total = _EXACT.add(total, each)
    return total


def _ratio(part: Decimal, whole: Decimal) -> Decimal:
    """A ratio, half up to a millionth."""
    return _fine(_EXACT.divide(part, whole))


def _fine(number: Decimal) -> Decimal:
    """A number half up to a millionth, without needless zeros; one beyond all reach as it is."""
    found = number.quantize(_FINE, ROUND_HALF_UP, _EXACT)
    return _EXACT.add(found.normalize(_EXACT), Decimal(0)) if found.is_finite() else number


def derived(
    measure: Derived, values: Mapping[str, Value | None], settings: Mapping[str, Any]
) -> Value | None:
    """What is calculated from the values of other indicators."""
    value = read(measure.of, {**values, "settings": settings})
    if isinstance(value, Decimal):
        return _fine(value)
    return value if isinstance(value, timedelta) else None


def is_met(target: Target, value: Value | None, settings: Mapping[str, Any]) -> bool | None:
    """Whether a value is as it should be; None where there is none, or nothing to hold it
    against."""
    wanted = read(target.of, {"settings": settings})
    if target.percent and isinstance(wanted, Decimal):
        wanted = _EXACT.divide(wanted, Decimal(100))
    if isinstance(value, Decimal) and isinstance(wanted, Decimal):
        return _holds(target.test, value.compare(wanted))
    if isinstance(value, timedelta) and isinstance(wanted, timedelta):
        return _holds(target.test, Decimal((value > wanted) - (value < wanted)))
    return None


def _holds(test: str, order: Decimal) -> bool:
    """Whether a test holds, given -1, 0 or 1 as the value is below, at or above what is wanted."""
    allowed = {
        "=": (0,), "!=": (-1, 1), "<": (-1,), "<=": (-1, 0), ">": (1,), ">=": (0, 1),
    }  # fmt: skip
    return int(order) in allowed[test]


def needed(indicators: Mapping[str, Indicator], names: Iterable[str]) -> tuple[str, ...]:
    """These indicators with all that they are calculated from, in the order of the page."""
    found: set[str] = set()
    left = [name for name in names if name in indicators]
    while left:
        name = left.pop()
        if name not in found:
            found.add(name)
            measure = indicators[name].measure
            left += measure.names if isinstance(measure, Derived) else ()
    return tuple(name for name in indicators if name in found)


def in_order(indicators: Mapping[str, Indicator], names: Iterable[str]) -> tuple[str, ...]:
    """The same so that whatever is calculated comes behind what it is calculated from."""
    wanted, placed = needed(indicators, names), list[str]()
    while len(placed) < len(wanted):
        for name in wanted:
            measure = indicators[name].measure
            behind = measure.names if isinstance(measure, Derived) else ()
            if name not in placed and all(each in placed for each in behind):
                placed.append(name)
    return tuple(placed)
