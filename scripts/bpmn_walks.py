"""A definition gone through at random, from its start to its end: work is done, messages come, and
time goes by. The same seed goes the same way.
"""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tuoban.kernel import commands as c
from tuoban.kernel.definition import Definition
from tuoban.kernel.engine import advance
from tuoban.kernel.engine.messaging import listened
from tuoban.kernel.state import NEW, State
from tuoban.kernel.surroundings import Directory, Hours, Surroundings

MOST_ACTS = 400
_ZONE = ZoneInfo("Asia/Shanghai")
_BEGUN = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
_PERSON, _UNIT = "somebody", "here"


def walk(definition: Definition, seed: int) -> str:
    """How a case comes to its end, one person doing everything: its outcome, or why it does not
    end. An empty outcome is that of a process that is left without one.

    Raises:
        Refused: what the process offers cannot be done.
    """
    return _Walk(definition, random.Random(seed)).to_the_end()  # noqa: S311 - it draws no secrets


class Stuck(Exception):
    """Nothing is left to do, and the case has not ended."""


class _Walk:
    def __init__(self, definition: Definition, chance: random.Random) -> None:
        self.definition, self.chance = definition, chance
        self.state: State = NEW
        self.at = _BEGUN
        self.messages = 0
        holders = {(role, _UNIT): frozenset({_PERSON}) for role in definition.roles}
        self.directory = Directory(holders, {_UNIT: None}, {}, frozenset({_PERSON}))

    def to_the_end(self) -> str:
        self._begin()
        for _ in range(MOST_ACTS):
            if self.state.status == "ended":
                return self.state.outcome or ""
            self._act()
        raise Stuck(f"not ended after {MOST_ACTS} acts")

    def _do(self, command: c.Command) -> None:
        around = Surroundings(self.at, _ZONE, self.directory, hours=Hours())
        self.state = advance(self.definition, self.state, command, around).state

    def _begin(self) -> None:
        start = next(iter(self.definition.starts.values()))
        if start.arrival is None:
            fields = [entry.field for each in start.form for entry in each.entries]
            self._do(c.Start(_PERSON, start.request, _UNIT, "W-1", self._values(fields)))
        else:
            self._do(c.BeginByMessage(start.request, _UNIT, "W-1", "m-0", {}, self.at))

    def _act(self) -> None:
        acts = ["work"] * 3 if self.state.items else []
        waited = sorted(listened(self.definition, self.state))
        acts += ["message"] * bool(waited) + ["time"] * bool(self.state.timers)
        if not acts:
            raise Stuck(f"nothing to do; it waits at {sorted(self._waiting()) or '-'}")
        act = self.chance.choice(acts)
        if act == "work":
            self._work()
        elif act == "message":
            self.messages += 1
            name = self.chance.choice(waited)
            self._do(c.Deliver(f"m-{self.messages}", name, {}, self.at))
        else:
            timer = min(self.state.timers.values(), key=lambda each: (each.at, int(each.id)))
            self.at = max(self.at, timer.at)
            self._do(c.FireTimer(timer.id))

    def _waiting(self) -> set[str]:
        return {each.node for each in self.state.waits.values()}

    def _work(self) -> None:
        self.at += timedelta(minutes=1)
        item = self.state.items[self.chance.choice(sorted(self.state.items))]
        step = self.definition.nodes[item.node].step
        outcome = self.chance.choice([each.key for each in step.outcomes] or [None])
        fields = [entry.field for each in step.form for entry in each.entries]
        self._do(c.Complete(_PERSON, item.id, outcome, self._values(fields)))

    def _values(self, names: list[str]) -> dict[str, Any]:
        """Something for each field of a form."""
        return {name: self._value(name) for name in names}

    def _value(self, name: str) -> Any:
        field = self.definition.fields[name]
        if field.options:
            return self.chance.choice([key for key, _ in field.options])
        if field.type == "boolean":
            return self.chance.choice([True, False])
        return str(self.chance.choice([0, 1, 7, 100, 5000]))
