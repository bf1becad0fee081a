"""Trying a time limit on a calendar that is not saved yet: when it would run out, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from tuoban.faces.desk.hours.drafts import Trial
from tuoban.faces.reader import page_language
from tuoban.kernel.calendars import Calendar, CalendarError
from tuoban.kernel.clocks import (
    ClockError,
    Ledger,
    Started,
    Within,
    amount_text,
    doubts,
    due,
    moment_text,
    read_length,
    rows,
    sentence,
)
from tuoban.kernel.definition import Text

_NAME = "tried"
_LABEL = Text("开始", "start")


@dataclass(frozen=True, slots=True)
class TrialRow:
    at: str
    what: str
    total: str


@dataclass(frozen=True, slots=True)
class TrialShown:
    """What came of a trial; `before` is what the calendar in force gives, where that differs."""

    at_problem: str = ""
    length_problem: str = ""
    due: str = ""
    sentence: str = ""
    rows: tuple[TrialRow, ...] = ()
    doubts: tuple[str, ...] = ()
    before: str = ""


def tried(trial: Trial, hours: Calendar, in_force: Calendar, zone: ZoneInfo) -> TrialShown:
    """Try the limit on the calendar as edited, and on the one in force."""
    at = _moment(trial.at, zone)
    at_problem = _("Write the moment like 2026-03-02 09:00.") if at is None else ""
    try:
        length = read_length(trial.length)
    except ClockError as error:
        return TrialShown(at_problem, error.describe(page_language()))
    if at is None:
        return TrialShown(at_problem)
    ledger = Ledger((Started(at, Within(length), _NAME, _LABEL),))
    try:
        return _shown(ledger, hours, in_force, at)
    except CalendarError as error:
        return TrialShown(length_problem=error.describe(page_language()))


def _shown(ledger: Ledger, hours: Calendar, in_force: Calendar, at: datetime) -> TrialShown:
    calendars = {_NAME: hours}
    reached = due(ledger, calendars)
    before = due(ledger, {_NAME: in_force})
    return TrialShown(
        due=_words(reached, hours, at),
        sentence=sentence(ledger, calendars, at).read(page_language()),
        rows=tuple(
            TrialRow(
                _words(each.at, hours, at),
                each.what.read(page_language()),
                amount_text(each.total).read(page_language()),
            )
            for each in rows(ledger, calendars, at)
        ),
        doubts=tuple(each.describe(page_language()) for each in doubts(ledger, calendars, at)),
        before=_words(before, hours, at) if before != reached else "",
    )


def _words(moment: datetime | None, hours: Calendar, at: datetime) -> str:
    """A moment with its date, and with its year where that is not the year of the trial."""
    if moment is None:
        return ""
    return moment_text(moment, hours.zone, at, dated=True).read(page_language())


def _moment(text: str, zone: ZoneInfo) -> datetime | None:
    """The moment of `2026-03-02T09:00` on the wall."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment.replace(tzinfo=zone) if moment.tzinfo is None else None
