"""Conditions as people say them: "客户确认：不同意" for `consent.outcome = "decline"`.

What has no such reading is shown as it is written.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from tuoban.kernel.definition import Definition, Field, Step
from tuoban.kernel.expressions import Expression
from tuoban.kernel.expressions import syntax as s
from tuoban.kernel.expressions.printer import to_text
from tuoban.kernel.text import Text

_OPPOSITE = {"=": "≠", "!=": "＝"}
_SIGNS = {"=": "=", "!=": "≠", "<=": "≤", ">=": "≥"}


class Conditions:
    """Reads the conditions of a definition, as seen from one of its nodes, in one language."""

    def __init__(self, definition: Definition, node: str, language: str) -> None:
        self._definition = definition
        self._node = node
        self._language = language

    def read(self, expression: Expression) -> str:
        return self._read(expression.tree)

    def _read(self, node: s.Node) -> str:
        reader = _READERS.get(type(node))
        return reader(self, node) if reader is not None else to_text(node)

    def say(self, zh: str, en: str) -> str:
        return Text(zh, en).read(self._language)

    def _comparison(self, node: s.Comparison) -> str:
        outcome = self._outcome(node)
        if outcome is not None:
            return outcome
        if isinstance(node.right, s.Null):
            blank = self.say("未填", "is empty"), self.say("已填", "is filled in")
            told = blank[node.operator != "="]
            return self.say(f"{self._read(node.left)}{told}", f"{self._read(node.left)} {told}")
        if isinstance(node.right, s.Boolean) and node.operator in _OPPOSITE:
            return self._flag(node.left, node.right.value == (node.operator == "="))
        sign = _SIGNS.get(node.operator, node.operator)
        return f"{self._read(node.left)} {sign} {self._value(node.left, node.right)}"

    def _outcome(self, node: s.Comparison) -> str | None:
        """What a step came to."""
        left, right = node.left, node.right
        if not isinstance(right, s.Text) or not isinstance(left, s.Path):
            return None
        if left.name != "outcome" or node.operator not in _OPPOSITE:
            return None
        key = self._key(left.source)
        labels: Mapping[str, Text] = {}
        if key is not None:
            construct = self._definition.nodes[key].construct
            if isinstance(construct, Step):
                labels = {each.key: each.label for each in construct.outcomes}
            else:
                labels = self._definition.call_outcomes.get(key, {})
        if key is None or right.value not in labels:
            return None
        step = self._definition.nodes[key].label.read(self._language)
        told = labels[right.value].read(self._language)
        if node.operator == "!=":
            told = self.say(f"非{told}", f"not “{told}”")
        return self.say(f"{step}：{told}", f"{step}: {told}")

    def _key(self, node: s.Node) -> str | None:
        """The node that a name means here."""
        if not isinstance(node, s.Name):
            return None
        known = self._definition.names_around(self._node)
        key = known.get(node.name, node.name)
        return key if key in self._definition.nodes else None

    def _flag(self, node: s.Node, holds: bool) -> str:
        name = self._read(node)
        return name if holds else self.say(f"非{name}", f"not {name}")

    def _value(self, of: s.Node, value: s.Node) -> str:
        """A value, with the label of a choice."""
        field = self._field(of)
        if field is not None and isinstance(value, s.Text):
            option = field.option(value.value)
            if option is not None:
                return option.read(self._language)
        return value.value if isinstance(value, s.Text) else self._read(value)

    def _field(self, node: s.Node) -> Field | None:
        definition = self._definition
        if isinstance(node, s.Name):
            if self._node not in definition.nodes:
                return definition.fields.get(node.name)
            return definition.field_at(self._node, node.name)
        if not isinstance(node, s.Path):
            return None
        key = self._key(node.source)
        if key is None:
            return None
        own: Mapping[str, Field] = definition.own_fields(key) or definition.data_fields(key)
        return own.get(node.name) or definition.output_at(key, node.name)

    def _name(self, node: s.Name) -> str:
        field = self._field(node)
        if field is not None:
            return field.label.read(self._language)
        key = self._key(node)
        return self._definition.nodes[key].label.read(self._language) if key else node.name

    def _path(self, node: s.Path) -> str:
        field = self._field(node)
        if field is not None:
            return field.label.read(self._language)
        if isinstance(node.source, s.Name) and node.source.name == "settings":
            setting = self._definition.settings.get(node.name)
            return setting.label.read(self._language) if setting is not None else to_text(node)
        return self._fact(node) or to_text(node)

    def _fact(self, node: s.Path) -> str:
        """What is on file of a customer or an asset that a field names; empty where it is none."""
        of = self._field(node.source)
        kind = self._definition.asset_kinds.get(of.kind) if of is not None else None
        fact = kind.facts.get(node.name) if kind is not None else None
        if of is None or fact is None:
            return ""
        name, told = of.label.read(self._language), fact.label.read(self._language)
        return self.say(f"{name}的{told}", f"{told} of {name}")

    def _conjunction(self, node: s.Conjunction) -> str:
        return self.say("，且", " and ").join(self._read(each) for each in node.operands)

    def _disjunction(self, node: s.Disjunction) -> str:
        return self.say("，或", " or ").join(self._read(each) for each in node.operands)


_READERS: dict[type[s.Node], Callable[[Conditions, Any], str]] = {
    s.Comparison: Conditions._comparison,
    s.Name: Conditions._name,
    s.Path: Conditions._path,
    s.Conjunction: Conditions._conjunction,
    s.Disjunction: Conditions._disjunction,
}
