"""`documents` and `print`: the texts that steps print, with expressions in braces."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tuoban.kernel.documents import Document, Line, LineKind
from tuoban.kernel.expressions import Expression
from tuoban.kernel.language.declared import Block
from tuoban.kernel.language.names import read_name, unknown
from tuoban.kernel.language.reading import Properties, as_mapping, as_one_or_more, as_text
from tuoban.kernel.language.scope import Scope
from tuoban.kernel.language.tree import Node, Scalar, written_in
from tuoban.kernel.language.workspace import Workspace

KEYS = ("zh", "en", "text")
_PART = re.compile(r"\{(?P<code>[^{}\n]*)\}|(?P<text>[^{}]+)|(?P<stray>[{}])")
_KINDS: tuple[tuple[str, LineKind], ...] = (("# ", "heading"), ("- ", "item"))


def declare_documents(node: Node | None, ws: Workspace) -> None:
    """Take up the documents, so that steps may name them."""
    mapping = as_mapping(node, ws.findings) if node is not None else None
    for pair in mapping.pairs if mapping else ():
        keys = as_mapping(pair.value, ws.findings)
        if read_name(pair.key, ws.findings) and keys is not None:
            ws.documents[pair.key.text] = (pair.key, Properties(keys, ws.findings, KEYS))


def complete_documents(ws: Workspace) -> dict[str, Document]:
    """The documents in full. They are read now, so that they may say what day it is."""
    scope = ws.scope.timed()
    found = {}
    for name, (key, properties) in ws.documents.items():
        written = properties.need("text")
        text = ws.labels.text(written)
        label = ws.labels.of_name(properties, name, key)
        if text is not None and written is not None:
            zh = tuple(_lines(text.zh, written_in(written, "zh"), scope, ws))
            same = text.zh == text.en
            en = zh if same else tuple(_lines(text.en, written_in(written, "en"), scope, ws))
            found[name] = Document(name, label, zh, en)
        if name not in ws.printed and not ws.has_gaps:
            ws.findings.warn(key, "document-never-printed", name=name)
    return found


def read_printed(block: Block, ws: Workspace) -> Iterator[str]:
    """The documents that a step prints."""
    node = block.properties.get("print")
    seen: set[str] = set()
    for item in as_one_or_more(node, ws.findings) if node is not None else ():
        name = as_text(item, ws.findings)
        if name is None:
            continue
        if name.text not in ws.documents:
            unknown(name, ws.findings, "unknown-document", name.text, ws.documents)
        elif name.text in seen:
            ws.findings.add(name, "listed-twice", name=name.text)
        else:
            seen.add(name.text)
            ws.printed.add(name.text)
            yield name.text


def _lines(text: str, written: Scalar, scope: Scope, ws: Workspace) -> Iterator[Line]:
    begins = 0
    for line in text.split("\n"):
        kind, content = _kind(line.strip())
        start = begins + line.find(content) if content else begins
        yield Line(kind, tuple(_parts(content, start, text, written, scope, ws)))
        begins += len(line) + 1


def _kind(line: str) -> tuple[LineKind, str]:
    for mark, kind in _KINDS:
        if line.startswith(mark):
            return kind, line.removeprefix(mark).strip()
    return ("text", line) if line else ("gap", "")


def _parts(
    content: str, start: int, text: str, written: Scalar, scope: Scope, ws: Workspace
) -> Iterator[str | Expression]:
    for match in _PART.finditer(content):
        # A translation stands in another file; the text itself may have been stripped of its end.
        is_here = written.text.startswith(text)
        if match["text"] is not None:
            yield match["text"]
        elif match["stray"] is not None:
            at = written.at(start + match.start()) if is_here else written.place
            ws.findings.add(at, "stray-brace")
        else:
            code = match["code"]
            place = written.at(start + match.start("code")) if is_here else written.place
            expression = scope.expression(Scalar(place, code), ws.findings)
            if expression is not None:
                yield expression
