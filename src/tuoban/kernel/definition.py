"""A definition: what a pack means, compiled once and never changed.

A definition is a graph of *nodes* joined by flows (`Node.next`), cut into a tree of *regions*.
A block such as a stage, a choice or a loop is one node of the region it stands in, and owns the
regions inside it. A definition is written by an author; a *case* is a running instance of it.
Keys are the author's names; a construct without a name gets `<kind>.<n>`, numbered down the page,
so that journals read well and the same text always compiles to the same keys.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, TypeVar

from tuoban.kernel.decisions import Decision
from tuoban.kernel.expressions import Expression
from tuoban.kernel.limits import MOMENT, OF_PERFORMER, OF_UNIT, ROUND_THE_CLOCK
from tuoban.kernel.limits import LateAction as LateAction  # noqa: PLC0414 - likewise
from tuoban.kernel.limits import LateTier as LateTier  # noqa: PLC0414 - likewise
from tuoban.kernel.limits import Limit as Limit  # noqa: PLC0414 - likewise
from tuoban.kernel.limits import Moment as Moment  # noqa: PLC0414 - likewise
from tuoban.kernel.schedules import Schedule
from tuoban.kernel.text import Text as Text  # noqa: PLC0414 - a definition speaks in texts

Language = Literal["zh", "en"]

ROOT_REGION = "process"

CANCELLED = "cancelled"
"""The outcome of every case that was cancelled."""
_CANCELLED = Text("已作废", "Cancelled")


FieldType = Literal[
    "text",
    "phone",
    "integer",
    "number",
    "money",
    "boolean",
    "choice",
    "date",
    "datetime",
    "duration",
    "person",
    "list",
]


@dataclass(frozen=True, slots=True)
class Rule:
    """A condition that a value must satisfy; `warns` flags instead of refusing."""

    that: Expression
    otherwise: Text
    warns: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """A declared piece of data: its type, its bounds, its label and whether it is personal.

    The bounds of a list are those of the number of its rows.
    """

    name: str
    type: FieldType
    label: Text
    required: bool = False
    personal: bool = False
    long: bool = False
    unit: str = ""
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    options: tuple[tuple[str, Text], ...] = ()
    default: Expression | None = None
    show_when: Expression | None = None
    rules: tuple[Rule, ...] = ()
    hint: Text | None = None
    columns: tuple[Field, ...] = ()
    """What each row of a list has. A list of plain values has one column, without a name."""
    order: tuple[str, ...] = ()
    """The columns that are computed, in the order in which that is done."""
    computed: Expression | None = None
    """What it always is: nobody enters it."""
    decimals: int = 2
    """Of money: the decimals of its currency's minor unit."""

    @property
    def is_plain(self) -> bool:
        """Whether it is a list of plain values, not of records."""
        return self.type == "list" and not self.columns[0].name

    def option(self, key: str) -> Text | None:
        return next((text for name, text in self.options if name == key), None)


@dataclass(frozen=True, slots=True)
class FormEntry:
    """One line of a form: a field of the case (or of the step), asked or only shown."""

    field: str
    required: bool = False
    read_only: bool = False


@dataclass(frozen=True, slots=True)
class FormSection:
    label: Text | None
    entries: tuple[FormEntry, ...]


@dataclass(frozen=True, slots=True)
class CheckItem:
    """A line to tick. `key` is its place in the list ("1", "2", ...).

    With `per` it is asked for every row of that list; the line of a row has the key `<key>.<row>`.
    """

    key: str
    text: Text
    when: Expression | None = None
    per: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """A way a step can end. `requires` names fields that this outcome makes compulsory;
    with `unsigned` no signature and no checklist are asked for (a refusal, an absence)."""

    key: str
    label: Text
    requires: tuple[str, ...] = ()
    unsigned: bool = False


