"""A value as a pack writes it: plainly, as an expression, or a list row by row.

The rows of a list are checked like rows that somebody types. Each cell is itself written plainly
or as an expression, which may read those that are written before it in its row.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC
from typing import Any

from tuoban.kernel.definition import Field, Text
from tuoban.kernel.expressions import Expression, Row
from tuoban.kernel.fitting import fitted
from tuoban.kernel.language import lists
from tuoban.kernel.language.declared import Declaration, RecordDraft
from tuoban.kernel.language.defaults import Bounds, read_value, text_of
from tuoban.kernel.language.names import unknown
from tuoban.kernel.language.problems import Findings
from tuoban.kernel.language.reading import as_mapping, as_text
from tuoban.kernel.language.scope import Scope
from tuoban.kernel.language.tree import Mapping as Keys
from tuoban.kernel.language.tree import Node, Scalar
from tuoban.kernel.language.tree import Sequence as Rows
from tuoban.kernel.names import holds

UNBOUND: Bounds = (None, None)


def read_written(
    node: Node | None,
    declaration: Declaration,
    scope: Scope,
    findings: Findings,
    bounds: Bounds = UNBOUND,
) -> Expression | None:
    """The expression of a value of a declared type; None where nothing is written, or, reported,
    where it is no such value."""
    if isinstance(node, Rows) and declaration.type == "list":
        return _read_rows(node, declaration, bounds, scope, findings)
    scalar = as_text(node, findings, "@value")
    return read_value(scalar, declaration, bounds, scope, findings) if scalar else None


def _read_rows(
    node: Rows, declaration: Declaration, bounds: Bounds, scope: Scope, findings: Findings
) -> Expression | None:
    of = declaration.of
    if of is None:
        return None  # it was reported
    before = findings.count
    low, high = bounds
    if (low is not None and len(node.items) < low) or (high is not None and len(node.items) > high):
        findings.add(node, "rows-out-of-bounds", count=str(len(node.items)))
    if isinstance(of, RecordDraft):
        rows = [_row(item, of, scope, findings) for item in node.items]
    else:
        single = replace(declaration, type=of, of=None)
        rows = [_plain(item, single, scope, findings) for item in node.items]
    if findings.count > before:
        return None
    expression = scope.attempt(f"[{', '.join(rows)}]")
    if expression is not None and not expression.names:
        _check_values(node, declaration, expression({}), findings)
    return expression


def _plain(item: Node, declaration: Declaration, scope: Scope, findings: Findings) -> str:
    cell = read_written(item, declaration, scope, findings)
    return f"({cell.text})" if cell is not None else "null"


def _row(item: Node, record: RecordDraft, scope: Scope, findings: Findings) -> str:
    """The context of a row."""
    mapping = as_mapping(item, findings)
    cells = dict(_cells(mapping, record, scope, findings)) if mapping is not None else {}
    written = {pair.key.text for pair in mapping.pairs} if mapping is not None else set()
    for column in record.fields if mapping is not None else ():
        if column.required and column.name not in written:
            findings.add(item, "row-lacks", name=column.name)
    return f"{{{', '.join(f'{text_of(name)}: ({text})' for name, text in cells.items())}}}"


def _cells(
    mapping: Keys, record: RecordDraft, scope: Scope, findings: Findings
) -> Iterator[tuple[str, str]]:
    fields = {each.name: each for each in record.fields}
    before: dict[str, Declaration] = {}
    for pair in mapping.pairs:
        name = pair.key.text
        if name not in record.columns:
            unknown(pair.key, findings, "unknown-field", name, record.columns)
        elif record.columns[name].is_computed:
            findings.add(pair.key, "computed-not-here", name=name)
        elif name in fields:
            bounds = (fields[name].minimum, fields[name].maximum)
            inside = scope.inside_row(before)
            cell = read_written(pair.value, record.columns[name], inside, findings, bounds)
            before[name] = record.columns[name]
            if cell is not None:
                yield name, cell.text


def _check_values(node: Rows, declaration: Declaration, rows: Any, findings: Findings) -> None:
    """Report which of these rows nobody could type, as far as they are values."""
    nameless = Text("", "")
    columns, _ = lists.columns(declaration, nameless, 2, findings)
    for item, row in zip(node.items, rows, strict=True):
        for column in columns:
            value = row.get(column.name) if isinstance(row, Mapping) else row
            _, problem = fitted(column, value, UTC)
            if problem is not None:
                written = _written_at(item, column)
                facts = {"text": written.text, "expected": f"@{column.type}"}
                findings.add(written, "bad-value", **facts)
        if isinstance(row, Mapping):
            _judge(item, columns, row, findings)


def _written_at(item: Node, column: Field) -> Scalar:
    pair = item.pair(column.name) if isinstance(item, Keys) else None
    node = pair.value if pair is not None else item
    return node if isinstance(node, Scalar) else Scalar(node.place, "")


def _judge(
    item: Node, columns: Sequence[Field], row: Mapping[str, Any], findings: Findings
) -> None:
    """Report a rule that a row breaks by itself."""
    cells = Row(0, {column.name: row.get(column.name) for column in columns})
    entered = {column.name for column in columns if column.computed is None}
    for column in columns:
        for rule in column.rules:
            alone = rule.that.names <= entered and not rule.warns
            if alone and holds(rule.that, cells) is False:
                facts = {"zh": rule.otherwise.zh, "en": rule.otherwise.en}
                findings.add(item, "default-breaks-rule", **facts)
