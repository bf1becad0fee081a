"""What a pack declares, before it is read in full: its fields and the outline of its process.

The outline comes first because an expression may name a step that stands further down the page.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tuoban.kernel.definition import Field, FieldType, Text
from tuoban.kernel.expressions.syntax import Node as Tree
from tuoban.kernel.language.reading import Properties
from tuoban.kernel.language.tree import Node, Place, Scalar, Unread

if TYPE_CHECKING:
    from tuoban.kernel.language.constructs.kind import Kind
    from tuoban.kernel.language.exits import Exit
    from tuoban.kernel.language.paper_draft import PaperDraft


@dataclass(slots=True)
class RecordDraft:
    """A record as declared; `fields` are filled in once every name is known."""

    name: Scalar
    columns: dict[str, Declaration]
    fields: tuple[Field, ...] = ()
    order: tuple[str, ...] = ()
    is_used: bool = False


@dataclass(frozen=True, slots=True)
class MessageDraft:
    """A message as declared, with what it carries."""

    name: Scalar
    properties: Properties
    fields: dict[str, Declaration]


Element = RecordDraft | FieldType
"""What a list holds: rows of a record, or plain values."""


@dataclass(frozen=True, slots=True)
class Declaration:
    """A field as declared. `type` is None where it was reported: then it may be anything."""

    name: Scalar
    properties: Properties
    type: FieldType | None
    options: tuple[tuple[str, Text], ...] = ()
    of: Element | None = None
    """What a list is made of; None where it was reported, and for any other type."""
    kind: str = ""
    """Of what it is that a customer or an asset is."""
    facts: Mapping[str, Declaration] | None = None
    """Of a customer or an asset: what is known of it; None where that was reported, and for any
    other type."""

    @property
    def is_personal(self) -> bool:
        personal = self.properties.get("personal")
        return isinstance(personal, Scalar) and personal.text == "true"

    @property
    def is_computed(self) -> bool:
        """Whether nobody enters it."""
        return "is" in self.properties

    @property
    def option_keys(self) -> tuple[str, ...]:
        return tuple(key for key, _ in self.options)


@dataclass(frozen=True, slots=True)
class KindDraft:
    """A kind as declared."""

    name: Scalar
    properties: Properties
    facts: dict[str, Declaration]


@dataclass(slots=True, eq=False)
class Body:
    """A region of a block as written: its guard, and the blocks inside it in their order."""

    key: str
    owner: Block | None
    place: Place
    label: Text | None = None
    when: Node | None = None
    blocks: list[Block] = field(default_factory=list)
    beside: list[Block] = field(default_factory=list)
    """What stands beside the flow of the whole, and is no reaction of a block."""

    @property
    def is_ordered(self) -> bool:
        """Whether its blocks follow one another."""
        return self.owner is None or self.owner.kind.ordered

    def walk(self) -> Iterator[Block]:
        """Every block inside, outermost first, down the page; what stands beside the flow last."""
        for block in (*self.blocks, *self.beside):
            yield from block.walk()


@dataclass(slots=True, eq=False)
class Block:
    """A construct as written: its row in the table, its keys, and where it stands."""

    kind: Kind
    properties: Properties
    name: str | None
    key: str
    body: Body
    index: int
    """Its place in its body, from 0."""
    bodies: list[Body] = field(default_factory=list)
    label: Text | None = None
    own: dict[str, Declaration] = field(default_factory=dict)
    """The fields it declares for itself."""
    says: dict[str, Declaration] = field(default_factory=dict)
    """What the message carries that it takes; its name gives that to read."""
    brought: dict[str, Field] = field(default_factory=dict)
    """The fields that its activity has and gives to read."""
    returned: dict[str, Declaration] = field(default_factory=dict)
    """Of a call of another pack: the values that come back, which are read by its name alone."""
    reactions: list[Block] = field(default_factory=list)
    """What may happen while it is active."""
    local: dict[str, Block] = field(default_factory=dict)
    """Of a call: the named blocks inside the process it runs, which are known there alone."""
    ends: dict[str, EndName] = field(default_factory=dict)
    """Of a call: the ends of that process."""
    papers: dict[str, PaperDraft] = field(default_factory=dict)
    """Of a call: the papers that the process declares, which are known there alone."""
    host: Block | None = None
    """Of a reaction: what it belongs to. It stands beside the flow of its body."""
    left_by: Exit | None = None
    """How it may be left once it is done, as far as that was asked (`exits`)."""

    @property
    def is_beside(self) -> bool:
        """Whether it stands beside the flow of its body: a reaction, or what is done on cancel."""
        return self.host is not None or self in self.body.beside

    @property
    def place(self) -> Place:
        """The place of its word, where problems of the whole construct are shown."""
        return self.properties.key(self.kind.word).place

    @property
    def value(self) -> Node:
        """What its word says: its name, or its branches."""
        return self.properties.get(self.kind.word) or Unread(self.place)

    @property
    def next(self) -> Block | None:
        if self.is_beside or not self.body.is_ordered:
            return None
        following = self.body.blocks[self.index + 1 : self.index + 2]
        return following[0] if following else None

    @property
    def previous(self) -> Block | None:
        follows = self.index and not self.is_beside and self.body.is_ordered
        return self.body.blocks[self.index - 1] if follows else None

    def walk(self) -> Iterator[Block]:
        """Itself, every block inside, and what its reactions hold, down the page."""
        yield self
        for body in self.bodies:
            yield from body.walk()
        for reaction in self.reactions:
            yield from reaction.walk()

    @property
    def is_step(self) -> bool:
        """Whether it is work that somebody does."""
        return self.kind.word == "step"

    @property
    def is_end(self) -> bool:
        """Whether the process that it stands in ends with it."""
        return self.kind.word == "end"

    @property
    def is_call(self) -> bool:
        """Whether another process runs in it, whose end is not the end of the one around."""
        return self.kind.word == "call"

    @property
    def known_as(self) -> str:
        """By which name expressions read it."""
        return self.name or self.key

    @property
    def call(self) -> Block | None:
        """The call whose process it stands in; None: it stands in that of the case."""
        return next((each for each in self.around() if each.is_call), None)

    def around(self) -> Iterator[Block]:
        """The blocks it stands in, innermost first."""
        owner = self.body.owner
        while owner is not None:
            yield owner
            owner = owner.body.owner


@dataclass(frozen=True, slots=True)
class Gate:
    """`block` may be completed only when `needed` is done."""

    block: Block
    needed: Block
    place: Place
    always: bool = True
    """Whether it always counts."""


@dataclass(frozen=True, slots=True)
class Condition:
    """`block` is done only when the expression `scalar`, read as `tree`, is true; `code` is the
    problem that says that it never can be."""

    block: Block
    scalar: Scalar
    tree: Tree
    code: str = "needs-never-filled"


@dataclass(frozen=True, slots=True)
class EndName:
    """A name that ends of the process bear: where first, and with which label if any."""

    place: Place
    label: Text | None
