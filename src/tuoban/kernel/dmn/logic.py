"""Boxed expressions, compiled: one class for each construct of the standard.

Each is evaluated with the names around it, in a run, and is null where the standard says error.
What boxed and written expressions have in common is left to FEEL itself.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from tuoban.kernel.dmn.run import Run
from tuoban.kernel.dmn.types import MISFIT, Type
from tuoban.kernel.dmn.xml import Element
from tuoban.kernel.expressions import Expression, Function, Shape, compile_expression
from tuoban.kernel.expressions.limits import ITEMS_PER_STEP
from tuoban.kernel.expressions.values import adopt
from tuoban.kernel.xml_files import Place

Names = Mapping[str, Any]

LEVELS_OF_A_CALL = 3
"""What calling something adds to its own levels."""

_ELEMENTS = compile_expression("for element in values return element")
_ITEM = compile_expression("values[place]")
_SOME = compile_expression("some outcome in outcomes satisfies outcome")
_EVERY = compile_expression("every outcome in outcomes satisfies outcome")


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Logic(ABC):
    """`shape` is what is known of the value, `levels` how deep its evaluation goes."""

    place: Place
    shape: Shape
    levels: int

    @abstractmethod
    def evaluate(self, names: Names, run: Run) -> Any:
        """The value; raises `BudgetExceeded`, and nothing else."""


def _inside(names: Names, run: Run, more: Mapping[str, Any]) -> Names:
    run.charge(1 + len(names) // ITEMS_PER_STEP)
    return {**names, **more}


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Nothing(Logic):
    """No expression, or one that cannot be compiled: null."""

    code: str

    def evaluate(self, names: Names, run: Run) -> Any:
        run.note(self.place, self.code)
        return None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Literal(Logic):
    expression: Expression
    text: Element

    def evaluate(self, names: Names, run: Run) -> Any:
        value = self.expression.evaluate(names, run)
        if value is None:
            run.explain(self.expression, self.text, names)
        return value


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Typed(Logic):
    """The value made to fit a type."""

    inner: Logic
    type: Type
    what: str

    def evaluate(self, names: Names, run: Run) -> Any:
        return run.fit(self.inner.evaluate(names, run), self.type, self.place, self.what)


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class ContextOf(Logic):
    """Entries that see those before them; one without a name is the value of the whole."""

    entries: tuple[tuple[str, Logic], ...]

    def evaluate(self, names: Names, run: Run) -> Any:
        inside = dict(_inside(names, run, {}))
        result: dict[str, Any] = {}
        for name, entry in self.entries:
            value = entry.evaluate(inside, run)
            if not name:
                return value
            result[name] = inside[name] = value
        return result


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Invocation(Logic):
    called: Logic
    bindings: tuple[tuple[str, Logic], ...]

    def evaluate(self, names: Names, run: Run) -> Any:
        function = self.called.evaluate(names, run)
        if type(function) is not Function:
            run.note(self.place, "not-a-function-here")
            return None
        arguments = {name: logic.evaluate(names, run) for name, logic in self.bindings}
        if arguments.keys() != set(function.parameters):
            expected = ", ".join(function.parameters)
            run.note(self.place, "wrong-bindings", expected=expected)
            return None
        return adopt(function.call(*(arguments[name] for name in function.parameters)), run)


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Closure(Logic):
    """A function of the names around it. Its value lives as long as the run.

    It is not called, and the call is null, where an argument does not fit its type.
    """

    parameters: tuple[tuple[str, Type | None], ...]
    body: Logic
    subject: str = ""

    def evaluate(self, names: Names, run: Run) -> Function:
        def call(*values: Any) -> Any:
            caller, run.subject = run.subject, self.subject or run.subject
            arguments = {
                name: run.fitting(value, type_, self.place, name)
                for (name, type_), value in zip(self.parameters, values, strict=True)
            }
            result = None
            if MISFIT not in arguments.values():
                run.enter(self.body.levels + LEVELS_OF_A_CALL)
                result = self.body.evaluate(_inside(names, run, arguments), run)
                run.leave(self.body.levels + LEVELS_OF_A_CALL)
            run.subject = caller
            return result

        return Function(tuple(name for name, _ in self.parameters), call)


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class ListOf(Logic):
    elements: tuple[Logic, ...]

    def evaluate(self, names: Names, run: Run) -> Any:
        run.charge(1)
        return [element.evaluate(names, run) for element in self.elements]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Relation(Logic):
    """A list of contexts with the same members."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Logic, ...], ...]

    def evaluate(self, names: Names, run: Run) -> Any:
        return [self._row(row, names, run) for row in self.rows]

    def _row(self, row: tuple[Logic, ...], names: Names, run: Run) -> dict[str, Any]:
        run.charge(1)
        values = (cell.evaluate(names, run) for cell in row)
        return dict(zip(self.columns, values, strict=True))


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Conditional(Logic):
    condition: Logic
    chosen: Logic
    otherwise: Logic

    def evaluate(self, names: Names, run: Run) -> Any:
        run.charge(1)
        holds = self.condition.evaluate(names, run) is True
        return (self.chosen if holds else self.otherwise).evaluate(names, run)


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Filter(Logic):
    """The elements that match, each of whose members are names; or the one at a position."""

    source: Logic
    match: Logic

    def evaluate(self, names: Names, run: Run) -> Any:
        value = self.source.evaluate(names, run)
        items = value if type(value) is list else [] if value is None else [value]
        kept: list[Any] = []
        for item in items or (None,):
            members = item if isinstance(item, Mapping) else {}
            outcome = self.match.evaluate(_inside(names, run, {**members, "item": item}), run)
            if type(outcome) is Decimal:
                return _ITEM.evaluate({"values": items, "place": outcome}, run)
            if outcome is True and items:
                kept.append(item)
            elif type(outcome) not in (bool, type(None)):
                run.note(self.place, "no-match")
                return None
        return kept


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class ForEach(Logic):
    """`for`, `some` and `every`: the value of `each` for all elements, and what follows of it."""

    kind: str
    variable: str
    source: Logic
    each: Logic

    def evaluate(self, names: Names, run: Run) -> Any:
        elements = _ELEMENTS.evaluate({"values": self.source.evaluate(names, run)}, run)
        if elements is None:
            return None
        results: list[Any] = []
        for element in elements:
            more = {self.variable: element}
            if self.kind == "for":
                more["partial"] = results
            results.append(self.each.evaluate(_inside(names, run, more), run))
        if self.kind == "for":
            return results
        judged = _SOME if self.kind == "some" else _EVERY
        return judged.evaluate({"outcomes": results}, run)
