"""XML to a small tree that knows its lines and columns.

The reader is expat of the standard library, which knows the column of every piece of text (lxml
knows lines alone), with every document type refused: without one there are no entities to expand
and nothing outside to fetch. What is left for a hostile file is size and depth; both are bounded.
"""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from xml.parsers import expat
from xml.parsers.expat import errors

from tuoban.kernel.dmn.problems import START, DmnError, DmnProblem, Place

MAX_BYTES = 5_000_000
MAX_ELEMENTS = 200_000
MAX_PIECES = 400_000
"""Pieces that texts consist of: a line of it, or a character written as `&lt;`."""
MAX_DEPTH = 60
"""Levels of elements; keeps whatever walks the tree within the interpreter's stack."""

_NONE: Mapping[str, str] = MappingProxyType({})

_MALFORMED: Mapping[int, str] = {
    errors.codes[message]: code
    for message, code in (
        (errors.XML_ERROR_NO_ELEMENTS, "xml-empty"),
        (errors.XML_ERROR_UNCLOSED_TOKEN, "xml-unclosed"),
        (errors.XML_ERROR_UNCLOSED_CDATA_SECTION, "xml-unclosed"),
        (errors.XML_ERROR_TAG_MISMATCH, "xml-wrong-end"),
        (errors.XML_ERROR_DUPLICATE_ATTRIBUTE, "xml-attribute-twice"),
        (errors.XML_ERROR_JUNK_AFTER_DOC_ELEMENT, "xml-behind-end"),
        (errors.XML_ERROR_UNDEFINED_ENTITY, "xml-unknown-entity"),
        (errors.XML_ERROR_UNBOUND_PREFIX, "xml-unknown-prefix"),
    )
}
"""What expat finds most, by its number; its own words are English alone."""


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
    if len(xml) > MAX_BYTES:
        raise _refused(START, "xml-too-large", limit=str(MAX_BYTES))
    builder = _Builder()
    try:
        builder.parser.Parse(xml, True)  # noqa: FBT003 - expat takes no keywords
    except expat.ExpatError as error:
        code = _MALFORMED.get(error.code, "xml-malformed")
        if code == "xml-empty" and builder.root is not None:
            code = "xml-unclosed"
        raise _refused(Place(error.lineno, error.offset + 1), code) from None
    except (LookupError, ValueError) as error:
        if isinstance(error, DmnError):
            raise
        raise _refused(START, "xml-encoding") from None
    if builder.root is None:
        raise _refused(START, "xml-empty")
    return Document(builder.root, builder.foreign)


def _refused(place: Place, code: str, **facts: str) -> DmnError:
    return DmnError(DmnProblem(place, code, facts))


class _Builder:
    """Builds the tree while expat reads."""

    def __init__(self) -> None:
        self.root: Element | None = None
        self.foreign: dict[str, Place] = {}
        self.open: list[Element] = []
        self.texts: list[list[str]] = []
        self.lengths: list[int] = []
        self.depth = self.skipped = self.elements = self.pieces = 0
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.characters
        self.parser.StartDoctypeDeclHandler = self.doctype

    @property
    def here(self) -> Place:
        return Place(self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1)

    def doctype(self, *_: object) -> None:
        raise _refused(self.here, "xml-doctype")

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        self.elements += 1
        if self.depth > MAX_DEPTH:
            raise _refused(self.here, "xml-too-deep", limit=str(MAX_DEPTH))
        if self.elements > MAX_ELEMENTS:
            raise _refused(self.here, "xml-too-many", limit=str(MAX_ELEMENTS))
        namespace, _, local = name.rpartition(" ")
        if self.skipped or (self.root is not None and namespace != self.root.namespace):
            if not self.skipped:
                self.foreign.setdefault(namespace, self.here)
            self.skipped += 1
            return
        own = {key: value for key, value in attributes.items() if " " not in key}
        element = Element(local, namespace, self.here, own or _NONE)
        if self.open:
            self.open[-1].children.append(element)
        else:
            self.root = element
        self.open.append(element)
        self.texts.append([])
        self.lengths.append(0)

    def end(self, name: str) -> None:
        self.depth -= 1
        if self.skipped:
            self.skipped -= 1
            return
        element, text = self.open.pop(), "".join(self.texts.pop())
        self.lengths.pop()
        if text.isspace():
            element.pieces = []
        else:
            element.text = text

    def characters(self, text: str) -> None:
        if self.skipped or not self.open:
            return
        self.pieces += 1
        if self.pieces > MAX_PIECES:
            raise _refused(self.here, "xml-too-many", limit=str(MAX_PIECES))
        self.open[-1].pieces.append((self.lengths[-1], *self.here))
        self.texts[-1].append(text)
        self.lengths[-1] += len(text)
