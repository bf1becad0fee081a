"""Documents that steps print: a text of the pack with what the case gives in its places."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from tuoban.kernel.expressions import Expression
from tuoban.kernel.text import Text

LineKind = Literal["heading", "item", "text", "gap"]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a document: plain runs, and what is calculated in their midst."""

    kind: LineKind
    parts: tuple[str | Expression, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A document as the pack declares it, in both languages."""

    name: str
    label: Text
    zh: tuple[Line, ...]
    en: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Printed:
    """A document was printed, with the work item `item` of the step that prints it."""

    document: str
    item: int
    by: str
    at: datetime
