"""Forms and what stands in them."""

from __future__ import annotations

from dataclasses import dataclass

from tuoban.kernel.definition import FieldType, Text
from tuoban.runtime.cases.queries.list_rows import ListView, Option
from tuoban.runtime.cases.queries.rows.files import UploadsView


@dataclass(frozen=True, slots=True)
class FieldView:
    """An entry of a form. `value` is the text that stands in the input; `shown` is the value in
    words, for an entry that is only read."""

    name: str
    label: Text
    type: FieldType
    value: str
    shown: Text
    required: bool
    read_only: bool
    options: tuple[Option, ...]
    unit: Text
    long: bool
    hint: Text | None
    personal: bool
    minimum: str
    maximum: str
    warning: Text | None
    list: ListView | None = None
    uploads: UploadsView | None = None
    """Of an entry for files: those that stand in it."""
    default: str | None = None
    """The text of the default that it shows before anybody types, where that follows from what is
    entered above it; else None."""


@dataclass(frozen=True, slots=True)
class FormPart:
    """A section of a form; the first one usually has no label."""

    label: Text | None
    entries: tuple[FieldView, ...]


@dataclass(frozen=True, slots=True)
class CheckView:
    key: str
    text: Text
    checked: bool


@dataclass(frozen=True, slots=True)
class OutcomeView:
    key: str
    label: Text
    requires: tuple[str, ...]
    unsigned: bool


@dataclass(frozen=True, slots=True)
class SignerView:
    """An outside party who signs in the form, and what is asked of them."""

    role: str
    label: Text
    signs: bool = True
    stamps: bool = False


@dataclass(frozen=True, slots=True)
class CorrectionForm:
    """One field of a case with its input; `activation` has the copy that is meant, 0: the case.
    `form` is empty where the field is not asked for as things stand."""

    number: str
    field: str
    activation: int
    label: Text
    form: tuple[FormPart, ...]
    can_correct: bool
    time_zone: str


@dataclass(frozen=True, slots=True)
class StartForm:
    """A request that the user may make, with its form and the units it may be made in."""

    slug: str
    process: Text
    request: str
    label: Text
    form: tuple[FormPart, ...]
    units: tuple[Option, ...]
