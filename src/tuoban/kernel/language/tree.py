"""The small tree a pack is read from: mappings, lists and texts, each with its place."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple


class Place(NamedTuple):
    """A place in a file; line and column count from 1."""

    line: int
    column: int
    file: str = ""
    """The file, where it is another than the one that is compiled: a base of it."""
    step: str = ""
    """The step for which something is read that stands there for every step."""

    @property
    def said(self) -> str:
        """The line as other places speak of it, with the file where it is another."""
        return f"{self.line} ({self.file})" if self.file else str(self.line)


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
            line = self.place.line + 1 + before.count("\n")
            return self.place._replace(line=line, column=column)
        if self.inner is None:
            return self.place
        return self.place._replace(column=self.place.column + self.inner + offset)


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


def placed(node: Node, *, file: str = "", step: str = "") -> Node:
    """The same tree, all of whose places are in `file`, or are read for `step`."""

    def moved(place: Place) -> Place:
        return place._replace(file=file or place.file, step=step or place.step)

    if isinstance(node, Sequence):
        items = (placed(each, file=file, step=step) for each in node.items)
        return Sequence(moved(node.place), tuple(items))
    if isinstance(node, Mapping):
        pairs = (
            Pair(
                replace(each.key, place=moved(each.key.place)),
                placed(each.value, file=file, step=step),
            )
            for each in node.pairs
        )
        return Mapping(moved(node.place), tuple(pairs))
    return replace(node, place=moved(node.place))


def is_empty_list(node: Node) -> bool:
    """Whether it is a list with nothing in it."""
    return isinstance(node, Sequence) and not node.items


def written_in(node: Node, language: str) -> Scalar:
    """Where the text of a language stands; that of the other one, if it is not written there."""
    if isinstance(node, Mapping):
        found = [node.pair(language), *node.pairs]
        scalars = (each.value for each in found if each and isinstance(each.value, Scalar))
        return next(scalars, Scalar(node.place, ""))
    return node if isinstance(node, Scalar) else Scalar(node.place, "")
