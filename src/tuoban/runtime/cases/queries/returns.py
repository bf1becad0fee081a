"""Why a step is done again: who sent work back, from where, for what reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tuoban.kernel import events as e
from tuoban.runtime.cases.queries.rows import SentBack
from tuoban.runtime.cases.queries.timeline import Read


def returns_by_step(read: Iterable[Read], names: Mapping[str, str]) -> dict[str, SentBack]:
    """By step, the newest return that undid it.

    Args:
        names: the names of people by id.
    """
    nodes: dict[int, str] = {}
    found: dict[str, SentBack] = {}
    for each in read:
        returned: SentBack | None = None
        for event in each.events:
            if isinstance(event, e.ItemOffered):
                nodes[event.item] = event.node
            elif isinstance(event, e.CaseMigrated):
                nodes = {item: event.nodes.get(key, key) for item, key in nodes.items()}
                found = {event.nodes.get(key, key): sent for key, sent in found.items()}
            elif isinstance(event, e.WorkReturned):
                step = each.definition.nodes[nodes[event.item]].label
                returned = SentBack(names.get(event.by, event.by), step, event.reason)
            elif isinstance(event, e.CompletionVoided) and returned is not None:
                found[event.node] = returned
            elif isinstance(event, e.CompletionVoided):
                found.pop(event.node, None)
    return found
