"""The verb that begins a case."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from tuoban.kernel import commands as c
from tuoban.kernel.definition import Definition
from tuoban.kernel.engine import start_place
from tuoban.kernel.refusals import Refused
from tuoban.kernel.state import NEW
from tuoban.runtime.cases import definitions, personal, policy, store
from tuoban.runtime.cases.carrying import Outcome, lay_out, once
from tuoban.runtime.cases.homes import begin_at_home
from tuoban.runtime.cases.refusals import RuntimeRefused
from tuoban.runtime.people import directory
from tuoban.runtime.people.ids import Actor
from tuoban.runtime.people.models import Unit


def start_case(
    slug: str,
    request: str,
    *,
    by: Actor,
    unit: str | None = None,
    data: Mapping[str, Any],
    at: datetime,
    key: str,
    channel: str = "desk",
) -> Outcome:
    """Begin a case on the newest published version of a process.

    Args:
        unit: the unit's key; may be left out where the person may start in one unit only.

    Raises:
        Refused: `unknown-process`, `unknown-request`, `unknown-unit`, `unit-needed`,
            `not-starter`, `no-such-unit`, `invalid`, `key-reused`.
    """

    def act() -> Outcome:
        published = definitions.latest(slug)
        definition = definitions.compiled(published)
        where = _starting_unit(definition, request, by, unit)
        desk = lay_out(store.new(published, where, ""), at)
        place = start_place(definition, NEW, request, desk.surroundings)
        sealed = personal.seal_data(place, data, desk.envelope, (by.person_id,))
        return begin_at_home(
            desk, place, c.Start(by.person_id, request, where.key, "", sealed, channel)
        )

    return once(by, key, ("start", slug, request, unit, data, channel), at, act)


def _starting_unit(definition: Definition, request: str, by: Actor, wanted: str | None) -> Unit:
    start = definition.starts.get(request)
    if start is None:
        raise Refused("unknown-request", {"request": request})
    if wanted is None:
        people = directory.snapshot()
        possible = policy.starting_units(definition, start, by, people)
        if len(possible) > 1:
            units = Unit.objects.filter(key__in=possible).order_by("path")
            raise RuntimeRefused("unit-needed", {"units": tuple(each.name for each in units)})
        # Where nothing is possible any unit will do: the decision refuses in its own words.
        wanted = possible[0] if possible else next(iter(people.parents), None)
    unit = Unit.objects.filter(key=wanted).first()
    if unit is None:
        raise RuntimeRefused("unknown-unit", {"unit": wanted or ""})
    return unit
