"""Parts of packs, made of plain values."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from collections.abc import Mapping as Lookup
from dataclasses import dataclass

from tuoban.kernel.bpmn.extension import keys
from tuoban.kernel.bpmn.xml import Element
from tuoban.kernel.language.tree import START, Mapping, Node, Pair, Scalar, Sequence

_TEXT = re.compile(r'"(?:[^"\\]|\\.)*"')
_IS = re.compile(r'(?P<name>[\w.]+) = (?P<value>"[^"\\]*"|0|[1-9]\d*)')

NameGiver = Callable[[str, str], str]
"""Gives a free name like a text, or like the other where nothing of it can be in a name."""

Plain = str | Node | Lookup[str, "Plain"] | Iterable["Plain"]


def node(value: Plain) -> Node:
    if isinstance(value, str):
        return Scalar(START, value)
    if isinstance(value, Scalar | Sequence | Mapping):
        return value
    if isinstance(value, Lookup):
        return mapping(value)
    return Sequence(START, tuple(node(each) for each in value))  # type: ignore[union-attr]


def mapping(values: Lookup[str, Plain]) -> Mapping:
    pairs = (Pair(Scalar(START, key), node(value)) for key, value in values.items())
    return Mapping(START, tuple(pairs))


def with_value(written: Mapping, key: str, value: Plain | None) -> Mapping:
    """The mapping with another value at a key, in its place where it has one; None takes it
    away."""
    if value is None:
        kept = (each for each in written.pairs if each.key.text != key)
        return Mapping(written.place, tuple(kept))
    made = Pair(Scalar(START, key), node(value))
    if written.pair(key) is None:
        return Mapping(written.place, (*written.pairs, made))
    pairs = (made if each.key.text == key else each for each in written.pairs)
    return Mapping(written.place, tuple(pairs))


def filled(own: Element, drawn: Lookup[str, Plain | None]) -> Mapping:
    """What is written in an element of ours, with what was drawn in its place; what is drawn no
    more is left out."""
    values: dict[str, Plain] = {}
    for key, value in keys(own):
        found = drawn.get(key) if value is None else value
        if found is not None:
            values[key] = found
    return mapping(values)


def renamed(made: Mapping, name: str, language: str, otherwise: str = "") -> Mapping:
    """With the name that the modeller gives it now.

    Args:
        language: the pack's, in which names are drawn.
        otherwise: what is drawn where it has no label.
    """
    if not name or name == shown_name(made, language, otherwise):
        return made
    return with_value(made, language, name)


def shown_name(made: Mapping, language: str, otherwise: str = "") -> str:
    """How it is drawn to be called, in one line."""
    other = "en" if language == "zh" else "zh"
    shown = text_at(made, language) or text_at(made, other) or otherwise
    return " ".join(shown.split())


@dataclass(slots=True)
class Branch:
    """A way out of a gateway, and what is done on it.

    Attributes:
        condition: when it is taken; empty: it says nothing.
        is_default: whether it is taken where no other is.
        own: what this program has written about it.
    """

    items: list[Mapping]
    condition: str = ""
    is_default: bool = False
    label: str = ""
    own: Element | None = None


@dataclass(slots=True)
class Maker:
    """Makes constructs of what lies between gateways.

    Attributes:
        language: the pack's, in which labels are written.
    """

    language: str

    def choice(self, branches: list[Branch], own: Element | None, label: str = "") -> list[Mapping]:
        """The first that holds; a branch with nothing on it is passed by saying when not."""
        made: list[Mapping] = []
        before: list[str] = []
        for branch in sorted(branches, key=lambda each: each.is_default):
            if not branch.items:
                if not branch.is_default:
                    before.append(branch.condition)
                continue
            made.append(self._branch(branch, before))
        if not made:
            return []
        if own is None:
            return [mapping({"choose": made, **self._label(label)})]
        return [renamed(filled(own, {"choose": node(made)}), label, self.language)]

    def _branch(self, branch: Branch, before: list[str]) -> Mapping:
        condition = branch.condition
        passed = [negated(each) for each in before if not exclude(each, condition)]
        if passed:
            parts = [*passed, *([f"({condition})"] if condition else [])]
            condition = " and ".join(parts)
        elif branch.is_default and not before:
            condition = ""
        body = node(branch.items)
        if branch.own is not None:
            key = "then" if condition else "otherwise"
            made = filled(branch.own, {"then": body, "otherwise": body})
            made = renamed(made, branch.label, self.language)
            if made.pair(key) is not None:
                return with_value(made, "when", condition) if condition else made
        label = self._label(branch.label)
        if condition:
            return mapping({"when": condition, "then": body, **label})
        return mapping({"otherwise": body, **label})

    def together(
        self, branches: list[Branch], own: Element | None, names: NameGiver, label: str = ""
    ) -> list[Mapping]:
        """All at once; of an inclusive gateway those whose condition holds."""
        said = [each.condition for each in branches if each.condition and not each.is_default]
        made = []
        for branch in branches:
            condition = branch.condition
            if branch.is_default and said:
                condition = f"not({' or '.join(f'({each})' for each in said)})"
            if branch.items:
                made.append(self._entry(branch, condition, names))
        if own is not None:
            whole = renamed(filled(own, {"parallel": node(made)}), label, self.language)
            return [whole] if made else []
        if len(made) == 1:
            return [made[0]]
        return [mapping({"parallel": made, **self._label(label)})] if made else []

    def _label(self, label: str) -> dict[str, Plain]:
        return {self.language: label} if label else {}

    def _entry(self, branch: Branch, condition: str, names: NameGiver) -> Mapping:
        first = branch.items[0]
        if len(branch.items) == 1 and text_at(first, "when") in ("", condition):
            return with_value(first, "when", condition) if condition else first
        return self.stage(branch.label or "branch", branch.items, names, condition)

    def stage(
        self, label: str, steps: list[Mapping], names: NameGiver, condition: str = ""
    ) -> Mapping:
        """One block of what follows one another, for when a condition holds."""
        made: dict[str, Plain] = {"stage": names(label, "branch"), self.language: label}
        if condition:
            made["when"] = condition
        return mapping({**made, "steps": steps})

    def loop(
        self, body: list[Mapping], again: str, back: list[Mapping], names: NameGiver
    ) -> list[Mapping]:
        """The body, and while `again` holds what lies on the way back, and the body again."""
        until = negated(again)
        if not body:
            return [mapping({"repeat": "", "until": until, "when": again, "steps": back})]
        if not back:
            return [mapping({"repeat": "", "until": until, "steps": body})]
        over = names("over", "over")
        label = {"zh": "不再重复", "en": "Not again"}
        return [
            mapping(
                {
                    "repeat": "",
                    "until": over,
                    "fields": {over: {"type": "boolean", **label}},
                    "steps": [
                        *body,
                        mapping({"set": over, "to": until}),
                        mapping({"choose": [{"when": f"{over} = false", "then": back}]}),
                    ],
                }
            )
        ]


def text_at(written: Mapping, key: str) -> str:
    """The text at a key; empty where there is none."""
    pair = written.pair(key)
    return pair.value.text if pair is not None and isinstance(pair.value, Scalar) else ""


def negated(condition: str) -> str:
    """The condition that holds where this one does not."""
    inner = condition.removeprefix("not(")
    if inner != condition and condition.endswith(")") and _is_whole(inner[:-1]):
        return inner[:-1]
    return f"not({condition})"


def exclude(one: str, other: str) -> bool:
    """Whether two conditions cannot both hold, as they say of one name that it is something else
    each."""
    said = [_IS.fullmatch(each.strip()) for each in (one, other)]
    names = {each["name"] for each in said if each is not None}
    values = {each["value"] for each in said if each is not None}
    return len(names) == 1 and len(values) == 2


def _is_whole(text: str) -> bool:
    depth = 0
    for each in _TEXT.sub("", text):
        depth += (each == "(") - (each == ")")
        if depth < 0:
            return False
    return depth == 0
