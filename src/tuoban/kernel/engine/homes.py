"""The unit that a case belongs to which somebody asks for (`case.unit`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from tuoban.kernel import events as e
from tuoban.kernel.commands import BeginCalled, Start
from tuoban.kernel.engine.evolve import evolve
from tuoban.kernel.forms import Place, read_form
from tuoban.kernel.names import read
from tuoban.kernel.refusals import Refused
from tuoban.kernel.settings import in_force
from tuoban.kernel.units import unit_functions

if TYPE_CHECKING:
    from tuoban.kernel.surroundings import Surroundings


def home_of(
    place: Place,
    values: Mapping[str, Any],
    started: e.CaseStarted,
    surroundings: Surroundings,
) -> str:
    """The unit that a case belongs to: what `case.unit` says, else where it is asked for.

    Args:
        values: what the form of the request gives.

    Raises:
        Refused: `no-such-unit`.
    """
    rule, directory = place.definition.case.unit, surroundings.directory
    if rule is None:
        return started.unit
    begun = replace(place, state=evolve(place.definition, place.state, started))
    unit = read(rule, begun.names({**values, **unit_functions(directory, started.unit)}))
    if unit is None:
        return started.unit
    if unit not in directory.parents:
        raise Refused("no-such-unit", {"unit": str(unit)})
    return str(unit)


def home_if_asked(
    place: Place, command: Start | BeginCalled, channel: str, surroundings: Surroundings
) -> str:
    """The unit that a case will belong to, by whose hours and time zone it then begins; the one in
    which it is asked for, if it cannot begin.

    Raises:
        Refused: `no-such-unit`.
    """
    if place.definition.case.unit is None:
        return command.unit
    reading = read_form(place, command.data)
    if reading.problems:
        return command.unit
    started = e.CaseStarted(
        request=command.request,
        by=command.by,
        unit=command.unit,
        number=command.number,
        channel=channel,
        at=surroundings.at,
        settings=in_force(place.definition, surroundings.settings),
    )
    return home_of(place, reading.values, started, surroundings)
