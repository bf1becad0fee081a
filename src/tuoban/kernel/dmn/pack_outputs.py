"""What a pack must say of the outputs of a decision table."""

from dataclasses import dataclass

from tuoban.kernel.decisions import Decision
from tuoban.kernel.decisions.compiling import constant
from tuoban.kernel.dmn.graph import Part
from tuoban.kernel.dmn.pack_names import PackNames, are_options
from tuoban.kernel.dmn.problems import Findings
from tuoban.kernel.dmn.types import Type
from tuoban.kernel.expressions import syntax as s
from tuoban.kernel.expressions.limits import Meter
from tuoban.kernel.expressions.parsing import parse_tests

_TYPES = {
    "number": "number",
    "text": "text",
    "boolean": "boolean",
    "date": "date",
    "datetime": "datetime",
    "days": "duration",
}


@dataclass(frozen=True, slots=True)
class PackOutput:
    """An output; `type` is "" where nothing is to be declared."""

    name: str
    label: str
    type: str = ""
    options: tuple[str, ...] = ()
    default: str = ""


def pack_outputs(
    part: Part, decision: Decision, names: PackNames, findings: Findings
) -> list[PackOutput]:
    """The outputs as a pack declares them; what it cannot say is reported."""
    single = len(decision.outputs) == 1
    type_ = part.type if part.type and part.type.shape.kind != "any" else None
    if type_ is not None and (decision.policy.gives == "list") != (type_.element is not None):
        findings.add(part.element.place, "as-table-result-type", type=type_.name)
        return []
    inner = type_.element if type_ and type_.element else type_
    reader = _Reader(part, decision, names, findings)
    return [reader.output(at, inner if single else None) for at in range(len(decision.outputs))]


@dataclass(frozen=True, slots=True)
class _Reader:
    part: Part
    decision: Decision
    names: PackNames
    findings: Findings

    def output(self, at: int, type_: Type | None) -> PackOutput:
        written, column = self.decision.table.outputs[at], self.decision.outputs[at]
        name = self.names.own(written.name) if written.name else "result"
        tests = written.allowed or (type_.tests if type_ else ())
        default = self.names.expression(written.default) if written.default else ""
        options = _texts(tests)
        if options and are_options(options):
            return PackOutput(name, written.name or self.part.name, "choice", options, default)
        if tests and (self.decision.policy.is_ranked or not self._always_pass(at, type_)):
            values = ", ".join(tests)
            self.findings.add(
                self.part.element.place, "as-table-output-values", name=name, values=values
            )
        kind = _TYPES.get(column.shape.kind, "")
        if not kind:
            self.findings.add(
                self.part.element.place, "as-table-type", name=name, type=column.shape.kind
            )
        needed = bool(default) or len(self.decision.outputs) > 1
        return PackOutput(name, written.name or self.part.name, kind if needed else "", (), default)

    def _always_pass(self, at: int, type_: Type | None) -> bool:
        """Whether the cells are literals, which the table holds against its allowed values."""
        values = [constant(rule.entries[at]) for rule in self.decision.table.rules]
        return None not in values and all(
            type_ is None or type_.holds(value, Meter(10_000)) for value in values
        )


def _texts(tests: tuple[str, ...]) -> tuple[str, ...]:
    """The texts that all of the tests together list, if they list nothing else."""
    nodes = [node for test in tests for node in parse_tests(test).tests]
    texts = tuple(node.value for node in nodes if isinstance(node, s.Text))
    return texts if len(texts) == len(nodes) else ()
