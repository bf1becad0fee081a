"""The unit that a case belongs to which somebody asks for (`case.unit`), before it begins there."""

from __future__ import annotations

from dataclasses import replace

from tuoban.kernel.commands import BeginCalled, Start
from tuoban.kernel.engine import home_if_asked
from tuoban.kernel.engine.linking import BY_CALL
from tuoban.kernel.forms import Place
from tuoban.runtime.cases.carrying import Desk, Outcome, carry_out
from tuoban.runtime.cases.numbers import take_number
from tuoban.runtime.people.models import Unit


def begin_at_home(desk: Desk, place: Place, command: Start | BeginCalled) -> Outcome:
    """Begin a case, numbered and timed in the time zone of the unit that it belongs to.

    Args:
        desk: the case, laid out in the unit in which it is asked for, not numbered yet.
        place: its form.

    Raises:
        Refused: as the kernel's `Start`.
    """
    row, at = desk.case.row, desk.surroundings.at
    channel = command.channel if isinstance(command, Start) else BY_CALL
    home = home_if_asked(place, command, channel, desk.surroundings)
    if home != row.unit.key:
        row.unit = Unit.objects.get(key=home)
        desk.case.zone = row.unit.zone
        desk.surroundings = replace(desk.surroundings, zone=row.unit.zone)
    row.number = take_number(desk.definition.case.number, at, row.unit)
    return carry_out(desk, replace(command, number=row.number))
