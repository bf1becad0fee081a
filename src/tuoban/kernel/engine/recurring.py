"""Cases that begin by themselves, because a schedule says so: for what, in which unit, with what.

Such a case was started by nobody and no form was shown, so that of its fields only the one that
holds its element has a value. It began at the moment of the schedule, however late that is made up
for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from tuoban.kernel import events as e
from tuoban.kernel.commands import Begin
from tuoban.kernel.definition import ROOT_REGION, Definition, Recurrence
from tuoban.kernel.fitting import fitted
from tuoban.kernel.names import read
from tuoban.kernel.refusals import Refused, refuse_invalid
from tuoban.kernel.settings import in_force, offered
from tuoban.kernel.units import listing_functions, unit_functions

if TYPE_CHECKING:
    from tuoban.kernel.engine.flow import Flow
    from tuoban.kernel.surroundings import Directory

BY_SCHEDULE = "schedule"
"""The channel of a case that began by itself."""


def begin(flow: Flow, command: Begin) -> None:
    """Begin the case because its moment has come.

    Raises:
        Refused: `unknown-request`, or `invalid` where the field cannot hold the element.
    """
    surroundings = flow.surroundings
    start = flow.definition.starts.get(command.start)
    if start is None or start.recurrence is None:
        raise Refused("unknown-request", {"request": command.start})
    name, value = start.recurrence.field, None
    if name:
        value, problem = fitted(flow.definition.fields[name], command.element, surroundings.zone)
        if problem is not None:
            raise refuse_invalid([problem])
    flow.emit(
        e.CaseStarted(
            request=command.start,
            by="",
            unit=command.unit,
            number=command.number,
            channel=BY_SCHEDULE,
            at=command.moment,
            settings=in_force(flow.definition, surroundings.settings),
            period=command.period,
        )
    )
    if value is not None:
        flow.emit(e.FieldsSet(0, {name: value}, None))
    flow.enter_region(ROOT_REGION, None)


def elements(recurrence: Recurrence, names: Mapping[str, Any]) -> tuple[Any, ...]:
    """For what cases begin now, each once; (None,) where it is for nothing in particular."""
    if recurrence.elements is None:
        return (None,)
    found = read(recurrence.elements, names)
    once: list[Any] = []
    for each in found if isinstance(found, Sequence) and not isinstance(found, str) else ():
        if each is not None and each not in once:
            once.append(each)
    return tuple(once)


def unit_for(
    recurrence: Recurrence, element: Any, names: Mapping[str, Any], directory: Directory, root: str
) -> str | None:
    """The key of the unit that the case of an element belongs to; None where there is none such."""
    if recurrence.unit is None:
        is_unit = isinstance(element, str) and element in directory.parents
        return element if is_unit else root
    own = {recurrence.field: element} if recurrence.field else {}
    found = read(recurrence.unit, {**names, **own})
    return found if isinstance(found, str) and found in directory.parents else None


def names_for(
    definition: Definition, given: Mapping[str, Any], directory: Directory, root: str
) -> dict[str, Any]:
    """What the expressions of a start read before there is a case: settings, and units.

    Args:
        given: the organisation's settings.
        root: the topmost unit.
    """
    values = in_force(definition, given)
    return {
        "settings": offered(definition.settings, values, lambda value: value),
        **unit_functions(directory, root),
        **listing_functions(directory),
    }
