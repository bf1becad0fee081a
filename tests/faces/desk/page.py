"""A page as its reader meets it: elements by id, entries by name, links, the alert."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Protocol

_VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "wbr"}


class Answer(Protocol):
    """What Django's test client gives back."""

    content: bytes


@dataclass
class Element:
    tag: str
    attributes: dict[str, str]
    children: list[Element | str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The text inside, with single spaces."""
        parts = [each if isinstance(each, str) else each.text for each in self.children]
        return " ".join(" ".join(parts).split())

    def walk(self) -> list[Element]:
        """This element and all inside, in the order of the page."""
        found = [self]
        for child in self.children:
            if isinstance(child, Element):
                found += child.walk()
        return found


class Page(HTMLParser):
    """The answer's HTML as a tree."""

    def __init__(self, response: Answer) -> None:
        super().__init__()
        self.root = Element("", {})
        self._open = [self.root]
        self.feed(response.content.decode())
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self._open[-1].children.append(element)
        if tag not in _VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if tag not in _VOID and any(each.tag == tag for each in self._open):
            while self._open.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        self._open[-1].children.append(data)

    @property
    def text(self) -> str:
        return self.root.text

    def all(self, tag: str, **attributes: str) -> list[Element]:
        return [
            each
            for each in self.root.walk()
            if each.tag == tag and attributes.items() <= each.attributes.items()
        ]

    def by_id(self, name: str) -> Element | None:
        found = [each for each in self.root.walk() if each.attributes.get("id") == name]
        assert len(found) <= 1, f"the id {name} stands {len(found)} times on the page"
        return found[0] if found else None

    @property
    def refusal(self) -> str:
        """The text of the alert, empty if there is none."""
        found = self.by_id("refusal")
        return found.text if found is not None and found.attributes.get("role") == "alert" else ""

    def problem(self, entry: str) -> str:
        """What stands beside the entry with this id, if the entry points to it."""
        problem = self.by_id(f"{entry}-problem")
        if problem is None:
            return ""
        pointing = [
            each
            for each in self.root.walk()
            if f"{entry}-problem" in each.attributes.get("aria-describedby", "").split()
        ]
        assert pointing, f"nothing on the page is described by {entry}-problem"
        return problem.text

    def value(self, name: str, within: str | None = None) -> str:
        """What an entry holds: its value, its text, or what is chosen."""
        root = self.by_id(within) if within else self.root
        assert root is not None
        entries = [each for each in root.walk() if each.attributes.get("name") == name]
        assert entries, f"no entry is called {name}"
        if entries[0].tag == "textarea":
            return entries[0].text
        if entries[0].tag == "select":
            options = [each for each in entries[0].walk() if each.tag == "option"]
            chosen = [each for each in options if "selected" in each.attributes]
            return (chosen or options)[0].attributes.get("value", "")
        if entries[0].attributes.get("type") in ("radio", "checkbox"):
            ticked = [each for each in entries if "checked" in each.attributes]
            return ticked[0].attributes["value"] if ticked else ""
        return entries[0].attributes.get("value", "")

    def has_entry(self, name: str) -> bool:
        return any(each.attributes.get("name") == name for each in self.root.walk())
