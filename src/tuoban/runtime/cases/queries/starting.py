"""New cases: the requests that a user may make, with their forms."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from tuoban.kernel.definition import Definition, Start
from tuoban.kernel.engine import start_place
from tuoban.kernel.engine.performers import acting_roles
from tuoban.kernel.refusals import Refused
from tuoban.kernel.state import NEW
from tuoban.kernel.surroundings import Directory, Surroundings
from tuoban.runtime.cases import definitions, policy
from tuoban.runtime.cases.queries.form_views import form_parts
from tuoban.runtime.cases.queries.list_rows import Option
from tuoban.runtime.cases.queries.rows import StartForm
from tuoban.runtime.people import directory
from tuoban.runtime.people.models import RoleHolding, Unit, User


def may_start(user: User) -> bool:
    """Whether there is any request that the user may make."""
    held = set(RoleHolding.objects.filter(user=user).values_list("role", flat=True))
    return bool(held) and any(
        held & set(acting_roles(definition, start.by))
        for definition in map(definitions.compiled, definitions.all_latest())
        for start in definition.starts.values()
    )


def new_case_forms(user: User, at: datetime) -> tuple[StartForm, ...]:
    """Every request that the user may make, on the newest version of each process."""
    people = directory.snapshot()
    units = {unit.key: unit for unit in Unit.objects.all()}
    found: list[StartForm] = []
    for row in definitions.all_latest():
        definition = definitions.compiled(row)
        for start in definition.starts.values():
            where = policy.starting_units(definition, start, user, people)
            if where:
                chosen = [units[key] for key in where]
                found.append(_form(definition, start, chosen, people, at, {}))
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
        Refused: `unknown-process`, `unknown-request`, or `not-starter` where the user may not
            make it anywhere.
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
    units = sorted(Unit.objects.filter(key__in=where), key=lambda each: each.key != unit)
    return _form(definition, start, units, people, at, entered or {})


def _form(
    definition: Definition,
    start: Start,
    units: list[Unit],
    people: Directory,
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
        form=form_parts(place, entered),
        units=tuple(Option(unit.key, unit.name) for unit in units),
    )
