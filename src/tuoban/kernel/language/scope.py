"""What expressions may name at a place of the pack, and the reading of expressions there."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from tuoban.kernel.clocks import Length
from tuoban.kernel.definition import Field, FieldType, Setting
from tuoban.kernel.expressions import (
    ANY,
    BOOLEAN,
    DATE,
    DATETIME,
    DAYS,
    LENGTH,
    NUMBER,
    TEXT,
    TIME,
    Expression,
    ExpressionError,
    Shape,
    Tests,
    choice_of,
    compile_expression,
    compile_tests,
    context_of,
    facts_of,
    function_of_choice,
    list_of,
)
from tuoban.kernel.expressions.syntax import TESTED
from tuoban.kernel.facts import BUILT_IN
from tuoban.kernel.language.declared import Block, Declaration, RecordDraft
from tuoban.kernel.language.layers import Layered, Same
from tuoban.kernel.language.names import HAN
from tuoban.kernel.language.problems import Findings
from tuoban.kernel.language.reading import as_text
from tuoban.kernel.language.tree import Node, Scalar
from tuoban.kernel.language.types import REFERENCES
from tuoban.kernel.settings import SETTINGS

CLOCK: Mapping[str, Shape] = {"now": DATETIME, "today": DATE}
"""Known to defaults and rules alone: elsewhere nothing would wake the case for them."""

NO_CLOCK: Mapping[str, str] = dict.fromkeys(CLOCK, "no-clock-here")

T = TypeVar("T", Expression, Tests)
_WORD = re.compile(rf"[\w{HAN}]+")
Path = tuple[str, ...]
"""A name with the members that are read through it, as in `Expression.paths`."""

_SHAPES: Mapping[FieldType, Shape] = {
    "text": TEXT,
    "phone": TEXT,
    "integer": NUMBER,
    "number": NUMBER,
    "percent": NUMBER,
    "money": NUMBER,
    "boolean": BOOLEAN,
    "choice": TEXT,
    "date": DATE,
    "datetime": DATETIME,
    "time": TIME,
    "duration": DAYS,
    "person": TEXT,
    "unit": TEXT,
    **dict.fromkeys(("file", "image"), context_of({"name": TEXT, "size": NUMBER, "type": TEXT})),
}
_KINDS: Mapping[str, tuple[str, ...]] = {
    "boolean": ("boolean",),
    "number": ("number",),
    "text": ("text",),
    "duration": ("days", "duration", "length"),
    "length": ("days", "months", "duration", "length"),
    "moment": ("date", "datetime"),
    "time": ("time",),
    "list": ("list",),
    "unit": ("text",),
    "person": ("text",),
    "file": ("context",),
}
"""The kinds of value that may stand where something is asked for."""


@dataclass(frozen=True, slots=True)
class Scope:
    """The names known at a place, and what is known of their values."""

    known: Mapping[str, Shape] = field(default_factory=dict)
    not_here: Mapping[str, str] = field(default_factory=lambda: NO_CLOCK)
    """Names that are known elsewhere, with the code that says why they are not here."""
    personal: frozenset[Path] = frozenset()
    """What holds personal values, as it is read."""
    clear: str | None = None
    """Where results are kept in the clear: the code that refuses to read what is personal."""
    paths: set[Path] = field(default_factory=set, compare=False)
    """Everything that some expression reads, collected as they are compiled; one set for all the
    scopes of a pack."""

    @property
    def read_of_case(self) -> frozenset[str]:
        """The members of `case` that some expression reads."""
        return frozenset(path[1] for path in self.paths if path[0] == "case" and path[1:])

    def inside(self, own: Mapping[str, Declaration]) -> Scope:
        """The scope inside a place that declares fields of its own."""
        if not own:
            return self
        personal = self.personal | personal_paths(own)
        return replace(self, known=Layered(self.known, field_shapes(own)), personal=personal)

    def inside_row(self, columns: Mapping[str, Declaration]) -> Scope:
        """The scope inside a row of a list, whose cells come before whatever else is called so."""
        hidden = frozenset(path for path in self.personal if path[0] in columns)
        known = Layered(self.known, field_shapes(columns))
        return replace(self, known=known, personal=self.personal - hidden)

    def before(self, block: Block) -> Scope:
        """The scope of what is judged while a step is still open: its own fields have no value
        yet, and by its name nothing of this time can be read."""
        taken = dict.fromkeys((block.known_as, *block.own), "own-name-here")
        known = Layered(self.known, {}, without=taken)
        return replace(self, known=known, not_here=Layered(self.not_here, taken))

    def in_clear(self, code: str) -> Scope:
        """The same where the result is kept in the clear, so that it may hold nothing personal.

        Args:
            code: the problem that says so.
        """
        return replace(self, clear=code)

    def of_settings(self, code: str) -> Scope:
        """The same where there is no case yet, so that settings alone can be read.

        Args:
            code: the problem that says so.
        """
        known = {SETTINGS: self.known[SETTINGS]} if SETTINGS in self.known else {}
        not_here = Same(code, (self.known, self.not_here), but=SETTINGS)
        return replace(self, known=known, not_here=not_here)

    def timed(self) -> Scope:
        """The same for a default or a rule, which may use `now` and `today`."""
        return replace(self, known=Layered(self.known, CLOCK))

    def knowing(self, more: Mapping[str, Shape]) -> Scope:
        """The same where these names are known, too; they come before the pack's own."""
        return replace(self, known=Layered(self.known, more))

    def condition(self, node: Node | None, findings: Findings) -> Expression | None:
        """An expression that is true or false; None where none is written."""
        scalar = as_text(node, findings, "@condition")
        return self.read(scalar, findings, "boolean") if scalar else None

    def read(self, scalar: Scalar, findings: Findings, wanted: str) -> Expression | None:
        """The expression; None, reported at its place inside the text, if it cannot be used.

        Args:
            wanted: what its value should be: boolean, number, text, duration (of a field), length
                (of a limit), moment, unit (its key) or
                person (an id).
        """
        expression = self.expression(scalar, findings)
        if expression is None:
            return None
        found = expression.shape.kind
        if found not in ("any", "null", *_KINDS[wanted]):
            facts = {"text": scalar.text, "found": f"@{found}", "expected": f"@wanted-{wanted}"}
            findings.add(scalar.at(0), "wrong-kind", **facts)
            return None
        return expression

    def expression(self, scalar: Scalar, findings: Findings) -> Expression | None:
        """The same, whatever its value is."""
        expression = self._compiled(scalar, findings, compile_expression)
        if expression is None or self.clear is None:
            return expression
        personal = sorted(filter(self.is_personal, expression.paths))
        if personal:
            findings.add(scalar.at(0), self.clear, name=".".join(personal[0]))
            return None
        return expression

    def reference(self, scalar: Scalar, kind: str, findings: Findings) -> Expression | None:
        """An expression that gives somebody or something on file, of this kind."""
        expression = self.expression(scalar, findings)
        if expression is None:
            return None
        if expression.shape.about != kind and expression.shape.kind not in ("any", "null"):
            findings.add(scalar.at(0), "reference-unfit", text=scalar.text, kind=kind)
            return None
        return expression

    def tests(self, scalar: Scalar, of: Shape, name: str, findings: Findings) -> Tests | None:
        """The unary tests of a value; None, reported, if they cannot be used.

        Args:
            of: the shape of the value.
            name: how the value is called; the tests themselves call it `?`.
        """

        def make(text: str, known: Mapping[str, Shape]) -> Tests:
            try:
                return compile_tests(text, known, of)
            except ExpressionError as error:
                if error.facts.get("of") != TESTED:
                    raise
                raise ExpressionError(
                    error.code, error.position, **{**error.facts, "of": name}
                ) from None

        return self._compiled(scalar, findings, make)

    def _compiled(
        self, scalar: Scalar, findings: Findings, make: Callable[[str, Mapping[str, Shape]], T]
    ) -> T | None:
        try:
            made = make(scalar.text, self.occurring(scalar.text))
        except ExpressionError as error:
            self._report(scalar, error, findings, make)
            return None
        self.paths.update(made.paths)
        return made

    def attempt(self, text: str) -> Expression | None:
        """The expression, or None without a report if it is none."""
        try:
            expression = compile_expression(text, self.occurring(text))
        except ExpressionError:
            return None
        self.paths.update(expression.paths)
        return expression

    def is_personal(self, path: Path) -> bool:
        """Whether this is a personal value, or something that holds one."""
        if any(path[:length] in self.personal for length in range(1, len(path) + 1)):
            return True
        return any(each[: len(path)] == path for each in self.personal)

    def _report(
        self,
        scalar: Scalar,
        error: ExpressionError,
        findings: Findings,
        make: Callable[[str, Mapping[str, Shape]], object],
    ) -> None:
        """Report what is wrong inside an expression, with the nearest name while one is sought."""
        code, facts = error.code, error.facts
        if code == "unknown-name" and facts["name"] in self.not_here:
            code, facts = self.not_here[facts["name"]], {"name": facts["name"]}
        elif code in ("unknown-name", "unknown-member"):
            if findings.may_compare(self._size()):
                code, facts = self._considering_all(scalar.text, error, make)
            else:
                code, facts = "unknown-here", {"name": facts["name"]}
        findings.add(scalar.at(error.position), code, **facts)

    def _considering_all(
        self,
        text: str,
        error: ExpressionError,
        make: Callable[[str, Mapping[str, Shape]], object],
    ) -> tuple[str, dict[str, str]]:
        """Code and facts of an error when every name that is known here may be the nearest."""
        try:
            make(text, self.known)
        except ExpressionError as better:
            error = better
        return error.code, error.facts

    def occurring(self, text: str) -> dict[str, Shape]:
        """The known names and members that occur in a text; every other one only costs time."""
        words = dict.fromkeys(_WORD.findall(text))
        return {word: _only(self.known[word], words) for word in words if word in self.known}

    def _size(self) -> int:
        """How many names an unknown one may have to be compared with."""
        members = self.known["case"].members if "case" in self.known else None
        return len(self.known) + len(members or ())


