"""Running cases: what came out, and whether it is what was expected."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from scripts.conformance.suites import Case
from scripts.conformance.values import matches, value_of
from tuoban.kernel.dmn import DmnError, Model, read_model
from tuoban.kernel.expressions import BudgetExceeded, ExpressionError, compile_expression
from tuoban.kernel.expressions.builtins.conversion import write
from tuoban.kernel.expressions.limits import Meter

NOW = datetime(2026, 1, 15, 12, 30, tzinfo=UTC)
"""The moment that `now()` and `today()` tell."""
BUDGET = 1_000_000


@dataclass(frozen=True, slots=True)
class Verdict:
    """A case with what came of it; `detail` says what went wrong, "" where nothing did."""

    case: Case
    passed: bool
    detail: str = ""


def judge_all(cases: Iterable[Case]) -> Iterator[Verdict]:
    for case in cases:
        yield judge(case)


def judge(case: Case) -> Verdict:
    """Run one case. What the standard calls an error, in reading or evaluating, is null."""
    try:
        value, remark = _asked(case, case.model) if case.model else _evaluated(case)
    except (BudgetExceeded, DmnError) as error:
        return Verdict(case, passed=False, detail=_line(str(error)))
    if matches(value, case.expected):
        return Verdict(case, passed=True)
    found = f"gave {_shown(value)}, expected {_shown(value_of(case.expected))}"
    return Verdict(case, passed=False, detail=_line(f"{found}. {remark}".strip()))


def _evaluated(case: Case) -> tuple[Any, str]:
    try:
        expression = compile_expression(case.expression)
    except ExpressionError as error:
        return None, str(error)
    return expression({"now": NOW, "today": NOW.date()}, budget=BUDGET), ""


def _asked(case: Case, path: Path) -> tuple[Any, str]:
    model = _model(path)
    inputs = {name: value_of(each) for name, each in case.inputs.items()}
    outcome = model.decide(case.asked, inputs, now=NOW, budget=BUDGET)
    value = outcome.value
    if case.part != case.asked and isinstance(value, Mapping) and case.part in value:
        value = value[case.part]
    return value, "; ".join(note.describe("en") for note in outcome.notes)


@lru_cache(maxsize=4)
def _model(path: Path) -> Model:
    try:
        return read_model(path.read_bytes(), lenient=True)
    except OSError as error:
        raise SystemExit(f"cannot read {path}: {error.strerror}") from None


def _shown(value: Any) -> str:
    try:
        return write(Meter(10_000), value)
    except BudgetExceeded:
        return "something too large to show"


def _line(text: str) -> str:
    return " ".join(text.split())[:500]
