"""What expressions may name at a place of the pack, and the reading of expressions there."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from tuoban.kernel.definition import FieldType
from tuoban.kernel.expressions import (
    ANY,
    BOOLEAN,
    DATE,
    DATETIME,
    DAYS,
    NUMBER,
    TEXT,
    Expression,
    ExpressionError,
    Shape,
    choice_of,
    compile_expression,
    context_of,
)
from tuoban.kernel.language.declared import Declaration
from tuoban.kernel.language.problems import Findings
from tuoban.kernel.language.reading import as_text
from tuoban.kernel.language.tree import Node, Scalar

CLOCK: Mapping[str, Shape] = {"now": DATETIME, "today": DATE}
"""Known to defaults and rules alone: elsewhere nothing would wake the case for them."""

_WORD = re.compile(r"\w+")
_SHAPES: Mapping[FieldType, Shape] = {
    "text": TEXT,
    "phone": TEXT,
    "integer": NUMBER,
    "number": NUMBER,
    "money": NUMBER,
    "boolean": BOOLEAN,
    "choice": TEXT,
    "date": DATE,
    "datetime": DATETIME,
    "duration": DAYS,
}
_KINDS: Mapping[str, tuple[str, ...]] = {
    "boolean": ("boolean",),
    "number": ("number",),
    "text": ("text",),
    "duration": ("days", "duration"),
    "moment": ("date", "datetime"),
}
"""The kinds of value that may stand where something is asked for."""


@dataclass(frozen=True, slots=True)
class Scope:
    """The names known at a place, and what is known of their values."""

    known: Mapping[str, Shape] = field(default_factory=dict)

    def inside(self, own: Mapping[str, Declaration]) -> Scope:
        """The scope inside a place that declares fields of its own."""
        return replace(self, known={**self.known, **field_shapes(own)}) if own else self

    def timed(self) -> Scope:
        """The same for a default or a rule, which may use `now` and `today`."""
        return replace(self, known={**self.known, **CLOCK})

    def condition(self, node: Node | None, findings: Findings) -> Expression | None:
        """An expression that is true or false; None where none is written."""
        scalar = as_text(node, findings, "@condition")
        return self.read(scalar, findings, "boolean") if scalar else None

    def read(self, scalar: Scalar, findings: Findings, wanted: str) -> Expression | None:
        """The expression; None, reported at its place inside the text, if it cannot be used.

        Args:
            wanted: what its value should be: boolean, number, text, duration or moment.
        """
        try:
            expression = self._compile(scalar.text)
        except ExpressionError as error:
            clock = error.code == "unknown-name" and error.facts["name"] in CLOCK
            code = "no-clock-here" if clock else error.code
            findings.add(scalar.at(error.position), code, **error.facts)
            return None
        found = expression.shape.kind
        if found not in ("any", "null", *_KINDS[wanted]):
            kinds = ", ".join(_KINDS[wanted])
            facts = {"text": scalar.text, "found": found, "expected": kinds}
            findings.add(scalar.at(0), "wrong-type", **facts)
            return None
        return expression

    def attempt(self, text: str) -> Expression | None:
        """The expression, or None without a report if it is none."""
        try:
            return self._compile(text)
        except ExpressionError:
            return None

    def _compile(self, text: str) -> Expression:
        """Compiled with the names that occur in it, since each known name costs time; with all of
        them where that fails, so that the nearest one can be told."""
        occurring = _WORD.findall(text)
        try:
            return compile_expression(
                text, {n: self.known[n] for n in occurring if n in self.known}
            )
        except ExpressionError:
            return compile_expression(text, self.known)


def literal(text: str) -> Expression:
    """The expression of a FEEL literal of our own making."""
    return compile_expression(text, {})


def value_shape(type_: FieldType | None, options: Collection[str] = ()) -> Shape:
    """The shape of a field's or setting's value; a type that was reported may be anything."""
    if type_ is None:
        return ANY
    return choice_of(*options) if options else _SHAPES[type_]


def field_shapes(fields: Mapping[str, Declaration]) -> dict[str, Shape]:
    return {name: value_shape(each.type, each.option_keys) for name, each in fields.items()}


def step_shape(outcomes: Collection[str], own: Mapping[str, Declaration]) -> Shape:
    """What a step's name gives to read: how, when, by whom and how often it was done."""
    members = {**field_shapes(own), "at": DATETIME, "by": TEXT, "count": NUMBER}
    if outcomes:
        members["outcome"] = choice_of(*outcomes)
    return context_of(members)


def loop_shape() -> Shape:
    """What the name of a `repeat` gives to read."""
    return context_of({"round": NUMBER, "exhausted": BOOLEAN})


def start_shape(requests: Collection[str]) -> Shape:
    """What `start` gives to read."""
    request = choice_of(*requests) if requests else TEXT
    members = {"request": request, "by": TEXT, "at": DATETIME, "unit": TEXT, "channel": TEXT}
    return context_of(members)


def case_shape(fields: Mapping[str, Declaration], priority: str | None) -> Shape:
    """What `case` gives to read: its fields, its number and unit, and its rank if it has one."""
    members = {**field_shapes(fields), "number": TEXT, "unit": TEXT}
    if priority is not None:
        members["priority"] = members.get(priority, ANY)
    return context_of(members)