Mark = Literal["signature", "stamp"]
"""What a signer gives: their signature, and their stamp on the paper, which is noted beside it."""


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs a step, known by the role.

    An outside party (`by` is None) signs in the form of whoever does the step. People of the
    organisation are asked once the step is completed, as `by` says who.
    """

    role: str
    by: Performer | None = None
    marks: tuple[Mark, ...] = ("signature",)

    @property
    def is_inside(self) -> bool:
        return self.by is not None

    @property
    def stamps(self) -> bool:
        return "stamp" in self.marks


@dataclass(frozen=True, slots=True)
class Need:
    """One gate of a step: a named step or block that must be done, or a condition."""

    name: str | None = None
    that: Expression | None = None
    otherwise: Text | None = None
    when: Expression | None = None


Pick = Literal["pool", "next", "round-robin", "least-loaded"]
"""How one of those who may do a step is found: they choose work themselves; they take what is next
in line; it goes to whoever was given the step longest ago; or to whoever holds the least work."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """How many of those who do a step together must agree; `number` of them, or per cent."""

    kind: Literal["all", "any", "number", "percent"]
    number: int = 0

    def needed(self, total: int) -> int:
        """How many of so many must agree: never more than there are, and one at least."""
        wanted = {
            "all": total,
            "any": 1,
            "number": min(self.number, total),
            "percent": -(-self.number * total // 100),
        }
        return max(1, wanted[self.kind])


@dataclass(frozen=True, slots=True)
class Performer:
    """Who does a step: any of `roles`, or whoever did `same_as`, but nobody who did `excluded`.

    `where` gives the key of the one unit in which the roles count; without it they are looked for
    from the case's unit upwards. `person` gives the id of whoever is to do it; where that is
    nobody who is active, the roles apply.
    """

    roles: tuple[str, ...] = ()
    same_as: str | None = None
    excluded: tuple[str, ...] = ()
    where: Expression | None = None
    person: Expression | None = None
    skills: tuple[str, ...] = ()
    """What people must be able to do, all of it, beside holding a role."""
    pick: Pick = "pool"
    agree: Agreement | None = None
    """Everybody who may do it does it, each a part of their own, until this is decided."""
    in_turn: bool = False
    """Of those, one after the other: as the roles are listed, then by the age of their accounts."""


@dataclass(frozen=True, slots=True)
class Receivers:
    """To whom work may be handed: holders of `roles`, in the unit that `where` gives, else from the
    case's upwards; without roles, to nobody."""

    roles: tuple[str, ...] = ()
    where: Expression | None = None


MessagePart = tuple[Literal["text", "field"], str]
"""A run of plain text, or the name of a field of the case whose value stands in its place."""


