"""A case with everything around it: services that act, files that are kept, messages that come.

`FullCase` does what the shell does beside a command: it asks the services before it and lets them
act after it, lets the system do what is nobody's work, and looks again when services know more.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import count
from typing import Any

from tests.kernel.engine.playing import OFFICE, Play
from tuoban.kernel import commands as c
from tuoban.kernel import events as e
from tuoban.kernel.activities import Activity, Answer, Asked, Catalogue, Key, objection
from tuoban.kernel.definition import Definition, Field, Outcome
from tuoban.kernel.engine import doing, step_place
from tuoban.kernel.engine.delegating import with_prepared
from tuoban.kernel.facts import KIND
from tuoban.kernel.forms import read_form
from tuoban.kernel.state import State
from tuoban.kernel.surroundings import Surroundings
from tuoban.kernel.text import Text

SEAL = c.Sealed("ref-1", "0" * 64)
"""A signature."""

CLEAR = "Wang Lihua"
"""What personal values are in the clear."""

MEANING = Text("一事", "A thing")


def _money(name: str, *, required: bool = False) -> Field:
    return Field(name, "money", Text(name, name), required=required)


CATALOGUE = Catalogue(
    {
        each.key: each
        for each in (
            Activity(
                "price",
                Text("定价", "Price"),
                MEANING,
                asks=(_money("base", required=True),),
                offers=(_money("sum"),),
            ),
            Activity(
                "take",
                Text("收", "Take"),
                MEANING,
                takes=(Key("amount", "money", required=True),),
                offers=(_money("got"),),
                keeps=True,
            ),
            Activity(
                "note",
                Text("记", "Note"),
                MEANING,
                takes=(Key("amount", "money"),),
                offers=(_money("noted"),),
                unattended=True,
            ),
            Activity(
                "ring",
                Text("打", "Ring"),
                MEANING,
                lasts=True,
                outcomes=(Outcome("yes", Text("通", "Yes")), Outcome("no", Text("没通", "No"))),
            ),
        )
    },
    {"paid": _money("paid")},
)
"""Services that undo what is sent back, keep it, work unattended, and bring outcomes."""


@dataclass(slots=True)
class Stood:
    """Something that a service did and that stands."""

    activity: str
    amount: Decimal
    keeps: bool


@dataclass(slots=True)
class Services:
    """What services have in their own books, told by nothing but the events of the case."""

    standing: dict[int, Stood] = field(default_factory=dict)
    is_down: bool = False

    @property
    def paid(self) -> Decimal:
        return sum((each.amount for each in self.standing.values() if each.keeps), Decimal(0))

    def answer(self, asked: Asked) -> Answer:
        amount = asked.given.get("amount") or Decimal(0)
        if self.is_down:
            return Answer(asked, problems=(objection("do", Text("停机", "Out of order")),))
        match asked.activity:
            case "price":
                return Answer(asked, {"sum": (asked.entered["base"] or Decimal(0)) * 2})
            case "take":
                return Answer(asked, {"got": amount})
            case "note":
                return Answer(asked, {"noted": amount})
        return Answer(asked)

    def follow(self, events: Iterable[e.Event], after: State) -> None:
        """Do, and undo, what the events say, the newest first."""
        undone: list[int] = []
        for event in events:
            if isinstance(event, e.ActivityDone):
                self._do(event, after)
            elif isinstance(event, e.ActivityUndone):
                assert not self.standing.pop(event.item).keeps
                undone.append(event.item)
        assert undone == doing.latest_first(after, undone)

    def _do(self, event: e.ActivityDone, after: State) -> None:
        if event.settles is not None:
            former = self.standing.pop(event.settles)
            assert (former.keeps, former.activity) == (True, event.activity)
        assert event.item not in self.standing
        made = after.completion_of(event.item)
        assert made is not None
        amount = made.data.get("got") or Decimal(0)
        self.standing[event.item] = Stood(event.activity, amount, event.keeps)


FILES: Mapping[str, Mapping[str, Any]] = {
    "asset-1": {
        KIND: "machine",
        "plate": "A1",
        "hours": 10,
        "level": "gold",
        "marks": (),
        "wards": (),
    },
    "asset-2": {
        KIND: "machine",
        "plate": "B2",
        "hours": None,
        "level": None,
        "marks": ("old",),
        "wards": None,
    },
    "customer-1": {KIND: "customer", "level": "plain"},
}


class FullCase(Play):
    """One case among services and files."""

    def __init__(self, definition: Definition) -> None:
        super().__init__(definition, hours=OFFICE)
        self.services = Services()
        self.opened = {ref: dict(facts) for ref, facts in FILES.items()} | {"ref-1": "Li"}
        self.erased: set[str] = set()
        """The references of the personal values that are gone."""
        self.looked_at = 0
        """Up to where the journal has been looked through for them."""
        self._names = count(1)
        self._answers: dict[int, Answer] = {}

    def seal(self) -> c.Sealed:
        """A personal value, given now."""
        ref = f"name-{next(self._names)}"
        self.opened[ref] = CLEAR
        return c.Sealed(ref, "0" * 64)

    def surroundings(self) -> Surroundings:
        facts = {"paid": self.services.paid} if self.definition.facts else None
        return replace(super().surroundings(), answers=self._answers, facts=facts)

    def carry_out(self, command: c.Command) -> list[e.Event]:
        events = self._carry_out(command)
        for _ in range(100):
            follows = self._next_by_itself()
            if follows is None:
                return events
            events += self._carry_out(follows)
        raise AssertionError("it does not come to rest")

    def _carry_out(self, command: c.Command) -> list[e.Event]:
        self._answers = self._answered(command)
        events = super().carry_out(command)
        self.services.follow(events, self.state)
        for event in events:
            if isinstance(event, e.FactsWritten):
                self.opened[event.ref] = {**self.opened[event.ref], **event.facts}
        return events

    def _answered(self, command: c.Command) -> dict[int, Answer]:
        """What the services say to what the command would do."""
        if not isinstance(command, c.Complete | c.Perform):
            return {}
        item = self.state.items.get(command.item)
        if item is None or item.delegated_by is not None or item.part is not None:
            return {}
        place = step_place(self.definition, self.state, item, self.surroundings())
        data = with_prepared(item, command.data) if isinstance(command, c.Complete) else {}
        chosen = command.outcome if isinstance(command, c.Complete) else None
        step = self.definition.nodes[item.node].step
        outcome = step.outcome(chosen) if chosen is not None else None
        asked = doing.ask(place, item, read_form(place, data, outcome).values, chosen)
        return {item.id: self.services.answer(asked)} if asked is not None else {}

    def _next_by_itself(self) -> c.Command | None:
        state = self.state
        learns = bool(self.definition.facts) and state.status == "running"
        if learns and state.facts.get("paid") != self.services.paid:
            return c.Recheck()
        item = next(doing.waiting(self.definition, state), None)
        return c.Perform(item.id) if item is not None else None
