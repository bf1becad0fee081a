"""What compiling the parts of a model has in common: names in sight, types, texts of FEEL.

A text that is no FEEL, or reads what nothing is called, refuses the file; where the checker only
finds that it will always be null (a wrong type, an unknown member), that is a warning. Read
leniently, every such text is null instead, as the standard has it.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from tuoban.kernel.dmn import logic as l
from tuoban.kernel.dmn.grammar import BOXED
from tuoban.kernel.dmn.item_definitions import Types
from tuoban.kernel.dmn.problems import Findings
from tuoban.kernel.dmn.types import Type
from tuoban.kernel.dmn.xml import Element
from tuoban.kernel.expressions import ANY, Expression, ExpressionError, Shape
from tuoban.kernel.expressions.checks import check
from tuoban.kernel.expressions.lexer import tokenize
from tuoban.kernel.expressions.syntax import height
from tuoban.kernel.xml_files import START, Place

Maker = Callable[["Compiler", Element, "Known", str], l.Logic]
"""Makes the logic of one kind of boxed expression; the last is how its value is called."""

MAX_LEVELS = 130
"""Levels of boxed and written expressions inside one another."""
LONGEST_NAME = 1_000
"""Characters of a name that expressions may read."""
MAX_NAMES = 1_000
"""Names in sight of one expression."""
MAX_WORK = 20_000_000
"""Names looked at, over all expressions of a file."""

ALWAYS_WRONG = frozenset({"unknown-name"})
"""What the checker finds and refuses a file; the rest of it warns."""


@dataclass(frozen=True, slots=True)
class Known:
    """The names around an expression; an open one may have others."""

    names: Mapping[str, Shape]
    is_open: bool = False

    def having(self, names: Mapping[str, Shape]) -> "Known":
        return replace(self, names={**self.names, **names})


class Compiler:
    """`vocabulary` are the names of several words that members of values may have."""

    def __init__(
        self,
        findings: Findings,
        types: Types,
        vocabulary: Iterable[str],
        makers: Mapping[str, Maker],
    ) -> None:
        self.findings = findings
        self.makers = makers
        self.types = types
        self.vocabulary = tuple(vocabulary)
        self._work_left = MAX_WORK

    def logic(self, element: Element, known: Known, what: str) -> l.Logic:
        """The logic of a boxed expression; `what` is how its value is called in notes."""
        made = self.makers[element.name](self, element, known, what)
        if made.levels > MAX_LEVELS:
            self.findings.add(element.place, "logic-too-deep", limit=str(MAX_LEVELS))
            return nothing(element.place, "faulty")
        if element.name == "functionDefinition":
            return made  # its type speaks of its results
        return self.typed(made, self.types.find(element), what)

    def inside(self, element: Element | None, known: Known, what: str) -> l.Logic:
        """The logic of the boxed expression inside an element, null where there is none."""
        boxed = element.child(*BOXED) if element is not None else None
        if element is None or boxed is None:
            place = START if element is None else element.place
            return nothing(place, "no-logic")
        made = self.logic(boxed, known, what)
        is_child = element.name in ("in", "if", "then", "else", "match", "return", "satisfies")
        return self.typed(made, self.types.find(element) if is_child else None, what)

    def typed(self, made: l.Logic, type_: Type | None, what: str) -> l.Logic:
        """The same, made to fit a type if there is one."""
        if type_ is None:
            return made
        return l.Typed(
            place=made.place, shape=type_.shape, levels=made.levels + 1, inner=made, type=type_,
            what=what,
        )  # fmt: skip

    def feel(self, element: Element, known: Known) -> l.Logic:
        """A text of FEEL, the content of the child `text`."""
        text = element.child("text")
        if text is None or not text.text.strip():
            return nothing(element.place, "no-logic")
        names = self.mentioned((*known.names, *self.vocabulary), text.text)
        if not self.affords(element, 1, len(known.names), names):
            return nothing(element.place, "faulty")
        try:
            expression = Expression(text.text, None, self.types.named, names)
        except ExpressionError as error:
            self.fault(text, error)
            return nothing(element.place, "faulty")
        shape = self._checked(expression, text, known)
        return l.Literal(
            place=text.place, shape=shape, levels=height(expression.tree), expression=expression,
            text=text,
        )  # fmt: skip

    def _checked(self, expression: Expression, text: Element, known: Known) -> Shape:
        try:
            names = None if known.is_open else known.names
            return check(expression.tree, expression.text, names).shape
        except ExpressionError as error:
            if error.code in ALWAYS_WRONG:
                self.fault(text, error)
            else:
                self.findings.warn(text.at(error.position), error.code, **error.facts)
            return ANY

    def affords(
        self, element: Element, texts: int, names: int, mentioned: Collection[str] = ()
    ) -> bool:
        """Whether so many texts with so many names in sight can be compiled; reported if not.

        Names of several words cost more: the reader puts those that are mentioned in order.
        """
        phrases = sum(not name.isidentifier() for name in mentioned)
        self._work_left -= texts * (names + len(self.vocabulary) + phrases**2 // 10)
        if names > MAX_NAMES:
            self.findings.add(element.place, "too-many-names", limit=str(MAX_NAMES))
        elif self._work_left < 0:
            self.findings.add(element.place, "too-much-work")
        return names <= MAX_NAMES and self._work_left >= 0 and not self.findings.is_full

    def mentioned(self, names: Iterable[str], text: str) -> list[str]:
        """Those of `names` that FEEL can read and that stand in `text`, spaces left aside."""
        compact = "".join(text.split())
        return [name for name in names if name.replace(" ", "") in compact and is_name(name)]

    def fault(self, text: Element, error: ExpressionError) -> None:
        """Report what makes a text unusable."""
        self.findings.fault(text.at(error.position), error.code, **error.facts)

    def name(self, element: Element | None, of: str) -> str:
        """The name of an element, reported where it is missing or FEEL cannot read it."""
        name = " ".join(element.get("name").split()) if element is not None else ""
        if element is not None and not name:
            self.findings.add(element.place, "name-missing", of=of)
        elif element is not None and not is_name(name):
            self.findings.warn(element.place, "name-unusable", name=name)
        return name


@lru_cache(maxsize=4 * MAX_NAMES)
def is_name(name: str) -> bool:
    """Whether FEEL can read the name, which is at most `LONGEST_NAME` characters long."""
    if len(name) > LONGEST_NAME:
        return False
    try:
        return tokenize(name)[0].kind == "word"
    except ExpressionError:
        return False


def nothing(place: Place, code: str) -> l.Logic:
    return l.Nothing(place=place, shape=ANY, levels=1, code=code)
