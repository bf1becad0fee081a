"""One evaluation of a model: its budget, and the notes that are taken on the way."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from tuoban.kernel.dmn.misfits import misfit
from tuoban.kernel.dmn.problems import DmnProblem
from tuoban.kernel.dmn.types import MISFIT, Type
from tuoban.kernel.dmn.xml import Element
from tuoban.kernel.expressions import BudgetExceeded, Expression, NullReason, trace
from tuoban.kernel.expressions.limits import Meter
from tuoban.kernel.xml_files import Place

MOST_NOTES = 20
MOST_FITTINGS = 100
MOST_LEVELS_EXPLAINED = 60


@dataclass(frozen=True, slots=True)
class Note:
    """Why something is null: in which decision or function, and where that stands in the file."""

    subject: str
    place: Place
    reason: DmnProblem | NullReason

    def describe(self, language: str = "zh") -> str:
        """The note as a sentence in `language`, "zh" or "en"."""
        colon = "：" if language == "zh" else ": "
        return f"{self.subject}{colon}{self.reason.describe(language)}"


@dataclass(frozen=True, slots=True)
class Fitting:
    """Which rules of a decision table fitted, from 1, those that count more first."""

    subject: str
    place: Place
    rules: tuple[int, ...]


class Run(Meter):
    """The meter of one evaluation. `subject` is the decision or function being evaluated."""

    __slots__ = ("_notes", "_traces", "fittings", "subject")

    def __init__(self, budget: int) -> None:
        super().__init__(budget)
        self.subject = ""
        self.fittings: list[Fitting] = []
        self._traces = 0
        self._notes: dict[tuple[str, Place, str, str], Note] = {}

    @property
    def notes(self) -> tuple[Note, ...]:
        return tuple(self._notes.values())

    def fitted(self, place: Place, rules: tuple[int, ...]) -> None:
        if len(self.fittings) < MOST_FITTINGS:
            self.fittings.append(Fitting(self.subject, place, rules))

    def note(self, place: Place, code: str, **facts: str) -> None:
        self._note(place, (code, ""), lambda: DmnProblem(place, code, facts))

    def fit(self, value: Any, type_: Type | None, at: Place, what: str) -> Any:
        """`value` made to fit `type_`; null, with a note, where it does not."""
        fitted = self.fitting(value, type_, at, what)
        return None if fitted is MISFIT else fitted

    def fitting(self, value: Any, type_: Type | None, at: Place, what: str) -> Any:
        """The same, but `MISFIT` where it does not."""
        fitted = value if type_ is None else type_.coerced(value, self)
        if type_ is not None and fitted is MISFIT:
            self._note(at, ("misfit", what), lambda: misfit(at, what, value, type_))
        return fitted

    def explain(self, expression: Expression, text: Element, names: Mapping[str, Any]) -> None:
        """Note why `expression` gave null, a limited number of times and where the stack allows."""
        self._traces += 1
        if self._traces > MOST_NOTES or self.depth > MOST_LEVELS_EXPLAINED:
            return
        try:
            reasons = trace(expression, names).reasons
        except BudgetExceeded:
            return
        for reason in reasons:
            # Why a name has no value is said where it got none.
            if reason.code != "no-value" or not self._notes:
                self._because(text.at(reason.start), reason)

    def _because(self, place: Place, reason: NullReason) -> None:
        self._note(place, (reason.code, ""), lambda: reason)

    def _note(
        self, place: Place, what: tuple[str, str], make: Callable[[], DmnProblem | NullReason]
    ) -> None:
        """Keep a note; nothing is made of one that was taken before, or is one too many."""
        key = (self.subject, place, *what)
        if len(self._notes) < MOST_NOTES and key not in self._notes:
            self._notes[key] = Note(self.subject, place, make())
