"""What stands in a file: the entries of its form, and what is kept in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tuoban.kernel.definition import Field, Kind, Text
from tuoban.kernel.facts import CUSTOMER
from tuoban.runtime.cases import definitions, outside
from tuoban.services.customers.files import newest_facts
from tuoban.services.customers.models import Asset, Customer

# No fact can be called so: the names of facts have no dashes.
NAME, PHONE, NOTE = "its-name", "its-phone", "its-note"
OWNER, IS_ORGANISATION = "its-owner", "is-organisation"

_CUSTOMER = (
    Field(NAME, "text", Text("姓名或名称", "Name"), required=True),
    Field(PHONE, "phone", Text("电话", "Telephone")),
    Field(IS_ORGANISATION, "boolean", Text("单位", "An organisation")),
    Field(NOTE, "text", Text("备注", "Note")),
)
_OWNER = Field(
    OWNER,
    "customer",
    Text("所属客户", "Whose it is"),
    hint=Text("填写姓名或电话", "A name or telephone number"),
    kind=CUSTOMER,
)
CUSTOMERS = Kind(CUSTOMER, Text("客户", "Customers"), {})


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
            IS_ORGANISATION: row.is_organisation,
            NOTE: row.note or None,
        }
        return Kept(row.pk, CUSTOMER, row.name, {**own, **facts}, facts, names)
    owner = f"customer-{row.owner_id}" if row.owner_id is not None else None
    own = {NAME: row.name, OWNER: owner}
    return Kept(row.pk, row.kind, row.name, {**own, **facts}, facts, names)


def find(ref: str) -> Customer | Asset | None:
    """The row of a reference."""
    type_, _, number = ref.partition("-")
    if not (number.isascii() and number.isdecimal() and len(number) <= 18):
        return None
    if type_ == CUSTOMER:
        return Customer.objects.filter(pk=int(number)).first()
    return Asset.objects.filter(pk=int(number)).first() if type_ == "asset" else None
