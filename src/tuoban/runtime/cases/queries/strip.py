"""The steps and waits of a case from first to last, each with where it stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Set
from dataclasses import replace
from datetime import datetime

from tuoban.kernel.definition import ROOT_REGION, Definition, Link, Node, Reaction, Step, Wait
from tuoban.kernel.due import governing
from tuoban.kernel.sight import is_each
from tuoban.kernel.state import Completion, Item, State
from tuoban.runtime.cases.queries.places import counted
from tuoban.runtime.cases.queries.rows import StepMark, StepState


def strip(
    definition: Definition, state: State, names: Mapping[str, str], at: datetime
) -> tuple[StepMark, ...]:
    """The steps and waits in the order in which the pack writes them: those done, those in hand,
    and those that still lie ahead, for sure or `maybe`. What the case has gone past is left out;
    what a reaction begins is there while it is in hand, and once it is done.

    Args:
        names: the names of people by id.
    """
    open_items: defaultdict[str, list[Item]] = defaultdict(list)
    for item in state.items.values():
        open_items[item.node].append(item)
    marks = (
        _mark(definition, state, node, open_items[node.key], names, at)
        for node in steps_of(definition)
    )
    return tuple(_counted(definition, state, mark) for mark in marks if mark is not None)


def _counted(definition: Definition, state: State, mark: StepMark) -> StepMark:
    """The mark with how many of the elements around it are done."""
    found = counted(definition, state, mark.key)
    return mark if found is None else replace(mark, elements=found.total, elements_done=found.done)


def steps_of(definition: Definition, region: str = ROOT_REGION) -> Iterator[Node]:
    """The steps and waits in the order in which the pack writes them."""
    for key in definition.regions[region].nodes:
        node = definition.nodes[key]
        if isinstance(node.construct, Step | Wait | Link):
            yield node
        for inner in node.regions:
            yield from steps_of(definition, inner)
        for reaction in node.reactions:
            yield from steps_of(definition, definition.nodes[reaction].regions[0])


def _mark(
    definition: Definition,
    state: State,
    node: Node,
    items: list[Item],
    names: Mapping[str, str],
    at: datetime,
) -> StepMark | None:
    if items:
        clocks = (governing(definition, state, item) for item in items)
        dues = [clock.due for clock in clocks if clock is not None and clock.due is not None]
        due = min(dues, default=None)
        late = due is not None and due < at
        holders = (each.person for each in items if each.person is not None)
        who = "、".join(names[each] for each in holders if each in names) or None
        return StepMark(node.key, node.label, "late" if late else "current", who, due)
    if any(each.node == node.key for each in state.waits.values()):
        return StepMark(node.key, node.label, "current", None, _goes_on(state, node), waits=True)
    happens = _is_in_reaction(definition, node)
    done = state.newest(node.key) if happens else _done(definition, state, node)
    if done is not None:
        return StepMark(node.key, node.label, "done", names.get(done.by), done.at)
    if happens or is_over(definition, state, node) or _is_passed(definition, state, node):
        return None
    ahead: StepState = "maybe" if _is_open_question(definition, state, node) else "ahead"
    return StepMark(node.key, node.label, ahead, None, None)


def is_over(definition: Definition, state: State, node: Node) -> bool:
    """Whether the case begins nothing new at a place: it has ended, or everything around is being
    wound up, so that only what undoes and closes it is still done."""
    if state.status == "ended":
        return True
    for region in definition.path(node.key) if state.windings else ():
        live = {key for key, each in state.activations.items() if each.region == region}
        if live and live <= state.windings.keys():
            return True
    return False


def _goes_on(state: State, node: Node) -> datetime | None:
    """When a wait is over, as things stand; the first of several."""
    due = [each.due for each in state.clocks.values() if each.node == node.key]
    return min((each for each in due if each is not None), default=None)


def _is_in_reaction(definition: Definition, node: Node) -> bool:
    owners = (definition.regions[region].owner for region in definition.path(node.key))
    return any(
        owner is not None and isinstance(definition.nodes[owner].construct, Reaction)
        for owner in owners
    )


def _is_open_question(definition: Definition, state: State, node: Node) -> bool:
    """Whether it is still to be judged if the step will be done: by its own condition, that of a
    block around it, or by a choice."""
    live = {each.region for each in state.activations.values()}
    around = [
        definition.nodes[owner]
        for region in definition.path(node.key)
        if region not in live and (owner := definition.regions[region].owner) is not None
    ]
    return any(each.when is not None or each.kind == "choose" for each in (node, *around))


def _done(definition: Definition, state: State, node: Node) -> Completion | None:
    """The completion that counts; one of an earlier round does not while a newer one runs."""
    newest, listed = state.newest(node.key), counted(definition, state, node.key)
    if newest is None:
        return None
    if listed is not None and listed.is_live and listed.done < listed.total:
        return None
    for place, region in enumerate(definition.path(node.key)):
        live = {each.id for each in state.activations.values() if each.region == region}
        if is_each(definition, region):
            break  # of its elements each goes its own way
        if live and newest.scope[place] not in live:
            return None
    return newest


def _is_passed(definition: Definition, state: State, node: Node) -> bool:
    """Whether the case has gone past the step, or taken another branch."""
    if state.done.get(node.key) or _only_waits(state, node):
        return True
    live = {each.region for each in state.activations.values()}
    for region in _holding(definition, live, node):
        owner = definition.regions[region].owner
        if owner is None:
            continue
        around = definition.nodes[owner]
        if state.done.get(owner) or _only_waits(state, around):
            return True
        if around.kind == "choose" and region not in live and live & set(around.regions):
            return True
    return False


def _holding(definition: Definition, live: Set[str], node: Node) -> tuple[str, ...]:
    """The regions that a node ends with: while a process runs on without being waited for, not
    those that it was called in."""
    path = definition.path(node.key)
    for depth in range(len(path) - 1, 0, -1):
        owner = definition.regions[path[depth]].owner
        if owner is not None and path[depth] in live and definition.nodes[owner].construct.outlives:
            return path[depth:]
    return path


def _only_waits(state: State, host: Node) -> bool:
    """Whether nothing more is to come in a block, or at a step, but what its reactions began."""
    waiting = {each.activation for each in state.waiting if each.node == host.key}
    live = [each for each in state.activations.values() if each.region in host.regions]
    return bool(waiting) and all(each.id in waiting or each.parent in waiting for each in live)
