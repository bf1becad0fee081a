"""Who was added to a piece of work, and what they said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tuoban.kernel import events as e
from tuoban.kernel.engine.barring import parts_of
from tuoban.kernel.state import Item
from tuoban.runtime.cases.queries.rows import AddingView, OpinionView
from tuoban.runtime.cases.queries.scene import Scene
from tuoban.runtime.cases.queries.timeline import Read


def adding_view(
    scene: Scene, item: Item, read: Sequence[Read], names: Mapping[str, str]
) -> AddingView | None:
    """What concerns those who were added; None where nobody was, and nobody may be."""
    whole = scene.state.items[item.part.of] if item.part is not None else item
    me = scene.user.person_id
    asked = item.part is not None and item.part.added == "before"
    holds = item.part is None and item.person == me and item.delegated_by is None
    waiting = [
        each.person
        for each in parts_of(scene.state, whole.id)
        if each.part is not None and each.part.added == "before" and each.person is not None
    ]
    if not (asked or holds or whole.opinions or waiting or whole.added):
        return None
    why = _why(read)
    return AddingView(
        opinions=tuple(
            OpinionView(names.get(each.by, each.by), each.agrees, each.words)
            for each in whole.opinions
        ),
        waits_for=tuple((int(each), names.get(each, each)) for each in waiting),
        signs_after=tuple((int(each), names.get(each, each)) for each in whole.added),
        can_drop=holds and item.signing is None and bool(waiting or whole.added),
        can_add=holds and item.signing is None,
        asked_by=names.get(whole.person or "", "") if asked else None,
        asked_for=why.get(item.id, "") if asked else "",
        can_speak=asked and item.person == me,
    )


def _why(read: Sequence[Read]) -> dict[int, str]:
    """What for those were asked who were added, by the numbers of their items."""
    added = (event for each in read for event in each.events if isinstance(event, e.SignerAdded))
    return {event.part: event.reason for event in added if event.part is not None}
