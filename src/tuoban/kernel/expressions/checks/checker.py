"""The checker's memory: which names are in sight, which were read; and how it refuses."""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from tuoban.kernel.expressions import shapes as h
from tuoban.kernel.expressions import syntax as s
from tuoban.kernel.expressions.access import PROPERTIES
from tuoban.kernel.expressions.errors import LIKE, SEPARATOR, ExpressionError, nearest
from tuoban.kernel.expressions.phrases import CONSTANTS
from tuoban.kernel.expressions.shapes import Shape
from tuoban.kernel.expressions.values import KIND_OF

_BARE_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

MEMBERS: dict[str, dict[str, Shape]] = {
    KIND_OF[kind]: {name: Shape(row[0]) for name, row in rows.items()}
    for kind, rows in PROPERTIES.items()
}
"""The members of values that are no contexts, by kind."""

Shaped = tuple[s.Node, Shape]
Checks = Mapping[type[s.Node], "Callable[[Checker, Any], Shape]"]
"""How to check each class of the grammar: gives the shape, raises `ExpressionError`."""


@dataclass(frozen=True, slots=True)
class Local:
    name: str
    shape: Shape
    is_item: bool


class Checker:
    def __init__(self, checks: Checks, text: str, known: Mapping[str, Shape] | None) -> None:
        self.checks = checks
        self.text = text
        self.known = known
        self.locals: list[Local] = []
        self.paths: set[tuple[str, ...]] = set()

    @property
    def strict(self) -> bool:
        return self.known is not None

    def shape(self, node: s.Node) -> Shape:
        """The shape of `node`, after checking everything in it."""
        return self.checks[type(node)](self, node)

    @contextmanager
    def declared(self, *locals_: Local) -> Iterator[None]:
        before = len(self.locals)
        self.locals.extend(locals_)
        yield
        del self.locals[before:]

    def source(self, node: s.Node) -> str:
        return node.name if isinstance(node, s.Name) else self.text[node.start : node.end]

    # Names

    def find(self, name: str) -> tuple[Shape | None, bool]:
        """The shape of `name`, and whether it may be read from the context.

        None where nothing of that name is known.
        """
        uncertain = False
        for local in reversed(self.locals):
            if local.is_item:
                found = member_shape(local.shape, name)
                if found is not None and surely_has(local.shape, name):
                    return found, False
                uncertain = uncertain or found is not None
            if local.name == name:
                return h.ANY if uncertain else local.shape, False
        if self.known is None:
            return h.ANY, True
        if name in self.known:
            return h.ANY if uncertain else self.known[name], True
        return (h.ANY if uncertain else None), False

    def is_local(self, name: str) -> bool:
        """Whether `name` is declared in the expression."""
        return any(local.name == name for local in self.locals)

    def names_in_sight(self) -> set[str]:
        names = set(self.known or ())
        for local in self.locals:
            names.add(local.name)
            if local.is_item and local.shape.members:
                names.update(local.shape.members)
        return names

    def unknown(self, node: s.Name, more: Mapping[str, Any] | None = None) -> ExpressionError:
        if node.name in CONSTANTS:
            instead = CONSTANTS[node.name]
            return ExpressionError("write-instead", node.start, found=node.name, instead=instead)
        names = self.names_in_sight() | set(more or ())
        near = self._inside(node.name) or nearest(node.name, names, LIKE)
        return ExpressionError("unknown-name", node.start, name=node.name, nearest=near)

    def _inside(self, name: str) -> str | None:
        """How a name is read that is known inside one context alone."""
        known = (self.known or {}).items()
        found = [root for root, shape in known if surely_has(shape, name)]
        return f"{found[0]}.{name}" if len(found) == 1 else None

    # Refusals

    def wrong_type(self, node: s.Node, found: str, expected: set[str]) -> ExpressionError:
        written = self.source(node)
        if expected & {"date", "datetime"} and _BARE_DATE.fullmatch(written):
            instead = f'@"{written}"'
            return ExpressionError("write-instead", node.start, found=written, instead=instead)
        return ExpressionError(
            "wrong-type",
            node.start,
            text=written,
            found=found,
            expected=SEPARATOR.join(sorted(expected)),
        )

    def require(self, node: s.Node, shape: Shape, expected: set[str]) -> None:
        """Refuse `node` if its kind is known and none of the expected ones."""
        if self.strict and h.is_known(shape) and not h.kinds(shape) & expected:
            raise self.wrong_type(node, shape.kind, expected)

    def boolean(self, node: s.Node) -> None:
        self.require(node, self.shape(node), {"boolean"})


def member_shape(shape: Shape, name: str) -> Shape | None:
    """The shape of a member; None where there surely is none."""
    if shape.kind == "list":
        element = member_shape(shape.of or h.ANY, name)
        return None if element is None else h.list_of(element)
    if shape.kind == "any":
        return h.ANY
    if shape.kind == "context":
        if shape.members is None:
            return h.ANY
        return shape.members.get(name, h.ANY if shape.is_open else None)
    if shape.kind == "duration":
        return h.NUMBER if any(name in MEMBERS[kind] for kind in h.kinds(shape)) else None
    return MEMBERS.get(shape.kind, {}).get(name)


def surely_has(shape: Shape, name: str) -> bool:
    return shape.kind == "context" and shape.members is not None and name in shape.members