def _only(shape: Shape, words: Iterable[str]) -> Shape:
    """The shape of a context with no more members than these; any other shape as it is."""
    if shape.members is None:
        return shape
    members = {word: shape.members[word] for word in words if word in shape.members}
    return replace(shape, members=members)


def literal(text: str) -> Expression:
    """The expression of a FEEL literal of our own making."""
    return compile_expression(text, {})


def value_shape(type_: FieldType | None, options: Collection[str] = ()) -> Shape:
    """The shape of a field's or setting's value; a type that was reported may be anything."""
    if type_ is None:
        return ANY
    return choice_of(*options) if options else _SHAPES[type_]


def setting_shape(setting: Setting | None) -> Shape:
    """The shape of a setting's value, or of the function that gives it for an option. One of time
    is elapsed or working time, as its defaults are; without a default it may be either."""
    if setting is None:
        return ANY
    if setting.per:
        options = tuple(key for key, _ in setting.options)
        return function_of_choice(options, value_of_setting(setting))
    return value_of_setting(setting)


def value_of_setting(setting: Setting) -> Shape:
    """The shape of its value; with one for each option, of any of them."""
    if not setting.per:
        return _given(setting, (setting.value,))
    values = tuple(setting.value.values()) if isinstance(setting.value, Mapping) else ()
    return _given(setting, values)


