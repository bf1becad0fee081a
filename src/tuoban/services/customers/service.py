"""The verb of this service: entering customers and assets, and changing what is known of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, tzinfo
from typing import Any

from django.db import transaction

from tuoban.kernel.definition import Text
from tuoban.kernel.facts import CUSTOMER
from tuoban.kernel.refusals import Problem, refuse_invalid
from tuoban.kernel.values import parse
from tuoban.runtime.cases.busy import refused_when_busy
from tuoban.runtime.people.models import User
from tuoban.services.customers.entries import (
    IS_ORGANISATION,
    NAME,
    NOTE,
    OWNER,
    PHONE,
    Kept,
    entries_of,
    kept,
)
from tuoban.services.customers.files import CustomerFiles, phone_of, tidy, write_facts
from tuoban.services.customers.models import LONGEST_NAME, Asset, Customer

_TAKEN = Text(
    "已有同名的，请打开原来的记录。", "There is one of that name already: open its file instead."
)


@refused_when_busy()
@transaction.atomic
def save(
    kind: str, data: Mapping[str, Any], *, ref: str | None, by: User, at: datetime, zone: tzinfo
) -> str:
    """Enter somebody or something, or change what is on file; its reference.

    Facts that differ from what is known are written with the date and the person; what is left out
    stays as it is.

    Args:
        data: what was typed, by the names of `entries_of`.
        ref: whose file is changed; None: a new one.

    Raises:
        Refused: `invalid`, with the problems beside their entries, also where another asset of the
            kind is called so.
    """
    before = kept(kind, ref)
    values, problems = _read(kind, data, zone)
    if values.get(NAME) and kind != CUSTOMER:
        others = Asset.objects.filter(kind=kind, name__iexact=values[NAME])
        if others.exclude(pk=before.pk).exists():
            problems.append(Problem("rule", NAME, {"text": _TAKEN}))
    if problems:
        raise refuse_invalid(problems)
    saved = _save_row(kind, before, values, at)
    facts = {name: value for name, value in values.items() if name in before.names}
    changed = {n: value for n, value in facts.items() if before.facts.get(n) != value}
    write_facts(saved, changed, at, by=by)
    return saved


def _read(kind: str, data: Mapping[str, Any], zone: tzinfo) -> tuple[dict[str, Any], list[Problem]]:
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    for field in entries_of(kind):
        if field.name not in data:
            continue
        raw = data[field.name]
        if field.name == OWNER:
            raw = CustomerFiles().find(CUSTOMER, str(raw)) or raw
        if field.name == NAME:
            raw = tidy(str(raw))
        if field.name == PHONE:
            raw = phone_of(str(raw)) or raw
        value, problem = parse(field, raw, zone)
        if problem is not None:
            problems.append(problem)
        elif value is None and field.required:
            problems.append(Problem("required", field.name, {"label": field.label}))
        elif field.name == NAME and len(str(value)) > LONGEST_NAME:
            facts = {"limit": LONGEST_NAME, "length": len(str(value))}
            problems.append(Problem("too-long", field.name, facts))
        else:
            values[field.name] = value
    return values, problems


def _save_row(kind: str, before: Kept, values: Mapping[str, Any], at: datetime) -> str:
    if kind == CUSTOMER:
        person = Customer.objects.filter(pk=before.pk).first() or Customer(entered_at=at)
        person.name = values.get(NAME, person.name)
        person.phone = values.get(PHONE, person.phone) or ""
        person.is_organisation = bool(values.get(IS_ORGANISATION, person.is_organisation))
        person.note = values.get(NOTE, person.note) or ""
        person.save()
        return person.ref
    thing = Asset.objects.filter(pk=before.pk).first() or Asset(kind=kind, entered_at=at)
    thing.name = values.get(NAME, thing.name)
    if OWNER in values:
        owner = values[OWNER]
        thing.owner_id = int(owner.partition("-")[2]) if owner else None
    thing.save()
    return thing.ref
