"""What a form asks and shows, and the lines to tick in it."""

from __future__ import annotations

from dataclasses import dataclass

from tuoban.kernel.expressions import Expression
from tuoban.kernel.text import Text


@dataclass(frozen=True, slots=True)
class FormEntry:
    """One line of a form: a field of the case (or of the step), asked or only shown."""

    field: str
    required: bool = False
    read_only: bool = False


@dataclass(frozen=True, slots=True)
class FormSection:
    label: Text | None
    entries: tuple[FormEntry, ...]


@dataclass(frozen=True, slots=True)
class CheckItem:
    """A line to tick. `key` is its place in the list ("1", "2", ...).

    With `per` it is asked for every row of that list; the line of a row has the key `<key>.<row>`.
    """

    key: str
    text: Text
    when: Expression | None = None
    per: str | None = None
