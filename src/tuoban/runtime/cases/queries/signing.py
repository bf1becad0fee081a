"""What was completed and waits for its signers, as they and whoever completed it are shown it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tuoban.kernel import events as e
from tuoban.kernel.checklists import applicable_checks
from tuoban.kernel.definition import Node, Text
from tuoban.kernel.engine import step_place
from tuoban.kernel.engine.barring import parts_of
from tuoban.kernel.state import Item
from tuoban.runtime.cases.queries.form_views import form_as_given
from tuoban.runtime.cases.queries.rows import SentBack, SigningView
from tuoban.runtime.cases.queries.scene import Scene
from tuoban.runtime.cases.queries.timeline import Read


def signing_view(scene: Scene, item: Item, names: Mapping[str, str]) -> SigningView | None:
    """What is to be signed of an item, or with it; None where nothing is."""
    definition, state = scene.definition, scene.state
    whole = state.items[item.part.of] if item.part is not None else item
    signing = whole.signing
    if signing is None:
        return None
    node = definition.nodes[whole.node]
    place = step_place(definition, state, whole, scene.surroundings)
    outcome = node.step.outcome(signing.outcome) if signing.outcome is not None else None
    texts = {line.key: line.text for line in applicable_checks(place, node.step, signing.values)}
    asked = {**texts, **signing.asked}
    role = item.part.role if item.part is not None else ""
    me = scene.user.person_id
    return SigningView(
        by=_name(names, whole.person),
        outcome=outcome.label if outcome is not None else None,
        form=form_as_given(place, signing.values),
        checks=tuple(asked[key] for key in signing.checked if key in asked),
        digest=signing.shown,
        signed=tuple(
            (_as_whom(scene, each.role), _name(names, each.by)) for each in signing.signed
        ),
        waits_for=tuple(
            (_as_whom(scene, each.part.role), _name(names, each.person))
            for each in parts_of(state, whole.id)
            if each.part is not None
        ),
        can_sign=item.part is not None and item.person == me,
        role=_as_whom(scene, role) if item.part is not None else None,
        stamps=any(each.stamps for each in node.step.inside_signers if each.role == role),
    )


def refused_by(
    node: Node, item: Item, read: Sequence[Read], names: Mapping[str, str]
) -> SentBack | None:
    """Who refused to sign the item last, and why; None where nobody has, or it is signed anew."""
    if item.signing is not None:
        return None
    stopped = [
        event
        for each in read
        for event in each.events
        if isinstance(event, e.SigningStopped) and event.item == item.id
    ]
    if not stopped or stopped[-1].by is None or stopped[-1].why != "refused":
        return None
    return SentBack(_name(names, stopped[-1].by), node.label, stopped[-1].reason)


def _as_whom(scene: Scene, role: str) -> Text:
    """As what somebody signs."""
    return scene.definition.roles[role].label if role else Text("加签人", "added signer")


def _name(names: Mapping[str, str], person: str | None) -> str:
    return names.get(person, person) if person is not None else ""
