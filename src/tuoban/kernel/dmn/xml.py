"""XML to a small tree that knows its lines and columns."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from tuoban.kernel.dmn.problems import DmnError, DmnProblem
from tuoban.kernel.xml_files import Place, Reader, UnreadableXml

_NONE: Mapping[str, str] = MappingProxyType({})


@dataclass(slots=True)
class Element:
    """An element of the namespace that was asked for, with those of its children that are of it.

    `name` and the names of attributes are without namespace; attributes of other namespaces are
    left out. `text` is what stands directly in it.
    """

    name: str
    namespace: str
    place: Place
    attributes: Mapping[str, str] = field(default_factory=lambda: _NONE)
    children: list["Element"] = field(default_factory=list)
    text: str = ""
    pieces: list[tuple[int, int, int]] = field(default_factory=list)

    def get(self, attribute: str) -> str:
        """An attribute without the spaces around it, "" where it is not written."""
        return self.attributes.get(attribute, "").strip()

    def child(self, *names: str) -> "Element | None":
        """The first child of one of these names."""
        return next((each for each in self.children if each.name in names), None)

    def all(self, *names: str) -> "list[Element]":
        """The children of these names, in their order."""
        return [each for each in self.children if each.name in names]

    def at(self, offset: int) -> Place:
        """The place of the character at `offset` of the text."""
        piece = bisect_right(self.pieces, offset, key=lambda each: each[0]) - 1
        if piece < 0:
            return self.place
        start, line, column = self.pieces[piece]
        return Place(line, column + offset - start)


@dataclass(frozen=True, slots=True)
class Document:
    """The root, and where elements of other namespaces first stand, by namespace."""

    root: Element
    foreign: Mapping[str, Place]


def read_xml(xml: bytes) -> Document:
    """The tree of `xml`; elements of another namespace than the root's are passed over.

    Raises `DmnError` where it is not XML, is too large or too deep, or has a document type.
    """
    tree = _Tree()
    try:
        tree.read(xml)
    except UnreadableXml as found:
        raise DmnError(DmnProblem(found.place, found.code, found.facts)) from None
    return Document(tree.root, tree.foreign)


class _Tree(Reader):
    """Builds the tree while the file is read."""

    root: Element

    def __init__(self) -> None:
        super().__init__()
        self.foreign: dict[str, Place] = {}
        self._open: list[Element] = []
        self._texts: list[list[str]] = []
        self._lengths: list[int] = []
        self._skipped = 0
        """How deep in an element that is passed over."""

    def on_start(self, name: str, attributes: Mapping[str, str]) -> None:
        namespace, _, local = name.rpartition(" ")
        if self._skipped or (self._open and namespace != self.root.namespace):
            if not self._skipped:
                self.foreign.setdefault(namespace, self.here)
            self._skipped += 1
            return
        own = {key: value for key, value in attributes.items() if " " not in key}
        element = Element(local, namespace, self.here, own or _NONE)
        if self._open:
            self._open[-1].children.append(element)
        else:
            self.root = element
        self._open.append(element)
        self._texts.append([])
        self._lengths.append(0)

    def on_end(self) -> None:
        if self._skipped:
            self._skipped -= 1
            return
        element, text = self._open.pop(), "".join(self._texts.pop())
        self._lengths.pop()
        if text.isspace():
            element.pieces = []
        else:
            element.text = text

    def on_text(self, text: str) -> None:
        if self._skipped:
            return
        self.count_piece()
        self._open[-1].pieces.append((self._lengths[-1], *self.here))
        self._texts[-1].append(text)
        self._lengths[-1] += len(text)
