"""Outside parties: where only they have work to do, the time is not the organisation's.

That is so while at least one step of theirs is open and unlocked and the organisation has nothing
to do: no unlocked step, signature or opinion of its own, and no case that was called and is waited
for. What is locked is nobody's to do.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from tuoban.kernel import events as e
from tuoban.kernel.definition import Definition, Link
from tuoban.kernel.state import Item, State

if TYPE_CHECKING:
    from tuoban.kernel.engine.flow import Flow


def settle(flow: Flow) -> None:
    """Note when the case begins to wait for outside parties alone, or stops."""
    if not flow.definition.meets_outside:
        return
    state = flow.state
    now = waited_for(flow.definition, state, state.activations)
    if now != state.waits_outside_for:
        flow.emit(e.WaitsOutside(now, flow.surroundings.at))


def waited_for(
    definition: Definition, state: State, activations: Collection[int]
) -> tuple[str, ...]:
    """The roles of the outside parties that alone have work in these activations; none: the
    organisation has some too, or nobody has any."""
    roles: set[str] = set()
    for item in state.items.values():
        if item.activation in activations and item.locked is None:
            if not is_theirs(definition, item):
                return ()
            roles.update(definition.nodes[item.node].step.by.roles)
    calls = (each for each in state.waits.values() if each.activation in activations)
    if any(isinstance(definition.nodes[each.node].construct, Link) for each in calls):
        return ()
    return tuple(sorted(roles))


def is_theirs(definition: Definition, item: Item) -> bool:
    """Whether an outside party does the work, and nobody inside is asked to sign it or what they
    think of it."""
    is_asked = item.part is not None or item.signing is not None
    return definition.nodes[item.node].step.by.is_outside and not is_asked
