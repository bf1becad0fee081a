"""Delegate 委派 and get back: somebody else does the work for whoever holds it, who completes it.

Who worked as a delegate counts as having done the step where people are compared (`not`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from tuoban.kernel import events as e
from tuoban.kernel.commands import Complete, Delegate, GetBack
from tuoban.kernel.engine.deputies import stands_in_for
from tuoban.kernel.engine.performers import check_is_own, check_may_do, check_may_receive
from tuoban.kernel.forms import Place, entries
from tuoban.kernel.refusals import Refused
from tuoban.kernel.state import Item

if TYPE_CHECKING:
    from tuoban.kernel.engine.flow import Flow


def delegate(flow: Flow, item: Item, command: Delegate) -> None:
    """Let somebody else who may do the work do it, and hand it back.

    Raises:
        Refused: `not-held`, `delegated`, `reason-missing`, or as `check_may_do` and
            `check_may_receive`.
    """
    directory = flow.surroundings.directory
    check_may_do(flow.definition, flow.state, directory, item, command.by)
    if item.person != command.by:
        raise Refused("not-held")
    check_is_own(item)
    if not command.reason.strip():
        raise Refused("reason-missing")
    check_may_receive(flow, item, command.to)
    flow.emit(e.ItemDelegated(item.id, command.by, command.to, command.reason.strip()))


def get_back(flow: Flow, item: Item, command: GetBack) -> None:
    """Whoever delegated the work, or their deputy, takes it back as it stands.

    Raises:
        Refused: `not-delegated`.
    """
    delegated_by = item.delegated_by
    if item.person is None or delegated_by is None:
        raise Refused("not-delegated")
    if delegated_by != command.by and not stands_in_for(flow, item, command.by, delegated_by):
        raise Refused("not-delegated")
    flow.emit(e.ItemGotBack(item.id, command.by, delegated_by, item.person))


def hand_back(
    flow: Flow, item: Item, place: Place, command: Complete, values: Mapping[str, Any]
) -> None:
    """The delegate is done: what was entered is a draft for whoever delegated the work."""
    if item.delegated_by is None:
        raise TypeError(f"item {item.id} is not delegated")
    writable = {entry.field for entry in entries(place) if not entry.read_only}
    flow.emit(
        e.ItemPrepared(
            item=item.id,
            by=command.by,
            to=item.delegated_by,
            at=flow.surroundings.at,
            outcome=command.outcome,
            values={
                name: value
                for name, value in values.items()
                if name in writable and value is not None
            },
            checked=tuple(sorted(command.checked)),
        )
    )


def with_prepared(item: Item, data: Mapping[str, Any]) -> Mapping[str, Any]:
    """What is entered, and what a delegate entered before where nothing is."""
    return {**item.prepared.values, **data} if item.prepared is not None else data
