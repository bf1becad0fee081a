"""What a case waits for by itself: until when and why, which condition does not hold yet, or which
message has not come."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tuoban.kernel.definition import Wait
from tuoban.kernel.engine.linking import is_call
from tuoban.kernel.state import Waiting
from tuoban.runtime.cases.queries.locks import because
from tuoban.runtime.cases.queries.rows import ClockView, WaitView
from tuoban.runtime.cases.queries.scene import Scene


def waits(
    scene: Scene, clocks: Sequence[ClockView], people: Mapping[str, str]
) -> tuple[WaitView, ...]:
    """The waits of a case, first what is over first.

    Args:
        clocks: those of the case that have not been stopped.
        people: the names of people by id.
    """
    found = [
        _view(scene, each, clocks, people)
        for each in scene.state.waits.values()
        if not is_call(scene.definition, each)
    ]
    return tuple(sorted(found, key=lambda each: (each.until is None, each.until, each.since)))


def _view(
    scene: Scene, waiting: Waiting, clocks: Sequence[ClockView], people: Mapping[str, str]
) -> WaitView:
    node = scene.definition.nodes[waiting.node]
    numbers = {
        each.id
        for each in scene.state.clocks.values()
        if (each.node, each.activation) == (waiting.node, waiting.activation)
    }
    clock = next((each for each in clocks if each.clock in numbers), None)
    awaited = node.holding(Wait).message
    return WaitView(
        node=node.key,
        label=scene.label(node.key, waiting.activation),
        since=waiting.since,
        until=clock.due_at if clock is not None else None,
        sentence=clock.sentence if clock is not None else None,
        because=because(scene, waiting.activation, node.holding(Wait).that, people),
        message=scene.definition.messages[awaited.name].label if awaited is not None else None,
    )
