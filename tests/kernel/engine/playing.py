"""A case played in memory: commands by step name, against a small organisation.

`Play` holds the journal as it grows, and checks after every command that its fold is the state.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from textwrap import dedent, indent
from types import MappingProxyType
from typing import Any, Self
from zoneinfo import ZoneInfo

from tuoban.kernel import commands as c
from tuoban.kernel import events as e
from tuoban.kernel.calendars import Calendar, Period, read_week
from tuoban.kernel.definition import Definition
from tuoban.kernel.due import governing
from tuoban.kernel.engine import advance, evolve
from tuoban.kernel.language import compile_pack
from tuoban.kernel.refusals import Refused
from tuoban.kernel.state import NEW, Clock, Item, State
from tuoban.kernel.surroundings import Directory, Hours, Surroundings
from tuoban.kernel.text import Text

ZONE = ZoneInfo("Asia/Shanghai")
NINE = datetime(2026, 3, 2, 9, 0, tzinfo=ZONE).astimezone(UTC)

DIRECTORY = Directory(
    holders={
        ("worker", "east"): frozenset({"li", "han"}),
        ("checker", "east"): frozenset({"li", "zhou"}),
        ("boss", "hq"): frozenset({"wang"}),
        ("worker", "west"): frozenset({"far"}),
    },
    parents={"hq": None, "east": "hq", "west": "hq"},
    heads={"hq": "wang", "east": "zhou"},
    people=frozenset({"li", "han", "zhou", "wang", "far"}),
)

HEADER = """
pack: play
version: 2026.1
language: en
title: Play
roles:
  worker: Worker
  checker: Checker
  boss: Boss
  ghost: Ghost
  customer: {en: Customer, zh: 客户, recorded-by: worker}
settings:
  patience: {type: duration, default: 30 minutes, en: Patience}
fields:
  good: {type: boolean, en: Good}
  kind: {type: choice, en: Kind, options: {easy: Easy, hard: Hard}}
  amount: {type: money, en: Amount, min: 0}
  wanted_at: {type: datetime, en: Wanted at}
  name: {type: text, personal: true, en: Name}
tables:
  grade:
    en: Grade
    hit: first
    outputs:
      limit: {type: duration, en: Limit}
      desk: {type: choice, en: Desk, options: {front: Front, back: Back}}
    rules: |
      | kind   | amount | => limit   | => desk |
      |--------|--------|------------|---------|
      | "hard" | > 10   | 15 minutes | back    |
      | "hard" | -      | 1 hours    | back    |
      | "easy" | -      | 2 hours    | front   |
starts:
  - {request: go, en: Go, by: [worker, boss], form: [kind, amount, wanted_at, name, good]}
