"""A pattern as an immutable tree."""

from dataclasses import dataclass
from typing import Literal

from tuoban.kernel.expressions.patterns.characters import Characters


@dataclass(frozen=True, slots=True)
class One:
    """One character of a set."""

    characters: Characters


@dataclass(frozen=True, slots=True)
class Anchor:
    """A place in the text that takes up no character."""

    place: Literal["start", "end", "line start", "line end"]


@dataclass(frozen=True, slots=True)
class BackReference:
    """What the group matched, once more; nothing where the group has not matched."""

    group: int


@dataclass(frozen=True, slots=True)
class Series:
    """One part after the other."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """The first of the branches that leads to a match."""

    branches: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """The body `least` to `most` times (None: any number), as often as possible unless
    `reluctant`."""

    body: "Node"
    least: int
    most: int | None
    reluctant: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Remembers what the body matched under a number, from 1."""

    number: int
    body: "Node"


Node = One | Anchor | BackReference | Series | Choice | Repeat | Group


@dataclass(frozen=True, slots=True)
class Tree:
    """A whole pattern. `blind` (flag `i`) is for its back-references: cases count as the same."""

    root: Node
    groups: int
    blind: bool
    has_back_references: bool
