"""The throw-away organisation of a rehearsal: its units, the scenario's cast, and its case, beside
which a schedule may begin others.

Everything goes through the same verbs that serve live cases. The stage lives inside a transaction
that is rolled back, so that nothing of it stays, whatever database it stands on.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from tuoban.kernel.calendars import read_week
from tuoban.kernel.commands import Answer
from tuoban.kernel.definition import INBOX, Definition, Text
from tuoban.kernel.engine import hosts
from tuoban.kernel.language import Packs
from tuoban.kernel.measuring import Value, late
from tuoban.kernel.state import State
from tuoban.runtime.calendars.service import save_version
from tuoban.runtime.calendars.texts import CalendarText, WeekText
from tuoban.runtime.cases import definitions, recurring, service, states
from tuoban.runtime.cases.carrying import carry_out, open_case
from tuoban.runtime.cases.elements import Elements, Where
from tuoban.runtime.cases.indicators import rounds
from tuoban.runtime.cases.messaging.receiving import receive
from tuoban.runtime.cases.messaging.working import carry_all
from tuoban.runtime.cases.models import (
    CalledCase,
    Case,
    Message,
    Notice,
    Outgoing,
    Timer,
    WorkItem,
)
from tuoban.runtime.cases.organisation import Organisation
from tuoban.runtime.people import directory
from tuoban.runtime.people.models import RoleHolding, Unit, User
from tuoban.runtime.rehearsal import halting
from tuoban.runtime.rehearsal.calls import Calls, label_of
from tuoban.runtime.rehearsal.halting import Halted, failed_of, runs_on

ZONE = ZoneInfo("Asia/Shanghai")
NOWHERE = -1
"""The number of no activation."""


class Ambiguous(Exception):
    """A step is open for several elements, which are called so."""

    def __init__(self, step: str, elements: tuple[str, ...]) -> None:
        super().__init__(step, elements)
        self.step = step
        self.elements = elements

    def told(self) -> Text:
        """That it must be said which is meant."""
        zh, en = "、".join(self.elements), ", ".join(self.elements)
        return Text(
            f"“{self.step}”对多项开放（{zh}），请用 of 写明是哪一项",
            f"“{self.step}” is open for several ({en}); say with of which one",
        )


class _Due(NamedTuple):
    """When a timer is due, its row, and of which case it is; the next one is the least."""

    due_at: datetime
    row: int
    case: int


@dataclass(slots=True)
class Stage:
    """Where a scenario is played: its people, its clock, its case once that has begun."""

    definition: Definition
    unit: Unit
    """The unit of the case: where whoever starts it holds the first of their roles."""
    root: Unit
    people: Mapping[str, User]
    now: datetime
    calls: Calls
    case_id: int = 0
    """The case, 0 while it has not begun."""
    notices_before: int = 0
    messages_before: int = 0
    outgoing_before: int = 0
    unit_keys: Mapping[str, str] = field(default_factory=dict)
    """The keys of the units by those that they have in the scenario."""
    packs: Packs = field(default_factory=dict)
    """The packs that may be called."""
    inside: Text | None = None
    """In which case that was called the play is; None: in the one that the scenario begins."""
    begins_by: str = ""
    """The start by whose schedule cases begin."""
    of: str = ""
    """The element whose case is played; empty: the first one."""
    _after: datetime | None = None
    """The moment of the schedule at which cases began last, or from which it is played."""
    _keys: itertools.count[int] = field(default_factory=itertools.count)

    def key(self) -> str:
        """A request key of its own for every move."""
        return f"rehearsal-{next(self._keys)}"

    def person_id(self, name: str) -> str:
        """The id of a member of the cast; any other text as it is."""
        return self.people[name].person_id if name in self.people else name

    def unit_key(self, name: str) -> str:
        """The key of a unit of the scenario; any other text as it is."""
        return self.unit_keys.get(name, name)

    def state(self) -> State:
        return states.read(Case.objects.get(pk=self.case_id), self.definition)

    def open_steps(self, of: tuple[str, ...] = ()) -> frozenset[str]:
        """The steps that are open, for these elements where any are named."""
        rows = WorkItem.objects.filter(case_id=self.case_id, status=WorkItem.OPEN)
        found = rows.values_list("node", "number")
        if not of:
            return frozenset(node for node, _ in found)
        around = self._around()
        return frozenset(node for node, number in found if around[number].is_meant(of))

    def waits(self) -> frozenset[str]:
        """What the case waits for by itself, by the names of the waits."""
        return frozenset(each.node for each in self.state().waits.values())

    def call(self, node: str, of: tuple[str, ...] = ()) -> int | None:
        """The number of a call that is waited for; None if it is not."""
        state = self.state()
        elements = Elements.of(self.definition, state)
        found = (
            each.id
            for each in state.waits.values()
            if each.node == node and (not of or elements.around(each.activation).is_meant(of))
        )
        return next(found, None)

    def answer(self, call: int, outcome: str | None, values: Mapping[str, Any]) -> None:
        """Let a case end that was called, which nobody plays."""
        desk = open_case(self.case_id, self.now)
        carry_out(desk, Answer(call, outcome, "—", values))
        CalledCase.objects.filter(parent=self.case_id, number=call).update(errand="")

    def reaction(self, node: str, of: tuple[str, ...]) -> int | None:
        """Where a reaction is pressed for these elements; None where none are named, `NOWHERE`
        where it is not possible for them."""
        if not of:
            return None
        state = self.state()
        elements = Elements.of(self.definition, state)
        for where in hosts.possible(self.definition, state):
            if where.node == node and elements.around(where.activation).is_meant(of):
                return where.activation
        return NOWHERE

    def enter(self, row: CalledCase) -> None:
        """Go on in a case that was called."""
        if row.case is None:
            raise ValueError(f"call {row.pk} has begun no case")
        self.case_id, self.inside = row.case.pk, label_of(row)
        self.definition = definitions.compiled(row.case.definition)

    def case_count(self) -> int:
        """How many cases there are, beside those that others have called."""
        called = CalledCase.objects.filter(case__isnull=False).values("case_id")
        return self._cases().exclude(pk__in=called).count()

    def _cases(self) -> QuerySet[Case]:
        return Case.objects.filter(unit__path__startswith=self.root.path)

    def item(self, step: str, who: str = "", of: tuple[str, ...] = ()) -> WorkItem | None:
        """The open work item of a step, of several the one that `who` holds; a finished one where
        none is open.

        Args:
            of: for which elements of lists, where it is one of them.

        Raises:
            Ambiguous: it is open for several elements, and nothing says which is meant.
        """
        rows = self._rows(step, of)
        waiting = sorted(rows.filter(status=WorkItem.OPEN), key=lambda each: each.number)
        person = self.people[who].pk if who in self.people else None
        theirs = [each for each in waiting if person is not None and each.person_id == person]
        found = theirs or waiting
        self._check_one(found)
        return found[0] if found else rows.order_by("-number").first()

    def done_item(self, step: str, of: tuple[str, ...] = ()) -> WorkItem | None:
        """The newest work item of a step that was completed."""
        rows = self._rows(step, of).filter(status=WorkItem.DONE)
        return (
            rows.exclude(signing__in=(WorkItem.ASKED, WorkItem.SPEAK)).order_by("-number").first()
        )

    def target(self, step: str, of: tuple[str, ...]) -> tuple[int, ...]:
        """The places in their lists of the elements into which work goes back; those that are
        called like none, as 0."""
        if not of:
            return ()
        state = self.state()
        elements = Elements.of(self.definition, state)
        for made in reversed(state.completions.get(step, ())):
            inner = elements.at(made.scope).inner(len(of))
            if inner.is_meant(of):
                return inner.numbers
        return tuple(int(each) if each.isdecimal() else 0 for each in of)

    def _rows(self, step: str, of: tuple[str, ...]) -> QuerySet[WorkItem]:
        rows = WorkItem.objects.filter(case_id=self.case_id, node=step)
        if not of:
            return rows
        meant = [number for number, where in self._around().items() if where.is_meant(of)]
        return rows.filter(number__in=meant)

    def _around(self) -> dict[int, Where]:
        """Where work stands that is open or done, by its number."""
        state = self.state()
        elements = Elements.of(self.definition, state)
        done = (made for history in state.completions.values() for made in history)
        return {made.item: elements.at(made.scope) for made in done} | {
            item.id: elements.around(item.activation) for item in state.items.values()
        }

    def _check_one(self, found: list[WorkItem]) -> None:
        if len(found) < 2:
            return
        around = self._around()
        if len({around[each.number].numbers for each in found}) > 1:
            raise Ambiguous(found[0].node, tuple(around[each.number].label for each in found))

    def part(self, step: str, who: User) -> int | None:
        """The row of what somebody is asked to sign of a step, else of what they could sign."""
        rows = WorkItem.objects.filter(case_id=self.case_id, node=step, status=WorkItem.OPEN)
        asked = rows.filter(signing__in=(WorkItem.ASKED, WorkItem.SPEAK)).order_by("number")
        held = RoleHolding.objects.filter(user=who).values_list("role", flat=True)
        found = asked.filter(person=who).first() or asked.filter(pools__role__in=held).first()
        return found.pk if found is not None else None

    def move_clock(self, to: datetime) -> None:
        """Let time go by: each timer fires at its own moment, in order."""
        newest = Notice.objects.order_by("-pk").values_list("pk", flat=True).first()
        self.notices_before = newest or 0
        out = Outgoing.objects.order_by("-pk").values_list("pk", flat=True).first()
        self.outgoing_before = out or 0
        sent = Message.objects.order_by("-pk").values_list("pk", flat=True).first()
        self.messages_before = sent or 0
        self._fire_until(to)
        self.now = to

    def change_hours(self, week: Mapping[str, str]) -> None:
        """The unit works by another week, without public holidays; open clocks take it up."""
        calendar = self.root.calendar
        if calendar is None:
            raise RuntimeError("a root has a calendar")
        newest = calendar.versions.latest("number").number
        save_version(calendar, content(week), expected=newest, at=self.now)
        if self.case_id:
            service.recheck(self.case_id, self.now)

    def settle(self) -> None:
        """Fire what has come due at this very moment, and bring messages to where they belong."""
        self._fire_until(self.now)

    def begin_by_message(self, name: str, data: Mapping[str, Any]) -> None:
        """A message comes by which a case begins, which is played from now on."""
        receive(name, data, at=self.now, source="rehearsal")
        known = set(self._cases().values_list("pk", flat=True))
        carry_all(self.now, self.root)
        begun = self._cases().exclude(pk__in=known).order_by("pk").first()
        self.case_id = begun.pk if begun is not None else 0

    def sent(self) -> frozenset[str]:
        """What the case has sent since the clock was last moved."""
        rows = Message.objects.filter(sender=self.case_id, pk__gt=self.messages_before)
        return frozenset(rows.values_list("name", flat=True))

    def begin_by_schedule(self, start: str, of: str) -> None:
        """From now on cases begin by the schedule of a start of the pack."""
        self.begins_by, self.of, self._after = start, of, self.now

    def _fire_until(self, to: datetime) -> None:
        """Let happen what is due until then.

        Raises:
            Halted: there is no end to it, or something fails.
        """
        for _ in range(halting.MOST_AT_ONCE):
            if any(each.messages for each in (self.definition, *self.calls.played.values())):
                carry_all(self.now, self.root)
            if self.calls.carry_out(self.now):
                continue
            timer, begins = self._next_timer(to), self._next_begin(to)
            if begins is not None and (timer is None or begins <= timer.due_at):
                self.now = max(self.now, begins)
                self._begin(begins)
            elif timer is not None:
                self.now = max(self.now, timer.due_at)
                if not service.fire_due_timers(self.now, case_id=timer.case):
                    failed = Timer.objects.get(pk=timer.row)
                    raise Halted(failed_of(failed))
            else:
                return
        raise Halted(runs_on())

    def _next_begin(self, to: datetime) -> datetime | None:
        if self._after is None:
            return None
        recurrence = recurring.recurrence_of(self.definition, self.begins_by)
        found = recurring.next_moment(recurrence, self._after, self._there())
        return found if found is not None and found <= to else None

    def _begin(self, moment: datetime) -> None:
        """Begin the cases of a moment of the schedule; the first one that is meant is played."""
        self._after, there = moment, self._there()
        published = definitions.latest(self.definition.slug)
        for element in recurring.elements_of(published, self.begins_by, there):
            outcome = recurring.begin(
                published, self.begins_by, moment, element, at=self.now, there=there
            )
            if not self.case_id and (not self.of or str(element) == self.unit_key(self.of)):
                self.case_id = outcome.case_id

    def _there(self) -> Organisation:
        """The units of the scenario, and none beside them."""
        everything = directory.snapshot()
        mine = set(
            Unit.objects.filter(path__startswith=self.root.path).values_list("key", flat=True)
        )
        parents = {unit: above for unit, above in everything.parents.items() if unit in mine}
        return Organisation(self.root, replace(everything, parents=parents))

    def _next_timer(self, to: datetime) -> _Due | None:
        rows = Timer.objects.filter(case_id__in=self.calls.cases(self.case_id))
        found = [_Due(*each) for each in rows.values_list("due_at", "id", "case_id")]
        return min((each for each in found if each.due_at <= to), default=None)

    def told(self) -> frozenset[tuple[str, str]]:
        """Who was told something since the clock was last moved, members of the cast and outside
        parties, each with the channel."""
        inbox = Notice.objects.filter(pk__gt=self.notices_before).values_list("user_id", flat=True)
        out = Outgoing.objects.filter(pk__gt=self.outgoing_before)
        sent = list(out.values_list("user_id", "role", "channel"))
        names = {user.pk: name for name, user in self.people.items()}
        told = [(pk, "", INBOX) for pk in inbox] + sent
        return frozenset(
            (names.get(pk, "") if pk is not None else role, channel) for pk, role, channel in told
        )

    def late_limits(self) -> int:
        """How many limits ran out before what they were for was done."""
        return sum(late(self.state(), self.now).values())

    def measured(self, names: Iterable[str]) -> dict[str, Value | None]:
        """What indicators come to over the cases of the stage."""
        scene = rounds.Scene.of(self.definition, names, self.now, self.root.zone)
        cases = rounds.candidates(scene).filter(unit__path__startswith=self.root.path)
        given = [each for case in cases for each in rounds.look_at(scene, case)]
        made = rounds.results(scene, given)
        return {each.indicator: each.figure.value for each in made if each.group is None}


def content(week: Mapping[str, str]) -> CalendarText:
    """A calendar of these hours in every week, holidays being days like others."""
    mon, tue, wed, thu, fri, sat, sun = (
        ", ".join(str(span) for span in spans) for spans in read_week(week).days
    )
    return CalendarText((WeekText("", (mon, tue, wed, thu, fri, sat, sun)),), keeps_holidays=False)
