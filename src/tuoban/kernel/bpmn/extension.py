"""Parts of a pack as extension elements: an element for each key, with its value as packs write it.

What BPMN itself shows of a construct - the steps inside it, the branches of a choice - is *drawn*:
the element of its key is there, so that the order of the keys is kept, and says no more.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from tuoban.kernel.bpmn.namespaces import OWN
from tuoban.kernel.bpmn.xml import Element
from tuoban.kernel.language import notation
from tuoban.kernel.language.problems import Findings
from tuoban.kernel.language.showing import show_part
from tuoban.kernel.language.tree import START, Mapping, Node, Pair, Scalar

DRAWN = "drawn"
_AS_PART = "as"
_PART = "part"
_BLANK = "blank"
_TAG = re.compile(r"[a-zA-Z_][a-zA-Z0-9_-]*")
_UNFIT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML file may hold."""


class PartUnread(ValueError):
    """An element of ours that holds no part of a pack."""


def written(name: str, mapping: Mapping, drawn: Collection[str] = ()) -> Element:
    """A mapping as an element, its keys in their order."""
    children = [
        Element(DRAWN, OWN, attributes={"key": pair.key.text})
        if pair.key.text in drawn
        else _value(pair)
        for pair in mapping.pairs
    ]
    return Element(name, OWN, children=children)


def _value(pair: Pair) -> Element:
    key, node = pair.key.text, pair.value
    named = {} if _TAG.fullmatch(key) and key not in (DRAWN, "key") else {"name": key}
    element = Element("key" if named else key, OWN, attributes=named)
    if isinstance(node, Scalar) and not _UNFIT.search(node.text):
        element.text = node.text
        if not node.text and node.quoted:
            element.attributes[_AS_PART] = _BLANK
    else:
        element.attributes[_AS_PART] = _PART
        element.text = show_part(node)
    return element


def keys(element: Element) -> Iterator[tuple[str, Node | None]]:
    """The keys with their values; None where it is drawn.

    Raises:
        PartUnread: the text of one of them is no part of a pack.
    """
    if element.text.strip():
        raise PartUnread(element.name)
    for child in element.children:
        if child.namespace != OWN:
            continue
        if child.name == DRAWN and (child.children or child.text.strip()):
            raise PartUnread(DRAWN)
        yield _key(child), None if child.name == DRAWN else _read(child)


def names(element: Element) -> Iterator[str]:
    """The keys alone, whether their values can be read or not."""
    return (_key(each) for each in element.children if each.namespace == OWN)


def _key(child: Element) -> str:
    if child.name == DRAWN:
        return child.get("key")
    return child.get("name") if child.name == "key" else child.name


def _read(element: Element) -> Node:
    if element.children:
        raise PartUnread(element.name)
    if element.get(_AS_PART) != _PART:
        return Scalar(START, element.text, quoted=element.get(_AS_PART) == _BLANK)
    findings = Findings("")
    node = notation.read(element.text, findings)
    if node is None or findings.problems:
        raise PartUnread(element.name)
    return node
