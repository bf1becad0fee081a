"""The throw-away organisation of a rehearsal: its units, the scenario's cast, and one case.

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
from tuoban.kernel.engine import evolve, hosts
from tuoban.kernel.language import Bases, PackText, compile_pack
from tuoban.kernel.limits import is_due
from tuoban.kernel.state import NEW, State
from tuoban.runtime.calendars.service import create_calendar, save_version
from tuoban.runtime.calendars.texts import CalendarText, WeekText
from tuoban.runtime.cases import definitions, journal, service, settings, states
from tuoban.runtime.cases.elements import Elements
from tuoban.runtime.cases.models import Case, JournalEntry, Notice, Timer, WorkItem
from tuoban.runtime.people.models import Unit, User
from tuoban.runtime.people.service import create_unit, create_user, grant, set_head, set_skills
from tuoban.runtime.rehearsal.scenario import Scenario

ZONE = ZoneInfo("Asia/Shanghai")
NOWHERE = -1
"""The number of no activation."""


@dataclass(slots=True)
class Stage:
    """Where a scenario is played: its people, its clock, its case once that has begun."""

    definition: Definition
    unit: Unit
    """The unit of the case: where whoever starts it holds the first of their roles."""
    root: Unit
    people: Mapping[str, User]
    now: datetime
    case_id: int = 0
    """The case, 0 while it has not begun."""
    notices_before: int = 0
    _keys: itertools.count[int] = field(default_factory=itertools.count)

    def key(self) -> str:
        """A request key of its own for every move."""
        return f"rehearsal-{next(self._keys)}"

    def person_id(self, name: str) -> str:
        """The id of a member of the cast; any other text as it is."""
        return self.people[name].person_id if name in self.people else name

    def state(self) -> State:
        return states.read(Case.objects.get(pk=self.case_id), self.definition)

    def open_steps(self) -> frozenset[str]:
        rows = WorkItem.objects.filter(case_id=self.case_id, status=WorkItem.OPEN)
        return frozenset(rows.values_list("node", flat=True))

    def waits(self) -> frozenset[str]:
        """What the case waits for by itself, by the names of the waits."""
        return frozenset(each.node for each in self.state().waits.values())

    def reaction(self, node: str, of: tuple[int, ...]) -> int | None:
        """Where a reaction is pressed for these elements; None where none are named, `NOWHERE`
        where it is not possible for them."""
        if not of:
            return None
        state = self.state()
        elements = Elements.of(self.definition, state)
        for where in hosts.possible(self.definition, state):
            if where.node == node and of == elements.around(where.activation).numbers:
                return where.activation
        return NOWHERE

    def case_count(self) -> int:
        return Case.objects.filter(unit__path__startswith=self.root.path).count()

    def item(self, step: str, who: str = "", of: tuple[int, ...] = ()) -> WorkItem | None:
        """The open work item of a step, of several the one that `who` holds; a finished one where
        none is open.

        Args:
            of: for which elements of lists, where it is one of them.
        """
        rows = WorkItem.objects.filter(case_id=self.case_id, node=step)
        if of:
            state = self.state()
            elements = Elements.of(self.definition, state)
            items = (i for i in state.items.values() if elements.around(i.activation).numbers == of)
            rows = rows.filter(number__in=[each.id for each in items])
        waiting = rows.filter(status=WorkItem.OPEN).order_by("number")
        theirs = waiting.filter(person=self.people.get(who))
        found = (theirs.first() if who in self.people else None) or waiting.first()
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
        calendar = self.root.calendar
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
        """Who was given a notice since the clock was last moved."""
        rows = Notice.objects.filter(pk__gt=self.notices_before)
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
                    if is_due(clock.limit) and _ran_out(clock.due, event.entry.at):
                        late.add(event.clock)
                state = evolve(self.definition, state, event)
        running = (each for each in state.clocks.values() if is_due(each.limit))
        return len(late) + sum(_ran_out(each.due, self.now) for each in running)


def _ran_out(due: datetime | None, at: datetime) -> bool:
    return due is not None and due < at


def _content(week: Mapping[str, str]) -> CalendarText:
    mon, tue, wed, thu, fri, sat, sun = (
        ", ".join(str(span) for span in spans) for spans in read_week(week).days
    )
    return CalendarText((WeekText("", (mon, tue, wed, thu, fri, sat, sun)),), keeps_holidays=False)


def set_up(
    scenario: Scenario,
    text: str,
    translations: str,
    now: datetime,
    bases: Bases | None = None,
) -> Stage:
    """Publish the pack and hire the cast, in units of their own.

    Args:
        bases: packs that the pack may extend.

    Raises:
        PackError: the pack cannot be compiled.
        Refused: the settings cannot be set so, or a required one is not set.
        ExclusiveRoles: somebody has two roles in the cast that exclude one another.
    """
    mark = uuid.uuid4().hex[:8]
    definition = compile_pack(text, translations=translations or None, bases=bases)
    if scenario.settings:
        pack = settings.Pack(definition, PackText(text, translations or None), bases or {})
        settings.change(pack, scenario.settings, at=now)
    definitions.publish(definition.slug, text, translations, now, bases)
    units = _units(scenario, mark, now)
    root = next(iter(units.values()))
    people = {}
    for name, holdings in scenario.cast.items():
        people[name] = create_user(f"{name}-{mark}", name, at=now)
        for role, unit in holdings:
            grant(people[name], role, units[unit], excluded=definition.exclusions)
        set_skills(people[name], scenario.skills.get(name, ()))
    for key, each in scenario.units.items():
        if each.head:
            set_head(units[key], people[each.head])
    held = scenario.cast.get(scenario.begin.who)
    return Stage(definition, units[held[0].unit] if held else root, root, people, now)


def _units(scenario: Scenario, mark: str, now: datetime) -> dict[str, Unit]:
    """The units by the keys they have in the scenario, the topmost first."""
    calendar = None
    if scenario.hours is not None:
        content = _content(scenario.hours)
        calendar = create_calendar(f"stage-{mark}", "排练", "Rehearsal", content, at=now)
    if not scenario.units:
        return {"": create_unit(f"stage-{mark}", "排练", "Rehearsal", calendar=calendar)}
    units: dict[str, Unit] = {}
    for key, each in scenario.units.items():
        units[key] = create_unit(
            f"{key}-{mark}",
            key,
            key,
            parent=units[each.above] if each.above else None,
            calendar=None if each.above else calendar,
            level=each.level,
        )
    return units
