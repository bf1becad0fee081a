"""XML read into a small tree that knows its lines and columns, and written from one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal
from xml.sax.saxutils import escape, quoteattr

from tuoban.kernel.bpmn.problems import BpmnError, BpmnProblem
from tuoban.kernel.xml_files import START, Place, Reader, UnreadableXml


@dataclass(slots=True)
class Element:
    """An element. Names are without namespace; `namespace` tells it, and attributes of another
    namespace than none are called `{namespace}name`.

    An element keeps account of itself: what is looked up by name counts as read. So whatever was
    read of a file by nobody can be told, without a list of what is read.

    Attributes:
        asked: the attributes that were looked up.
        fate: whether it was read, or settled with all that is in it; nothing yet otherwise.
    """

    name: str
    namespace: str
    place: Place = START
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Element] = field(default_factory=list)
    text: str = ""
    asked: set[str] = field(default_factory=set, repr=False, compare=False)
    fate: Literal["", "read", "settled"] = field(default="", repr=False, compare=False)

    def get(self, attribute: str) -> str:
        """An attribute without the spaces around it, "" where it is not written."""
        self.asked.add(attribute)
        return self.peek(attribute)

    def peek(self, attribute: str) -> str:
        """The same, which does not count as read: to speak of the element, not to carry it over."""
        return self.attributes.get(attribute, "").strip()

    def read(self) -> Element:
        """The element, which counts as read from now on."""
        self.fate = self.fate or "read"
        return self

    def is_true(self, attribute: str, *, unless_said: bool = False) -> bool:
        """An attribute that is `true` or `1`, or `false` or `0`."""
        said = self.get(attribute)
        return said in ("true", "1") if said in ("true", "1", "false", "0") else unless_said

    def settle(self) -> None:
        """Nothing of it needs to be told of any more: it was, as a whole, or is drawn by us."""
        self.fate = "settled"

    @property
    def id(self) -> str:
        return self.peek("id")

    def child(self, name: str, namespace: str | None = None) -> Element | None:
        """The first child of this name, of the same namespace unless another is given."""
        return next(self.all(name, namespace=namespace), None)

    def all(self, *names: str, namespace: str | None = None) -> Iterator[Element]:
        """The children of these names, in their order."""
        wanted = self.namespace if namespace is None else namespace
        for each in self.children:
            if each.name in names and each.namespace == wanted:
                yield each.read()

    def walk(self) -> Iterator[Element]:
        """Itself and everything inside, down the page."""
        waiting = [self]
        while waiting:
            each = waiting.pop()
            yield each
            waiting.extend(reversed(each.children))


def read_xml(data: bytes) -> Element:
    """The root of the document.

    Raises:
        BpmnError: it is no XML, or more than is read.
    """
    tree = _Tree()
    try:
        tree.read(data)
    except UnreadableXml as found:
        raise refused(found.place, found.code, **found.facts) from None
    return tree.root


def refused(place: Place, code: str, **facts: str) -> BpmnError:
    return BpmnError(BpmnProblem(place, code, facts))


class _Tree(Reader):
    """Builds the tree while the file is read."""

    max_elements = 100_000
    max_attribute = 100_000
    joins_texts = True

    root: Element

    def __init__(self) -> None:
        super().__init__()
        self._open: list[Element] = []
        self._texts: list[list[str]] = []

    def on_start(self, name: str, attributes: Mapping[str, str]) -> None:
        namespace, _, local = name.rpartition(" ")
        element = Element(local, namespace, self.here, _named(attributes))
        if self._open:
            self._open[-1].children.append(element)
        else:
            self.root = element
        self._open.append(element)
        self._texts.append([])

    def on_end(self) -> None:
        element, text = self._open.pop(), "".join(self._texts.pop())
        if not element.children or not text.isspace():
            element.text = text

    def on_text(self, text: str) -> None:
        self.count_piece()
        self._texts[-1].append(text)


def _named(attributes: Mapping[str, str]) -> dict[str, str]:
    found = {}
    for name, value in attributes.items():
        namespace, _, local = name.rpartition(" ")
        found[f"{{{namespace}}}{local}" if namespace else local] = value
    return found


def write_xml(root: Element, prefixes: Mapping[str, str]) -> str:
    """The document as text; texts stand as they are, elements on lines of their own.

    Args:
        prefixes: by namespace, the prefix of its elements.
    """
    lines = ['<?xml version="1.0" encoding="UTF-8"?>']
    declared = "".join(f' xmlns:{prefix}="{name}"' for name, prefix in prefixes.items())
    _write(root, 0, prefixes, declared, lines)
    return "\n".join(lines) + "\n"


def _write(
    element: Element, indent: int, prefixes: Mapping[str, str], declared: str, lines: list[str]
) -> None:
    tag = f"{prefixes[element.namespace]}:{element.name}"
    told = "".join(
        f" {_attribute(name, prefixes)}={quoteattr(value, _KEPT)}"
        for name, value in element.attributes.items()
    )
    head = f"{' ' * indent}<{tag}{declared}{told}"
    if element.children:
        lines.append(f"{head}>")
        for each in element.children:
            _write(each, indent + 2, prefixes, "", lines)
        lines.append(f"{' ' * indent}</{tag}>")
    elif element.text:
        lines.append(f"{head}>{escape(element.text, _KEPT_TEXT)}</{tag}>")
    else:
        lines.append(f"{head}/>")


def _attribute(name: str, prefixes: Mapping[str, str]) -> str:
    if not name.startswith("{"):
        return name
    namespace, _, local = name[1:].partition("}")
    return f"{prefixes[namespace]}:{local}"


_KEPT = {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}
_KEPT_TEXT = {"\r": "&#13;"}
