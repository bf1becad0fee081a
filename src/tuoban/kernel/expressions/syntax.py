"""The tree of an expression: one immutable class per form of the FEEL grammar.

Positions are offsets in the text, from 0; they take no part in comparisons, so two trees
are equal when they mean the same.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from decimal import Decimal
from typing import Literal

Arithmetic = Literal["+", "-", "*", "/", "**"]
Relation = Literal["=", "!=", "<", "<=", ">", ">="]
Quantifier = Literal["some", "every"]

TESTED = "?"
"""The name by which a unary test may read the value that it tests."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A form of the grammar, standing at `start` up to (not including) `end`."""

    start: int = field(default=0, compare=False, repr=False)
    end: int = field(default=0, compare=False, repr=False)


# Literals and names


@dataclass(frozen=True, slots=True)
class Number(Node):
    """`12.5`; never negative: the sign is a `Negation`."""

    value: Decimal


@dataclass(frozen=True, slots=True)
class Text(Node):
    """`"text"`."""

    value: str


@dataclass(frozen=True, slots=True)
class Boolean(Node):
    """`true`, `false`."""

    value: bool


@dataclass(frozen=True, slots=True)
class Null(Node):
    """`null`."""


@dataclass(frozen=True, slots=True)
class Temporal(Node):
    """`@"2026-03-01"`: a date, time, date and time or duration."""

    text: str


@dataclass(frozen=True, slots=True)
class Name(Node):
    """A name of the context, of an enclosing form or of a built-in function."""

    name: str


# Operators


@dataclass(frozen=True, slots=True)
class Negation(Node):
    """`-x`."""

    operand: Node


@dataclass(frozen=True, slots=True)
class Calculation(Node):
    """`left + right` and the other arithmetic operators."""

    operator: Arithmetic
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Comparison(Node):
    """`left < right` and the other relations."""

    operator: Relation
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Conjunction(Node):
    """`a and b and ...`, two operands or more."""

    operands: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Disjunction(Node):
    """`a or b or ...`, two operands or more."""

    operands: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Between(Node):
    """`value between low and high`, both ends included."""

    value: Node
    low: Node
    high: Node


@dataclass(frozen=True, slots=True)
class Test(Node):
    """A unary test `< 5`; standing alone it is the range of all values that pass."""

    operator: Relation
    operand: Node


@dataclass(frozen=True, slots=True)
class In(Node):
    """`value in (test, ...)`: true if any of the tests holds."""

    value: Node
    tests: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class UnaryTests(Node):
    """`a, b` or `not(a, b)` in a cell of a decision table; no tests mean `-`: whatever it is."""

    tests: tuple[Node, ...]
    negated: bool


@dataclass(frozen=True, slots=True)
class Interval(Node):
    """`[low..high]`; an end that is not closed is not included."""

    low: Node
    high: Node
    low_closed: bool
    high_closed: bool


# Control


@dataclass(frozen=True, slots=True)
class If(Node):
    """`if condition then chosen else otherwise`."""

    condition: Node
    chosen: Node
    otherwise: Node


@dataclass(frozen=True, slots=True)
class Iteration(Node):
    """`name in source` or `name in source..stop` of a `for`, `some` or `every`."""

    name: str
    source: Node
    stop: Node | None


@dataclass(frozen=True, slots=True)
class For(Node):
    """`for x in xs, y in ys return result`."""

    iterations: tuple[Iteration, ...]
    result: Node


@dataclass(frozen=True, slots=True)
class Quantified(Node):
    """`some x in xs satisfies condition`, or `every`."""

    quantifier: Quantifier
    iterations: tuple[Iteration, ...]
    condition: Node


# Collections and access


@dataclass(frozen=True, slots=True)
class ListOf(Node):
    """`[a, b]`."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Entry(Node):
    """`key: value` of a context or `name: value` of a call."""

    key: str
    value: Node


@dataclass(frozen=True, slots=True)
class Context(Node):
    """`{a: 1, b: a + 1}`; an entry sees those before it."""

    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Path(Node):
    """`source.name`."""

    source: Node
    name: str


@dataclass(frozen=True, slots=True)
class Filter(Node):
    """`source[condition]` or `source[position]`."""

    source: Node
    condition: Node


@dataclass(frozen=True, slots=True)
class Call(Node):
    """`function(a, b)`, or by name `function(x: a, y: b)` (then every argument is an `Entry`)."""

    function: Node
    arguments: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Parameter(Node):
    """`name` or `name: type` of a function."""

    name: str
    type: "Type | None"


@dataclass(frozen=True, slots=True)
class Function(Node):
    """`function(a, b) body`."""

    parameters: tuple[Parameter, ...]
    body: Node


@dataclass(frozen=True, slots=True)
class InstanceOf(Node):
    """`value instance of type`."""

    value: Node
    type: "Type"


@dataclass(frozen=True, slots=True)
class Type(Node):
    """A type as written: `number`, `list<number>`, `context<a: number>`, `function<..> -> ..`.

    `of` holds the element of a list or range, or the members of a context (`keys` names them),
    or the parameters of a function followed by its result.
    """

    name: str
    of: tuple["Type", ...] = ()
    keys: tuple[str, ...] = ()


def children(node: Node) -> Iterator[Node]:
    """The nodes directly below `node`, in the order they are written."""
    for one in fields(node):
        value = getattr(node, one.name)
        if isinstance(value, Node):
            yield value
        elif isinstance(value, tuple):
            yield from (part for part in value if isinstance(part, Node))


def height(node: Node) -> int:
    """How deep the tree is; 1 for a leaf. Needs no recursion of its own."""
    deepest, level = 0, [node]
    while level:
        deepest += 1
        level = [child for one in level for child in children(one)]
    return deepest


def size(node: Node) -> int:
    """How many nodes the tree has."""
    count, rest = 0, [node]
    while rest:
        count += 1
        rest.extend(children(rest.pop()))
    return count


def mentions(node: Node, name: str) -> bool:
    """Whether `name` is read anywhere in the tree."""
    rest = [node]
    while rest:
        one = rest.pop()
        if isinstance(one, Name) and one.name == name:
            return True
        rest.extend(children(one))
    return False


def path_of(node: Node) -> tuple[str, ...] | None:
    """`a.b.c` as names; None for a path over anything but a name."""
    names: list[str] = []
    while isinstance(node, Path):
        names.append(node.name)
        node = node.source
    return (node.name, *reversed(names)) if isinstance(node, Name) else None
