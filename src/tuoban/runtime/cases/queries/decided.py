"""A decision in words: which rule applied, what it gave and what it looked at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from tuoban.kernel.decisions import REASONS
from tuoban.kernel.definition import Decide, Definition, Field, Table, TableInput, Text
from tuoban.kernel.events import DecisionMade
from tuoban.kernel.surroundings import Surroundings
from tuoban.runtime.cases.queries.naming import field_at, is_person
from tuoban.runtime.cases.wording import in_words, same

LONGEST_RESULT = 40  # characters of a result that still reads well inside a sentence
_NOTHING, _EMPTY = Text("无", "none"), Text("（空）", "(empty)")


def headline(definition: Definition, event: DecisionMade, label: Text) -> Text:
    """What was decided by which rule, or why nothing was; `label` is how the decision is called."""
    rules = _numbers(event.rules)
    if event.reason is not None:
        zh, en = REASONS[event.reason]
        if event.rules:
            zh, en = f"{zh}（规则 {rules.zh}）", f"{en}: {rules.en}"
        return Text(f"“{label.zh}”没有判定结果：{zh}", f"“{label.en}” gave no result ({en})")
    if not event.rules and _has_defaults(definition, event):
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
    """Each output that has a value, by its label; what is long is cut short."""
    return [
        (field.label, _short(_shown(definition, field, event.outputs[field.name], surroundings)))
        for field in _table(definition, event.node).outputs
        if event.outputs.get(field.name) not in (None, ())
    ]


def grounds(
    definition: Definition,
    event: DecisionMade,
    surroundings: Surroundings,
    names: Mapping[str, str],
) -> list[tuple[Text, Text]]:
    """Each value that was looked at and kept, by its label; people by `names`."""
    found = []
    for column in _table(definition, event.node).inputs:
        if column.text in event.inputs:
            field = _input_field(definition, column)
            value = event.inputs[column.text]
            if column.path is not None and is_person(definition, column.path):
                value = names.get(value, value)
            found.append((field.label, _shown(definition, field, value, surroundings)))
    return found


def _table(definition: Definition, node: str) -> Table:
    return definition.tables[definition.nodes[node].holding(Decide).table]


def _input_field(definition: Definition, column: TableInput) -> Field:
    known = field_at(definition, column.path) if column.path is not None else None
    return known or Field(column.text, "text", same(column.text))


def _has_defaults(definition: Definition, event: DecisionMade) -> bool:
    """Whether its table says what holds where no rule fits."""
    outputs = _table(definition, event.node).decision.outputs
    return any(column.default is not None for column in outputs)


def _shown(definition: Definition, field: Field, value: Any, surroundings: Surroundings) -> Text:
    if value is None or value == ():
        return _NOTHING
    if value == "":
        return _EMPTY
    if isinstance(value, tuple):
        return _joined([_shown(definition, field, each, surroundings) for each in value])
    return in_words(definition, field, value, surroundings.zone, surroundings.opened)


def _short(text: Text) -> Text:
    return Text(_cut(text.zh), _cut(text.en))


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_RESULT else f"{text[: LONGEST_RESULT - 1]}…"


def _numbers(rules: Iterable[int]) -> Text:
    return _joined([same(str(rule)) for rule in rules])


def _joined(texts: list[Text]) -> Text:
    return Text("、".join(text.zh for text in texts), ", ".join(text.en for text in texts))
