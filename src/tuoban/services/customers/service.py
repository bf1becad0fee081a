"""The verb of this service: entering customers and assets, and changing what is known of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, tzinfo
from typing import Any

from django.db import transaction

from tuoban.kernel.definition import Text
from tuoban.kernel.facts import CUSTOMER
from tuoban.kernel.refusals import Problem, refuse_invalid
from tuoban.kernel.rows import read_value
from tuoban.runtime.cases.busy import refused_when_busy
from tuoban.runtime.cases.refusals import RuntimeRefused
from tuoban.runtime.people.models import User
from tuoban.runtime.people.service import is_address
from tuoban.services.customers.entries import (
    IS_ORGANISATION,
    MAIL,
    NAME,
    NOTE,
    NOTHING,
    OWNER,
    PHONE,
    Kept,
    entries_of,
    kept,
    rows_read,
    shown_in,
    whole,
)
from tuoban.services.customers.files import CustomerFiles, phone_of, tidy, write_facts
from tuoban.services.customers.models import LONGEST_NAME, Asset, Customer

_TAKEN = Text(
    "已有同名的，请打开原来的记录。", "There is one of that name already: open its file instead."
)

_NO_MAIL = Text("这不是电子邮箱地址。", "This is no e-mail address.")


@refused_when_busy()
@transaction.atomic
def save(
    kind: str,
    data: Mapping[str, Any],
    *,
    ref: str | None,
    by: User,
    at: datetime,
    zone: tzinfo,
    was: Mapping[str, str] = NOTHING,
) -> str:
    """Enter somebody or something, or change what is on file; its reference.

    Facts that differ from what is known are written with the date and the person; what is left out
    stays as it is.

    Args:
        data: what was typed, by the names of `entries_of`.
        ref: whose file is changed; None: a new one.
        was: what stood in these entries when the file was opened.

    Raises:
        Refused: `file-erased`; `invalid`, with the problems beside their entries, also where
            another asset of the kind is called so, or somebody else has changed meanwhile what is
            changed here.
    """
    before = _locked(kind, ref)
    values, problems = _read(kind, data, before, zone)
    problems += _changed_meanwhile(kind, before, values, was, zone)
    if values.get(NAME) and kind != CUSTOMER:
        others = Asset.objects.filter(kind=kind, name__iexact=values[NAME])
        if others.exclude(pk=before.pk).exists():
            problems.append(Problem("rule", NAME, {"text": _TAKEN}))
    if problems:
        raise refuse_invalid(problems)
    saved = _save_row(kind, before, values, at)
    facts = {name: value for name, value in values.items() if name in before.names}
    changed = {n: value for n, value in facts.items() if _differs(before.facts.get(n), value)}
    write_facts(saved, changed, at, by=by)
    return saved


def _differs(before: Any, value: Any) -> bool:
    """Whether a fact becomes another; a list that nobody filled in has no rows."""
    return bool(before != value) and (before, value) != (None, ())


def _locked(kind: str, ref: str | None) -> Kept:
    """What is on file, kept from others until the transaction ends."""
    if ref is not None:
        type_, _, number = ref.partition("-")
        model = Customer if type_ == CUSTOMER else Asset
        row = model.objects.select_for_update().filter(pk=int(number)).first()
        if isinstance(row, Customer) and row.erased_at is not None:
            raise RuntimeRefused("file-erased")
    return kept(kind, ref)


def _changed_meanwhile(
    kind: str, before: Kept, values: Mapping[str, Any], was: Mapping[str, str], zone: tzinfo
) -> list[Problem]:
    """The entries that were given another value and hold by now what nobody saw who typed it."""
    found = []
    for field in entries_of(kind):
        name, now = field.name, before.values.get(field.name)
        text = shown_in(field, now, zone)
        if name in values and name in was and was[name] != text and values[name] != now:
            read = rows_read(text) if field.type == "list" else text
            found.append(Problem("file-changed", name, {"now": read or "—"}))
    return found


def _read(
    kind: str, data: Mapping[str, Any], before: Kept, zone: tzinfo
) -> tuple[dict[str, Any], list[Problem]]:
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
        value, wrong = read_value(field, raw, zone)
        if wrong:
            problems += wrong
        elif field.name == MAIL and value is not None and not is_address(str(value)):
            problems.append(Problem("rule", MAIL, {"text": _NO_MAIL}))
        elif value is None and field.required:
            problems.append(Problem("required", field.name, {"label": field.label}))
        elif field.name == NAME and len(str(value)) > LONGEST_NAME:
            facts = {"limit": LONGEST_NAME, "length": len(str(value))}
            problems.append(Problem("too-long", field.name, facts))
        else:
            values[field.name] = whole(field, value, before.values.get(field.name), zone)
    return values, problems


def _save_row(kind: str, before: Kept, values: Mapping[str, Any], at: datetime) -> str:
    if kind == CUSTOMER:
        person = Customer.objects.filter(pk=before.pk).first() or Customer(entered_at=at)
        person.name = values.get(NAME, person.name)
        person.phone = values.get(PHONE, person.phone) or ""
        person.mail = values.get(MAIL, person.mail) or ""
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
