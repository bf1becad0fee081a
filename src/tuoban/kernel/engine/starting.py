"""Starting a case: who may, with what, and with which settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuoban.kernel import events as e
from tuoban.kernel.commands import Start
from tuoban.kernel.definition import ROOT_REGION, Definition
from tuoban.kernel.engine.performers import acting_roles
from tuoban.kernel.forms import Place, read_form
from tuoban.kernel.refusals import Refused, refuse_invalid
from tuoban.kernel.settings import in_force
from tuoban.kernel.state import State

if TYPE_CHECKING:
    from tuoban.kernel.engine.flow import Flow
    from tuoban.kernel.surroundings import Surroundings


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
    )


def start(flow: Flow, command: Start) -> None:
    """Begin the case.

    Raises:
        Refused: `unknown-request`, `not-starter` or `invalid`.
    """
    surroundings = flow.surroundings
    place = start_place(flow.definition, flow.state, command.request, surroundings)
    _check_may_start(flow, command)
    reading = read_form(place, command.data)
    if reading.problems:
        raise refuse_invalid(list(reading.problems))
    flow.emit(
        e.CaseStarted(
            request=command.request,
            by=command.by,
            unit=command.unit,
            number=command.number,
            channel=command.channel,
            at=surroundings.at,
            settings=in_force(flow.definition, surroundings.settings),
        )
    )
    values = {name: value for name, value in reading.values.items() if value is not None}
    if values:
        flow.emit(e.FieldsSet(0, values, command.by))
    flow.enter_region(ROOT_REGION, None)


def _check_may_start(flow: Flow, command: Start) -> None:
    start = flow.definition.starts[command.request]
    roles = acting_roles(flow.definition, start.by)
    if not flow.surroundings.directory.holds(command.by, roles, command.unit):
        labels = tuple(flow.definition.roles[role].label for role in roles)
        raise Refused("not-starter", {"request": start.label, "roles": labels})
