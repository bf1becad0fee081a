"""Which unit works by which calendar: the choices of a form, and the tree they are made in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.http import QueryDict
from django.utils.translation import gettext as _

from tuoban.faces.desk.hours.contexts import UnitRow
from tuoban.kernel.definition import Text
from tuoban.runtime.calendars.models import Calendar
from tuoban.runtime.people.models import Unit
from tuoban.runtime.people.queries import UnitFound
from tuoban.runtime.people.service import set_calendar


@dataclass(frozen=True, slots=True)
class Choice:
    """The key of a calendar for a unit, empty: as above; `was` is what the form was made from."""

    calendar: str
    was: str


@dataclass(frozen=True, slots=True)
class Given:
    """What became of choices: how many units were given a calendar, or the keys of those that
    somebody else gave another one meanwhile; then nothing was given."""

    count: int
    overtaken: frozenset[str] = frozenset()


def choices_of(posted: QueryDict) -> dict[str, Choice]:
    """By unit, what a form changes; what was left as it was is no choice."""
    found = {
        name.removeprefix("was."): Choice(str(posted.get(f"unit.{name[4:]}", was)), str(was))
        for name, was in posted.items()
        if name.startswith("was.")
    }
    return {unit: choice for unit, choice in found.items() if choice.calendar != choice.was}


@transaction.atomic
def give(choices: Mapping[str, Choice]) -> Given:
    """Give units the calendars chosen for them. What no page of ours offers is left out."""
    calendars = {each.key: each for each in Calendar.objects.all()}
    wanted: list[tuple[Unit, Calendar | None]] = []
    overtaken: set[str] = set()
    # Locked in one query, read in another: a lock reaches no calendar that may be missing.
    list(Unit.objects.select_for_update().order_by("pk").values_list("pk"))
    for unit in Unit.objects.select_related("calendar").order_by("path"):
        choice = choices.get(unit.key)
        now = unit.calendar.key if unit.calendar is not None else ""
        if choice is None or choice.calendar == now or not _is_offered(choice, unit, calendars):
            continue
        if choice.was != now:
            overtaken.add(unit.key)
        wanted.append((unit, calendars.get(choice.calendar)))
    if overtaken:
        return Given(0, frozenset(overtaken))
    for unit, calendar in wanted:
        set_calendar(unit, calendar)
    return Given(len(wanted))


def _is_offered(choice: Choice, unit: Unit, calendars: Mapping[str, Calendar]) -> bool:
    if not choice.calendar:
        return unit.parent_id is not None
    return choice.calendar in calendars


def unit_rows(
    tree: tuple[UnitFound, ...],
    names: Mapping[str, Text],
    choices: Mapping[str, Choice],
    overtaken: frozenset[str],
) -> tuple[UnitRow, ...]:
    """The tree with what was chosen and not saved."""
    told = _("Somebody gave this unit another calendar meanwhile. Save again to set yours.")
    above: list[str] = []
    rows = []
    for each in tree:
        above = above[: each.depth]
        choice = choices.get(each.key)
        rows.append(
            UnitRow(
                key=each.key,
                name=each.name,
                depth=each.depth,
                chosen=choice.calendar if choice is not None else each.own,
                was=each.own,
                above=names.get(above[-1]) if above else None,
                zone=each.zone,
                problem=told if each.key in overtaken else "",
            )
        )
        above.append(each.calendar)
    return tuple(rows)
