"""What stands in a file: the entries of its form, and what is kept in them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import tzinfo
from types import MappingProxyType
from typing import Any

from tuoban.kernel.computed import completed_alone
from tuoban.kernel.definition import Field, Kind, Text
from tuoban.kernel.facts import CUSTOMER
from tuoban.kernel.values import to_input
from tuoban.runtime.cases import definitions, outside
from tuoban.runtime.cases.queries.list_views import rows_text
from tuoban.services.customers.files import REFERENCE, CustomerFiles, newest_facts
from tuoban.services.customers.models import Asset, Customer

# No fact can be called so: the names of facts have no dashes.
NAME, PHONE, MAIL, NOTE = "its-name", "its-phone", "its-mail", "its-note"
OWNER, IS_ORGANISATION = "its-owner", "is-organisation"

_CUSTOMER = (
    Field(NAME, "text", Text("姓名或名称", "Name"), required=True),
    Field(PHONE, "phone", Text("电话", "Telephone")),
    Field(MAIL, "text", Text("电子邮箱", "E-mail")),
    Field(IS_ORGANISATION, "boolean", Text("是单位", "An organisation")),
    Field(NOTE, "text", Text("备注", "Note")),
)
_OWNER = Field(
    OWNER,
    "customer",
    Text("所属客户", "Whose it is"),
    hint=Text("填写姓名或电话", "A name or telephone number"),
    kind=CUSTOMER,
)
NOTHING: Mapping[str, str] = MappingProxyType({})
CUSTOMERS = Kind(CUSTOMER, Text("客户", "Customers"), {})


def shown_in(field: Field, value: Any, zone: tzinfo) -> str:
    """What stands in the entry of a value; in those of a list, as one text."""
    if field.type == "list":
        return rows_text(field, value or (), zone)
    if field.kind and value is not None:
        return CustomerFiles().typed(value)
    return to_input(field, value, zone)


def rows_read(text: str) -> str:
    """Rows that stand as one text, to be read: their cells with commas, and semicolons between."""
    rows = (", ".join(cell for cell in row.values() if cell) for row in json.loads(text))
    return "; ".join(rows)


def whole(field: Field, rows: Any, before: Any, zone: tzinfo) -> Any:
    """Rows that were typed, with what is computed in them: in a row that stood there before, what
    was computed when it was written; in any other, what follows from its own cells."""
    if not field.order or rows is None:
        return rows
    entered = [column.name for column in field.columns if column.computed is None]
    known = {_cells(row, entered): row for row in before or ()}
    made = completed_alone(field, rows, zone)
    return tuple(known.get(_cells(row, entered), new) for row, new in zip(rows, made, strict=True))


def _cells(row: Mapping[str, Any], names: Sequence[str]) -> tuple[Any, ...]:
    return tuple(row.get(name) for name in names)


def kinds() -> dict[str, Kind]:
    """Customers first, then the kinds of assets that the published packs declare."""
    found = outside.kinds(map(definitions.compiled, definitions.all_latest()))
    customers = found.pop(CUSTOMER, CUSTOMERS)
    return {CUSTOMER: customers, **dict(sorted(found.items()))}


def entries_of(kind: str, known: Mapping[str, Kind] | None = None) -> tuple[Field, ...]:
    """The entries of the form of a kind, in their order."""
    facts = facts_of(kind, known)
    if kind == CUSTOMER:
        return (*_CUSTOMER, *facts.values())
    declared = (known or kinds()).get(kind)
    first = next(iter(declared.facts.values())) if declared is not None else None
    label = first.label if first is not None else Text("名称", "Name")
    return (Field(NAME, "text", label, required=True), _OWNER, *facts.values())


def facts_of(kind: str, known: Mapping[str, Kind] | None = None) -> dict[str, Field]:
    """The facts that are kept of a kind, without what an asset is called."""
    declared = (known or kinds()).get(kind)
    if declared is None:
        return {}
    first = 0 if kind == CUSTOMER else 1
    return dict(list(declared.facts.items())[first:])


@dataclass(frozen=True, slots=True)
class Kept:
    """What a file holds: `values` by entry, `facts` those of them that are dated. `pk` is 0 where
    there is no file yet."""

    pk: int = 0
    kind: str = CUSTOMER
    name: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)
    names: frozenset[str] = frozenset()
    """What facts of this kind are called."""


def kept(kind: str, ref: str | None) -> Kept:
    """What is on file; nothing where there is no such file yet."""
    names = frozenset(facts_of(kind))
    row = find(ref) if ref is not None else None
    if row is None:
        return Kept(kind=kind, names=names)
    facts = {name: value for _, name, value in newest_facts([row.ref])}
    if isinstance(row, Customer):
        own = {
            NAME: row.name,
            PHONE: row.phone or None,
            MAIL: row.mail or None,
            IS_ORGANISATION: row.is_organisation,
            NOTE: row.note or None,
        }
        return Kept(row.pk, CUSTOMER, row.name, {**own, **facts}, facts, names)
    owner = f"customer-{row.owner_id}" if row.owner_id is not None else None
    own = {NAME: row.name, OWNER: owner}
    return Kept(row.pk, row.kind, row.name, {**own, **facts}, facts, names)


def find(ref: str) -> Customer | Asset | None:
    """The row of a reference."""
    found = REFERENCE.fullmatch(ref)
    if found is None:
        return None
    model = Customer if found[1] == CUSTOMER else Asset
    row: Customer | Asset | None = model.objects.filter(pk=int(found[2])).first()
    return row
