"""Reactions on the case page: those that this user may begin now, and those that have happened."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from tuoban.kernel import commands as c
from tuoban.kernel.computed import completed
from tuoban.kernel.definition import Field, Reaction
from tuoban.kernel.engine import hosts, reaction_place
from tuoban.kernel.engine.reacting import may_react
from tuoban.kernel.names import Names
from tuoban.kernel.state import At, Completion
from tuoban.runtime.cases.elements import named
from tuoban.runtime.cases.occurrences import Occurrence, name_of, values_of
from tuoban.runtime.cases.queries.form_views import form_parts
from tuoban.runtime.cases.queries.panel import allowed
from tuoban.runtime.cases.queries.recorded import recorded
from tuoban.runtime.cases.queries.rows import FieldShown, OccurrenceShown, ReactionPanel
from tuoban.runtime.cases.queries.scene import Scene, open_scene
from tuoban.runtime.people.models import User


class Pressed(NamedTuple):
    """What was typed into the form of a reaction and not taken, to be shown again."""

    node: str
    activation: int
    entered: Mapping[str, Any]


def reaction_panels(scene: Scene, pressed: Pressed | None = None) -> tuple[ReactionPanel, ...]:
    """The reactions that the user may begin now, in the order of the pack."""
    order = list(scene.definition.nodes)
    found = sorted(_possible(scene), key=lambda each: (order.index(each.node), each.activation))
    return tuple(_panel(scene, where, pressed) for where in found)


def reaction_panel(
    user: User, case_id: int, pressed: Pressed, at: datetime
) -> ReactionPanel | None:
    """One of them, given what was typed so far; None where it is not possible now.

    Raises:
        RuntimeRefused: `unknown-case` or `not-visible`.
    """
    scene = open_scene(user, case_id, at)
    where = At(pressed.node, pressed.activation)
    if where not in _possible(scene):
        return None
    return _panel(scene, where, pressed)


def _possible(scene: Scene) -> Iterator[At]:
    definition, state, me = scene.definition, scene.state, scene.user.person_id
    if state.suspended is not None:
        return
    for where in hosts.possible(definition, state):
        reaction = definition.nodes[where.node].holding(Reaction)
        if not reaction.by or not may_react(definition, state, scene.surroundings, where, me):
            continue
        # An empty form tells beforehand whether the kernel would carry it out.
        if reaction.form or allowed(scene, c.React(me, where.node, where.activation)):
            yield where


def _panel(scene: Scene, where: At, pressed: Pressed | None) -> ReactionPanel:
    definition, state = scene.definition, scene.state
    node = definition.nodes[where.node]
    reaction = node.holding(Reaction)
    is_typed = pressed is not None and (pressed.node, pressed.activation) == (
        where.node,
        where.activation,
    )
    place = reaction_place(definition, state, where, scene.surroundings)
    host = At(reaction.host, where.activation)
    inside = hosts.open_inside(definition, state, host) if reaction.interrupting else ()
    return ReactionPanel(
        node=node.key,
        activation=where.activation,
        label=scene.label(node.key, where.activation),
        form=form_parts(
            place, pressed.entered if pressed is not None and is_typed else {}, scene.user
        ),
        interrupting=reaction.interrupting,
        withdraws=sum(1 for _ in inside),
    )


def occurrences_shown(scene: Scene, names: Mapping[str, str]) -> tuple[OccurrenceShown, ...]:
    """What has happened and was not undone, oldest first.

    Args:
        names: the names of people by id.
    """
    made = (
        each
        for key, node in scene.definition.nodes.items()
        if isinstance(node.construct, Reaction)
        for each in scene.state.completions.get(key, ())
        if each.counts
    )
    return tuple(_shown(scene, each, names) for each in sorted(made, key=lambda each: each.item))


def _shown(scene: Scene, made: Completion, names: Mapping[str, str]) -> OccurrenceShown:
    definition, state, surroundings = scene.definition, scene.state, scene.surroundings
    zone, opened = surroundings.zone, surroundings.opened
    occurrence = Occurrence(made.node, made.place)
    return OccurrenceShown(
        number=made.item,
        node=made.node,
        label=named(
            name_of(definition, state, occurrence, zone, opened),
            scene.elements.at(made.scope).label,
        ),
        who=names.get(made.by, made.by),
        at=made.at,
        is_open=made.place in state.activations,
        fields=tuple(_field(scene, *each) for each in values_of(definition, state, occurrence)),
    )


def _field(scene: Scene, field: Field, value: Any) -> FieldShown:
    zone, opened = scene.surroundings.zone, scene.surroundings.opened
    names = Names(scene.definition, scene.state, opened, zone)
    return recorded(scene, field, completed(field, value, names, zone))
