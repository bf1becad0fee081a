"""Where names are looked up: scopes while compiling, frames while evaluating."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from tuoban.kernel.expressions import syntax as s
from tuoban.kernel.expressions.limits import Meter
from tuoban.kernel.expressions.types import NamedTypes

Step = Callable[["Frame"], Any]
"""A compiled node: from a frame to its value."""


class Frame:
    """One evaluation: the caller's context, the values of declared names, the meter."""

    __slots__ = ("context", "meter", "slots")

    def __init__(self, context: Mapping[str, Any], slots: list[Any], meter: Meter) -> None:
        self.context = context
        self.slots = slots
        self.meter = meter


Around = Callable[[s.Node, Step, "Scope"], Step]
"""An observer: gives a step that does the same and is told of it."""

Forms = Mapping[type[s.Node], Callable[[Any, "Scope"], Step]]
"""How to compile each class of the grammar: the node and the scope it stands in to a step."""


class Slots:
    """Hands out the places in `Frame.slots`."""

    def __init__(self) -> None:
        self.count = 0

    def new(self) -> int:
        self.count += 1
        return self.count - 1


@dataclass(frozen=True, slots=True)
class Declared:
    """A name declared by a `for`, a function, a context..., innermost first in the scope.

    `is_item` marks the element that a filter tests: its members are names, too.
    """

    name: str
    slot: int
    is_item: bool


@dataclass(frozen=True, slots=True)
class Scope:
    """The names declared around a node, and the forms by which to compile it."""

    forms: Forms
    slots: Slots
    types: NamedTypes
    around: "Around | None" = None
    declared: tuple[Declared, ...] = ()

    def step(self, node: s.Node) -> Step:
        """The step that evaluates `node` here."""
        step = self.forms[type(node)](node, self)
        return step if self.around is None else self.around(node, step, self)

    def declare(self, name: str, *, is_item: bool = False) -> tuple["Scope", int]:
        """The scope inside, where `name` is known, and the slot that holds its value."""
        slot = self.slots.new()
        declared = (Declared(name, slot, is_item), *self.declared)
        return replace(self, declared=declared), slot

    def find(self, name: str) -> tuple[tuple[int, ...], int | None]:
        """Where `name` may be: as a member of these slots, in that order, else in that slot.

        No slot means the caller's context.
        """
        items: list[int] = []
        for one in self.declared:
            if one.is_item:
                items.append(one.slot)
            if one.name == name:
                return tuple(items), one.slot
        return tuple(items), None
