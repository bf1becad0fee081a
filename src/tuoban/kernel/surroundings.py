"""Surroundings: everything a decision may look at beyond the case itself, as one immutable value.

The shell gathers it; the kernel has no clock, no directory and no store of its own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from tuoban.kernel.activities import Answer
from tuoban.kernel.calendars import Calendar, round_the_clock
from tuoban.kernel.clocks import Calendars
from tuoban.kernel.immutable import immutable

if TYPE_CHECKING:
    from tuoban.kernel.definition import Definition


@dataclass(frozen=True, slots=True)
class Hours:
    """Whose hours count: which calendar holds for which unit and person, at one moment.

    A calendar is known by a name that stands for one unchanging value: whoever edits a calendar
    makes another name. A ledger keeps the name, so that it can always be computed again.

    Attributes:
        calendars: every calendar by its name, those that no longer hold included.
        units: unit → the name of its calendar.
        keys: (a calendar's key, unit) → the name of that calendar in the unit's time zone.
        people: person → the name of the hours of their own, laid over those of a unit.
    """

    calendars: Calendars = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    keys: Mapping[tuple[str, str], str] = field(default_factory=dict)
    people: Mapping[str, str] = field(default_factory=dict)

    def of_performer(self, person: str | None, unit: str) -> str | None:
        """The name of the person's hours in a unit; None: the unit has no calendar.

        A person without hours of their own, and nobody, has those of the unit.
        """
        name = self.units.get(unit)
        own = self.people.get(person) if person is not None else None
        return f"{name}+{own}" if name is not None and own is not None else name


_ALWAYS = "always@0/"


class KnownCalendars(Mapping[str, Calendar]):
    """The calendars of some hours, and round the clock in every zone."""

    __slots__ = ("_calendars", "_zone", "always")

    def __init__(self, hours: Hours, zone: tzinfo) -> None:
        self._calendars = hours.calendars
        self._zone = zone
        self.always = f"{_ALWAYS}{zone}"
        """The name of the one that is always at work, in the zone of the case."""

    def __getitem__(self, name: str) -> Calendar:
        if name == self.always:
            return round_the_clock(self._zone)
        if name in self._calendars or not name.startswith(_ALWAYS):
            return self._calendars[name]
        return round_the_clock(ZoneInfo(name.removeprefix(_ALWAYS)))

    def __iter__(self) -> Iterator[str]:
        yield from self._calendars

    def __len__(self) -> int:
        return len(self._calendars)


@dataclass(frozen=True, slots=True)
class Deputy:
    """Who does the work of somebody who is away.

    Attributes:
        roles: the roles whose work they do; empty: all of it.
        empowered: the absence lets them do what they lack the role or a skill for.
    """

    person: str
    roles: frozenset[str] = frozenset()
    empowered: bool = False


@dataclass(frozen=True, slots=True)
class Directory:
    """Who holds which role where, at one moment. Ids are strings; units form a tree."""

    holders: Mapping[tuple[str, str], frozenset[str]]
    """(role, unit) → the active people who hold the role in that unit itself."""
    parents: Mapping[str, str | None]
    heads: Mapping[str, str] = field(default_factory=dict)
    people: frozenset[str] = frozenset()
    """Everybody who is active."""
    levels: Mapping[str, str] = field(default_factory=dict)
    """unit → what kind of unit it is (`city`, `branch`), where that is said."""
    skills: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """person → what they are able to do (`welding`), where anything is said."""
    administrators: frozenset[str] = frozenset()
    """Those of the people who look after the installation, whatever they do in cases."""
    away: Mapping[str, Deputy | None] = field(default_factory=dict)
    """person → who does their work while they are away; None: nobody does."""
    exclusive: frozenset[tuple[str, str]] = frozenset()
    """Pairs of roles that nobody may hold both of."""

    def upwards(self, unit: str) -> Iterable[str]:
        """The unit, its parent, and so on to the root."""
        at: str | None = unit
        while at is not None:
            yield at
            at = self.parents.get(at)

    def nearest(self, roles: Iterable[str], unit: str) -> str | None:
        """The nearest unit, from `unit` upwards, where somebody holds one of the roles."""
        wanted = tuple(roles)
        for each in self.upwards(unit):
            if any(self.holders.get((role, each)) for role in wanted):
                return each
        return None

    def holds(self, person: str, roles: Iterable[str], unit: str) -> bool:
        """Whether the person holds one of the roles in exactly that unit."""
        return any(person in self.holders.get((role, unit), frozenset()) for role in roles)

    def all_holding(self, roles: Iterable[str], unit: str) -> frozenset[str]:
        return frozenset().union(*(self.holders.get((role, unit), frozenset()) for role in roles))

    def excludes_any(self, person: str, roles: Collection[str]) -> bool:
        """Whether the person holds, anywhere, a role that excludes one of these."""
        if not self.exclusive:
            return False
        barring = {one for one, other in self.exclusive if other in roles}
        barring |= {other for one, other in self.exclusive if one in roles}
        return any(role in barring and person in held for (role, _), held in self.holders.items())

    def missing(self, person: str, skills: Collection[str]) -> tuple[str, ...]:
        """Which of these skills the person lacks."""
        if not skills:
            return ()
        held = self.skills.get(person, frozenset())
        return tuple(skill for skill in skills if skill not in held)

    def head(self, unit: str) -> str | None:
        """The active head of the unit, else of the nearest unit above that has one."""
        for each in self.upwards(unit):
            if (person := self.heads.get(each)) in self.people:
                return person
        return None

    def head_at_hand(self, unit: str) -> str | None:
        """The nearest head upwards who is not away; where all are, the nearest."""
        for each in self.upwards(unit):
            person = self.heads.get(each)
            if person in self.people and person not in self.away:
                return person
        return self.head(unit)


@dataclass(frozen=True, slots=True)
class Workload:
    """Who has how much to do, and whose turn it was, at one moment; gathered only for processes
    that pick by it.

    Attributes:
        held: person → how many open work items they hold in other cases.
        given: step → person → the place of the newest work of that step which they were given, in
            whatever case, among all work: the higher, the later.
    """

    held: Mapping[str, int] = field(default_factory=dict)
    given: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


@immutable(frozen=True, slots=True)
class Surroundings:
    """What one decision may use.

    Attributes:
        at: the instant, aware.
        zone: the time zone of the case's unit, in which dates begin and typed times are meant.
        directory: the people.
        settings: the organisation's values by the keys of their entries (`see_within.urgent`),
            used when a case starts; the case then keeps them.
        opened: what stands behind references: personal values by that of their seal, typed, and
            facts about customers and assets, by name, with their kind (`facts.KIND`).
        hours: the calendars, and whom they are for.
        workload: who has how much to do.
        versions: other versions of the process, by which the case may be told to go on.
        answers: what services say to the activities that are about to be done, by work item.
        facts: what services know of the case; None: nobody has asked them.
    """

    at: datetime
    zone: tzinfo
    directory: Directory
    settings: Mapping[str, Any] = field(default_factory=dict)
    opened: Mapping[str, Any] = field(default_factory=dict)
    hours: Hours = field(default_factory=Hours)
    workload: Workload = field(default_factory=Workload)
    versions: Mapping[str, Definition] = field(default_factory=dict)
    answers: Mapping[int, Answer] = field(default_factory=dict)
    facts: Mapping[str, Any] | None = None

    @property
    def calendars(self) -> KnownCalendars:
        """Every calendar by its name, round the clock included."""
        return KnownCalendars(self.hours, self.zone)
