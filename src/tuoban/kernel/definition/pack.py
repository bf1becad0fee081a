"""The whole pack."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from tuoban.kernel.clocks import Length
from tuoban.kernel.definition.acts import Decide
from tuoban.kernel.definition.blocks import Reaction
from tuoban.kernel.definition.cancelling import UNBOUND, Cancelling
from tuoban.kernel.definition.correspondence import MessageKind
from tuoban.kernel.definition.fields import Field, Kind, Setting
from tuoban.kernel.definition.graph import Node, Region
from tuoban.kernel.definition.indicators import Indicator
from tuoban.kernel.definition.namers import namers_of
from tuoban.kernel.definition.people import Role
from tuoban.kernel.definition.starts import Start
from tuoban.kernel.definition.steps import Step
from tuoban.kernel.definition.tables import Table
from tuoban.kernel.documents import Document
from tuoban.kernel.expressions import Expression
from tuoban.kernel.limits import MOMENT, OF_PERFORMER, OF_UNIT, ROUND_THE_CLOCK, Limit
from tuoban.kernel.papers import Paper
from tuoban.kernel.text import Text

Language = Literal["zh", "en"]

CANCELLED = "cancelled"
"""The outcome of every case that was cancelled."""

_CANCELLED = Text("已作废", "Cancelled")


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose case it is: whoever did the step `same_as` last (`start`: whoever started the case);
    where it has not been done, whoever holds the role."""

    role: str | None = None
    same_as: str | None = None


@dataclass(frozen=True, slots=True)
class Archive:
    """The shelf on which ended cases are kept, and for how long from the day of their end."""

    shelf: Text
    keep: Length | Expression


SERIAL = re.compile(r"-\{serial(?::([1-9]))?\}")
"""With this a number ends of which more than the prefix is written: the counted part, with at least
so many digits, 4 unless said."""
UNIT_OF_NUMBERS = "unit"
"""What stands for the key of the unit that the case belongs to, so that each counts its own."""
DATES_OF_NUMBERS = {"year": "%Y", "month": "%m", "day": "%d", "today": "%Y%m%d"}
"""What of the date on which it begins may stand in a case's number, with how it is written."""


@dataclass(frozen=True, slots=True)
class CaseSpec:
    """How a case is numbered, named and ranked. `number` is a prefix, or what stands before the
    counted part, with that part (`HT{year}-{unit}-{serial:6}`); `title` a run of plain text and
    field names."""

    number: str
    title: tuple[tuple[Literal["text", "field"], str], ...]
    priority: str | None = None
    limits: tuple[Limit, ...] = ()
    """The limits of the case as a whole, from its start to its end."""
    owner: Owner | None = None
    archive: Archive | None = None
    unit: Expression | None = None
    """The key of the unit that a case belongs to that somebody asks for; where it gives none, and
    without it, that is the unit in which it was asked for."""


_BY_WORKLOAD = ("round-robin", "least-loaded")


