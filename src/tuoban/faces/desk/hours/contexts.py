"""What the pages of hours are filled with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from tuoban.faces.desk.contexts import RefusalShown, Shell
from tuoban.faces.desk.hours.days import MonthCard, YearView
from tuoban.faces.desk.hours.drafts import Draft
from tuoban.faces.desk.hours.trials import TrialShown
from tuoban.faces.desk.hours.weeks import BarPart, WeekCard
from tuoban.kernel.definition import Text


@dataclass(frozen=True, slots=True)
class CalendarRow:
    """A calendar in the list: who works by it, and its hours today in their zone."""

    key: str
    name: Text
    units: tuple[Text, ...]
    today: str
    today_note: str
    parts: tuple[BarPart, ...]
    doubts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CalendarsContext:
    shell: Shell
    here: str
    rows: tuple[CalendarRow, ...]
    may_edit: bool


@dataclass(frozen=True, slots=True)
class NewCalendarContext:
    shell: Shell
    here: str
    copies: tuple[tuple[str, Text], ...]
    """What a new calendar can begin as: the keys and names of those there are."""
    values: Mapping[str, str]
    problems: Mapping[str, str]
    refusal: RefusalShown | None


@dataclass(frozen=True, slots=True)
class ExceptionRow:
    """An exception in the list; `value` is its hidden entry."""

    day: str
    when: str
    hours: str
    label: str
    problem: str
    value: str


@dataclass(frozen=True, slots=True)
class SavedRow:
    """A version in the history."""

    number: int
    who: str
    at: datetime | None
    note: str
    href: str
    is_shown: bool


@dataclass(frozen=True, slots=True)
class CalendarContext:
    """The page of a calendar. `focus` is the id of the entry to go on with."""

    shell: Shell
    now: datetime
    here: str
    key: str
    name: Text
    units: tuple[Text, ...]
    zone: str
    may_edit: bool
    draft: Draft
    problems: Mapping[str, str]
    names: Mapping[str, str]
    refusal: RefusalShown | None
    is_conflict: bool
    is_changed: bool
    old_version: int | None
    weeks: tuple[WeekCard, ...]
    exceptions: tuple[ExceptionRow, ...]
    year: YearView
    is_drawn_as_saved: bool
    trial: TrialShown
    versions: tuple[SavedRow, ...]
    focus: str


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit of the tree: `depth` 0 is the top, `chosen` a key or empty: as above.

    `was` is what it has as long as nothing is saved; `problem` what speaks against the choice.
    """

    key: str
    name: Text
    depth: int
    chosen: str
    was: str
    above: Text | None
    zone: str
    problem: str


@dataclass(frozen=True, slots=True)
class UnitsContext:
    shell: Shell
    here: str
    may_edit: bool
    rows: tuple[UnitRow, ...]
    calendars: tuple[tuple[str, Text], ...]
    refusal: RefusalShown | None


@dataclass(frozen=True, slots=True)
class PersonHoursRow:
    """Somebody in the list of people's own hours."""

    username: str
    name: str
    unit: Text | None
    differs: tuple[str, ...]
    """What differs from the unit, in words; nothing: the hours of the unit."""


@dataclass(frozen=True, slots=True)
class PeopleHoursContext:
    shell: Shell
    here: str
    rows: tuple[PersonHoursRow, ...]
    q: str


@dataclass(frozen=True, slots=True)
class AbsenceRow:
    number: int
    start: str
    end: str
    zh: str
    en: str
    problems: Mapping[str, str]
    deputy: str = ""
    """The id of whoever does their work meanwhile, who is called `deputy_name`."""
    deputy_name: str = ""
    roles: str = ""
    empowered: bool = False


@dataclass(frozen=True, slots=True)
class MonthView:
    """A month as it results; `href`s are acts that show another."""

    title: str
    previous: str
    next: str
    month: MonthCard


@dataclass(frozen=True, slots=True)
class PersonHoursContext:
    """The page of a person's own hours."""

    shell: Shell
    now: datetime
    here: str
    person: str
    units: tuple[Text, ...]
    zone: str
    may_edit: bool
    draft: Draft
    problems: Mapping[str, str]
    refusal: RefusalShown | None
    is_conflict: bool
    is_changed: bool
    old_version: int | None
    weeks: tuple[WeekCard, ...]
    exceptions: tuple[ExceptionRow, ...]
    absences: tuple[AbsenceRow, ...]
    month: MonthView
    is_drawn_as_saved: bool
    versions: tuple[SavedRow, ...]
    focus: str
