"""Which unit works by which calendar: the choices of a form, and the tree they are made in."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import QueryDict
from django.utils.translation import gettext as _

from tuoban.faces.desk.hours.contexts import UnitRow
from tuoban.kernel.definition import Text
from tuoban.runtime.people.giving import Choice
from tuoban.runtime.people.queries import UnitFound


def choices_of(posted: QueryDict) -> dict[str, Choice]:
    """By unit, what a form changes; what was left as it was is no choice."""
    found = {
        name.removeprefix("was."): Choice(str(posted.get(f"unit.{name[4:]}", was)), str(was))
        for name, was in posted.items()
        if name.startswith("was.")
    }
    return {unit: choice for unit, choice in found.items() if choice.calendar != choice.was}


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
