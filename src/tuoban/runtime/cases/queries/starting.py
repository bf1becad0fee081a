"""New cases: the requests that a user may make, with their forms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from tuoban.kernel.definition import Definition, Start
from tuoban.kernel.engine import may_be_offered, start_place
from tuoban.kernel.engine.performers import acting_roles
from tuoban.kernel.refusals import Refused
from tuoban.kernel.state import NEW
from tuoban.kernel.surroundings import Directory, Surroundings
from tuoban.runtime.cases import definitions, policy, settings
from tuoban.runtime.cases.queries.form_views import form_parts
from tuoban.runtime.cases.queries.list_rows import Option
from tuoban.runtime.cases.queries.rows import StartForm
from tuoban.runtime.people import directory
from tuoban.runtime.people.models import RoleHolding, Unit, User


@dataclass(frozen=True, slots=True)
class Places:
    """What the desk has for somebody: whether there is a request that they may make, and whether
    they may see customers and assets, as those do who work by a process that names such."""

    can_start: bool
    sees_files: bool


def places_for(user: User) -> Places:
    """What the newest versions of processes give the user to do at the desk."""
    held = set(RoleHolding.objects.filter(user=user).values_list("role", flat=True))
    if not held:
        return Places(can_start=False, sees_files=user.is_staff)
    found = [definitions.compiled(row) for row in definitions.all_latest()]
    can_start = any(
        held & set(acting_roles(definition, start.by))
        for definition in found
        for start in definition.starts.values()
    )
    return Places(can_start, user.is_staff or any(_names_files(each, held) for each in found))


def _names_files(definition: Definition, held: set[str]) -> bool:
    return definition.names_files and not held.isdisjoint(definition.roles)


def new_case_forms(user: User, at: datetime) -> tuple[StartForm, ...]:
    """Every request that the user may make, on the newest version of each process."""
    people = directory.snapshot()
    units = {unit.key: unit for unit in Unit.objects.all()}
    found: list[StartForm] = []
    for row in definitions.all_latest():
        definition = definitions.compiled(row)
        for start in definition.starts.values():
            where = _units(definition, start, user, people, at)
            if where:
                chosen = [units[key] for key in where]
                found.append(_form(definition, start, chosen, people, user, at, {}))
    return tuple(found)


def start_form(
    user: User,
    slug: str,
    request: str,
    at: datetime,
    entered: Mapping[str, Any] | None = None,
    unit: str | None = None,
) -> StartForm:
    """One request's form, given what was typed so far.

    Raises:
        Refused: `unknown-process`, `unknown-request`, `not-starter` where the user may not
            make it anywhere, or `not-offered` where nobody may now.
    """
    definition = definitions.compiled(definitions.latest(slug))
    start = definition.starts.get(request)
    if start is None or not start.is_request:
        raise Refused("unknown-request", {"request": request})
    people = directory.snapshot()
    where = policy.starting_units(definition, start, user, people)
    if not where:
        labels = tuple(definition.roles[role].label for role in start.by)
        raise Refused("not-starter", {"request": start.label, "roles": labels})
    where = _offered(definition, start, user, where, people, at)
    if not where:
        raise Refused("not-offered", {"request": start.label})
    units = sorted(Unit.objects.filter(key__in=where), key=lambda each: each.key != unit)
    return _form(definition, start, units, people, user, at, entered or {})


def _units(
    definition: Definition, start: Start, user: User, people: Directory, at: datetime
) -> list[str]:
    """The units in which the user may make the request now."""
    where = policy.starting_units(definition, start, user, people)
    return _offered(definition, start, user, where, people, at)


def _offered(
    definition: Definition,
    start: Start,
    user: User,
    where: list[str],
    people: Directory,
    at: datetime,
) -> list[str]:
    """Those of the units in which it is offered now."""
    if start.when is None or not where:
        return where
    given = settings.given(definition.slug)
    zones = {unit.key: unit.zone for unit in Unit.objects.filter(key__in=where)}
    return [
        unit
        for unit in where
        if may_be_offered(
            definition,
            start,
            user.person_id,
            unit,
            Surroundings(at, zones[unit], people, settings=given),
        )
    ]


def _form(
    definition: Definition,
    start: Start,
    units: list[Unit],
    people: Directory,
    user: User,
    at: datetime,
    entered: Mapping[str, Any],
) -> StartForm:
    zone: ZoneInfo = units[0].zone
    place = start_place(definition, NEW, start.request, Surroundings(at, zone, people))
    return StartForm(
        slug=definition.slug,
        process=definition.title,
        request=start.request,
        label=start.label,
        form=form_parts(place, entered, user),
        units=tuple(Option(unit.key, unit.name) for unit in units),
    )
