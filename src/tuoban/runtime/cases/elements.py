"""The elements of lists as people call them: of which door, which room or which line work is.

An element is called by what it says of itself; where that is not enough to tell it from its
sisters, its place in the list stands behind.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tuoban.kernel import events as e
from tuoban.kernel.definition import Definition, Each, Node, Text
from tuoban.kernel.engine import evolve
from tuoban.kernel.events import Event
from tuoban.kernel.expressions import Known, text_of
from tuoban.kernel.expressions.shapes import element_of
from tuoban.kernel.facts import CUSTOMER
from tuoban.kernel.state import State
from tuoban.runtime.cases import outside

LONGEST = 30  # characters of the name of one element
LONGEST_LABEL = 200  # characters of all of them together
SEPARATOR = " · "


@dataclass(frozen=True, slots=True)
class Where:
    """In which elements something stands, outermost first: their places in their lists from 1, and
    how people call them, together and one by one, and how a pack calls them, `rooms[2]`; empty
    where it stands in none."""

    numbers: tuple[int, ...] = ()
    label: str = ""
    labels: tuple[str, ...] = ()
    written: tuple[str, ...] = ()

    def is_meant(self, of: Sequence[str]) -> bool:
        """Whether it is these elements that are meant, each by its place or by how it is called."""
        known = zip(map(str, self.numbers), self.labels, self.written, strict=True)
        return len(of) == len(self.numbers) and all(
            each in called for each, called in zip(of, known, strict=True)
        )

    def inner(self, count: int) -> Where:
        """The same of so many of the innermost elements alone."""
        begin = max(len(self.numbers) - count, 0)
        return Where(self.numbers[begin:], "", self.labels[begin:], self.written[begin:])


class Elements:
    """The elements of one case, as far as its history has been taken in."""

    def __init__(self, definition: Definition) -> None:
        self._definition = definition
        self._scopes: dict[int, tuple[int, ...]] = {}
        self._numbers: dict[int, int] = {}
        """By activation that stands for an element, its place in the list."""
        self._called: dict[int, str] = {}
        """How it was called when it was begun; the list may be read anew after that."""
        self._written: dict[int, str] = {}
        self._names: dict[tuple[str, tuple[int, ...]], tuple[str, ...]] = {}

    @classmethod
    def of(cls, definition: Definition, state: State) -> Elements:
        """Those of a case as it stands."""
        found = cls(definition)
        found._scopes = {each: state.scope(each) for each in state.activations}
        for node, lists in state.listed.items():
            for listed in lists:
                found._names[node, listed.scope] = found._names_in(node, listed.values)
        for region, instances in state.instances.items():
            for instance in instances:
                found._enter(region, instance.scope, instance.element)
        return found

    def go_by(self, definition: Definition) -> None:
        """What happens from now on is by this version of the process."""
        self._definition = definition

    def take(self, event: Event) -> None:
        """Take in what happened next."""
        if isinstance(event, e.RegionEntered):
            around = self._scopes.get(event.parent, ()) if event.parent is not None else ()
            scope = (*(event.called_in or around), event.activation)
            self._enter(event.region, scope, event.element)
        elif isinstance(event, e.ElementsListed):
            scope = self._scopes.get(event.activation, ())
            self._names[event.node, scope] = self._names_in(event.node, event.values)
        elif isinstance(event, e.CaseMigrated):
            self._names = {
                (event.nodes.get(node, node), scope): known
                for (node, scope), known in self._names.items()
            }

    def _names_in(self, node: str, values: Sequence[Any]) -> tuple[str, ...]:
        each = self._definition.nodes[node].construct
        columns = element_of(each.elements.shape).members if isinstance(each, Each) else None
        return names(values, tuple(columns or ()))

    def _enter(self, region: str, scope: tuple[int, ...], element: int) -> None:
        self._scopes[scope[-1]] = scope
        owner = self._definition.regions[region].owner
        if element and owner is not None:
            known = self._names.get((owner, scope[:-1]), ())
            self._numbers[scope[-1]] = element
            self._called[scope[-1]] = known[element - 1] if element <= len(known) else str(element)
            self._written[scope[-1]] = f"{_list_of(self._definition.nodes[owner])}[{element}]"

    def around(self, activation: int) -> Where:
        """Where an activation stands, live or left."""
        return self.at(self._scopes.get(activation, ()))

    def at(self, scope: Sequence[int]) -> Where:
        """Where something stands that happened in this chain of activations."""
        inside = [each for each in scope if each in self._numbers]
        labels = tuple(self._called[each] for each in inside)
        numbers = tuple(self._numbers[each] for each in inside)
        written = tuple(self._written[each] for each in inside)
        return Where(numbers, _cut(SEPARATOR.join(labels), LONGEST_LABEL), labels, written)


def _list_of(each: Node) -> str:
    """What the elements are taken from, as the pack writes it: `rooms`, also of some of them."""
    text = each.construct.elements.text if isinstance(each.construct, Each) else ""
    return text.partition("[")[0].strip()


def names(values: Sequence[Any], columns: Sequence[str] = ()) -> tuple[str, ...]:
    """How the elements of a list are called.

    Args:
        columns: of records, in the order of the pack: a journal keeps them in another one.
    """
    short = [_name(value, columns) for value in values]
    return tuple(
        str(place) if not name else f"{name} {place}" if short.count(name) > 1 else name
        for place, name in enumerate(short, 1)
    )


def _name(value: Any, columns: Sequence[str]) -> str:
    """A text as it is, a number or a date written out, of a record its first text; else nothing."""
    if isinstance(value, Known):
        return _called(value)
    if isinstance(value, Mapping):
        inside = [
            value[each] for each in (*columns, *sorted(value.keys() - columns)) if each in value
        ]
        told = (_called(each) if isinstance(each, Known) else each for each in inside)
        value = next((each for each in told if isinstance(each, str) and each), None)
    if value is None or isinstance(value, bool | list | tuple | Mapping):
        return ""
    return _cut(" ".join(text_of(value).split()), LONGEST)


def _called(known: Known) -> str:
    """What an asset is called; the name of a customer stays in the files."""
    if known.kind == CUSTOMER:
        return ""
    return outside.name_of(known.ref) or ""


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def named(label: Text, element: str) -> Text:
    """What is called so, of the element: `检查（前门）`."""
    if not element:
        return label
    return Text(f"{label.zh}（{element}）", f"{label.en} ({element})")


def labels_of_new(definition: Definition, before: State, events: Sequence[Event]) -> dict[int, str]:
    """By work item that these events offer, of which element it is.

    Args:
        before: the case as it stood before them.
    """
    offered = [each.item for each in events if isinstance(each, e.ItemOffered)]
    listed = any(isinstance(each, e.ElementsListed) for each in events)
    if not offered or not (listed or before.listed or before.instances):
        return dict.fromkeys(offered, "")  # there are no elements
    moved = next((each for each in events if isinstance(each, e.CaseMigrated)), None)
    if moved is not None:
        before = evolve(definition, before, moved)  # nothing but clocks has changed before it
    found = Elements.of(definition, before)
    labels: dict[int, str] = {}
    for event in events:
        found.take(event)
        if isinstance(event, e.ItemOffered):
            labels[event.item] = found.around(event.activation).label
    return labels
