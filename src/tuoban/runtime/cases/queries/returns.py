"""Why a step is done again: who sent work back, from where, for what reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tuoban.kernel import events as e
from tuoban.kernel.definition import Definition, Text
from tuoban.runtime.cases.elements import Elements, named
from tuoban.runtime.cases.queries.rows import SentBack
from tuoban.runtime.cases.queries.timeline import Read


def returns_by_item(
    definition: Definition, read: Iterable[Read], names: Mapping[str, str]
) -> dict[int, SentBack]:
    """By the number of what was completed, the return that undid it.

    Args:
        names: the names of people by id.
    """
    elements = Elements(definition)
    steps: dict[int, Text] = {}
    found: dict[int, SentBack] = {}
    for each in read:
        returned: SentBack | None = None
        elements.go_by(each.definition)
        for event in each.events:
            elements.take(event)
            if isinstance(event, e.ItemOffered):
                label = each.definition.nodes[event.node].label
                steps[event.item] = named(label, elements.around(event.activation).label)
            elif isinstance(event, e.WorkReturned):
                who, step = names.get(event.by, event.by), steps[event.item]
                returned = SentBack(who, step, event.reason)
            elif returned is not None and (
                isinstance(event, e.CompletionVoided)
                or (isinstance(event, e.CompletionLapsed) and event.why == "returned")
            ):
                found[event.item] = returned
    return found
