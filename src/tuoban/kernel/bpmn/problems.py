"""Problems of a BPMN file: at which element, what was found, and what a modeller can do.

BpmnError            the file cannot be used; carries every problem of the file
BpmnProblem          one of them, readable in both languages
Findings             what reading a file has found so far
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tuoban.kernel.bpmn.texts import ALSO, TEXTS
from tuoban.kernel.xml_files import Place

if TYPE_CHECKING:
    from tuoban.kernel.bpmn.xml import Element

MOST_PROBLEMS = 500
"""Problems that are kept of one file."""
LONGEST_FACT = 300
"""Characters of a name or a value that a sentence repeats."""
LONGEST_LIST = 3_000
"""Characters of a list of lines."""


@dataclass(frozen=True, slots=True)
class BpmnProblem:
    """One thing that keeps a file from being a pack, or that is worth knowing of it.

    `code` is a key of `texts.TEXTS`, whose text `facts` fill; `element` is the id of the element
    and `name` what the modeller calls it, empty where there is none. `also` among the facts are the
    further lines for which it holds.
    """

    place: Place
    code: str
    facts: dict[str, str] = field(default_factory=dict)
    element: str = ""
    name: str = ""

    def describe(self, language: str = "zh") -> str:
        """The problem as a sentence in `language`, "zh" or "en"."""
        column = 0 if language == "zh" else 1
        facts = {name: _cut(fact) for name, fact in self.facts.items()}
        said = TEXTS[self.code][column].format(**facts)
        if self.facts.get("also"):
            said += ALSO[column].format(lines=_cut(self.facts["also"], LONGEST_LIST))
        whose = " ".join(_cut(each) for each in (self.element, self._quoted(language)) if each)
        if not whose:
            return said
        return f"{whose}：{said}" if language == "zh" else f"{whose}: {said}"

    def read(self, language: str, file: str = "") -> str:
        """The problem as one line, `loan.bpmn:12:7: ...`."""
        where = f"{file}:" if file else ""
        return f"{where}{self.place.line}:{self.place.column}: {self.describe(language)}"

    def _quoted(self, language: str) -> str:
        name = " ".join(self.name.split())
        if not name:
            return ""
        return f"“{name}”"


def _cut(fact: str, longest: int = LONGEST_FACT) -> str:
    return fact if len(fact) <= longest else f"{fact[:longest]}…"


class BpmnError(ValueError):
    """A BPMN file that cannot be used. `problems` are all that were found, in the file's order."""

    def __init__(self, *problems: BpmnProblem) -> None:
        super().__init__("\n".join(each.read("en") for each in problems))
        self.problems = problems

    def read(self, language: str, file: str = "") -> str:
        """Every problem, one a line, in `language`, "zh" or "en"."""
        return "\n".join(each.read(language, file) for each in self.problems)


class Findings:
    """Collects problems, which refuse a file, and warnings, which do not."""

    def __init__(self) -> None:
        self._problems: list[BpmnProblem] = []
        self._warnings: list[BpmnProblem] = []
        self._left = 0
        """Warnings that were not kept."""

    def add(self, problem: BpmnProblem) -> None:
        _keep(self._problems, problem)

    def warn(self, warning: BpmnProblem) -> None:
        if len(self._warnings) >= MOST_PROBLEMS:
            self._left += 1
        _keep(self._warnings, warning)

    def leave(self, warning: BpmnProblem, element: Element) -> None:
        """Tell of an element, with all that is in it, that it is left."""
        element.settle()
        self.warn(warning)

    def take(self, found: Findings) -> None:
        """Take over what else was found."""
        for problem in found.problems:
            self.add(problem)
        for warning in found.warnings:
            self.warn(warning)

    @property
    def problems(self) -> tuple[BpmnProblem, ...]:
        return tuple(sorted(self._problems, key=lambda each: each.place))

    @property
    def warnings(self) -> tuple[BpmnProblem, ...]:
        found = sorted(self._warnings, key=lambda each: each.place)
        if self._left:
            found.append(BpmnProblem(found[-1].place, "warnings-left", {"count": str(self._left)}))
        return tuple(found)

    def refuse(self) -> None:
        """Raises `BpmnError` if there is any problem."""
        if self._problems:
            raise BpmnError(*self.problems)


def _keep(found: list[BpmnProblem], problem: BpmnProblem) -> None:
    if len(found) < MOST_PROBLEMS and problem not in found[-20:]:
        found.append(problem)
