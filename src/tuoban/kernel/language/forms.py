"""`form`: what is asked for or shown, as names of fields, singly or in sections."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as Fields

from tuoban.kernel.definition import FormEntry, FormSection, Text
from tuoban.kernel.language.declared import Declaration
from tuoban.kernel.language.names import unknown
from tuoban.kernel.language.reading import Properties, as_boolean, as_items, as_text
from tuoban.kernel.language.tree import Mapping, Node, Place, Scalar
from tuoban.kernel.language.workspace import Workspace

Writes = dict[str, Place]
"""The fields a form asks for, with the place where it does."""


class FormReader:
    """Reads one form; no field may stand on it twice.

    Args:
        known: the fields that may stand on it.
    """

    def __init__(self, known: Fields[str, Declaration], ws: Workspace) -> None:
        self.known = known
        self._ws = ws
        self._shown: set[str] = set()
        self.writes: Writes = {}
        self.fills: set[str] = set()
        """The fields that it may give a value: a read-only one takes its default."""

    def read(self, node: Node | None) -> tuple[FormSection, ...]:
        """The sections; entries outside any section stand in one without a label."""
        before = self._ws.findings.count
        sections: list[FormSection] = []
        loose: list[FormEntry] = []
        for item in as_items(node, self._ws.findings) if node is not None else ():
            if isinstance(item, Mapping) and item.pair("section"):
                sections += _loose(loose)
                loose = []
                sections.append(self._section(item))
            else:
                loose += self._entry(item)
        self._ws.has_gaps_in_forms |= self._ws.findings.count > before
        return (*sections, *_loose(loose))

    def _section(self, node: Mapping) -> FormSection:
        properties = Properties(node, self._ws.findings, ("section", "fields"))
        label = self._ws.labels.text(properties.get("section")) or Text("", "")
        items = as_items(properties.need("fields"), self._ws.findings)
        return FormSection(label, tuple(entry for item in items for entry in self._entry(item)))

    def _entry(self, item: Node) -> Iterator[FormEntry]:
        findings = self._ws.findings
        if not isinstance(item, Mapping):
            name = as_text(item, findings, "@form-entry")
            if name is not None and self._is_new(name):
                yield self._plain(name)
            return
        properties = Properties(item, findings, ("field", "required", "read-only"))
        properties.forbid("required", beside="read-only")
        name = as_text(properties.need("field"), findings)
        required = as_boolean(properties.get("required"), findings)
        read_only = as_boolean(properties.get("read-only"), findings)
        if name is not None and self._is_new(name):
            if self.known[name.text].is_computed:
                if "required" in properties:
                    findings.add(name, "computed-not-here", name=name.text)
                yield self._plain(name)
                return
            if not read_only:
                self.writes[name.text] = name.place
            if not read_only or "default" in self.known[name.text].properties:
                self.fills.add(name.text)
            yield FormEntry(name.text, required, read_only)

    def _plain(self, name: Scalar) -> FormEntry:
        """A field to be filled in, or to be read where it is computed."""
        if self.known[name.text].is_computed:
            return FormEntry(name.text, read_only=True)
        self.writes[name.text] = name.place
        self.fills.add(name.text)
        return FormEntry(name.text)

    def _is_new(self, name: Scalar) -> bool:
        if name.text not in self.known:
            unknown(name, self._ws.findings, "unknown-field", name.text, self.known)
            return False
        if name.text in self._shown:
            self._ws.findings.add(name, "listed-twice", name=name.text)
            return False
        self._shown.add(name.text)
        return True


def _loose(entries: list[FormEntry]) -> list[FormSection]:
    return [FormSection(None, tuple(entries))] if entries else []
