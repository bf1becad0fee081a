"""Where an administrator may let a case go on, and what of it that would be the end of."""

from __future__ import annotations

from collections.abc import Iterable

from tuoban.kernel import commands as c
from tuoban.kernel import events as e
from tuoban.kernel.definition import Text
from tuoban.kernel.engine import decide, jump_targets, may_jump
from tuoban.kernel.refusals import Refused
from tuoban.kernel.state import Item
from tuoban.runtime.cases.queries.rows import JumpView
from tuoban.runtime.cases.queries.scene import ANY_REASON, Scene


def jumps(scene: Scene, item: Item) -> tuple[JumpView, ...]:
    """Each tried in the kernel, so that what is told is what would happen."""
    me = scene.user.person_id
    if not may_jump(scene.state, scene.surroundings.directory, me):
        return ()
    found = []
    for to in jump_targets(scene.definition, scene.definition.nodes[item.node]):
        command = c.Jump(me, item.id, to, ANY_REASON)
        try:
            events = decide(scene.definition, scene.state, command, scene.surroundings)
        except Refused:
            continue
        found.append(_view(scene, to, events))
    return tuple(found)


def _view(scene: Scene, to: str, events: Iterable[e.Event]) -> JumpView:
    nodes = scene.definition.nodes
    withdrawn: dict[Text, None] = {}
    voided: dict[Text, None] = {}
    passed: dict[Text, None] = {}
    for event in events:
        if isinstance(event, e.ItemWithdrawn) and event.item in scene.state.items:
            item = scene.state.items[event.item]
            withdrawn[scene.label(item.node, item.activation)] = None
        elif isinstance(event, e.CompletionVoided):
            voided[_voided(scene, event)] = None
        elif isinstance(event, e.PassedOver):
            passed[nodes[event.node].label] = None
    return JumpView(to, nodes[to].label, tuple(withdrawn), tuple(voided), tuple(passed))


def _voided(scene: Scene, event: e.CompletionVoided) -> Text:
    """What was done, with its element."""
    history = scene.state.completions.get(event.node, ())
    made = next((each for each in history if each.item == event.item), None)
    return scene.label_done(made) if made else scene.definition.label_of(event.node)
