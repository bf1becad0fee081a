"""What outside parties may ask for themselves: a case begins, with a link that follows it.

Offered is each request whose `by` names an outside party, in the units where somebody acts for that
party. A form that takes a list, or would have to tell of people, customers or assets, is left to
people of the organisation.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from tuoban.kernel.definition import Definition, Start, Text
from tuoban.kernel.engine import may_be_offered, start_place
from tuoban.kernel.refusals import Refused
from tuoban.kernel.state import NEW
from tuoban.kernel.surroundings import Surroundings
from tuoban.runtime.cases import definitions, policy, service, settings
from tuoban.runtime.cases.queries.form_views import parts_given
from tuoban.runtime.cases.queries.list_rows import Option
from tuoban.runtime.cases.queries.rows import FormPart
from tuoban.runtime.people import directory
from tuoban.runtime.people.models import Unit
from tuoban.services.portal import links
from tuoban.services.portal.links import Made, Party
from tuoban.services.portal.telling import tells_of_others

CHANNEL = "portal"
"""By which channel such a case begins."""


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that may be asked for."""

    slug: str
    request: str
    label: Text
    process: Text


@dataclass(frozen=True, slots=True)
class RequestForm:
    """The form of an offer, and the units in which it may be asked for."""

    offer: Offer
    form: tuple[FormPart, ...]
    units: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """A case that has begun, and the link that follows it."""

    number: str
    link: Made


def offers(at: datetime) -> tuple[Offer, ...]:
    """What may be asked for now, of the newest version of each process."""
    return tuple(
        _offer(definition, start)
        for definition in map(definitions.compiled, definitions.all_latest())
        for start in definition.starts.values()
        if _units(definition, start, at)
    )


def request_form(
    slug: str, request: str, at: datetime, entered: Mapping[str, Any] | None = None
) -> RequestForm | None:
    """The form of an offer, given what was typed so far; None: nothing is offered so."""
    found = _found(slug, request, at)
    if found is None:
        return None
    definition, start, units = found
    surroundings = Surroundings(at, units[0].zone, directory.snapshot())
    place = start_place(definition, NEW, request, surroundings)
    return RequestForm(
        _offer(definition, start),
        parts_given(place, entered or {}, lambda refs: {}),
        tuple(Option(unit.key, unit.name) for unit in units),
    )


def ask(
    slug: str, request: str, *, unit: str, data: Mapping[str, Any], at: datetime, key: str
) -> Asked:
    """Begin the case that is asked for, and make a link to it.

    Raises:
        Refused: `unknown-request` where nothing is offered so; as the kernel's `Start`.
    """
    found = _found(slug, request, at)
    if found is None:
        raise Refused("unknown-request", {"request": request[:40]})
    definition, start, units = found
    role = _role(definition, start)
    where = unit if any(unit == each.key for each in units) else units[0].key
    outcome = service.start_case(
        slug, request, by=Party(role), unit=where, data=data, at=at, key=key, channel=CHANNEL
    )
    link = links.give(outcome.case_id, role, timedelta(days=links.DAYS), by=None, at=at)
    return Asked(outcome.number, link)


def _found(slug: str, request: str, at: datetime) -> tuple[Definition, Start, list[Unit]] | None:
    for row in definitions.all_latest():
        if row.slug == slug:
            definition = definitions.compiled(row)
            start = definition.starts.get(request)
            units = _units(definition, start, at) if start is not None else []
            return (definition, start, units) if start is not None and units else None
    return None


def _units(definition: Definition, start: Start, at: datetime) -> list[Unit]:
    """Where it is offered now; nowhere, if it is not for outside parties to ask for here."""
    role = _role(definition, start)
    if not start.is_request or not role or any(_kept_inside(definition, start)):
        return []
    people = directory.snapshot()
    where = policy.starting_units(definition, start, Party(role), people)
    given = settings.given(definition.slug)
    return [
        unit
        for unit in Unit.objects.filter(key__in=where).order_by("path")
        if may_be_offered(
            definition,
            start,
            Party(role).person_id,
            unit.key,
            Surroundings(at, unit.zone, people, settings=given),
        )
    ]


def _kept_inside(definition: Definition, start: Start) -> Iterator[bool]:
    for section in start.form:
        for entry in section.entries:
            field = definition.fields[entry.field]
            yield field.type == "list" or tells_of_others(field)


def _role(definition: Definition, start: Start) -> str:
    """The outside party that may ask for it, the first that is named; empty: none."""
    return next((role for role in start.by if definition.roles[role].is_outside), "")


def _offer(definition: Definition, start: Start) -> Offer:
    return Offer(definition.slug, start.request, start.label, definition.title)
