"""What the sentences of a case look at, and what a sentence is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from tuoban.kernel import events as e
from tuoban.kernel.definition import Definition, Text
from tuoban.kernel.events import Event
from tuoban.kernel.outsiders import role_of
from tuoban.kernel.surroundings import Surroundings
from tuoban.runtime.cases.elements import Elements, named
from tuoban.runtime.cases.queries.rows import Proof


class Sentence(NamedTuple):
    """`kind` is the mark that it has on the page."""

    kind: str
    text: Text
    proof: Proof | None = None


class Clock(NamedTuple):
    """What a clock is for: a node (the case, if empty), and the key of its limit there."""

    node: str
    limit: str
    activation: int = 0


@dataclass(slots=True)
class Story:
    """What the sentences of a case look at. `nodes` and `clocks` grow as work is offered
    and clocks are started; `at` is the instant of the entry that is being told."""

    definition: Definition
    names: Mapping[str, str]
    surroundings: Surroundings
    elements: Elements
    nodes: dict[int, str] = field(default_factory=dict)
    parts: set[int] = field(default_factory=set)
    """The work of those who were asked to sign, or for an opinion."""
    activations: dict[int, int] = field(default_factory=dict)
    """Where each work item, and each wait, stands."""
    set_at: dict[str, datetime] = field(default_factory=dict)
    """When each timer was set."""
    clocks: dict[int, Clock] = field(default_factory=dict)
    regions: dict[int, str] = field(default_factory=dict)
    """The region of each activation but the process itself."""
    at: datetime | None = None
    actor: str = ""
    """Who made the entry that is being told; empty for the system."""
    events: tuple[Event, ...] = ()
    """The events of the entry that is being told."""

    def who(self, person: str) -> str:
        role = self.definition.roles.get(role_of(person) or "")
        return role.label.zh if role is not None else self.names.get(person, person)

    def step(self, item: int) -> Text:
        """A piece of work, with the element of a list it belongs to."""
        return self.label(self.nodes[item], self.activations[item])

    def label(self, node: str, activation: int) -> Text:
        """A node, or the case where it is empty, as it stands in an activation."""
        return named(self.definition.label_of(node), self.elements.around(activation).label)

    def offered_at(self, node: str) -> Text:
        """A step at which the case goes on with the entry that is being told."""
        offered = (each for each in self.events if isinstance(each, e.ItemOffered))
        found = next((each for each in offered if each.node == node), None)
        return self.label(node, found.activation) if found else self.definition.label_of(node)

    def rename(self, event: e.CaseMigrated) -> None:
        """Nodes and regions are called otherwise from now on."""
        nodes, regions = event.nodes, event.regions
        self.regions = {number: regions.get(key, key) for number, key in self.regions.items()}
        self.nodes = {item: nodes.get(key, key) for item, key in self.nodes.items()}
        self.clocks = {
            number: each._replace(node=nodes.get(each.node, each.node))
            for number, each in self.clocks.items()
        }


Rows = Mapping[type[Any], Callable[[Story, Any], Sentence | None]]
"""What is said about an event of each kind; None where it is not worth telling."""


def keep_in_mind(story: Story, event: Event) -> None:
    """Keep in mind what sentences will look at."""
    story.elements.take(event)
    if isinstance(event, e.ItemOffered):
        story.nodes[event.item] = event.node
        story.activations[event.item] = event.activation
        if event.part is not None:
            story.parts.add(event.item)
    elif isinstance(event, e.CaseCalled):
        story.nodes[event.number] = event.node
        story.activations[event.number] = event.activation
    elif isinstance(event, e.WaitBegan):
        story.activations[event.number] = event.activation
    elif isinstance(event, e.RegionEntered) and event.parent is not None:
        story.regions[event.activation] = event.region
    elif isinstance(event, e.CaseMigrated):
        story.rename(event)
    elif isinstance(event, e.ClockOpened):
        story.clocks[event.clock] = Clock(event.node, event.limit, event.activation)
    elif isinstance(event, e.ClockStarted):
        story.clocks[event.item] = Clock(story.nodes[event.item], "", story.activations[event.item])
    elif isinstance(event, e.TimerSet) and story.at is not None:
        story.set_at[event.timer] = story.at
