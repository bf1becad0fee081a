"""Problems of a DMN file: where, what was found and what to do.

DmnError             the file cannot be used; carries every problem of the file
DmnProblem           one of them, readable in both languages
Findings             what reading a file has found so far
"""

from collections.abc import Collection
from dataclasses import dataclass, field

from tuoban.kernel.dmn.texts import TEXTS
from tuoban.kernel.expressions import ExpressionError
from tuoban.kernel.expressions.errors import nearest
from tuoban.kernel.xml_files import Place

MOST_COMPARISONS = 10_000
"""Names that unknown ones are compared with, in one file, before no nearest one is sought."""
MOST_PROBLEMS = 500
"""Problems that are kept of one file."""

LONGEST_FACT = 500
"""Characters of a name or a value that a sentence repeats."""


@dataclass(frozen=True, slots=True)
class DmnProblem:
    """One thing wrong with a DMN file, or worth knowing of it.

    `code` is a key of `texts.TEXTS` or, for the inside of an expression, one of the expressions';
    `facts` fill its text.
    """

    place: Place
    code: str
    facts: dict[str, str] = field(default_factory=dict)

    def describe(self, language: str = "zh") -> str:
        """The problem as a sentence in `language`, "zh" or "en"."""
        facts = {name: _cut(fact) for name, fact in self.facts.items()}
        if self.code in TEXTS:
            return TEXTS[self.code][0 if language == "zh" else 1].format(**facts)
        return ExpressionError(self.code, 0, **facts).describe(language)

    def read(self, language: str, file: str = "") -> str:
        """The problem as one line, `loan.dmn:12:7: ...`."""
        where = f"{file}:" if file else ""
        return f"{where}{self.place.line}:{self.place.column}: {self.describe(language)}"


def _cut(fact: str) -> str:
    return fact if len(fact) <= LONGEST_FACT else f"{fact[:LONGEST_FACT]}…"


class DmnError(ValueError):
    """A DMN file that cannot be used, or a question it has no answer to.

    `problems` are all that were found, in the order of the file.
    """

    def __init__(self, *problems: DmnProblem) -> None:
        super().__init__("\n".join(each.read("en") for each in problems))
        self.problems = problems

    def read(self, language: str, file: str = "") -> str:
        """Every problem, one a line, in `language`, "zh" or "en"."""
        return "\n".join(each.read(language, file) for each in self.problems)


class Findings:
    """Collects problems, which refuse a file, and warnings, which do not.

    Where a file is read leniently, a `fault`, which leaves a single value without sense, only
    warns.
    """

    def __init__(self, *, lenient: bool = False) -> None:
        self.lenient = lenient
        self._problems: list[DmnProblem] = []
        self._warnings: list[DmnProblem] = []
        self._comparisons_left = MOST_COMPARISONS

    def add(self, place: Place, code: str, **facts: str) -> None:
        self._keep(self._problems, DmnProblem(place, code, facts))

    def warn(self, place: Place, code: str, **facts: str) -> None:
        self._keep(self._warnings, DmnProblem(place, code, facts))

    def fault(self, place: Place, code: str, **facts: str) -> None:
        report = self.warn if self.lenient else self.add
        report(place, code, **facts)

    def nearest(self, name: str, known: Collection[str]) -> str:
        """The known name most like `name`; "-" where none is known or may be sought any more."""
        self._comparisons_left -= len(known)
        if self._comparisons_left < 0 or self.is_full:
            return "-"
        return nearest(name, known)

    @property
    def is_full(self) -> bool:
        """Whether so much was found that nothing more is looked for."""
        return max(len(self._problems), len(self._warnings)) >= MOST_PROBLEMS

    @property
    def problems(self) -> tuple[DmnProblem, ...]:
        return tuple(sorted(self._problems, key=lambda each: each.place))

    @property
    def warnings(self) -> tuple[DmnProblem, ...]:
        return tuple(sorted(self._warnings, key=lambda each: each.place))

    def refuse(self) -> None:
        """Raises `DmnError` if there is any problem."""
        if self._problems:
            raise DmnError(*self.problems)

    @staticmethod
    def _keep(found: list[DmnProblem], problem: DmnProblem) -> None:
        if len(found) < MOST_PROBLEMS:
            found.append(problem)
