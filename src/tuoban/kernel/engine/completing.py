"""Completing 办理: one work item is done, with its form, ticks, papers, outcome and signatures.

Where people of the organisation are to sign it, they are asked first (`signing`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from tuoban.kernel.checklists import applicable_checks
from tuoban.kernel.commands import Complete
from tuoban.kernel.definition import Node, Outcome
from tuoban.kernel.engine import adding, doing, joint, naming, papers, recording, signing
from tuoban.kernel.engine.delegating import hand_back, with_prepared
from tuoban.kernel.engine.performers import check_is_theirs, check_may_do
from tuoban.kernel.forms import Place, read_form
from tuoban.kernel.outsiders import role_of
from tuoban.kernel.refusals import Problem, refuse_invalid
from tuoban.kernel.state import Item

if TYPE_CHECKING:
    from tuoban.kernel.engine.flow import Flow


def complete(flow: Flow, item: Item, command: Complete) -> None:
    """Finish the work item and go on behind it; a delegate hands it back instead.

    Raises:
        Refused: as `check_may_do`, or `check_is_theirs`; `locked`; `invalid` with every problem at
            once, those of its activity when there are no others; `changed-meanwhile`.
    """
    _check_by(flow, item, command.by)
    recording.check_goes_on(flow, item)
    adding.check_opinions_are_given(flow, item)
    node = flow.definition.nodes[item.node]
    place = recording.step_place(flow.definition, flow.state, item, flow.surroundings)
    outcome, problems = _outcome(node, command)
    reading = read_form(place, with_prepared(item, command.data), outcome)
    problems += reading.problems
    problems += naming.check_named(
        flow.definition, flow.surroundings.directory, node, command.named
    )
    problems += _check_list(place, node, command, outcome, reading.values)
    given, lacking = papers.check(flow, place, node, outcome, command.papers, reading.values)
    problems += lacking
    if item.delegated_by is None:  # what is signed is what is completed
        problems += _check_signatures(flow, node, command, outcome)
    results: Mapping[str, Any] = {}
    if node.step.do is not None and not problems and item.delegated_by is None:
        results, problems = doing.answered(flow, place, item, reading.values, command.outcome)
    if problems:
        raise refuse_invalid(problems)
    papers.take_up(flow, item, command.by, given)
    if item.delegated_by is not None:
        hand_back(flow, item, place, command, reading.values)
        return
    is_signed = bool(node.step.inside_signers or item.added)
    values = {**reading.values, **results}
    done = recording.Done.of(
        place, node, command, values, is_signed=is_signed or bool(node.step.signers)
    )._replace(for_whom=item.for_whom)
    if is_signed and not (outcome is not None and outcome.unsigned):
        signing.begin(flow, item, place, done)
        return
    recording.record(flow, item, place, done)
    doing.record(flow, place, item, done)
    joint.judge(flow, node, item.activation)


def _check_by(flow: Flow, item: Item, person: str) -> None:
    """Whether somebody may do it, or an outside party by itself."""
    role = role_of(person)
    if role is None:
        check_may_do(flow.definition, flow.state, flow.surroundings.directory, item, person)
    else:
        check_is_theirs(flow.definition, item, role)


def _is_line(node: Node, key: str) -> bool:
    """Whether the checklist has this line; rows may have gone since it was shown."""
    number, of_row, _ = key.partition(".")
    return any(
        item.key == number and (item.per is not None) == bool(of_row)
        for item in node.step.checklist
    )


def _outcome(node: Node, command: Complete) -> tuple[Outcome | None, list[Problem]]:
    step = node.step
    if command.outcome is None and not step.outcomes:
        return None, []
    labels = tuple(each.label for each in step.outcomes)
    if command.outcome is None:
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
    if not node.step.checklist and not command.checked:
        return []
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
    if not (node.step.signers or command.signatures or command.stamped):
        return []
    roles = flow.definition.roles
    outside = [each for each in node.step.signers if not each.is_inside]
    asked = {each.role for each in outside if "signature" in each.marks}
    stamping = {each.role for each in node.step.stamping}
    called = {
        role: roles[role].label if role in roles else role
        for role in {*command.signatures, *command.stamped}
    }
    problems = [
        Problem("unknown-signer", f"signature:{role}", {"role": called[role]})
        for role in sorted(command.signatures.keys() - asked)
    ]
    problems += [
        Problem("unknown-stamp", f"stamp:{role}", {"role": called[role]})
        for role in sorted(set(command.stamped) - stamping)
    ]
    if outcome is not None and outcome.unsigned:
        return problems
    unsigned = [
        Problem("signature-missing", f"signature:{role}", {"role": roles[role].label})
        for role in sorted(asked - command.signatures.keys())
    ]
    return (
        problems
        + unsigned
        + [
            Problem("stamp-missing", f"stamp:{each.role}", {"role": roles[each.role].label})
            for each in node.step.stamping
            if each.role not in command.stamped
        ]
    )