def _given(setting: Setting, values: Collection[object]) -> Shape:
    if setting.type == "list":
        return list_of(_shape_of(setting.field.columns[0]))
    if setting.type != "duration":
        return _shape_of(setting.field)
    if None in values or not values:
        return ANY
    are_lengths = {isinstance(each, Length) for each in values}
    return ANY if len(are_lengths) > 1 else LENGTH if True in are_lengths else DAYS


def _shape_of(field: Field) -> Shape:
    return value_shape(field.type, [key for key, _ in field.options])


def field_shapes(fields: Mapping[str, Declaration]) -> dict[str, Shape]:
    return {name: field_shape(each) for name, each in fields.items()}


def field_shape(declaration: Declaration) -> Shape:
    """The shape of a field's value: of a list of records, a list of contexts."""
    if declaration.type in REFERENCES:
        return _facts_shape(declaration)
    if declaration.type != "list":
        return value_shape(declaration.type, declaration.option_keys)
    if isinstance(declaration.of, RecordDraft):
        return list_of(context_of(field_shapes(declaration.of.columns)))
    return list_of(value_shape(declaration.of, declaration.option_keys))


def _facts_shape(declaration: Declaration) -> Shape:
    """What a field that names a customer or an asset gives to read: the facts about it."""
    if declaration.facts is None:
        return ANY
    built_in = {name: value_shape(fact.type) for name, fact in BUILT_IN.items()}
    return facts_of(declaration.kind, {**field_shapes(declaration.facts), **built_in})


def personal_paths(fields: Mapping[str, Declaration], *owner: str) -> frozenset[Path]:
    """The personal ones among the fields, as they are read through `owner` if there is one."""
    return frozenset((*owner, name) for name, each in fields.items() if each.is_personal)
