"""Recording what a step was done with: the values, the ticks, the outcome and the signatures."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from tuoban.kernel import events as e
from tuoban.kernel.checklists import applicable_checks
from tuoban.kernel.clocks import moment_text
from tuoban.kernel.commands import Complete, Sealed
from tuoban.kernel.definition import Definition, Node, Text
from tuoban.kernel.engine import clocks, lapsing
from tuoban.kernel.engine.assigning import by_home
from tuoban.kernel.engine.wording import lock_reasons
from tuoban.kernel.forms import Place, entries, shown_digest
from tuoban.kernel.limits import OPENS
from tuoban.kernel.refusals import Refused
from tuoban.kernel.state import Item, Signed, State

if TYPE_CHECKING:
    from tuoban.kernel.engine.flow import Flow
    from tuoban.kernel.surroundings import Surroundings


def step_place(
    definition: Definition, state: State, item: Item, surroundings: Surroundings
) -> Place:
    """Where the form of an open step stands."""
    return Place(
        definition,
        state,
        item.node,
        definition.nodes[item.node].step.form,
        surroundings.opened,
        surroundings.zone,
        surroundings.at,
        item.activation,
        surroundings.directory.people,
        units=surroundings.directory.parents.keys(),
    )


class Done(NamedTuple):
    """What whoever did a step completed it with: `checked` are the lines ticked, of those that were
    shown, `asked` those of them that were asked for rows, as they were read; `for_whom`: in whose
    place."""

    by: str
    outcome: str | None
    values: Mapping[str, Any]
    checked: tuple[str, ...]
    asked: Mapping[str, Text]
    signatures: Mapping[str, Sealed]
    stamped: tuple[str, ...]
    shown: str
    signed: tuple[Signed, ...] = ()
    named: Mapping[str, str] = MappingProxyType({})
    for_whom: str | None = None
    evidence: Mapping[str, Sealed] = MappingProxyType({})

    @classmethod
    def of(
        cls,
        place: Place,
        node: Node,
        command: Complete,
        values: Mapping[str, Any],
        *,
        is_signed: bool,
    ) -> Done:
        """What a command completes a step with, the values as they were read."""
        lines = applicable_checks(place, node.step, values) if command.checked else ()
        ticked = {line.key: line for line in lines if line.key in command.checked}
        return cls(
            by=command.by,
            outcome=command.outcome,
            values=values,
            checked=tuple(ticked),
            asked={key: line.text for key, line in ticked.items() if line.per is not None},
            signatures=dict(command.signatures),
            stamped=_stamped(node, command) if command.stamped else (),
            shown=shown_digest(place, values, ticked) if is_signed else "",
            named=dict(command.named),
            evidence=dict(command.evidence),
        )


def _stamped(node: Node, command: Complete) -> tuple[str, ...]:
    """The roles of outside parties whose stamp is on the paper, of those that the step asks for."""
    asked = {each.role for each in node.step.stamping}
    return tuple(sorted(asked.intersection(command.stamped)))


def check_goes_on(flow: Flow, item: Item) -> None:
    """Whether work may be completed, or signed, as the case stands.

    Raises:
        Refused: `suspended`, `locked`.
    """
    if flow.state.suspended is not None:
        raise Refused("suspended", {"reason": flow.state.suspended.reason})
    if item.locked is not None:
        raise Refused("locked", {"reasons": _lock_reasons(flow, item)})


def _lock_reasons(flow: Flow, item: Item) -> tuple[Text, ...]:
    opens = [
        moment_text(each.due, flow.surroundings.zone, flow.surroundings.at)
        for each in flow.state.clocks.values()
        if each.limit == OPENS
        and each.due is not None
        and each.item in (item.id, item.part.of if item.part is not None else None)
    ]
    return lock_reasons(flow.definition, item.node, item.locked or (), opens[0] if opens else None)


def _sorted(place: Place, values: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the step keeps for itself, and what it changes of the case or of a block."""
    writable = {entry.field for entry in entries(place)}
    own = {name: value for name, value in values.items() if place.is_own(name)}
    changed = {
        name: value
        for name, value in values.items()
        if name in writable and name not in own and place.value(name) != value
    }
    return own, changed


def record(flow: Flow, item: Item, place: Place, done: Done) -> None:
    """Complete a work item with what it was done with."""
    node = flow.definition.nodes[item.node]
    own, changed = _sorted(place, done.values) if done.values else ({}, {})
    clocks.stop_item(flow, item.id)
    for home, given in by_home(place, changed).items():
        flow.emit(e.FieldsSet(item.id, given, done.by, home))
    flow.emit(
        e.ItemCompleted(
            item=item.id,
            by=done.by,
            at=flow.surroundings.at,
            outcome=done.outcome,
            data=own,
            checked=done.checked,
            signatures=done.signatures,
            shown=done.shown,
            covered=lapsing.covered_by(flow, node, item.activation),
            asked=done.asked,
            stamped=done.stamped,
            signed=done.signed,
            named=dict(done.named),
            for_whom=done.for_whom,
            evidence=dict(done.evidence),
        )
    )