process:
"""


def define(process: str) -> Definition:
    """A definition of this process, with the roles and fields of `HEADER`. Behind it may stand the
    section of the processes that it calls."""
    own, section, called = dedent(process).strip("\n").partition("\nprocesses:\n")
    return compile_pack(HEADER + indent(own, "  ") + section + called + "\n", packs=None)


ROUND_THE_CLOCK = Hours()
"""No calendar is known, so every hour counts."""


def _calendar(week: str) -> Calendar:
    return Calendar(Text("东店", "East"), ZONE, (Period(None, read_week({"mon-fri": week})),))


OFFICE = Hours(
    calendars={
        "office@1": _calendar("09:00-12:00, 13:00-18:00"),
        "office@2": _calendar("08:00-11:00"),
    },
    units={"east": "office@1", "hq": "office@1", "west": "office@1"},
)
"""Hours with lunch, and another version of them."""


class Play:
    """One case, worked on from 09:00 in Shanghai."""

    def __init__(
        self,
        process: str | Definition,
        directory: Directory = DIRECTORY,
        hours: Hours = ROUND_THE_CLOCK,
    ) -> None:
        self.definition = define(process) if isinstance(process, str) else process
        self.versions = {self.definition.version: self.definition}
        self.begun_with = self.definition
        self.directory = directory
        self.state: State = NEW
        self.at = NINE
        self.journal: list[e.Event] = []
        self.opened: dict[str, Any] = {}
        self.hours = hours

    def surroundings(self) -> Surroundings:
        return Surroundings(
            self.at,
            ZONE,
            self.directory,
            opened=self.opened,
            hours=self.hours,
            versions=self.versions,
        )

    def carry_out(self, command: c.Command) -> list[e.Event]:
        decision = advance(self.definition, self.state, command, self.surroundings())
        folded, definition = self.state, self.definition
        for event in decision.events:
            if isinstance(event, e.CaseMigrated):
                definition = self.versions[event.version]
            folded = evolve(definition, folded, event)
        assert folded == decision.state
        self.definition = definition
        self.state = decision.state
        self.journal += decision.events
        return list(decision.events)

    def migrate(self, new: Definition, **renames: str) -> list[e.Event]:
        """Go on by another version."""
        self.versions[new.version] = new
        return self.carry_out(c.Migrate("wang", new.version, "new rules", renames))

    def start(self, by: str = "li", unit: str = "east", **data: Any) -> Self:
        self.carry_out(c.Start(by, "go", unit, "P-1", data))
        return self

    def item(self, step: str) -> Item:
        return next(item for item in self.state.items.values() if item.node == step)

    def due(self, step: str) -> datetime | None:
        """When the open work of a step has to be done."""
        clock = governing(self.definition, self.state, self.item(step))
        return clock.due if clock is not None else None

    def clock(self, node: str, limit: str | None = None) -> Clock:
        """The clock of a step, a block or the case (""), by the key of its limit."""
        return next(
            clock
            for clock in self.state.clocks.values()
            if clock.node == node and limit in (None, clock.limit)
        )

    def open(self) -> set[str]:
        return {item.node for item in self.state.items.values()}

    def do(self, step: str, by: str = "li", outcome: str | None = None, **data: Any) -> Self:
        checked = {item.key for item in self.definition.nodes[step].step.checklist}
        self.carry_out(c.Complete(by, self.item(step).id, outcome, data, frozenset(checked), {}))
        return self

    def send_back(self, step: str, to: str, by: str = "li") -> Self:
        self.carry_out(c.Return(by, self.item(step).id, to, "not right"))
        return self

    def withdraw(self, step: str, by: str = "li") -> Self:
        """Take back the newest completion of a step."""
        newest = self.state.completions[step][-1]
        self.carry_out(c.Withdraw(by, newest.item, "not yet"))
        return self

    def refused(self, command: c.Command) -> str:
        """The code of the refusal that the command must meet."""
        before = self.state
        try:
            self.carry_out(command)
        except Refused as refused:
            found = refused
        else:
            raise AssertionError("it was not refused")
        assert self.state is before
        assert found.read("zh") != found.read("en")
        return found.code

    def wait(self, **length: float) -> Self:
        """Let time go by, firing the timers in order as their moments come."""
        until = self.at + timedelta(**length)
        while due := [each for each in self.state.timers.values() if each.at <= until]:
            timer = min(due, key=lambda each: (each.at, int(each.id)))
            self.at = max(self.at, timer.at)
            self.carry_out(c.FireTimer(timer.id))
        self.at = until
        return self

    def told(self) -> list[tuple[str, str | None]]:
        return [
            (event.tier, event.person or event.role)
            for event in self.journal
            if isinstance(event, e.Told)
        ]


def replay(
    definition: Definition,
    journal: Iterable[e.Event],
    versions: Mapping[str, Definition] = MappingProxyType({}),
) -> State:
    """The journal folded, each event with the version of the process that it was made by."""
    state = NEW
    for event in journal:
        if isinstance(event, e.CaseMigrated):
            definition = versions[event.version]
        state = evolve(definition, state, event)
    return state