@dataclass(frozen=True)
class Definition:
    """A whole pack, compiled. `digest` identifies the text it was compiled from.

    It has no slots, so that what follows from it is told once and kept.
    """

    slug: str
    version: str
    language: Language
    title: Text
    digest: str
    currency: str
    case: CaseSpec
    roles: Mapping[str, Role]
    fields: Mapping[str, Field]
    settings: Mapping[str, Setting]
    starts: Mapping[str, Start]
    nodes: Mapping[str, Node]
    regions: Mapping[str, Region]
    outcomes: Mapping[str, Text] = field(default_factory=dict)
    """The names of the process's ends, with their labels."""
    step_fields: Mapping[str, Mapping[str, Field]] = field(default_factory=dict)
    """Fields that a step declares for itself, by step."""
    place_fields: Mapping[str, Mapping[str, Field]] = field(default_factory=dict)
    """Fields that a block declares for what is inside it, by block: every instance of its body has
    its own copy."""
    tables: Mapping[str, Table] = field(default_factory=dict)
    locals: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """By call, the names that are known only inside the process it runs, with their nodes."""
    call_outcomes: Mapping[str, Mapping[str, Text]] = field(default_factory=dict)
    """By call, the names of the ends of the process it runs, with their labels."""
    messages: Mapping[str, MessageKind] = field(default_factory=dict)
    cancelling: Cancelling = UNBOUND
    """Who may cancel a case, and until when."""
    papers: Mapping[str, Paper] = field(default_factory=dict)
    documents: Mapping[str, Document] = field(default_factory=dict)
    rests_on: tuple[Text, ...] = ()
    facts: tuple[str, ...] = ()
    """What services know of the case (`case.paid`), as far as an expression reads it."""
    derived: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The fields of the case that are computed, or lists in whose rows something is: each with
    those that it needs, in the order in which they are computed, itself the last."""
    orders: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By step or block, which of its own fields are computed, in the order in which that is
    done."""
    asset_kinds: Mapping[str, Kind] = field(default_factory=dict)
    """What its assets and customers are of."""
    reads: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """By kind of customers and assets, the facts that the pack reads of them."""
    indicators: Mapping[str, Indicator] = field(default_factory=dict)
    """What is measured across its cases."""

    @cached_property
    def references(self) -> tuple[str, ...]:
        """The fields of the case that name customers and assets."""
        return tuple(key for key, each in self.fields.items() if each.refers)

    @cached_property
    def referring(self) -> Mapping[str, Mapping[str, Field]]:
        """By step or block, those of its own fields that do, or of the message that it sends or
        takes."""
        said = ((key, self.data_fields(key)) for key in self.nodes)
        found: dict[str, dict[str, Field]] = {}
        for key, fields in (*said, *self.step_fields.items(), *self.place_fields.items()):
            named = {name: each for name, each in fields.items() if each.refers}
            if named:
                found[key] = found.get(key, {}) | named
        return found

    @cached_property
    def names_files(self) -> bool:
        """Whether any field names customers or assets."""
        return bool(self.references or self.referring)

    @cached_property
    def region_paths(self) -> Mapping[str, tuple[str, ...]]:
        """The regions around each region, outermost first, ending with itself."""
        found: dict[str, tuple[str, ...]] = {}
        for key, region in self.regions.items():
            owner = self.nodes[region.owner] if region.owner is not None else None
            found[key] = (*(found[owner.region] if owner is not None else ()), key)
        return found

    @cached_property
    def paths(self) -> Mapping[str, tuple[str, ...]]:
        """The regions around each node, outermost first, ending with its own."""
        return {key: self.region_paths[node.region] for key, node in self.nodes.items()}

    @cached_property
    def kinds(self) -> frozenset[str]:
        """The kinds of constructs in it."""
        return frozenset(node.kind for node in self.nodes.values())

    @cached_property
    def lapsing(self) -> tuple[str, ...]:
        """The nodes that may lapse after they have been done."""
        steps = (each.construct for each in self.nodes.values() if isinstance(each.construct, Step))
        redone = {name for step in steps for name in step.straight_from}
        return tuple(key for key, node in self.nodes.items() if node.may_lapse or key in redone)

    @cached_property
    def namers(self) -> Mapping[str, tuple[str, ...]]:
        """By step whose performer is named, the steps by which that may be done."""
        return {
            key: namers_of(self.nodes, self.regions, key)
            for key, node in self.nodes.items()
            if isinstance(node.construct, Step) and node.construct.by.pick == "named"
        }

    @cached_property
    def joins(self) -> bool:
        """Whether several people do a step together."""
        steps = (each.construct for each in self.nodes.values() if isinstance(each.construct, Step))
        return any(step.by.agree is not None for step in steps)

    def acting(self, roles: tuple[str, ...]) -> tuple[str, ...]:
        """The roles whose holders act, each once: what an outside party does is recorded by
        others."""
        if roles not in self._acting:
            acting = (each for role in roles for each in self.roles[role].acting)
            self._acting[roles] = tuple(dict.fromkeys(acting))
        return self._acting[roles]

    @cached_property
    def _acting(self) -> dict[tuple[str, ...], tuple[str, ...]]:
        """Those that were asked for."""
        return {}

    @cached_property
    def tells(self) -> bool:
        """Whether somebody is told when the work of a step comes to them."""
        return any(
            isinstance(node.construct, Step) and node.construct.tell is not None
            for node in self.nodes.values()
        )

    @cached_property
    def meets_outside(self) -> bool:
        """Whether some step of it is the work of an outside party."""
        return any(
            isinstance(node.construct, Step) and node.construct.by.is_outside
            for node in self.nodes.values()
        )

    @cached_property
    def is_timed(self) -> bool:
        """Whether anything in it has a limit, opens or happens at a moment."""
        return bool(self.case.limits) or any(
            node.limits or node.opens is not None or node.limit(MOMENT) is not None
            for node in self.nodes.values()
        )

    @cached_property
    def conditional(self) -> frozenset[str]:
        """The reactions that happen when a condition becomes true."""
        return frozenset(
            key
            for key, node in self.nodes.items()
            if isinstance(node.construct, Reaction) and node.construct.condition is not None
        )

    def limit(self, node: str, key: str) -> Limit | None:
        """The limit of a node, or of the case where `node` is empty."""
        if node:
            return self.nodes[node].limit(key)
        return next((each for each in self.case.limits if each.key == key), None)

    @cached_property
    def calendars(self) -> frozenset[str]:
        """The keys of the organisation's calendars that its limits name."""
        limits = [*self.case.limits]
        for node in self.nodes.values():
            limits += [*node.limits, *((node.opens,) if node.opens is not None else ())]
        return frozenset(each.calendar for each in limits) - {
            OF_UNIT,
            OF_PERFORMER,
            ROUND_THE_CLOCK,
        }

    def outcome_label(self, outcome: str) -> Text | None:
        """How people call the end of a case; None where it has no name."""
        return self.outcomes.get(outcome, _CANCELLED if outcome == CANCELLED else None)

    @cached_property
    def exclusions(self) -> frozenset[tuple[str, str]]:
        """The pairs of roles that nobody may hold both of, each in the order of the alphabet."""
        return frozenset(
            (min(role.key, other), max(role.key, other))
            for role in self.roles.values()
            for other in role.excludes
        )

    @cached_property
    def picks(self) -> frozenset[str]:
        """The steps that are given to somebody by what others have to do."""
        return frozenset(
            key
            for key, node in self.nodes.items()
            if isinstance(node.construct, Step) and node.construct.by.pick in _BY_WORKLOAD
        )

    def label_of(self, node: str) -> Text:
        """How people call a node, or the case where `node` is empty."""
        return self.nodes[node].label if node else self.title

    def field_at(self, node: str | None, name: str) -> Field | None:
        """The field that `name` means inside step `node`: its own, else that of the nearest block
        around it, else the case's."""
        if node is None:
            return self.fields.get(name)
        if (node, name) not in self._found:
            self._found[node, name] = self._field_at(node, name)
        return self._found[node, name]

    @cached_property
    def _found(self) -> dict[tuple[str, str], Field | None]:
        """The fields that were looked for."""
        return {}

    def _field_at(self, node: str, name: str) -> Field | None:
        own = self.own_fields(node).get(name)
        if own is not None:
            return own
        place = self.place_at(node, name)
        return self.place_fields[place][name] if place is not None else self.fields.get(name)

    def own_fields(self, node: str) -> Mapping[str, Field]:
        """The fields that belong to one doing of a step, or to one occurrence of a reaction."""
        if isinstance(self.nodes[node].construct, Reaction):
            return self.place_fields.get(node, {})
        return self.step_fields.get(node, {})

    def data_fields(self, node: str) -> Mapping[str, Field]:
        """The fields that one doing of a node has for itself: those of a step, or of the message
        that it sends or takes."""
        name = self.nodes[node].construct.message_name if node in self.nodes else ""
        return self.messages[name].fields if name else self.step_fields.get(node, {})

    def fields_at(self, node: str) -> Mapping[str, Field]:
        """The fields of the blocks around a node, outermost first, and its own behind them."""
        owners = (self.regions[region].owner for region in self.paths[node])
        found: dict[str, Field] = {}
        for owner in owners:
            found |= self.place_fields.get(owner or "", {})
        return {**found, **self.own_fields(node)}

    def place_at(self, node: str, name: str) -> str | None:
        """The nearest block around `node` that declares a field of this name; None: there is
        none, so that the name is the case's."""
        for region in reversed(self.paths[node]) if self.place_fields else ():
            owner = self.regions[region].owner
            if owner is not None and name in self.place_fields.get(owner, {}):
                return owner
        return None

    def names_around(self, node: str) -> Mapping[str, str]:
        """The names that the called process around a node has for itself, by what they mean; none
        where it stands in none."""
        for region in reversed(self.paths[node] if node else ()):
            owner = self.regions[region].owner or ""
            if owner in self.locals:
                return self.locals[owner]
        return {}

    def keeps(self, region: str) -> bool:
        """Whether the instances of a region are kept in mind after they have been left: they hold
        data of their own, or stand for elements of a list."""
        owner = self.regions[region].owner
        if owner is None:
            return False
        return owner in self.place_fields or self.nodes[owner].construct.keeps_instances

    def output_at(self, node: str, name: str) -> Field | None:
        """The output of the table that `node` decides, where it is such a node."""
        construct = self.nodes[node].construct if node in self.nodes else None
        if not isinstance(construct, Decide):
            return None
        outputs = self.tables[construct.table].outputs
        return next((each for each in outputs if each.name == name), None)

    def path(self, node: str) -> tuple[str, ...]:
        """The regions around a node, outermost first, ending with its own."""
        return self.paths[node]
