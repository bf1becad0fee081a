"""Problems of a pack: where, what was found, what was expected, and what was probably meant.

PackError            the pack cannot be compiled; carries every problem of the file
PackProblem          one of them, readable in both languages
Findings             what a compilation has found so far
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from difflib import get_close_matches

from tuoban.kernel.expressions import CODES as EXPRESSION_CODES
from tuoban.kernel.expressions import ExpressionError
from tuoban.kernel.language.texts import AT_STEP, DID_YOU_MEAN, TEXTS, THE_WAY, WORDS
from tuoban.kernel.language.tree import Node, Place
from tuoban.kernel.text import Text

Fact = str | Text
"""What fills a sentence: one and the same in both languages, or in words of each."""

MOST_COMPARISONS = 10_000
"""Names that unknown ones are compared with, in one file, before no nearest one is sought any more:
a comparison costs up to a tenth of a millisecond, and a hopeless file asks for millions."""

_LONGEST = 120
_TOO_LONG = re.compile(rf"(\S{{{_LONGEST // 2}}})\S{{{_LONGEST // 2},}}")
"""What is written without a break, and longer than anybody reads it."""


@dataclass(frozen=True, slots=True)
class PackProblem:
    """One thing wrong with a pack. Line and column count from 1; `facts` fill the text of `code`.

    A `path` among the facts is the way from the start to there.

    A code is one of `texts.TEXTS` or, for the inside of an expression, one of the expressions'.
    """

    file: str
    line: int
    column: int
    code: str
    facts: dict[str, Fact] = field(default_factory=dict)

    def read(self, language: str) -> str:
        """The problem as one line, `pack.yaml:12:7: ...`, in `language` ("zh" or "en")."""
        return f"{self.file}:{self.line}:{self.column}: {self._sentence(language)}"

    def _sentence(self, language: str) -> str:
        column = 1 if language.startswith("en") else 0
        if self.code not in TEXTS and self.code in EXPRESSION_CODES:
            own = {name: value for name, value in self.facts.items() if isinstance(value, str)}
            return ExpressionError(self.code, 0, **own).describe(("zh", "en")[column])
        facts = {name: _words(name, value, column) for name, value in self.facts.items()}
        sentence = TEXTS[self.code][column].format(**facts)
        if facts.get("nearest"):
            sentence += DID_YOU_MEAN[column].format(nearest=facts["nearest"])
        if facts.get("path"):
            sentence += THE_WAY[column].format(path=facts["path"])
        if facts.get("at_step"):
            sentence += AT_STEP[column].format(step=facts["at_step"])
        return sentence


class PackError(Exception):
    """The pack cannot be compiled. `problems` are all problems of the file, in order of line."""

    def __init__(self, problems: tuple[PackProblem, ...]) -> None:
        super().__init__("\n".join(each.read("en") for each in problems))
        self.problems = problems

    def read(self, language: str) -> str:
        """Every problem, one a line, in `language`."""
        return "\n".join(each.read(language) for each in self.problems)


class Findings:
    """Collects problems, which refuse a pack, and warnings, which do not."""

    def __init__(self, file: str) -> None:
        self.file = file
        self._problems: list[PackProblem] = []
        self._warnings: list[PackProblem] = []
        self._told: set[tuple[Place, str]] = set()
        self._comparisons_left = MOST_COMPARISONS

    def add(self, at: Place | Node, code: str, **facts: Fact) -> None:
        """Report a problem. A fact that begins with `@` is a word of `texts.WORDS`."""
        if self._is_news(at, code):
            self._problems.append(self._at(at, code, facts))

    def add_found(self, problem: tuple[Place, str, dict[str, str]] | None) -> bool:
        """Report a problem that was looked for, if there is one; whether there is."""
        if problem is None:
            return False
        place, code, facts = problem
        self.add(place, code, **facts)
        return True

    def warn(self, at: Place | Node, code: str, **facts: Fact) -> None:
        if self._is_news(at, code):
            self._warnings.append(self._at(at, code, facts))

    def take(self, other: Findings) -> None:
        """Take up what was found in another file."""
        self._problems += other.problems
        self._warnings += other.warnings

    def nearest(self, name: str, known: Collection[str]) -> str:
        """The known name most like `name`; "" where none comes near, or none may be sought."""
        if not self.may_compare(len(known)):
            return ""
        return next(iter(get_close_matches(name, sorted(set(known)), n=1, cutoff=0.5)), "")

    def may_compare(self, names: int) -> bool:
        """Whether a name may be compared with so many others; counts them if so."""
        if names > self._comparisons_left:
            return False
        self._comparisons_left -= names
        return True

    @property
    def count(self) -> int:
        """How many problems were found so far."""
        return len(self._problems)

    @property
    def problems(self) -> tuple[PackProblem, ...]:
        return tuple(sorted(self._problems, key=self._position))

    @property
    def warnings(self) -> tuple[PackProblem, ...]:
        return tuple(sorted(self._warnings, key=self._position))

    def _at(self, at: Place | Node, code: str, facts: dict[str, Fact]) -> PackProblem:
        place = _place(at)
        if place.step:
            facts = {**facts, "at_step": place.step}
        facts = {name: _shortened(value) for name, value in facts.items()}
        return PackProblem(place.file or self.file, place.line, place.column, code, facts)

    def _is_news(self, at: Place | Node, code: str) -> bool:
        """Whether this was not told yet: what stands once for every step, or in a process that is
        called twice, is read again and told once."""
        told = (_place(at)._replace(step=""), code)
        is_news = told not in self._told
        self._told.add(told)
        return is_news

    def _position(self, problem: PackProblem) -> tuple[bool, str, int, int]:
        """What stands in the file itself comes before what stands in its bases."""
        return problem.file != self.file, problem.file, problem.line, problem.column


def _place(at: Place | Node) -> Place:
    return at if isinstance(at, Place) else at.place


def _shortened(fact: Fact) -> Fact:
    """A name of a hundred thousand letters is known by its first ones."""
    return _TOO_LONG.sub(r"\1…", fact) if isinstance(fact, str) else fact


def _words(name: str, fact: Fact, column: int) -> str:
    """The fact with its words in the reader's language; lists are joined as it joins them."""
    if isinstance(fact, Text):
        return fact.read(("zh", "en")[column])
    words = fact.split(", ") if name in ("expected", "known") else [fact]
    return ("、", ", ")[column].join(
        WORDS[word][column] if word in WORDS else word for word in words
    )
