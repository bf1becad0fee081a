"""The case page: header, steps, open work, timeline, fields."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any

from tuoban.kernel import commands as c
from tuoban.kernel import events as e
from tuoban.kernel.computed import values_of
from tuoban.kernel.definition import Definition, Text
from tuoban.kernel.due import first_due
from tuoban.kernel.engine import wording
from tuoban.kernel.engine.operations import possible_receivers
from tuoban.kernel.names import Names
from tuoban.kernel.state import State
from tuoban.kernel.surroundings import Surroundings
from tuoban.runtime.cases import definitions, states, titles
from tuoban.runtime.cases.models import Case, WorkItem
from tuoban.runtime.cases.personal import open_values
from tuoban.runtime.cases.queries.acting import to_copy_to, to_take_back
from tuoban.runtime.cases.queries.cases import owner_name
from tuoban.runtime.cases.queries.clocks import open_clocks
from tuoban.runtime.cases.queries.comments import comments_of
from tuoban.runtime.cases.queries.correcting import can_correct
from tuoban.runtime.cases.queries.documents import printable
from tuoban.runtime.cases.queries.doing import accounts_of, kept_if_cancelled, results_shown
from tuoban.runtime.cases.queries.erasing import erasable
from tuoban.runtime.cases.queries.files import files_of
from tuoban.runtime.cases.queries.links import called, caller
from tuoban.runtime.cases.queries.panel import allowed, panels
from tuoban.runtime.cases.queries.papers import papers_of
from tuoban.runtime.cases.queries.places import places_shown
from tuoban.runtime.cases.queries.plans import held_back, to_add
from tuoban.runtime.cases.queries.reactions import Pressed, occurrences_shown, reaction_panels
from tuoban.runtime.cases.queries.recorded import recorded
from tuoban.runtime.cases.queries.rows import (
    CasePage,
    FieldShown,
    ItemPanel,
    PersonRow,
    SuspendedView,
)
from tuoban.runtime.cases.queries.scene import ANY_REASON, Scene, open_scene
from tuoban.runtime.cases.queries.standing import standings, withdrawn_in
from tuoban.runtime.cases.queries.strip import strip
from tuoban.runtime.cases.queries.timeline import people_in, read_journal, tell_story
from tuoban.runtime.cases.queries.troubles import troubles_of
from tuoban.runtime.cases.queries.waits import waits
from tuoban.runtime.cases.queries.work import priority_label
from tuoban.runtime.people import directory
from tuoban.runtime.people.models import User


@dataclass(frozen=True, slots=True)
class OpenWork:
    """The open items of a case, each with its number in the case. `zone` is that of its unit."""

    items: tuple[tuple[int, ItemPanel], ...]
    zone: tzinfo


Entered = Mapping[int, Mapping[str, Any]]


def case_page(
    user: User,
    case_id: int,
    at: datetime,
    entered: Entered | None = None,
    pressed: Pressed | None = None,
) -> CasePage:
    """Everything that the case page shows.

    Args:
        entered: what was typed and not taken, by item id, to be shown again.
        pressed: the same of a reaction.

    Raises:
        RuntimeRefused: `unknown-case` or `not-visible`.
    """
    scene = open_scene(user, case_id, at)
    row, definition, state = scene.row, scene.definition, scene.state
    read = read_journal(row)
    names = _names(people_in(read, state))
    due = first_due(state)
    clocks = open_clocks(scene)
    steps = strip(definition, state, names, at)
    return CasePage(
        case_id=row.pk,
        number=row.number,
        title=titles.open_title(row.title, scene.surroundings.opened),
        slug=row.definition.slug,
        version=row.definition.version,
        process=definition.title,
        unit=row.unit.name,
        time_zone=row.unit.time_zone,
        status=row.status,
        outcome=definition.outcome_label(row.outcome),
        priority=priority_label(definition, row.priority_rank),
        started_at=row.started_at,
        owner=owner_name(row, definition),
        shelf=row.shelf,
        keep_until=row.keep_until,
        started_by=names.get(state.by, ""),
        ended_at=row.ended_at,
        due_at=due.due if due is not None else None,
        clock_from=due.begins if due is not None else None,
        suspended=_suspended(state, names),
        outside=_outside(definition, state),
        can_suspend=allowed(scene, c.Suspend(user.person_id, ANY_REASON)),
        is_wound_up=state.winding is not None,
        can_cancel=allowed(scene, c.Cancel(user.person_id, ANY_REASON)),
        kept_if_cancelled=kept_if_cancelled(scene),
        can_resume=allowed(scene, c.Resume(user.person_id)),
        clocks=clocks,
        waits=waits(scene, clocks, names),
        steps=steps,
        definition=definition,
        standings=standings(definition, state, steps, withdrawn_in(read)),
        items=panels(scene, entered or {}, read, names),
        timeline=tell_story(definition, read, names, scene.surroundings),
        fields=_fields(scene),
        places=(*places_shown(scene), *results_shown(scene)),
        take_back=to_take_back(scene),
        copied_to=tuple(names.get(each, each) for each in state.copied),
        may_be_copied_to=to_copy_to(scene),
        held=held_back(scene, names),
        to_add=to_add(scene),
        papers=papers_of(scene, names),
        accounts=accounts_of(scene),
        prints=printable(scene),
        reactions=reaction_panels(scene, pressed),
        occurrences=occurrences_shown(scene, names),
        erasable=erasable(scene),
        files=files_of(scene),
        comments=comments_of(scene),
        called=called(scene),
        caller=caller(scene),
        troubles=troubles_of(scene),
        has_outgoing=any(
            isinstance(event, e.Told) and event.channel for each in read for event in each.events
        ),
    )


def open_work(user: User, case_id: int, at: datetime) -> OpenWork:
    """The open items of a case with their numbers; those that the user may do come first.

    Raises:
        RuntimeRefused: `unknown-case` or `not-visible`.
    """
    scene = open_scene(user, case_id, at)
    rows = WorkItem.objects.filter(case=case_id, status=WorkItem.OPEN)
    numbers = dict(rows.values_list("pk", "number"))
    read = read_journal(scene.row)
    found = panels(scene, {}, read, _names(people_in(read, scene.state)))
    return OpenWork(tuple((numbers[each.item_id], each) for each in found), scene.row.unit.zone)


def item_panel(
    user: User, item_id: int, at: datetime, entered: Mapping[str, Any] | None = None
) -> ItemPanel | None:
    """One open item as on its case page, given what was typed so far; None once it is closed.

    Raises:
        RuntimeRefused: `unknown-case` or `not-visible`.
    """
    case_id = WorkItem.objects.filter(pk=item_id).values_list("case_id", flat=True).first()
    scene = open_scene(user, case_id or 0, at)
    found = panels(scene, {item_id: entered} if entered is not None else {})
    return next((panel for panel in found if panel.item_id == item_id), None)


def users_for_transfer(item_id: int, at: datetime) -> tuple[PersonRow, ...]:
    """The people to whom the item may be handed over, by name."""
    found = WorkItem.objects.filter(pk=item_id, status=WorkItem.OPEN).first()
    if found is None:
        return ()
    case = Case.objects.select_related("definition", "unit").get(pk=found.case_id)
    definition = definitions.compiled(case.definition)
    state = states.read(case, definition)
    surroundings = Surroundings(
        at=at,
        zone=case.unit.zone,
        directory=directory.at(at, case.unit.zone),
        opened=open_values([case.pk]),
    )
    able = possible_receivers(definition, state, surroundings, state.items[found.number])
    users = User.objects.filter(pk__in=able).order_by("display_name", "username")
    return tuple(PersonRow(user.pk, str(user), user.username) for user in users)


def _names(people: set[str]) -> dict[str, str]:
    users = User.objects.filter(pk__in=[int(person) for person in people if person.isdecimal()])
    return {user.person_id: str(user) for user in users}


def _outside(definition: Definition, state: State) -> Text | None:
    waited_for = state.waits_outside_for
    return wording.of_outside(definition, waited_for) if waited_for else None


def _suspended(state: State, names: Mapping[str, str]) -> SuspendedView | None:
    suspended = state.suspended
    if suspended is None:
        return None
    who = names.get(suspended.by, suspended.by)
    return SuspendedView(who, suspended.at, suspended.reason)


def _fields(scene: Scene) -> tuple[FieldShown, ...]:
    """The values of the case, in the order in which the pack declares its fields."""
    surroundings = scene.surroundings
    names = Names(scene.definition, scene.state, surroundings.opened, surroundings.zone)
    values = values_of(scene.definition, scene.state.values, names)
    asked = {
        entry.field
        for start in scene.definition.starts.values()
        for section in start.form
        for entry in section.entries
    }
    return tuple(
        recorded(
            scene,
            field,
            values[name],
            contact=name in asked and (field.personal or field.long),
            can_correct=can_correct(scene, name),
        )
        for name, field in scene.definition.fields.items()
        if values.get(name) not in (None, ())
    )
