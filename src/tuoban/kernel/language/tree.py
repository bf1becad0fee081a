"""The small tree a pack is read from: mappings, lists and texts, each with its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Place(NamedTuple):
    """A place in a file; line and column count from 1."""

    line: int
    column: int


START = Place(1, 1)


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text as written, without a type.

    `inner` is how many columns its first character stands behind `place` (1 behind a quote); None
    where the text is folded or escaped, so that a place inside it cannot be told. `indent` is how
    many columns the lines of a literal block (`|`) are indented, which begin below `place`; None
    where it is no such block.
    """

    place: Place
    text: str
    quoted: bool = False
    inner: int | None = 0
    indent: int | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all is written, not even quotes."""
        return not self.text and not self.quoted

    def at(self, offset: int) -> Place:
        """The place of the character at `offset`, as near as it can be told."""
        if self.indent is not None:
            before = self.text[:offset]
            column = self.indent + offset - before.rfind("\n")
            return Place(self.place.line + 1 + before.count("\n"), column)
        if self.inner is None:
            return self.place
        return Place(self.place.line, self.place.column + self.inner + offset)


@dataclass(frozen=True, slots=True)
class Sequence:
    place: Place
    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    key: Scalar
    value: Node


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys with values, in the order of the page; no key stands twice."""

    place: Place
    pairs: tuple[Pair, ...]

    def pair(self, key: str) -> Pair | None:
        return next((each for each in self.pairs if each.key.text == key), None)


@dataclass(frozen=True, slots=True)
class Unread:
    """Something that was reported while the notation was read; nothing more is said of it."""

    place: Place


Node = Scalar | Sequence | Mapping | Unread
