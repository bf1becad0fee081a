"""What is said of a value that is not of its type: what was found, and how one that is is written.

Examples are FEEL; without the `@` of their dates, times and durations they are JSON as well.
"""

from collections.abc import Mapping
from itertools import islice
from typing import Any

from tuoban.kernel.dmn.problems import DmnProblem
from tuoban.kernel.dmn.types import Type
from tuoban.kernel.expressions import BudgetExceeded
from tuoban.kernel.expressions import syntax as s
from tuoban.kernel.expressions.builtins.conversion import write
from tuoban.kernel.expressions.limits import Meter
from tuoban.kernel.expressions.parsing import parse_tests
from tuoban.kernel.expressions.printer import quoted
from tuoban.kernel.expressions.temporal import read_date, read_datetime, read_duration, read_time
from tuoban.kernel.expressions.values import kind_of
from tuoban.kernel.xml_files import Place

MOST_SHOWN = 80
"""Characters of a value or of a type's tests that a text holds."""
MOST_MEMBERS = 8

_EXAMPLES: Mapping[str, str] = {
    "number": "12.5",
    "text": '"A"',
    "boolean": "true",
    "date": '@"2026-03-15"',
    "time": '@"09:30:00"',
    "datetime": '@"2026-03-15T09:30:00"',
    "days": '@"P1DT2H"',
    "months": '@"P1Y6M"',
    "range": "[1..5]",
    "list": "[1, 2]",
    "context": '{"a": 1}',
}

_READ = {
    "date": read_date,
    "time": read_time,
    "datetime": read_datetime,
    "days": read_duration,
    "months": read_duration,
}


def misfit(at: Place, what: str, value: Any, type_: Type, written: str = "") -> DmnProblem:
    """The problem that `value`, called `what`, is not of its type.

    `written` is what its author wrote for it, which may lack nothing but the quotes.
    """
    facts = {"what": what, "found": shown(value), "type": type_.name}
    if type_.tests:
        return DmnProblem(at, "misfit-tests", {**facts, "tests": _cut("; ".join(type_.tests))})
    return DmnProblem(at, "misfit", {**facts, "example": example(type_, written)})


def shown(value: Any) -> str:
    """A value as FEEL writes it, cut where that is long; its kind where it is huge."""
    try:
        return _cut(write(Meter(1_000), value))
    except BudgetExceeded:
        return f"{kind_of(value)} …"


def _cut(text: str) -> str:
    return text if len(text) <= MOST_SHOWN else f"{text[:MOST_SHOWN]}…"


def example(type_: Type | None, written: str = "") -> str:
    """How a value of the type may be written, if it can be that which `written` means."""
    kind = type_.shape.kind if type_ is not None else "text"
    meant = _meant(kind, written.strip())
    if meant is not None and (type_ is None or type_.holds(meant, Meter(1_000))):
        return quoted(written.strip()) if kind == "text" else f"@{quoted(written.strip())}"
    return _first_allowed(type_) or _of_structure(type_) or _EXAMPLES.get(kind, "null")


def _meant(kind: str, written: str) -> Any:
    if kind == "text":
        return written or None
    return _READ[kind](written) if kind in _READ else None


def _first_allowed(type_: Type | None) -> str:
    """The first literal text or number that the type's tests list."""
    for tests in type_.tests if type_ is not None else ():
        tree = parse_tests(tests)
        for node in () if tree.negated else tree.tests:
            if isinstance(node, s.Text | s.Number):
                return tests[node.start : node.end]
    return ""


def _of_structure(type_: Type | None) -> str:
    """An example of a list or a context; what is deeper is left out."""
    if type_ is not None and type_.members is not None:
        members = (
            f"{quoted(name)}: {_plain(member)}"
            for name, member in islice(type_.members.items(), MOST_MEMBERS)
        )
        more = ", …" if len(type_.members) > MOST_MEMBERS else ""
        return f"{{{', '.join(members)}{more}}}"
    if type_ is not None and type_.element is not None and type_.element.shape.kind != "any":
        return f"[{_plain(type_.element)}]"
    return ""


def _plain(type_: Type) -> str:
    if type_.members is not None or type_.element is not None:
        return "…"
    return _first_allowed(type_) or _EXAMPLES.get(type_.shape.kind, "…")
