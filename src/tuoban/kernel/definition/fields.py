"""Declared data: the fields of a case, and the settings of an organisation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from tuoban.kernel.expressions import Expression
from tuoban.kernel.text import Text

FieldType = Literal[
    "text",
    "phone",
    "integer",
    "number",
    "percent",
    "money",
    "boolean",
    "choice",
    "date",
    "datetime",
    "time",
    "duration",
    "person",
    "unit",
    "customer",
    "asset",
    "file",
    "image",
    "list",
]


@dataclass(frozen=True, slots=True)
class Rule:
    """A condition that a value must satisfy; `warns` flags instead of refusing."""

    that: Expression
    otherwise: Text
    warns: bool = False


_UNITS = {
    "min": Text("分钟", "min"),
    "h": Text("小时", "h"),
    "d": Text("天", "d"),
    "/min": Text("次/分", "/min"),
}


@dataclass(frozen=True, slots=True)
class Field:
    """A declared piece of data: its type, its bounds, its label and whether it is personal.

    The bounds of a list are those of the number of its rows.
    """

    name: str
    type: FieldType
    label: Text
    required: bool = False
    personal: bool = False
    long: bool = False
    unit: str = ""
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    options: tuple[tuple[str, Text], ...] = ()
    default: Expression | None = None
    show_when: Expression | None = None
    rules: tuple[Rule, ...] = ()
    hint: Text | None = None
    columns: tuple[Field, ...] = ()
    """What each row of a list has. A list of plain values has one column, without a name."""
    order: tuple[str, ...] = ()
    """The columns that are computed, in the order in which that is done."""
    computed: Expression | None = None
    """What it always is: nobody enters it."""
    decimals: int = 2
    """Of money: the decimals of its currency's minor unit."""
    accept: tuple[str, ...] = ()
    """Of a file: the media types that are taken, such as `application/pdf` or `image/*`; empty:
    all that the installation takes."""
    max_size: int = 0
    """Of a file: bytes; 0: as much as the installation takes."""
    kind: str = ""
    """Of a customer or an asset: its kind, in `Definition.kinds` where the pack declares it."""

    @property
    def unit_words(self) -> Text:
        """Its unit as it is read: those of time are words in Chinese."""
        unit = "%" if self.type == "percent" else self.unit
        return _UNITS.get(unit, Text(unit, unit))

    @property
    def is_file(self) -> bool:
        return self.type in ("file", "image")

    @property
    def holds_files(self) -> bool:
        """Whether it is a file, or a list of them."""
        return (self.columns[0] if self.is_plain else self).is_file

    @property
    def is_ruled(self) -> bool:
        """Whether a rule says what it, or a row of it, may hold."""
        return bool(self.rules) or any(column.rules for column in self.columns)

    @property
    def refers(self) -> bool:
        """Whether it, or each row of it, names a customer or an asset."""
        return bool(self.kind) or any(column.kind for column in self.columns)

    @property
    def is_plain(self) -> bool:
        """Whether it is a list of plain values, not of records."""
        return self.type == "list" and not self.columns[0].name

    def option(self, key: str) -> Text | None:
        return next((text for name, text in self.options if name == key), None)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of asset, or the customers: the facts that are kept of each. An asset is called by the
    first of them."""

    key: str
    label: Text
    facts: Mapping[str, Field]


@dataclass(frozen=True, slots=True)
class Setting:
    """A value that an organisation may set, declared like a field; `value` is the pack's default,
    None = must be set.

    With `per`, the path of a choice, it has a value for each of the `options`: `value` is then a
    mapping, and what it lacks must be set.
    """

    field: Field
    value: object = None
    per: str = ""
    options: tuple[tuple[str, Text], ...] = ()

    @property
    def name(self) -> str:
        return self.field.name

    @property
    def type(self) -> FieldType:
        return self.field.type

    @property
    def label(self) -> Text:
        return self.field.label
