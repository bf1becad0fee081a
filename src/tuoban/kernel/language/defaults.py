"""`default`: a value written plainly, or an expression; a cell of a table's output likewise.

It is taken as a value of the field's type where it reads as one: the key of an option, a date,
`30 minutes`. Otherwise it is an expression. A text is the one doubtful case. As a default it is an
expression if it is one and names something known, or if it is a quoted FEEL text; else it stands
for itself. In a table, where expressions are what is expected, it stands for itself only if it
cannot be meant as one.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time
from decimal import Decimal

from tuoban.kernel.definition import FieldType
from tuoban.kernel.expressions import Expression
from tuoban.kernel.expressions.phrases import RESERVED
from tuoban.kernel.language import lists
from tuoban.kernel.language.declared import Declaration
from tuoban.kernel.language.moments import read_duration
from tuoban.kernel.language.problems import Findings
from tuoban.kernel.language.scope import Scope, literal
from tuoban.kernel.language.tree import Scalar
from tuoban.kernel.language.types import NUMERIC

Bounds = tuple[Decimal | None, Decimal | None]

_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
_DATE = re.compile(r"\d{4}-\d{1,2}-\d{1,2}")
_DATETIME = re.compile(r"(\d{4}-\d{1,2}-\d{1,2})[ T](\d{1,2}:\d{2}(?::\d{2})?)")
_WORD = re.compile(r"\w+")
_WORDS = re.compile(r"[^\W\d]\w*(\s+\w+)*")
_TIME = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?")
_PERCENT = re.compile(r"([+-]?\d+(?:\.\d+)?)\s*%")
_PHONE = re.compile(r"\+?\d[\d\s()-]*")


def read_value(
    scalar: Scalar, declaration: Declaration, bounds: Bounds, scope: Scope, findings: Findings
) -> Expression | None:
    """The expression of a value of a declared type; None, reported, if it is none."""
    if declaration.type is None:
        return None
    if declaration.kind:
        return scope.reference(scalar, declaration.kind, findings)
    if declaration.type == "list":
        return lists.read_rows(scalar, declaration, scope, findings)
    if declaration.type == "choice":
        return _option(scalar, declaration, scope, findings)
    if declaration.type == "percent" and (match := _PERCENT.fullmatch(scalar.text)):
        scalar = replace(scalar, text=match[1])
    if declaration.type in NUMERIC and _NUMBER.fullmatch(scalar.text):
        return _number(scalar, bounds, findings)
    return _READERS[declaration.type](scalar, scope, findings)


def read_cell(
    scalar: Scalar, declaration: Declaration, scope: Scope, findings: Findings
) -> Expression | None:
    """The expression of what a table gives for a declared output; None, reported, if it is none."""
    is_phone = declaration.type == "phone" and _PHONE.fullmatch(scalar.text)
    is_text = declaration.type in ("text", "phone")
    if is_text and not is_phone and not _is_plain(scalar.text, scope):
        return scope.read(scalar, findings, "text")
    return read_value(scalar, declaration, (None, None), scope, findings)


def _is_plain(text: str, scope: Scope) -> bool:
    """Whether a text cannot be meant as an expression: words that begin with a letter, with no
    name known here and no word of FEEL among them."""
    words = text.split() if _WORDS.fullmatch(text) else []
    known = scope.known.keys()
    return bool(words) and RESERVED.isdisjoint(words) and known.isdisjoint(words)


def _option(
    scalar: Scalar, declaration: Declaration, scope: Scope, findings: Findings
) -> Expression | None:
    keys = declaration.option_keys
    key = scalar.text.strip().removeprefix('"').removesuffix('"')
    if key in keys:
        return literal(text_of(key))
    if not keys:
        return None  # they were reported
    if _WORD.fullmatch(key) and key not in scope.known:
        findings.add(
            scalar, "unknown-default", name=key, known=", ".join(keys),
            nearest=findings.nearest(key, keys),
        )  # fmt: skip
        return None
    return scope.read(scalar, findings, "text")


def _number(scalar: Scalar, bounds: Bounds, findings: Findings) -> Expression | None:
    low, high = bounds
    value = Decimal(scalar.text)
    if (low is not None and value < low) or (high is not None and value > high):
        findings.add(scalar, "default-out-of-bounds", text=scalar.text)
        return None
    return literal(f"{value:f}")


def _text(scalar: Scalar, scope: Scope, findings: Findings) -> Expression | None:
    expression = scope.attempt(scalar.text)
    if expression is not None and (expression.names or scalar.text.startswith('"')):
        return scope.read(scalar, findings, "text")
    return literal(text_of(scalar.text))


def _person(scalar: Scalar, scope: Scope, findings: Findings) -> Expression | None:
    return scope.read(scalar, findings, "person")


def _unit(scalar: Scalar, scope: Scope, findings: Findings) -> Expression | None:
    return scope.read(scalar, findings, "unit")


def _file(scalar: Scalar, scope: Scope, findings: Findings) -> Expression | None:
    return scope.read(scalar, findings, "file")


def _time(scalar: Scalar, scope: Scope, findings: Findings) -> Expression | None:
    match = _TIME.fullmatch(scalar.text)
    if match is None:
        return scope.read(scalar, findings, "time")
    try:
        clock = time(int(match[1]), int(match[2]), int(match[3] or 0))
    except ValueError:
        findings.add(scalar, "not-a-time", text=scalar.text)
        return None
    return literal(f'time("{clock.isoformat()}")')


def _boolean(scalar: Scalar, scope: Scope, findings: Findings) -> Expression | None:
    return scope.read(scalar, findings, "boolean")


def _calculated(scalar: Scalar, scope: Scope, findings: Findings) -> Expression | None:
    return scope.read(scalar, findings, "number")


def _date(scalar: Scalar, scope: Scope, findings: Findings) -> Expression | None:
    if not _DATE.fullmatch(scalar.text):
        return scope.read(scalar, findings, "moment")
    try:
        return literal(f'date("{date.fromisoformat(scalar.text).isoformat()}")')
    except ValueError:
        findings.add(scalar, "not-a-date", text=scalar.text)
        return None


def _datetime(scalar: Scalar, scope: Scope, findings: Findings) -> Expression | None:
    match = _DATETIME.fullmatch(scalar.text)
    if match is None:
        return scope.read(scalar, findings, "moment")
    try:
        moment = datetime.fromisoformat(f"{match[1]}T{match[2]}")
    except ValueError:
        findings.add(scalar, "not-a-date", text=scalar.text)
        return None
    return literal(f'date and time("{moment.isoformat()}")')


_READERS: dict[FieldType, Callable[[Scalar, Scope, Findings], Expression | None]] = {
    "text": _text,
    "phone": _text,
    "integer": _calculated,
    "number": _calculated,
    "money": _calculated,
    "percent": _calculated,
    "boolean": _boolean,
    "date": _date,
    "datetime": _datetime,
    "time": _time,
    "duration": read_duration,
    "person": _person,
    "unit": _unit,
    "file": _file,
    "image": _file,
}


def text_of(value: str) -> str:
    """The FEEL text of a string."""
    escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
