"""Why a limit runs out when it does, in a sentence, and what is doubtful about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, tzinfo

from tuoban.kernel.calendars import Finding, warnings
from tuoban.kernel.calendars.instants import local_date, micros_of, moment_of
from tuoban.kernel.clocks.counting import spent
from tuoban.kernel.clocks.history import History, Pause, Run, history
from tuoban.kernel.clocks.ledger import (
    CalendarChanged,
    Calendars,
    Ledger,
    Limit,
    LimitChanged,
    Started,
    Unset,
    Until,
    Within,
)
from tuoban.kernel.clocks.lengths import Length, Measure
from tuoban.kernel.clocks.standing import (
    Amount,
    counts_by_calendar,
    due_place,
    measure_of,
    parts,
    standing,
)
from tuoban.kernel.clocks.wording import (
    amount_text,
    calendar_text,
    joined,
    moment_text,
    number_text,
)
from tuoban.kernel.text import Text


def sentence(ledger: Ledger, calendars: Calendars, now: datetime) -> Text:
    """`接车 08:05 + 2 工作小时，城东店日历，无暂停 = 10:05`, as the ledger stands at `now`.

    Moments are those of the calendar's zone. Dates are named where the limit does not run out on
    the date on which it began. The sum has what made it: pauses and calendars until the limit ran
    out. A clock that stands still is told to do so.

    Raises:
        ClockError, CalendarError: as for `due`.
    """
    return _Sentence(ledger.until(now), calendars, now).text()


class _Sentence:
    def __init__(self, ledger: Ledger, calendars: Calendars, now: datetime) -> None:
        self.ledger = ledger
        self.calendars = calendars
        self.now = now
        self.past = history(ledger, calendars)
        self.zone: tzinfo = self.past.calendar.zone
        reached = due_place(self.past)
        self.due = moment_of(reached.at) if reached is not None else None
        self.begins = ledger.start.begun

    def text(self) -> Text:
        pieces = [self._sum(), *self._beside()]
        whole = _listed(pieces)
        limit = self.past.limit
        if self.due is not None and (
            isinstance(limit, Within) or self.past.extensions or self._offset()
        ):
            beside = limit.moment if isinstance(limit, Until) else self.begins
            if isinstance(limit, Until) and limit.basis is not None:
                beside = limit.basis.moment
            whole = joined(whole, Text(" = ", " = "), moment_text(self.due, self.zone, beside))
        return joined(whole, self._standing_still())

    def _sum(self) -> Text:
        """`接车 08:05 + 2 工作小时 + 延期 1 工作小时`."""
        limit = self.past.limit
        if isinstance(limit, Unset):
            return Text("时限未定", "no limit yet")
        if isinstance(limit, Within):
            label = self.ledger.start.label
            begun = moment_text(self.begins, self.zone, self.due or self.now)
            found = [Text(f"{label.zh} {begun.zh}".strip(), f"{label.en} {begun.en}".strip())]
            found.append(joined(Text(" + ", " + "), self._limit(limit), self._before()))
        else:
            found = [joined(self._basis(limit), self._before())]
        for each in self.past.extensions:
            found.append(joined(Text(" + 延期 ", " + extension "), each.text))
        return joined(*found)

    def _basis(self, limit: Until) -> Text:
        """`预约 3月4日 周三 10:00 − 1 个工作日`, or the moment alone where it says nothing more."""
        basis = limit.basis
        if basis is None:
            return joined(Text("期限 ", "limit "), self._limit(limit))
        base = moment_text(basis.moment, self.zone, self.now)
        whole = Text(f"{basis.label.zh} {base.zh}", f"{basis.label.en} {base.en}")
        if basis.offset is None:
            return whole
        sign = Text(" − ", " − ") if basis.back else Text(" + ", " + ")
        return joined(whole, sign, basis.offset.text)

    def _offset(self) -> Length | None:
        """How far from what it was read from the moment lies."""
        limit = self.past.limit
        return limit.basis.offset if isinstance(limit, Until) and limit.basis else None

    def _before(self) -> Text:
        """`（09:30 起，原为 4 工作小时：优先级改为紧急）`, of the last change of the limit."""
        before: list[Limit] = []
        changed: LimitChanged | None = None
        for entry in self.ledger.entries:
            if not isinstance(entry, Started | LimitChanged) or isinstance(entry.limit, Unset):
                continue
            if before and entry.limit != before[-1] and isinstance(entry, LimitChanged):
                changed = entry
            if not before or entry.limit != before[-1]:
                before.append(entry.limit)
        if changed is None:
            return Text("", "")
        since = moment_text(changed.at, self.zone, self.begins)
        old = self._limit(before[-2])
        was = "原为" if len(before) == 2 else "此前为"
        zh = f"：{changed.reason.zh}" if changed.reason.zh else ""
        en = f": {changed.reason.en}" if changed.reason.en else ""
        return Text(
            f"（{since.zh} 起，{was} {old.zh}{zh}）",
            f" (since {since.en}, before that {old.en}{en})",
        )

    def _beside(self) -> Iterator[Text]:
        if counts_by_calendar(self.past):
            yield from self._calendars()
        elif parts(self.past) or self._offset() is not None:
            yield Text("按自然时间", "in elapsed time")
        if isinstance(self.past.limit, Within):
            yield self._pauses()

    def _calendars(self) -> Iterator[Text]:
        changes = [each for each in self.ledger.entries if isinstance(each, CalendarChanged)]
        begins = micros_of(self.begins)
        first = [each.calendar for each in changes if micros_of(each.at) <= begins]
        name = first[-1] if first else self.ledger.start.calendar
        yield self._named(name)
        for entry in changes[len(first) :]:
            if entry.calendar == name or not self._counts(micros_of(entry.at)):
                continue
            before, name = self.calendars[name].label, entry.calendar
            since = moment_text(entry.at, self.zone, self.begins)
            named = self._named(name, changed=before == self.calendars[name].label)
            yield Text(f"{since.zh} 起{named.zh}", f"from {since.en} {named.en}")

    def _counts(self, at: int) -> bool:
        """Whether what happens at an instant can move the due moment."""
        return self.due is None or at < micros_of(self.due)

    def _named(self, calendar: str, *, changed: bool = False) -> Text:
        return calendar_text(self.calendars[calendar].label, changed=changed)

    def _pauses(self) -> Text:
        pauses = [each for each in self.past.pauses if self._counts(each.start)]
        if not self.past.pauses:
            return Text("无暂停", "no pauses")
        if not pauses:
            return Text("期内无暂停", "no pauses in that time")
        stopped = self.past.stopped
        now = micros_of(self.now) if stopped is None else stopped
        amount = amount_text(_held(self.past, pauses, now))
        number = sum(not each.goes_on for each in pauses)
        return Text(
            f"暂停 {number} 次（{amount.zh}）",
            f"{number_text(number, 'pause', 'pauses')} ({amount.en})",
        )

    def _standing_still(self) -> Text:
        """`；10:15 起暂停，还剩 45 分钟工作时间`; nothing of a clock that runs."""
        paused, stopped = self.past.paused, self.past.stopped
        if paused is None or (self.due is not None and stopped is not None):
            return Text("", "")
        since = moment_text(moment_of(paused), self.zone, self.begins)
        still = Text(f"；{since.zh} 起暂停", f"; paused since {since.en}")
        if self.due is not None or isinstance(self.past.limit, Unset):
            return still
        left = amount_text(standing(self.ledger, self.calendars, self.now).remaining)
        if stopped is None:
            return joined(still, Text(f"，还剩 {left.zh}", f", {left.en} left"))
        done = moment_text(moment_of(stopped), self.zone, self.begins)
        return joined(
            still,
            Text(f"，{done.zh} 完成时还剩 {left.zh}", f", done at {done.en} with {left.en} left"),
        )

    def _limit(self, limit: Limit) -> Text:
        if isinstance(limit, Unset):
            return Text("未定", "none")
        if isinstance(limit, Until):
            return moment_text(limit.moment, self.zone, self.begins, dated=True)
        if limit.length.measure is Measure.WORKDAYS:
            return joined(limit.length.text, Text("（当天不计）", " (the first day not counted)"))
        return limit.length.text


def _listed(pieces: list[Text]) -> Text:
    return Text("，".join(each.zh for each in pieces), ", ".join(each.en for each in pieces))


def _held(past: History, pauses: Iterable[Pause], now: int) -> Amount:
    """What would have been counted during the pauses."""
    measure, first = measure_of(past), past.runs[0]
    held = (Run(each.start, each.end, each.calendar, each.start) for each in pauses)
    return Amount(measure, spent(measure, (first._replace(end=first.start), *held), now))


def doubts(ledger: Ledger, calendars: Calendars, now: datetime) -> tuple[Finding, ...]:
    """Warnings about the calendars from the start until the due moment, or `now` without one.

    Limits that do not count by a calendar have none.

    Raises:
        ClockError, CalendarError: as for `due`.
    """
    past = history(ledger.until(now), calendars)
    if not counts_by_calendar(past):
        return ()
    reached = due_place(past)
    latest = micros_of(now) if reached is None else reached.at
    found: dict[tuple[str, str], Finding] = {}
    for run in past.runs:
        end = latest if run.end is None else min(run.end, latest)
        zone = run.calendar.zone
        if end < run.start:
            continue
        for each in warnings(run.calendar, local_date(run.start, zone), local_date(end, zone)):
            found[each.code, each.describe("en")] = each
    return tuple(found.values())