@dataclass(frozen=True, slots=True)
class Message:
    """A text with the values of fields in it, in both languages."""

    zh: tuple[MessagePart, ...]
    en: tuple[MessagePart, ...]

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields whose values stand in it."""
        parts = (*self.zh, *self.en)
        return tuple(dict.fromkeys(part for kind, part in parts if kind == "field"))


@dataclass(frozen=True, slots=True)
class Tell:
    """A notice in the inbox of people: of the holders of roles, or of whoever does the step on
    which it stands (`performer`). `text` is what it says; None: that the work has come."""

    to: tuple[str, ...]
    text: Message | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """A piece of work for someone."""

    by: Performer
    fields: tuple[str, ...] = ()
    form: tuple[FormSection, ...] = ()
    checklist: tuple[CheckItem, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    signers: tuple[Signer, ...] = ()
    needs: tuple[Need, ...] = ()
    returns_to: tuple[str, ...] = ()
    valid_until: Moment | None = None
    """When it lapses."""
    transfer_to: Receivers | None = None
    """Who may receive it in place of whoever holds its roles."""

    @property
    def stamping(self) -> tuple[Signer, ...]:
        """The outside parties whose stamp is asked for."""
        return tuple(each for each in self.signers if each.stamps and not each.is_inside)

    @property
    def inside_signers(self) -> tuple[Signer, ...]:
        """Who of the organisation is asked to sign what was completed."""
        return tuple(each for each in self.signers if each.is_inside)

    @property
    def agreement(self) -> str | None:
        """The outcome by which somebody agrees: the first; None where there are none."""
        return self.outcomes[0].key if self.outcomes else None

    tell: Tell | None = None
    """Whom to tell whenever the work comes to somebody."""

    def outcome(self, key: str) -> Outcome | None:
        return next((each for each in self.outcomes if each.key == key), None)


@dataclass(frozen=True, slots=True)
class Stage:
    """A named block; its one region is its body."""


@dataclass(frozen=True, slots=True)
class Choose:
    """The first branch that is true: `conditions[i]` guards `Node.regions[i]`, None = otherwise."""

    conditions: tuple[Expression | None, ...]


@dataclass(frozen=True, slots=True)
class Parallel:
    """All branches at once, each a region of its own; a branch may be guarded.

    `join` is how many branches done are enough; None: all that were entered.
    """

    conditions: tuple[Expression | None, ...]
    join: int | None = None


@dataclass(frozen=True, slots=True)
class Repeat:
    """The body again until the condition holds, at most `at_most` rounds."""

    until: Expression
    at_most: int | None = None


@dataclass(frozen=True, slots=True)
class Each:
    """The body once for every element of a list, which is read on entry; known by the node's key.

    Attributes:
        elements: the list.
        together: all at once; else one after the other.
        enough_when: while this is true, what is still open of the others is not needed.
    """

    elements: Expression
    together: bool = True
    enough_when: Expression | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """A block whose nodes have no order but their needs: whatever is free is open at once.

    It is left when only optional nodes are left that nobody asked for, or once `complete_when` is
    true.
    """

    complete_when: Expression | None = None


@dataclass(frozen=True, slots=True)
class Call:
    """Another process of the pack, run inside the case, with names and data of its own.

    Attributes:
        process: its name.
        given: what is handed in: a field of the process, and what its value is read from outside.
    """

    process: str
    given: tuple[tuple[str, Expression], ...] = ()


@dataclass(frozen=True, slots=True)
class Reaction:
    """What may happen while its host, a step or a block, is active; its region is what then is
    done.

    Attributes:
        host: the node it belongs to.
        by: whose button it is; no role: it is no button.
        person: who alone may press it, where the case fills the role of `by`.
        form: what is entered when the button is pressed.
        condition: it happens when this becomes true.
        moment: it happens when this limit runs out; where `again`, every time after so long.
        interrupting: everything open in the host is withdrawn first, and the case then goes on
            behind it.
    """

    host: str
    by: tuple[str, ...] = ()
    form: tuple[FormSection, ...] = ()
    condition: Expression | None = None
    moment: Limit | None = None
    again: bool = False
    interrupting: bool = False
    person: Expression | None = None


@dataclass(frozen=True, slots=True)
class End:
    """The end of the process, with its name."""

    outcome: str


@dataclass(frozen=True, slots=True)
class Decide:
    """A decision table is applied to the case: `table` is its name in `Definition.tables`."""

    table: str


@dataclass(frozen=True, slots=True)
class Wait:
    """Nothing to do until a condition holds; without `that`, until the limit of its node runs
    out."""

    that: Expression | None = None


@dataclass(frozen=True, slots=True)
class Assign:
    """Fields get values that the process calculates, all from what was there before."""

    values: tuple[tuple[str, Expression], ...]

    @property
    def fields(self) -> frozenset[str]:
        return frozenset(name for name, _ in self.values)


Construct = (
    Step
    | Stage
    | Choose
    | Parallel
    | Repeat
    | Each
    | Plan
    | Reaction
    | Call
    | End
    | Decide
    | Wait
    | Assign
    | Tell
)
C = TypeVar(
    "C",
    Step,
    Stage,
    Choose,
    Parallel,
    Repeat,
    Each,
    Plan,
    Reaction,
    Call,
    End,
    Decide,
    Wait,
    Assign,
    Tell,
)


@dataclass(frozen=True, slots=True)
class Node:
    """One construct at its place in the graph."""

    key: str
    kind: str
    label: Text
    region: str
    construct: Construct
    next: str | None = None
    when: Expression | None = None
    regions: tuple[str, ...] = ()
    rests_on: tuple[str, ...] = ()
    limits: tuple[Limit, ...] = ()
    opens: Limit | None = None
    """The earliest moment at which it may be done (a step) or is entered (a block)."""
    needs: tuple[Need, ...] = ()
    """Of a block: what it waits for to be entered."""
    covers: tuple[str, ...] = ()
    """Fields whose values it stands for: when one changes afterwards, it lapses."""
    optional: bool = False
    """In a plan: it is not done unless somebody asks for it."""
    repeatable: bool = False
    """In a plan: somebody may ask for it again."""
    reactions: tuple[str, ...] = ()
    """What may happen while it is active."""
    line: int = 0

    @property
    def many(self) -> bool:
        """Whether several instances of it may be active in one place, so that its limits hold for
        each of them: of an `each`, or of a reaction."""
        return isinstance(self.construct, Each | Reaction)

    def limit(self, key: str) -> Limit | None:
        """The limit of that key, `opens` included."""
        if isinstance(self.construct, Reaction) and key == MOMENT:
            return self.construct.moment
        if self.opens is not None and key == self.opens.key:
            return self.opens
        return next((each for each in self.limits if each.key == key), None)

    def holding(self, kind: type[C]) -> C:
        """The construct, which is of this kind.

        Raises:
            TypeError: it is of another kind.
        """
        if not isinstance(self.construct, kind):
            raise TypeError(f"{self.key} is a {self.kind}, not a {kind.__name__.lower()}")
        return self.construct

    @property
    def may_lapse(self) -> bool:
        """Whether what was done here may stop counting by itself."""
        construct = self.construct
        return bool(self.covers) or (
            isinstance(construct, Step) and construct.valid_until is not None
        )

    @property
    def gate(self) -> tuple[Need, ...]:
        """What it waits for: a step to be done, a block to be entered."""
        return self.construct.needs if isinstance(self.construct, Step) else self.needs

    @property
    def step(self) -> Step:
        """The construct of a step node."""
        return self.holding(Step)


@dataclass(frozen=True, slots=True)
class Region:
    """A run of nodes inside a block. `owner` is None for the process itself."""

    key: str
    owner: str | None
    nodes: tuple[str, ...]
    label: Text | None = None
    ordered: bool = True
    """Whether its nodes follow one another; those of a plan do not."""

    @property
    def first(self) -> str | None:
        return self.nodes[0] if self.nodes else None


@dataclass(frozen=True, slots=True)
class Role:
    """A role of the process. An outside role is recorded by somebody of `recorded_by`. Nobody may
    hold it together with one of `excludes`."""

    key: str
    label: Text
    recorded_by: str | None = None
    excludes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Recurrence:
    """Cases that begin by themselves: when, and for what.

    Attributes:
        field: the field of the case that holds the element it is for.
        elements: a list, for each element of which one begins; None: one begins.
        unit: the key of the unit that the case belongs to; None: the element where that is one,
            else the topmost unit.
    """

    schedule: Schedule
    field: str = ""
    elements: Expression | None = None
    unit: Expression | None = None


@dataclass(frozen=True, slots=True)
class Start:
    """A way a case begins: a request by one of the roles, with its form, or by itself.

    `request` is its name also where nobody requests anything.
    """

    request: str
    label: Text
    by: tuple[str, ...] = ()
    form: tuple[FormSection, ...] = ()
    recurrence: Recurrence | None = None


@dataclass(frozen=True, slots=True)
class Setting:
    """A value that an organisation may set; `value` is the pack's default, None = must be set.

    With `per`, the path of a choice, it has a value for each of the `options`: `value` is then a
    mapping, and what it lacks must be set.
    """

    name: str
    type: FieldType
    label: Text
    value: object = None
    per: str = ""
    options: tuple[tuple[str, Text], ...] = ()


@dataclass(frozen=True, slots=True)
class TableInput:
    """What a table looks at: `text` as its head has it, `path` where that is but a name.

    The value of a `personal` one is never kept.
    """

    text: str
    path: tuple[str, ...] | None = None
    personal: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A decision table. `outputs` say as what their values are kept, and how they are called."""

    name: str
    label: Text
    decision: Decision
    inputs: tuple[TableInput, ...]
    outputs: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class CaseSpec:
    """How a case is numbered, named and ranked. `title` is a run of plain text and field names."""

    prefix: str
    title: tuple[tuple[Literal["text", "field"], str], ...]
    priority: str | None = None
    limits: tuple[Limit, ...] = ()
    """The limits of the case as a whole, from its start to its end."""


