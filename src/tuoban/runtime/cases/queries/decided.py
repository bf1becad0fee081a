"""A decision in words: which rule applied, what it gave and what it looked at."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tuoban.kernel.decisions import REASONS
from tuoban.kernel.definition import Decide, Definition, Field, Table, TableInput, Text
from tuoban.kernel.events import DecisionMade
from tuoban.kernel.surroundings import Surroundings
from tuoban.runtime.cases.queries.naming import field_at
from tuoban.runtime.cases.wording import in_words, same

_NOTHING = Text("无", "none")


def headline(definition: Definition, event: DecisionMade) -> Text:
    """What was decided by which rule, or why nothing was."""
    label = definition.nodes[event.node].label
    rules = _numbers(event.rules)
    if event.reason is not None:
        zh, en = REASONS[event.reason]
        if event.rules:
            zh, en = f"{zh}（规则 {rules.zh}）", f"{en}: {rules.en}"
        return Text(f"“{label.zh}”没有判定结果：{zh}", f"“{label.en}” gave no result ({en})")
    if not event.rules and any(event.outputs.values()):
        return Text(f"“{label.zh}”取默认值", f"“{label.en}” decided by default")
    if not event.rules:
        return Text(f"“{label.zh}”没有适用的规则", f"No rule of “{label.en}” fits")
    word = "rule" if len(event.rules) == 1 else "rules"
    return Text(
        f"按“{label.zh}”的规则 {rules.zh} 判定", f"“{label.en}” decided by {word} {rules.en}"
    )


def results(
    definition: Definition, event: DecisionMade, surroundings: Surroundings
) -> list[tuple[Text, Text]]:
    """Each output that has a value, by its label."""
    return [
        (field.label, _shown(definition, field, event.outputs[field.name], surroundings))
        for field in _table(definition, event.node).outputs
        if event.outputs.get(field.name) not in (None, ())
    ]


def grounds(
    definition: Definition, event: DecisionMade, surroundings: Surroundings
) -> list[tuple[Text, Text]]:
    """Each value that was looked at and kept, by its label."""
    found = []
    for column in _table(definition, event.node).inputs:
        if column.text in event.inputs:
            field = _input_field(definition, column)
            value = event.inputs[column.text]
            found.append((field.label, _shown(definition, field, value, surroundings)))
    return found


def _table(definition: Definition, node: str) -> Table:
    return definition.tables[definition.nodes[node].holding(Decide).table]


def _input_field(definition: Definition, column: TableInput) -> Field:
    known = field_at(definition, column.path) if column.path is not None else None
    return known or Field(column.text, "text", same(column.text))


def _shown(definition: Definition, field: Field, value: Any, surroundings: Surroundings) -> Text:
    if value is None or value == ():
        return _NOTHING
    if isinstance(value, tuple):
        return _joined([_shown(definition, field, each, surroundings) for each in value])
    return in_words(definition, field, value, surroundings.zone, surroundings.opened)


def _numbers(rules: Iterable[int]) -> Text:
    return _joined([same(str(rule)) for rule in rules])


def _joined(texts: list[Text]) -> Text:
    return Text("、".join(text.zh for text in texts), ", ".join(text.en for text in texts))
