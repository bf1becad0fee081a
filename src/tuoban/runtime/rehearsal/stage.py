"""The throw-away organisation of a rehearsal: one unit, the scenario's cast, and one case.

Everything goes through the same verbs that serve live cases. The stage lives inside a transaction
that is rolled back, so that nothing of it stays, whatever database it stands on.
"""

from __future__ import annotations

import itertools
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from tuoban.kernel import events as e
from tuoban.kernel.calendars import read_week
from tuoban.kernel.clocks import Stopped
from tuoban.kernel.definition import Definition
from tuoban.kernel.engine import evolve
from tuoban.kernel.language import compile_pack
from tuoban.kernel.limits import MOMENT, OPENS
from tuoban.kernel.state import NEW, State
from tuoban.runtime.calendars.service import create_calendar, save_version
from tuoban.runtime.calendars.texts import CalendarText, WeekText
from tuoban.runtime.cases import definitions, journal, service, states
from tuoban.runtime.cases.models import Case, JournalEntry, Notice, Timer, WorkItem
from tuoban.runtime.people.models import Unit, User
from tuoban.runtime.people.service import create_unit, create_user, grant

ZONE = ZoneInfo("Asia/Shanghai")
_ALARMS = frozenset({"soon-due", "overdue", "escalated", "nobody", "urged", "copied"})


@dataclass(slots=True)
class Stage:
    """Where a scenario is played: its people, its clock, its case once that has begun."""

    definition: Definition
    unit: Unit
    people: Mapping[str, User]
    now: datetime
    case_id: int = 0
    """The case, 0 while it has not begun."""
    notices_before: int = 0
    _keys: itertools.count[int] = field(default_factory=itertools.count)

    def key(self) -> str:
        """A request key of its own for every move."""
        return f"rehearsal-{next(self._keys)}"

    def state(self) -> State:
        return states.read(Case.objects.get(pk=self.case_id), self.definition)

    def open_steps(self) -> frozenset[str]:
        rows = WorkItem.objects.filter(case_id=self.case_id, status=WorkItem.OPEN)
        return frozenset(rows.values_list("node", flat=True))

    def case_count(self) -> int:
        return Case.objects.filter(unit=self.unit).count()

    def item(self, step: str) -> WorkItem | None:
        """The open work item of a step; a finished one where none is open."""
        rows = WorkItem.objects.filter(case_id=self.case_id, node=step)
        found = rows.filter(status=WorkItem.OPEN).first()
        return found or rows.order_by("-number").first()

    def done_item(self, step: str) -> WorkItem | None:
        """The newest work item of a step that was completed."""
        rows = WorkItem.objects.filter(case_id=self.case_id, node=step, status=WorkItem.DONE)
        return rows.order_by("-number").first()

    def move_clock(self, to: datetime) -> None:
        """Let time go by: each timer fires at its own moment, in order."""
        newest = Notice.objects.order_by("-pk").values_list("pk", flat=True).first()
        self.notices_before = newest or 0
        self._fire_until(to)
        self.now = to

    def change_hours(self, week: Mapping[str, str]) -> None:
        """The unit works by another week, without public holidays; open clocks take it up."""
        calendar = self.unit.calendar
        if calendar is None:
            raise RuntimeError("a root has a calendar")
        newest = calendar.versions.latest("number").number
        save_version(calendar, _content(week), expected=newest, at=self.now)
        if self.case_id:
            service.recheck(self.case_id, self.now)

    def settle(self) -> None:
        """Fire what has come due at this very moment."""
        self._fire_until(self.now)

    def _fire_until(self, to: datetime) -> None:
        while (timer := self._next_timer(to)) is not None:
            self.now = max(self.now, timer.due_at)
            if not service.fire_due_timers(self.now, case_id=self.case_id):
                raise RuntimeError(f"timer {timer.timer} does not fire: {timer.error}")

    def _next_timer(self, to: datetime) -> Timer | None:
        due = Timer.objects.filter(case_id=self.case_id, due_at__lte=to)
        return due.order_by("due_at", "id").first()

    def told(self) -> frozenset[str]:
        """Who has been alarmed since the clock was last moved."""
        rows = Notice.objects.filter(pk__gt=self.notices_before, code__in=_ALARMS)
        ids = set(rows.values_list("user_id", flat=True))
        return frozenset(name for name, user in self.people.items() if user.pk in ids)

    def late_limits(self) -> int:
        """How many limits ran out before what they were for was done."""
        late = set()
        state = NEW
        for entry in JournalEntry.objects.filter(case_id=self.case_id).order_by("seq"):
            for event in journal.events_of(entry):
                if isinstance(event, e.ClockChanged) and isinstance(event.entry, Stopped):
                    clock = state.clocks[event.clock]
                    if clock.limit not in (OPENS, MOMENT) and _ran_out(clock.due, event.entry.at):
                        late.add(event.clock)
                state = evolve(self.definition, state, event)
        running = (each for each in state.clocks.values() if each.limit not in (OPENS, MOMENT))
        return len(late) + sum(_ran_out(each.due, self.now) for each in running)


def _ran_out(due: datetime | None, at: datetime) -> bool:
    return due is not None and due < at


def _content(week: Mapping[str, str]) -> CalendarText:
    mon, tue, wed, thu, fri, sat, sun = (
        ", ".join(str(span) for span in spans) for spans in read_week(week).days
    )
    return CalendarText((WeekText("", (mon, tue, wed, thu, fri, sat, sun)),), keeps_holidays=False)


def set_up(
    text: str,
    translations: str,
    cast: Mapping[str, tuple[str, ...]],
    now: datetime,
    week: Mapping[str, str] | None = None,
) -> Stage:
    """Publish the pack and hire the cast, in a unit of their own.

    Args:
        week: the hours of the unit; without it the standard ones.

    Raises:
        PackError: the pack cannot be compiled.
    """
    mark = uuid.uuid4().hex[:8]
    definition = compile_pack(text, translations=translations)
    definitions.publish(definition.slug, text, translations, now)
    calendar = None
    if week is not None:
        calendar = create_calendar(f"stage-{mark}", "排练", "Rehearsal", _content(week), at=now)
    unit = create_unit(f"stage-{mark}", "排练", "Rehearsal", calendar=calendar)
    people = {}
    for name, roles in cast.items():
        people[name] = create_user(f"{name}-{mark}", name, at=now)
        for role in roles:
            grant(people[name], role, unit)
    return Stage(definition, unit, people, now)
