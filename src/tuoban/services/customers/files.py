"""The files of customers and assets, as cases use them (`runtime/cases/outside.py`)."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from tuoban.kernel.definition import MAIL, SMS, Field, Text
from tuoban.kernel.facts import CUSTOMER, KIND, NAME
from tuoban.kernel.values import is_unwritable, parse
from tuoban.runtime.cases import canonical
from tuoban.runtime.cases.outside import Candidate, queue_rechecks
from tuoban.runtime.people.models import User
from tuoban.services.customers.models import LONGEST_NAME, Asset, Customer, Fact
from tuoban.services.customers.searching import assets_like, customers_like

MOST_CANDIDATES = 8
PHONE_FIELD = Field("phone", "phone", Text("电话", "Telephone"))
UTC = ZoneInfo("UTC")

REFERENCE = re.compile(r"(customer|asset)-([1-9][0-9]{0,17})")
"""Of a customer or an asset there is but one: no leading zeros, and no digits of other scripts."""
_NUMBERED = re.compile(r".*#([1-9][0-9]{0,17})", re.DOTALL)


class CustomerFiles:
    """What cases look up, and where they write."""

    def facts(self, refs: Collection[str]) -> Mapping[str, Mapping[str, Any]]:
        found: dict[str, dict[str, Any]] = {}
        for asset in Asset.objects.filter(pk__in=_numbers(refs, "asset")):
            found[asset.ref] = {KIND: asset.kind, NAME: asset.name}
        for pk in Customer.objects.filter(pk__in=_numbers(refs, CUSTOMER)).values_list("pk"):
            found[f"customer-{pk[0]}"] = {KIND: CUSTOMER}
        for ref, name, value in newest_facts(found):
            found[ref][name] = value
        return found

    def find(self, kind: str, text: str) -> str | None:
        words = tidy(text)
        if (reference := REFERENCE.fullmatch(words)) is not None:
            is_meant = (reference[1] == CUSTOMER) == (kind == CUSTOMER)
            return _existing(kind, int(reference[2])) if is_meant else None
        if (numbered := _NUMBERED.fullmatch(words)) is not None:
            return _existing(kind, int(numbered[1]))
        if kind != CUSTOMER:
            asset = Asset.objects.filter(kind=kind, name__iexact=words).first()
            return asset.ref if asset is not None else None
        phone = phone_of(words)
        rows = Customer.objects.filter(phone=phone) if phone else None
        if rows is None or not rows.exists():
            rows = Customer.objects.filter(name__iexact=words)
        meant = list(rows[:2])
        return meant[0].ref if len(meant) == 1 else None

    def enter(self, kind: str, text: str, at: datetime) -> str | None:
        words = tidy(text)
        if not words or len(words) > LONGEST_NAME:
            return None
        if kind != CUSTOMER:
            asset, _ = Asset.objects.get_or_create(
                kind=kind, name=words, defaults={"entered_at": at}
            )
            return asset.ref
        name, _, last = words.rpartition(" ")
        phone = phone_of(last) if name else ""
        given = {"name": name, "phone": phone} if phone else {"name": words}
        return Customer.objects.create(**given, entered_at=at).ref

    def candidates(self, kind: str, text: str) -> Sequence[Candidate]:
        words = tidy(text)
        if kind == CUSTOMER:
            people = customers_like(words).order_by("name", "pk")[:MOST_CANDIDATES]
            return [Candidate(each.ref, typed_customer(each), each.phone) for each in people]
        things = assets_like(words, kind).select_related("owner").order_by("name", "pk")
        return [
            Candidate(each.ref, each.name, each.owner.name if each.owner is not None else "")
            for each in things[:MOST_CANDIDATES]
        ]

    def called(self, refs: Collection[str]) -> Mapping[str, str]:
        things = Asset.objects.filter(pk__in=_numbers(refs, "asset"))
        people = Customer.objects.filter(pk__in=_numbers(refs, CUSTOMER), erased_at=None)
        return {each.ref: each.name for rows in (things, people) for each in rows}

    def typed(self, ref: str) -> str:
        if ref.startswith("asset-"):
            return self.called([ref]).get(ref, ref)
        found = Customer.objects.filter(pk__in=_numbers([ref], CUSTOMER)).first()
        return typed_customer(found) if found is not None else ref

    def reached(self, ref: str) -> Mapping[str, str]:
        found = Customer.objects.filter(pk__in=_numbers([ref], CUSTOMER)).first()
        return {SMS: found.phone, MAIL: found.mail} if found is not None else {}

    def write(self, ref: str, facts: Mapping[str, Any], case_id: int | None, at: datetime) -> None:
        write_facts(ref, facts, at, case_id=case_id)


def typed_customer(customer: Customer) -> str:
    """The text that means this customer and nobody else: several may have one name."""
    return f"{customer.name} #{customer.pk}".strip()


def write_facts(
    ref: str,
    facts: Mapping[str, Any],
    at: datetime,
    *,
    case_id: int | None = None,
    by: User | None = None,
) -> None:
    """Write dated facts, and let the cases that name this be looked at again."""
    rows = Fact.objects.bulk_create(
        Fact(ref=ref, name=name, value=canonical.to_text(value), at=at, case_id=case_id, by=by)
        for name, value in facts.items()
    )
    if rows:
        queue_rechecks(ref, f"fact-{rows[-1].pk}", at)


def newest_facts(refs: Collection[str]) -> list[tuple[str, str, Any]]:
    """What is known now: reference, name and value of every fact that no newer one replaces."""
    newest: dict[tuple[str, str], str] = {}
    rows = Fact.objects.filter(ref__in=list(refs)).order_by("pk")
    for ref, name, value in rows.values_list("ref", "name", "value"):
        newest[ref, name] = value
    return [(ref, name, canonical.from_text(value)) for (ref, name), value in newest.items()]


def phone_of(text: str) -> str:
    """A telephone number as it is kept, without dashes; empty where it is none."""
    phone, _ = parse(PHONE_FIELD, text.replace("-", ""), UTC)
    return phone or ""


def tidy(text: str) -> str:
    """A name as it is kept: without spaces around it, one between its words. What no database can
    write, or look for, counts as a space."""
    return " ".join("".join(" " if is_unwritable(each) else each for each in text).split())


def _numbers(refs: Collection[str], type_: str) -> list[int]:
    found = (REFERENCE.fullmatch(ref) for ref in refs)
    return [int(each[2]) for each in found if each is not None and each[1] == type_]


def _existing(kind: str, number: int) -> str | None:
    if kind == CUSTOMER:
        return f"customer-{number}" if Customer.objects.filter(pk=number).exists() else None
    return f"asset-{number}" if Asset.objects.filter(pk=number, kind=kind).exists() else None
