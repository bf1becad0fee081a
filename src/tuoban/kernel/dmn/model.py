"""A model that decides."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any

from tuoban.kernel.dmn.graph import Part
from tuoban.kernel.dmn.logic import LEVELS_OF_A_CALL, Closure, Logic
from tuoban.kernel.dmn.misfits import misfit
from tuoban.kernel.dmn.order import in_order
from tuoban.kernel.dmn.problems import DmnError, DmnProblem, Findings
from tuoban.kernel.dmn.run import Fitting, Note, Run
from tuoban.kernel.dmn.types import MISFIT, Type
from tuoban.kernel.expressions import Function
from tuoban.kernel.expressions.limits import Meter
from tuoban.kernel.expressions.values import adopt, weigh
from tuoban.kernel.xml_files import START

_NOTHING: Mapping[str, str] = MappingProxyType({})
DEFAULT_BUDGET = 100_000
"""Steps of one evaluation with all that it requires, see `expressions.limits.Meter`."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a decision came to.

    Attributes:
        value: the value, None for null.
        values: those of the decisions that were made for it, by name, and its own.
        fittings: which rules fitted in each decision table.
        notes: why something was null, in the order of the evaluation.
    """

    value: Any
    values: Mapping[str, Any]
    fittings: tuple[Fitting, ...]
    notes: tuple[Note, ...]


class Model:
    """A DMN model. Immutable; safe to share by threads.

    `parts` are its inputs, decisions, functions and services by id, each behind those it needs;
    `warnings` say what of the file is not used, or will always be null.
    """

    __slots__ = ("logic", "name", "parts", "version", "warnings")

    def __init__(
        self,
        version: str,
        name: str,
        parts: Mapping[str, Part],
        logic: Mapping[str, Logic],
        warnings: tuple[DmnProblem, ...],
    ) -> None:
        self.version = version
        self.name = name
        self.parts = parts
        self.logic = logic
        self.warnings = warnings

    def part(self, name: str, *kinds: str) -> Part:
        """The part that is called `name`, of one of `kinds` if any are given.

        Raises `DmnError` code `unknown-decision` where there is none.
        """
        known = {part.name: part for part in self.parts.values() if not kinds or part.kind in kinds}
        if name not in known:
            raise DmnError(_unknown("unknown-decision", name, Findings().nearest(name, known)))
        return known[name]

    def decide(
        self,
        name: str,
        inputs: Mapping[str, Any],
        *,
        now: datetime | None = None,
        budget: int = DEFAULT_BUDGET,
    ) -> Outcome:
        """The value of the decision, decision service or business knowledge model `name`.

        `inputs` are values of input data by name; of a decision, too, which then is not made; of
        a function's parameters. What does not conform to its type is null. `now` is the moment
        that `now()` and `today()` tell; they are null without. Raises `DmnError` where a name is
        not known, and `BudgetExceeded`.
        """
        part = self.part(name, "decision", "decisionService", "businessKnowledgeModel")
        run = Run(budget)
        run.subject = part.name
        clock = {} if now is None else {"now": now, "today": now.date()}
        evaluation = Evaluation(self, run, clock)
        if part.kind == "decision":
            evaluation.give(self._given(inputs))
            value = evaluation.decide(part)
        else:
            evaluation.give({})
            value = evaluation.call(part, self._arguments(part, inputs))
        values = {
            self.parts[id_].name: weigh(each, run)
            for id_, each in evaluation.values.items()
            if self.parts[id_].kind == "decision"
        }
        return Outcome(weigh(value, run), values, tuple(run.fittings), run.notes)

    def inputs(self, part: Part) -> tuple[str, ...]:
        """The names of all that a decision reads from outside, or a function is called with."""
        if part.kind != "decision":
            return self.parameters(part)
        needed = {part.id}
        for one in reversed(tuple(self.parts.values())):
            if one.id in needed:
                needed |= set(one.information)
        given = [one for one in self.parts.values() if one.id in needed and one.kind == "inputData"]
        return tuple(one.name for one in sorted(given, key=lambda one: one.element.place))

    def parameters(self, part: Part) -> tuple[str, ...]:
        """The names of what a function or service is called with, in their order."""
        logic = self.logic.get(part.id)
        if isinstance(logic, Closure):
            return tuple(name for name, _ in logic.parameters)
        return tuple(self.parts[id_].variable for id_ in part.given)

    def input_types(self, part: Part) -> Mapping[str, Type | None]:
        """The types, where declared, of all that may be given to `decide` for `part`, by name."""
        logic = self.logic.get(part.id)
        if isinstance(logic, Closure):
            return dict(logic.parameters)
        if part.kind == "decision":
            return {name: one.type for name, one in self._givable().items()}
        given = (self.parts[id_] for id_ in part.given)
        return {name: one.type for one in given for name in (one.name, one.variable)}

    def check_inputs(
        self,
        part: Part,
        inputs: Mapping[str, Any],
        written: Mapping[str, str] = _NOTHING,
        *,
        budget: int = DEFAULT_BUDGET,
    ) -> tuple[DmnProblem, ...]:
        """What of `inputs` for `part` is not known, or not of its type and therefore null.

        `written` is what an author wrote for them. Raises `BudgetExceeded`.
        """
        types, meter = self.input_types(part), Meter(budget)
        found: list[DmnProblem] = list(_unknown_inputs(inputs, types))
        for name, value in inputs.items():
            type_ = types.get(name)
            taken = weigh(adopt(value, meter), meter)
            if type_ is not None and type_.coerced(taken, meter) is MISFIT:
                found.append(misfit(START, name, taken, type_, written.get(name, "")))
        return tuple(found)

    def _givable(self) -> Mapping[str, Part]:
        """What may be given to a decision, by name."""
        return {
            name: part
            for part in self.parts.values()
            if part.kind in ("inputData", "decision")
            for name in (part.variable, part.name)
        }

    def _given(self, inputs: Mapping[str, Any]) -> Mapping[str, Any]:
        known = self._givable()
        _refuse(_unknown_inputs(inputs, known))
        return {known[name].id: value for name, value in inputs.items()}

    def _arguments(self, part: Part, inputs: Mapping[str, Any]) -> tuple[Any, ...]:
        _refuse(_unknown_inputs(inputs, self.input_types(part)))
        names = {self.parts[id_].name: self.parts[id_].variable for id_ in part.given}
        given = {names.get(name, name): value for name, value in inputs.items()}
        return tuple(given.get(name) for name in self.parameters(part))


def _unknown_inputs(names: Iterable[str], known: Mapping[str, Any]) -> Iterator[DmnProblem]:
    findings = Findings()
    for name in names:
        if name not in known:
            yield _unknown("unknown-input", name, findings.nearest(name, known))


def _unknown(code: str, name: str, nearest: str) -> DmnProblem:
    return DmnProblem(START, code, {"name": name, "nearest": nearest})


def _refuse(problems: Iterable[DmnProblem]) -> None:
    found = tuple(problems)
    if found:
        raise DmnError(*found)


@dataclass(slots=True)
class Evaluation:
    """The values of one evaluation, of the whole or of one call of a service."""

    model: Model
    run: Run
    clock: Mapping[str, Any]
    values: dict[str, Any] = field(default_factory=dict)
    functions: dict[str, Function] = field(default_factory=dict)

    def give(self, values: Mapping[str, Any]) -> None:
        """Take values from outside, made to fit their types."""
        for id_, value in values.items():
            fitted = self._fitting(id_, self._adopted(value))
            self.values[id_] = None if fitted is MISFIT else fitted

    def _fitting(self, id_: str, value: Any) -> Any:
        part = self.model.parts[id_]
        return self.run.fitting(value, part.type, part.element.place, part.name)

    def decide(self, target: Part) -> Any:
        """The value of a decision, after those that it requires and that are not given."""
        for part in self._required(target):
            self.values[part.id] = self._value(part)
        return self.values[target.id]

    def call(self, part: Part, arguments: tuple[Any, ...]) -> Any:
        """What a function or service gives for values from outside."""
        adopted = (self._adopted(value) for value in arguments)
        return adopt(self._function(part).call(*adopted), self.run)

    def _adopted(self, value: Any) -> Any:
        return weigh(adopt(value, self.run), self.run)

    def _required(self, target: Part) -> list[Part]:
        """What is not known yet of a decision's requirements and itself, in the order to go."""
        parts, needs = self.model.parts, dict[str, set[str]]()
        rest = [target.id]
        while rest:
            id_ = rest.pop()
            if id_ not in needs and id_ not in self.values:
                needs[id_] = {each for each in parts[id_].information if each not in self.values}
                rest.extend(needs[id_])
        return [parts[id_] for id_ in in_order(needs)[0]]

    def _value(self, part: Part) -> Any:
        run = self.run
        if part.kind == "inputData":
            run.note(part.element.place, "input-missing", name=part.name)
            return None
        logic = self.model.logic[part.id]
        subject, run.subject = run.subject, part.name
        run.enter(logic.levels + LEVELS_OF_A_CALL)
        value = logic.evaluate(self._names(part), run)
        run.leave(logic.levels + LEVELS_OF_A_CALL)
        run.subject = subject
        return value

    def _names(self, part: Part) -> Mapping[str, Any]:
        parts = self.model.parts
        self.run.charge(1 + len(part.needs))
        values = {parts[id_].variable: self.values[id_] for id_ in part.information}
        functions = {parts[id_].variable: self._function(parts[id_]) for id_ in part.knowledge}
        return {**self.clock, **values, **functions}

    def _function(self, part: Part) -> Function:
        """The function that a part is for those that require it."""
        known = self.functions.get(part.id)
        if known is None:
            service = part.kind == "decisionService"
            known = self._service(part) if service else self._knowledge(part)
            self.functions[part.id] = known
        return known

    def _knowledge(self, part: Part) -> Function:
        def call(*arguments: Any) -> Any:
            # The names of a function are put together when it is called: those it requires may
            # require others in turn, in chains of any length.
            value = self.model.logic[part.id].evaluate(self._names(part), self.run)
            return value.call(*arguments) if isinstance(value, Function) else value

        return Function(self.model.parameters(part), call)

    def _service(self, part: Part) -> Function:
        model, run = self.model, self.run

        def call(*arguments: Any) -> Any:
            given = dict(zip(part.given, arguments, strict=True))
            fitted = {id_: self._fitting(id_, value) for id_, value in given.items()}
            if MISFIT in fitted.values():
                return None
            inside = Evaluation(model, run, self.clock, fitted)
            results = {
                model.parts[id_].variable: inside.decide(model.parts[id_]) for id_ in part.outputs
            }
            value = next(iter(results.values())) if len(results) == 1 else results
            return run.fit(value, part.type, part.element.place, part.name)

        return Function(model.parameters(part), call)
