"""XML files of any kind, read in bounds: what keeps one from being read at all, and where.

The reader is expat of the standard library, which knows the column of every piece of text (lxml
knows lines alone), with every document type refused: without one there are no entities to expand
and nothing outside to fetch. What is left for a hostile file is size and depth; both are bounded
before anything is built of it.

Reader               walks a file, and hands what stands in it to whoever builds a tree of it
UnreadableXml        the file cannot be read; why is a code of `TEXTS`
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import NamedTuple
from xml.parsers import expat
from xml.parsers.expat import errors

MAX_BYTES = 5_000_000
MAX_DEPTH = 60
"""Levels of elements; keeps whatever walks the tree within the interpreter's stack."""
MAX_PIECES = 400_000
"""Pieces that texts consist of: a line of it, or a character written as `&lt;`."""

TEXTS: Mapping[str, tuple[str, str]] = {
    "xml-empty": (
        "文件里没有任何 XML 元素。",
        "The file holds no XML element.",
    ),
    "xml-malformed": (
        "从这里起不是 XML：请检查引号、尖括号，以及文字里直接写的 < 和 &。",
        "This is no XML from here on: look for missing quotes and brackets, and for a bare < or & "
        "in a text.",
    ),
    "xml-unclosed": (
        "文件在这里中断：还有元素没有结束标签。",
        "The file breaks off here: an element lacks its end tag.",
    ),
    "xml-wrong-end": (
        "这个结束标签和它的开始标签不一致。",
        "This end tag does not match the tag that it ends.",
    ),
    "xml-attribute-twice": (
        "同一个元素里有属性写了两次。",
        "An attribute stands twice in one element.",
    ),
    "xml-behind-end": (
        "最外层元素结束之后不能再有内容。",
        "Nothing may follow the end of the outermost element.",
    ),
    "xml-unknown-entity": (
        "用到了没有定义的字符实体；请直接写这个字符。",
        "A character is named that XML does not define: write the character itself.",
    ),
    "xml-unknown-prefix": (
        "名称的前缀没有用 xmlns 声明。",
        "The prefix of a name is not declared by xmlns.",
    ),
    "xml-encoding": (
        "文件的编码读不了，请另存为 UTF-8。",
        "The encoding of the file cannot be read: save it as UTF-8.",
    ),
    "xml-doctype": (
        "不接受带 DOCTYPE 的文件，请删去这一行。",
        "A file with a DOCTYPE is not accepted: remove that line.",
    ),
    "xml-too-large": (
        "文件超过 {limit} 字节，请拆成几个。",
        "The file has more than {limit} bytes: split it.",
    ),
    "xml-too-deep": (
        "元素嵌套超过 {limit} 层。",
        "Elements are nested deeper than {limit} levels.",
    ),
    "xml-too-many": (
        "文件的元素或文字行超过 {limit} 个，请拆成几个文件。",
        "The file has more than {limit} elements or lines of text: split it.",
    ),
    "xml-long-attribute": (
        "有属性超过 {limit} 个字。",
        "An attribute is longer than {limit} characters.",
    ),
}
"""Every reason why a file is not read, in Chinese and English; `{limit}` is what it exceeds."""

_FOUND: Mapping[int, str] = {
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


class Place(NamedTuple):
    """A place in a file; line and column count from 1."""

    line: int
    column: int


START = Place(1, 1)


class UnreadableXml(ValueError):
    """A file that cannot be read as XML, or that is more than is read."""

    def __init__(self, place: Place, code: str, limit: int | None = None) -> None:
        super().__init__(code)
        self.place = place
        self.code = code
        self.facts = {} if limit is None else {"limit": str(limit)}


class Reader(ABC):
    """Walks a file once. Names of elements and attributes come as `namespace name`, or as the name
    alone where they are of none."""

    max_elements = 200_000
    max_attribute = MAX_BYTES
    """Characters of one attribute."""
    joins_texts = False
    """Whether text comes in large pieces, of which only the first place is known."""

    def __init__(self) -> None:
        self._depth = self._elements = self._pieces = 0
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.buffer_text = self.joins_texts
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self.on_text
        self._parser.StartDoctypeDeclHandler = self._doctype

    @abstractmethod
    def on_start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""

    @abstractmethod
    def on_end(self) -> None:
        """The innermost element that has begun ends."""

    @abstractmethod
    def on_text(self, text: str) -> None:
        """A piece of the text in the innermost element."""

    @property
    def here(self) -> Place:
        """Where the reader is."""
        return Place(self._parser.CurrentLineNumber, self._parser.CurrentColumnNumber + 1)

    def read(self, data: bytes) -> None:
        """Walks the whole file.

        Raises:
            UnreadableXml: it is no XML, has a document type, or is too large or too deep.
        """
        if len(data) > MAX_BYTES:
            raise UnreadableXml(START, "xml-too-large", MAX_BYTES)
        try:
            self._parser.Parse(data, True)  # noqa: FBT003 - expat takes no keywords
        except expat.ExpatError as error:
            code = _FOUND.get(error.code, "xml-malformed")
            if code == "xml-empty" and self._elements:
                code = "xml-unclosed"
            raise UnreadableXml(Place(error.lineno, error.offset + 1), code) from None
        except UnreadableXml:
            raise
        except (LookupError, ValueError):
            raise UnreadableXml(START, "xml-encoding") from None
        if not self._elements:
            raise UnreadableXml(START, "xml-empty")

    def count_piece(self) -> None:
        """Counts a piece of text that is kept."""
        self._pieces += 1
        if self._pieces > MAX_PIECES:
            raise UnreadableXml(self.here, "xml-too-many", MAX_PIECES)

    def _doctype(self, *_: object) -> None:
        raise UnreadableXml(self.here, "xml-doctype")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        self._elements += 1
        if self._depth > MAX_DEPTH:
            raise UnreadableXml(self.here, "xml-too-deep", MAX_DEPTH)
        if self._elements > self.max_elements:
            raise UnreadableXml(self.here, "xml-too-many", self.max_elements)
        if any(len(value) > self.max_attribute for value in attributes.values()):
            raise UnreadableXml(self.here, "xml-long-attribute", self.max_attribute)
        self.on_start(name, attributes)

    def _end(self, _: str) -> None:
        self._depth -= 1
        self.on_end()
