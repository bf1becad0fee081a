"""Papers on the page: what a step asks for, and how each stands in the case."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, tzinfo
from types import MappingProxyType
from typing import Any

from tuoban.kernel.definition import Node, Text
from tuoban.kernel.engine import asking, demands
from tuoban.kernel.engine.demands import Demand, Onward, Standing
from tuoban.kernel.engine.papers import may_handle, may_strike
from tuoban.kernel.forms import Place
from tuoban.kernel.papers import Paper, PaperMove, Sheets
from tuoban.kernel.refusals import Refused
from tuoban.runtime.cases import titles
from tuoban.runtime.cases.queries.form_views import typed_values
from tuoban.runtime.cases.queries.rows import (
    PaperEntry,
    PaperGroup,
    PaperMoveView,
    PaperSheet,
    PaperStands,
    PaperToGive,
)
from tuoban.runtime.cases.queries.scene import Scene, open_scene
from tuoban.runtime.people import directory
from tuoban.runtime.people.models import User


def asked_by(scene: Scene, place: Place, entered: Mapping[str, Any]) -> tuple[PaperGroup, ...]:
    """What an open step asks for, with what was typed so far.

    Args:
        entered: the numbers under `paper:<key>:originals` and `paper:<key>:copies`, too.
    """
    return tuple(
        PaperGroup(
            tuple(_entry(scene, demand, entered) for demand in group.demands), group.is_choice
        )
        for group in asking.asked_at(place, typed_values(place, entered))
    )


def _entry(scene: Scene, demand: Demand, entered: Mapping[str, Any]) -> PaperEntry:
    paper = demand.paper
    return PaperEntry(
        key=demand.key,
        label=demand.label,
        needed=demand.needed.text,
        there=_or_none(demand.there),
        missing=_or_none(demand.missing),
        originals=_typed(demand, "originals", entered),
        copies=_typed(demand, "copies", entered),
        source=_role(scene, paper.source),
        hint=paper.hint,
        maker=_maker(scene, paper),
    )


def _typed(demand: Demand, part: str, entered: Mapping[str, Any]) -> str | None:
    """What stands in an entry: what was typed, else what came before work was sent back."""
    if not demand.may_come or not getattr(demand.needed, part):
        return None
    written = entered.get(f"paper:{demand.key}:{part}")
    if written is not None:
        return str(written)
    draft: int = getattr(demand.draft, part)
    return str(draft) if draft else ""


def kept_back(scene: Scene, node: Node) -> tuple[PaperToGive, ...]:
    """What has to be given back before a step can be completed."""
    names = demands.names_of(scene.definition, scene.state, scene.surroundings)
    return tuple(
        _to_give(scene, demand, Onward(demand.paper.source or "", left, back=True))
        for demand, left in demands.kept_back(scene.definition, scene.state, node.key, names)
    )


def papers_of(scene: Scene, people: Mapping[str, str]) -> tuple[PaperStands, ...]:
    """How the papers of the case stand.

    Args:
        people: the names of people by id.
    """
    if not scene.definition.papers:
        return ()
    names = demands.names_of(scene.definition, scene.state, scene.surroundings)
    found = demands.sheet(scene.definition, scene.state, names)
    return tuple(_stands(scene, each, people) for each in found)


def paper_list(user: User, case_id: int, at: datetime) -> tuple[tuple[PaperStands, ...], tzinfo]:
    """How the papers of a case stand, and the zone of its unit.

    Raises:
        Refused: `unknown-case` or `not-visible`.
    """
    scene = open_scene(user, case_id, at)
    movers = {move.by for moves in scene.state.papers.values() for move in moves}
    people = {each: directory.name_of(each) for each in movers}
    return papers_of(scene, people), scene.row.unit.zone


def paper_sheet(user: User, case_id: int, paper: str, row: int, at: datetime) -> PaperSheet:
    """One paper of a case, or one row's.

    Raises:
        Refused: `unknown-case`, `not-visible` or `unknown-paper`.
    """
    scene = open_scene(user, case_id, at)
    declared = scene.definition.papers.get(paper)
    names = demands.names_of(scene.definition, scene.state, scene.surroundings)
    found = demands.standing_of(scene.definition, scene.state, declared, names) if declared else ()
    standing = next((each for each in found if each.demand.row == row), None)
    if standing is None:
        raise Refused("unknown-paper", {"paper": paper[:40]})
    people = {each.by: directory.name_of(each.by) for each in standing.moves}
    first = [each.role for each in standing.onward]
    return PaperSheet(
        number=scene.row.number,
        title=titles.open_title(scene.row.title, scene.surroundings.opened),
        time_zone=scene.row.unit.time_zone,
        paper=_stands(scene, standing, people),
        roles=tuple(
            (key, scene.definition.roles[key].label)
            for key in dict.fromkeys((*first, *scene.definition.roles))
        ),
    )


def _stands(
    scene: Scene, standing: Standing, people: Mapping[str, str] = MappingProxyType({})
) -> PaperStands:
    demand, paper = standing.demand, standing.demand.paper
    is_running = scene.state.status == "running"
    is_wanted = is_running and standing.is_demanded
    # Nobody can hand in what a step of the process makes.
    is_to_come = paper.made_by is not None and not demand.may_come
    may = may_handle(
        scene.definition,
        scene.state,
        scene.surroundings.directory,
        paper,
        scene.user.person_id,
    )
    return PaperStands(
        paper=paper.name,
        row=demand.row,
        key=demand.key,
        label=demand.label,
        is_demanded=standing.is_demanded,
        needed=demand.needed.text,
        there=_or_none(demand.there),
        missing=_or_none(demand.missing) if is_wanted and not is_to_come else None,
        is_to_come=is_wanted and is_to_come and not demand.there,
        source=_role(scene, paper.source),
        maker=_maker(scene, paper),
        steps=tuple(scene.definition.nodes[step].label for step in standing.steps),
        instead=standing.instead,
        to_give=tuple(_to_give(scene, demand, each) for each in standing.onward),
        moves=tuple(_move(scene, each, people) for each in reversed(standing.moves)),
        can_take_in=may and is_running and demand.may_come,
        can_hand_on=may and bool(demand.there),
    )


def _move(scene: Scene, move: PaperMove, people: Mapping[str, str]) -> PaperMoveView:
    definition, directory, me = (
        scene.definition,
        scene.surroundings.directory,
        scene.user.person_id,
    )
    return PaperMoveView(
        number=move.number,
        sheets=move.sheets.text,
        to=_role(scene, move.to),
        who=people.get(move.by, move.by),
        at=move.at,
        note=move.note,
        is_draft=move.is_draft,
        is_struck=move.struck,
        can_strike=not move.struck and may_strike(definition, scene.state, directory, move, me),
    )


def _to_give(scene: Scene, demand: Demand, onward: Onward) -> PaperToGive:
    return PaperToGive(
        key=demand.key,
        label=demand.label,
        role=onward.role,
        to=_role(scene, onward.role) or Text(onward.role, onward.role),
        sheets=onward.sheets.text,
        originals=onward.sheets.originals,
        copies=onward.sheets.copies,
        back=onward.back,
    )


def _role(scene: Scene, role: str | None) -> Text | None:
    found = scene.definition.roles.get(role) if role is not None else None
    return found.label if found is not None else None


def _maker(scene: Scene, paper: Paper) -> Text | None:
    return scene.definition.nodes[paper.made_by].label if paper.made_by is not None else None


def _or_none(sheets: Sheets) -> Text | None:
    return sheets.text if sheets else None