@dataclass(frozen=True, slots=True)
class Definition:
    """A whole pack, compiled. `digest` identifies the text it was compiled from."""

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
    rests_on: tuple[str, ...] = ()
    derived: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The fields of the case that are computed, or lists in whose rows something is: each with
    those that it needs, in the order in which they are computed, itself the last."""
    region_paths: Mapping[str, tuple[str, ...]] = field(init=False, compare=False, repr=False)
    """The regions around each region, outermost first, ending with itself."""
    paths: Mapping[str, tuple[str, ...]] = field(init=False, compare=False, repr=False)
    """The regions around each node, outermost first, ending with its own."""

    lapsing: tuple[str, ...] = field(init=False, compare=False, repr=False)
    """The nodes that may lapse after they have been done."""

    def __post_init__(self) -> None:
        may_lapse = tuple(key for key, node in self.nodes.items() if node.may_lapse)
        object.__setattr__(self, "lapsing", may_lapse)
        found: dict[str, tuple[str, ...]] = {}
        for key, region in self.regions.items():
            owner = self.nodes[region.owner] if region.owner is not None else None
            found[key] = (*(found[owner.region] if owner is not None else ()), key)
        object.__setattr__(self, "region_paths", found)
        paths = {key: found[node.region] for key, node in self.nodes.items()}
        object.__setattr__(self, "paths", paths)

    def limit(self, node: str, key: str) -> Limit | None:
        """The limit of a node, or of the case where `node` is empty."""
        if node:
            return self.nodes[node].limit(key)
        return next((each for each in self.case.limits if each.key == key), None)

    @property
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

    @property
    def exclusions(self) -> frozenset[tuple[str, str]]:
        """The pairs of roles that nobody may hold both of, each in the order of the alphabet."""
        return frozenset(
            (min(role.key, other), max(role.key, other))
            for role in self.roles.values()
            for other in role.excludes
        )

    @property
    def picks(self) -> frozenset[str]:
        """The steps that are given to somebody by what others have to do."""
        return frozenset(
            key
            for key, node in self.nodes.items()
            if isinstance(node.construct, Step) and node.construct.by.pick not in ("pool", "next")
        )

    def label_of(self, node: str) -> Text:
        """How people call a node, or the case where `node` is empty."""
        return self.nodes[node].label if node else self.title

    def field_at(self, node: str | None, name: str) -> Field | None:
        """The field that `name` means inside step `node`: its own, else that of the nearest block
        around it, else the case's."""
        own = self.own_fields(node).get(name) if node is not None else None
        if own is not None:
            return own
        place = self.place_at(node, name) if node is not None else None
        return self.place_fields[place][name] if place is not None else self.fields.get(name)

    def own_fields(self, node: str) -> Mapping[str, Field]:
        """The fields that belong to one doing of a step, or to one occurrence of a reaction."""
        if isinstance(self.nodes[node].construct, Reaction):
            return self.place_fields.get(node, {})
        return self.step_fields.get(node, {})

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
        for region in reversed(self.paths[node]):
            owner = self.regions[region].owner
            if owner is not None and name in self.place_fields.get(owner, {}):
                return owner
        return None

    def keeps(self, region: str) -> bool:
        """Whether the instances of a region are kept in mind after they have been left: they hold
        data of their own, or stand for elements of a list."""
        owner = self.regions[region].owner
        if owner is None:
            return False
        construct = self.nodes[owner].construct
        return owner in self.place_fields or isinstance(construct, Each | Reaction | Call)

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
