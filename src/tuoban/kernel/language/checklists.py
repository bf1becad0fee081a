"""`checklist`: lines to be ticked, once or for every row of a list."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from tuoban.kernel.definition import CheckItem
from tuoban.kernel.language.declared import Block, RecordDraft
from tuoban.kernel.language.forms import FormReader
from tuoban.kernel.language.names import unknown
from tuoban.kernel.language.reading import Properties, as_items, as_text
from tuoban.kernel.language.scope import Scope
from tuoban.kernel.language.tree import Mapping, Node, Scalar
from tuoban.kernel.language.workspace import Workspace


def read_checklist(
    block: Block, form: FormReader, scope: Scope, ws: Workspace
) -> Iterator[CheckItem]:
    """The lines of a step's checklist, numbered down the page.

    Args:
        form: the form of the step.
    """
    node = block.properties.get("checklist")
    if node is None:
        return
    numbers = count(1)
    items = (node,) if _is_per(node) else as_items(node, ws.findings)
    for item in items:
        if not isinstance(item, Mapping) or not _is_per(item):
            yield from _line(item, numbers, scope, ws)
            continue
        properties = Properties(item, ws.findings, ("per", "items"))
        name = as_text(properties.get("per"), ws.findings)
        inside = _inside_rows(name, block, form, scope, ws)
        lines = properties.need("items")
        for line in as_items(lines, ws.findings) if lines is not None else ():
            yield from _line(line, numbers, inside, ws, name.text if name else None)


def _is_per(node: Node) -> bool:
    return isinstance(node, Mapping) and node.pair("per") is not None


def _line(
    item: Node, numbers: Iterator[int], scope: Scope, ws: Workspace, per: str | None = None
) -> Iterator[CheckItem]:
    when, number = None, next(numbers)
    if isinstance(item, Mapping):
        properties = Properties(item, ws.findings, ("item", "when", "zh", "en"))
        when = scope.condition(properties.get("when"), ws.findings)
        in_both = "zh" in properties or "en" in properties
        for key in ("zh", "en"):
            properties.forbid(key, beside="item")
        label = ws.labels.of(properties) if in_both else ws.labels.text(properties.need("item"))
    else:
        label = ws.labels.text(item)
    if label is not None:
        yield CheckItem(str(number), label, when, per)


def _inside_rows(
    name: Scalar | None, block: Block, form: FormReader, scope: Scope, ws: Workspace
) -> Scope:
    """The scope inside the rows of a list that stands before the step is done."""
    if name is None:
        return scope
    declaration = form.known.get(name.text)
    if declaration is None:
        unknown(name, ws.findings, "unknown-field", name.text, form.known)
    elif not isinstance(declaration.of, RecordDraft):
        if declaration.type is not None:
            ws.findings.add(name, "per-not-rows", name=name.text)
    elif name.text in form.writes or name.text in block.own:
        ws.findings.add(name, "per-on-form", name=name.text)
    else:
        return scope.inside_row(declaration.of.columns)
    return scope
