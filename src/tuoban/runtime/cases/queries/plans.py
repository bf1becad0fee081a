"""What waits for its needs before it begins, with its reasons, and what may be added to plans."""

from __future__ import annotations

from collections.abc import Mapping

from tuoban.kernel import commands as c
from tuoban.kernel.engine.planning import addable
from tuoban.runtime.cases.queries.locks import gate_reasons
from tuoban.runtime.cases.queries.panel import allowed
from tuoban.runtime.cases.queries.rows import AddView, HeldView
from tuoban.runtime.cases.queries.scene import Scene


def held_back(scene: Scene, people: Mapping[str, str]) -> tuple[HeldView, ...]:
    """What waits for its needs, in the order in which its turn came.

    Args:
        people: the names of people by id.
    """
    return tuple(
        HeldView(
            node=turn.node,
            label=scene.label(turn.node, turn.activation),
            activation=turn.activation,
            reasons=gate_reasons(scene, turn.node, turn.activation, turn.reasons, people),
        )
        for turn in scene.state.turns
    )


def to_add(scene: Scene) -> tuple[AddView, ...]:
    """What this user may add to plans now, in the order of the pack."""
    definition, state = scene.definition, scene.state
    return tuple(
        AddView(
            node=at.node,
            label=scene.label(at.node, at.activation),
            activation=at.activation,
            plan=definition.label_of(
                definition.regions[state.activations[at.activation].region].owner or ""
            ),
        )
        for at in addable(definition, state)
        if allowed(scene, c.Add(scene.user.person_id, at.node, at.activation))
    )
