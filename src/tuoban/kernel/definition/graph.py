"""The graph: nodes, each a construct at its place, in a tree of regions."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from tuoban.kernel.definition.acts import Assign, Decide, End, Wait
from tuoban.kernel.definition.blocks import (
    Aside,
    Call,
    Choose,
    Each,
    Link,
    Parallel,
    Plan,
    Reaction,
    Repeat,
    Stage,
)
from tuoban.kernel.definition.correspondence import Send
from tuoban.kernel.definition.messages import Tell
from tuoban.kernel.definition.steps import Need, Step
from tuoban.kernel.expressions import Expression
from tuoban.kernel.limits import MOMENT, Limit
from tuoban.kernel.text import Text

ROOT_REGION = "process"

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
    | Aside
    | Link
    | End
    | Decide
    | Wait
    | Assign
    | Tell
    | Send
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
    Aside,
    Link,
    End,
    Decide,
    Wait,
    Assign,
    Tell,
    Send,
)


@dataclass(frozen=True)
class Node:
    """One construct at its place in the graph.

    It has no slots, so that what follows from it is told once and kept.
    """

    key: str
    kind: str
    label: Text
    region: str
    construct: Construct
    next: str | None = None
    when: Expression | None = None
    regions: tuple[str, ...] = ()
    rests_on: tuple[Text, ...] = ()
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
    contact: str = ""
    """Of a block: the role by which others reach its people; empty: as anywhere."""
    line: int = 0
    file: str = ""
    """The file in which that line stands, where it is one of a pack that this one extends."""

    @cached_property
    def many(self) -> bool:
        """Whether several instances of it may be active in one place, so that its limits hold for
        each of them."""
        return self.construct.many

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

    @cached_property
    def gate(self) -> tuple[Need, ...]:
        """What it waits for: a step to be done, a block to be entered."""
        return self.construct.needs if isinstance(self.construct, Step) else self.needs

    @cached_property
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
