"""The ledger of a clock as people read it: what happened, what it counted, when it runs out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, tzinfo

from tuoban.kernel.calendars.instants import micros_of, moment_of
from tuoban.kernel.clocks.counting import spent_by
from tuoban.kernel.clocks.history import history
from tuoban.kernel.clocks.ledger import (
    CalendarChanged,
    Calendars,
    Entry,
    Extended,
    Ledger,
    Limit,
    LimitChanged,
    Paused,
    Resumed,
    Started,
    Stopped,
    Unset,
    Within,
)
from tuoban.kernel.clocks.standing import Amount, counts_by_calendar, due_place, measure_of
from tuoban.kernel.clocks.wording import calendar_text, joined, moment_text
from tuoban.kernel.text import Text


@dataclass(frozen=True, slots=True)
class Row:
    """A line: when, in the calendar's zone; what; what was counted since the line before, and
    altogether, in the measure of the limit in force."""

    at: datetime
    what: Text
    counted: Amount
    total: Amount


DUE, OPENING = Text("到期", "due"), Text("开放", "opens")
GOING_ON = Text("继续", "goes on")


def rows(
    ledger: Ledger, calendars: Calendars, now: datetime, reached: Text = DUE
) -> tuple[Row, ...]:
    """The entries up to `now` in order of time, and the due moment where there is one.

    Args:
        reached: what comes at the due moment.

    Raises:
        ClockError, CalendarError: as for `due`.
    """
    known = ledger.until(now)
    past = history(known, calendars)
    zone, measure = past.calendar.zone, measure_of(past)
    lines = list(_lines(known, calendars, zone, by_calendar=counts_by_calendar(past)))
    place = due_place(past)
    if place is not None:
        lines.append((moment_of(place.at), reached))
    lines.sort(key=lambda line: micros_of(line[0]))
    instants = [micros_of(at) for at, _ in lines]
    if past.stopped is not None:
        instants = [min(each, past.stopped) for each in instants]
    found, before = [], 0
    for (at, what), total in zip(lines, spent_by(measure, past.runs, instants), strict=True):
        counted = Amount(measure, total - before)
        found.append(Row(at.astimezone(zone), what, counted, Amount(measure, total)))
        before = total
    return tuple(found)


def _lines(
    ledger: Ledger, calendars: Calendars, zone: tzinfo, *, by_calendar: bool
) -> Iterator[tuple[datetime, Text]]:
    """What each entry says; of calendars nothing where none of them counts."""
    label: Text | None = None
    for entry in ledger.entries:
        named = Text("", "")
        if isinstance(entry, Started | CalendarChanged):
            if not by_calendar and isinstance(entry, CalendarChanged):
                continue
            before, label = label, calendars[entry.calendar].label
            named = calendar_text(label, changed=before == label)
        yield entry.at, _what(entry, named if by_calendar else _ELAPSED, zone)


_ELAPSED = Text("按自然时间", "in elapsed time")


def _what(entry: Entry, named: Text, zone: tzinfo) -> Text:
    match entry:
        case Started():
            label = entry.label if entry.label.zh else Text("开始", "start")
            if entry.begun != entry.at:
                begins = moment_text(entry.begun, zone, entry.at)
                label = Text(f"{label.zh} {begins.zh} 起计", f"{label.en}, from {begins.en}")
            limit = _limit(entry.limit, zone, entry.at)
            if not isinstance(entry.limit, Within) and named == _ELAPSED:
                return Text(f"{label.zh}：{limit.zh}", f"{label.en}: {limit.en}")
            return Text(
                f"{label.zh}：{limit.zh}，{named.zh}", f"{label.en}: {limit.en}, {named.en}"
            )
        case Paused():
            return _with_reason(Text("暂停", "paused"), entry.reason)
        case Resumed():
            return Text("恢复", "resumed")
        case LimitChanged():
            changed = joined(Text("时限改为 ", "limit now "), _limit(entry.limit, zone, entry.at))
            return _with_reason(changed, entry.reason)
        case CalendarChanged():
            return joined(Text("改用", "now "), named)
        case Extended():
            extended = joined(Text("延期 ", "extended by "), entry.by.text)
            return _with_reason(extended, entry.reason)
        case Stopped():
            return Text("完成", "done")


def _limit(limit: Limit, zone: tzinfo, at: datetime) -> Text:
    if isinstance(limit, Within):
        return limit.length.text
    if isinstance(limit, Unset):
        return Text("未定", "not set")
    return joined(Text("到 ", "until "), moment_text(limit.moment, zone, at, dated=True))


def _with_reason(what: Text, reason: Text) -> Text:
    if not reason.zh:
        return what
    return joined(what, Text(f"：{reason.zh}", f": {reason.en}"))
