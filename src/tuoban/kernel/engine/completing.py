"""Completing 办理: one work item is done, with its form, its ticks, its outcome, its signatures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from tuoban.kernel import events as e
from tuoban.kernel.clocks import moment_text
from tuoban.kernel.commands import Complete
from tuoban.kernel.definition import CheckItem, Definition, Node, Outcome, Text
from tuoban.kernel.engine import clocks, joint, lapsing
from tuoban.kernel.engine.assigning import by_home
from tuoban.kernel.engine.delegating import hand_back, with_prepared
from tuoban.kernel.engine.performers import check_may_do
from tuoban.kernel.engine.wording import lock_reasons
from tuoban.kernel.forms import Place, applicable_checks, read_form, shown_digest
from tuoban.kernel.limits import OPENS
from tuoban.kernel.refusals import Problem, Refused, refuse_invalid
from tuoban.kernel.state import Item, State

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
    )


def complete(flow: Flow, item: Item, command: Complete) -> None:
    """Finish the work item and go on behind it; a delegate hands it back instead.

    Raises:
        Refused: as `check_may_do`; `locked`; `invalid` with every problem at
            once.
    """
    check_may_do(flow.definition, flow.state, flow.surroundings.directory, item, command.by)
    if flow.state.suspended is not None:
        raise Refused("suspended", {"reason": flow.state.suspended.reason})
    if item.locked is not None:
        raise Refused("locked", {"reasons": _lock_reasons(flow, item)})
    node = flow.definition.nodes[item.node]
    place = step_place(flow.definition, flow.state, item, flow.surroundings)
    outcome, problems = _outcome(node, command)
    reading = read_form(place, with_prepared(item, command.data), outcome)
    problems += reading.problems
    problems += _check_list(place, node, command, outcome, reading.values)
    if item.delegated_by is None:  # what is signed is what is completed
        problems += _check_signatures(flow, node, command, outcome)
    if problems:
        raise refuse_invalid(problems)
    if item.delegated_by is not None:
        hand_back(flow, item, place, command, reading.values)
        return
    _record(flow, item, node, place, command, reading.values)
    joint.judge(flow, node, item.activation)


def _lock_reasons(flow: Flow, item: Item) -> tuple[Text, ...]:
    opens = [
        moment_text(each.due, flow.surroundings.zone, flow.surroundings.at)
        for each in flow.state.clocks.values()
        if each.item == item.id and each.limit == OPENS and each.due is not None
    ]
    return lock_reasons(flow.definition, item.node, item.locked or (), opens[0] if opens else None)


def _record(
    flow: Flow,
    item: Item,
    node: Node,
    place: Place,
    command: Complete,
    values: Mapping[str, Any],
) -> None:
    writable = {entry.field for section in place.form for entry in section.entries}
    own = {name: value for name, value in values.items() if place.is_own(name)}
    changed = {
        name: value
        for name, value in values.items()
        if name in writable and name not in own and place.value(name) != value
    }
    ticked = _ticked(place, node, command, values)
    clocks.stop_item(flow, item.id)
    for home, given in by_home(place, changed).items():
        flow.emit(e.FieldsSet(item.id, given, command.by, home))
    flow.emit(
        e.ItemCompleted(
            item=item.id,
            by=command.by,
            at=flow.surroundings.at,
            outcome=command.outcome,
            data=own,
            checked=tuple(ticked),
            signatures=dict(command.signatures),
            shown=shown_digest(place, values, ticked) if node.step.signers else "",
            covered=lapsing.covered_by(flow, node, item.activation),
            asked={key: line.text for key, line in ticked.items() if line.per is not None},
        )
    )


def _ticked(
    place: Place, node: Node, command: Complete, values: Mapping[str, Any]
) -> dict[str, CheckItem]:
    """The lines ticked, of those that were shown, by their keys."""
    lines = applicable_checks(place, node.step, values)
    return {line.key: line for line in lines if line.key in command.checked}


def _is_line(node: Node, key: str) -> bool:
    """Whether the checklist has this line; rows may have gone since it was shown."""
    number, of_row, _ = key.partition(".")
    return any(
        item.key == number and (item.per is not None) == bool(of_row)
        for item in node.step.checklist
    )


def _outcome(node: Node, command: Complete) -> tuple[Outcome | None, list[Problem]]:
    step = node.step
    labels = tuple(each.label for each in step.outcomes)
    if command.outcome is None:
        if not step.outcomes:
            return None, []
        return None, [Problem("outcome-missing", "outcome", {"options": labels})]
    outcome = step.outcome(command.outcome)
    if outcome is None:
        facts = {"outcome": command.outcome[:40], "options": labels or "—"}
        return None, [Problem("unknown-outcome", "outcome", facts)]
    return outcome, []


def _check_list(
    place: Place,
    node: Node,
    command: Complete,
    outcome: Outcome | None,
    values: Mapping[str, Any],
) -> list[Problem]:
    applicable = {item.key: item for item in applicable_checks(place, node.step, values)}
    problems = [
        Problem("unknown-check", f"check:{key}", {"key": key})
        for key in sorted(command.checked)
        if not _is_line(node, key)
    ]
    if outcome is not None and outcome.unsigned:
        return problems
    return problems + [
        Problem("unchecked", f"check:{key}", {"text": item.text})
        for key, item in applicable.items()
        if key not in command.checked
    ]


def _check_signatures(
    flow: Flow, node: Node, command: Complete, outcome: Outcome | None
) -> list[Problem]:
    roles = flow.definition.roles
    asked = {signer.role for signer in node.step.signers}
    problems = [
        Problem(
            "unknown-signer",
            f"signature:{role}",
            {"role": roles[role].label if role in roles else role},
        )
        for role in sorted(command.signatures.keys() - asked)
    ]
    if outcome is not None and outcome.unsigned:
        return problems
    return problems + [
        Problem("signature-missing", f"signature:{role}", {"role": roles[role].label})
        for role in sorted(asked - command.signatures.keys())
    ]
