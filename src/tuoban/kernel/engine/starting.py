"""Starting a case: who may, with what, and with which settings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from tuoban.kernel import events as e
from tuoban.kernel.commands import Start
from tuoban.kernel.definition import ROOT_REGION, Definition
from tuoban.kernel.definition import Start as Request
from tuoban.kernel.engine.homes import home_of
from tuoban.kernel.engine.performers import acting_roles
from tuoban.kernel.forms import Place, read_form
from tuoban.kernel.names import Names, holds
from tuoban.kernel.outsiders import role_of
from tuoban.kernel.refusals import Refused, refuse_invalid
from tuoban.kernel.settings import in_force
from tuoban.kernel.state import NEW, State

if TYPE_CHECKING:
    from tuoban.kernel.engine.flow import Flow
    from tuoban.kernel.surroundings import Directory, Surroundings


DESK = "desk"
"""The channel by which a case begins that somebody starts at the desk."""


def start_place(
    definition: Definition, state: State, request: str, surroundings: Surroundings
) -> Place:
    """Where the form of a request stands.

    Raises:
        Refused: `unknown-request`.
    """
    start = definition.starts.get(request)
    if start is None or not start.is_request:
        raise Refused("unknown-request", {"request": request})
    return Place(
        definition,
        state,
        None,
        start.form,
        surroundings.opened,
        surroundings.zone,
        surroundings.at,
        people=surroundings.directory.people,
        units=surroundings.directory.parents.keys(),
    )


def start(flow: Flow, command: Start) -> None:
    """Begin the case.

    Raises:
        Refused: `unknown-request`, `not-starter`, `no-such-unit`, `invalid` or `not-offered`.
    """
    surroundings = flow.surroundings
    place = start_place(flow.definition, flow.state, command.request, surroundings)
    _check_may_start(flow, command)
    begin_asked_for(
        flow,
        place,
        command.data,
        e.CaseStarted(
            request=command.request,
            by=command.by,
            unit=command.unit,
            number=command.number,
            channel=command.channel,
            at=surroundings.at,
            settings=in_force(flow.definition, surroundings.settings),
        ),
    )


def begin_asked_for(
    flow: Flow, place: Place, data: Mapping[str, Any], started: e.CaseStarted
) -> None:
    """Begin a case with the form of a request, in the unit that it belongs to.

    Args:
        started: the start, in the unit in which it is asked for.

    Raises:
        Refused: `no-such-unit`, `not-offered`, or `invalid` with every problem at once.
    """
    reading = read_form(place, data)
    if reading.problems:
        raise refuse_invalid(list(reading.problems))
    unit = home_of(place, reading.values, started, flow.surroundings)
    if unit != started.unit:
        started = replace(started, unit=unit, asked_in=started.unit)
    flow.emit(started)
    values = {name: value for name, value in reading.values.items() if value is not None}
    if values:
        flow.emit(e.FieldsSet(0, values, started.by or None))
    check_offered(flow)
    flow.enter_region(ROOT_REGION, None)


def check_offered(flow: Flow) -> None:
    """Hold the case, as it has begun, against what its start demands.

    Raises:
        Refused: `not-offered`.
    """
    start, surroundings = flow.definition.starts[flow.state.request], flow.surroundings
    names = Names(flow.definition, flow.state, surroundings.opened, surroundings.zone)
    if start.when is not None and holds(start.when, names) is not True:
        raise Refused("not-offered", {"request": start.label})


def may_be_offered(
    definition: Definition, start: Request, by: str, unit: str, surroundings: Surroundings
) -> bool:
    """Whether a request may yet be made, before anything is entered."""
    if start.when is None:
        return True
    state = replace(
        NEW,
        request=start.request,
        by=by,
        unit=unit,
        started_at=surroundings.at,
        channel=DESK,
        settings=in_force(definition, surroundings.settings),
    )
    names = Names(definition, state, surroundings.opened, surroundings.zone)
    return holds(start.when, names) is not False


def is_served(definition: Definition, directory: Directory, role: str, unit: str) -> bool:
    """Whether an outside party may ask for something in a unit: somebody there acts for it."""
    known = definition.roles.get(role)
    acting = known.recorded_by if known is not None else ()
    return any(directory.holders.get((each, unit)) for each in acting)


def _check_may_start(flow: Flow, command: Start) -> None:
    start = flow.definition.starts[command.request]
    roles = acting_roles(flow.definition, start.by)
    own, directory = role_of(command.by), flow.surroundings.directory
    if own is None:
        may = directory.holds(command.by, roles, command.unit)
    else:
        may = own in start.by and is_served(flow.definition, directory, own, command.unit)
    if not may:
        labels = tuple(flow.definition.roles[role].label for role in roles)
        raise Refused("not-starter", {"request": start.label, "roles": labels})
