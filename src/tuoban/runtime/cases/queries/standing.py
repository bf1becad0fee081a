"""Where a case stands with every construct of its process, for the picture of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from itertools import chain

from tuoban.kernel import events as e
from tuoban.kernel.definition import ROOT_REGION, Definition, End, Node, Reaction
from tuoban.kernel.diagram import Standing
from tuoban.kernel.state import State
from tuoban.runtime.cases.queries.rows import StepMark
from tuoban.runtime.cases.queries.strip import is_over
from tuoban.runtime.cases.queries.timeline.reading import Read

_REACHED = frozenset(("done", "current", "late", "waits"))


def withdrawn_in(read: Iterable[Read]) -> frozenset[str]:
    """The steps whose newest work was withdrawn, by the journal of a case."""
    nodes: dict[int, str] = {}
    found: set[str] = set()
    for event in chain.from_iterable(each.events for each in read):
        if isinstance(event, e.ItemOffered):
            nodes[event.item] = event.node
            found.discard(event.node)
        elif isinstance(event, e.ItemWithdrawn) and event.item in nodes:
            found.add(nodes[event.item])
    return frozenset(found)


def standings(
    definition: Definition, state: State, steps: Sequence[StepMark], withdrawn: Set[str]
) -> Mapping[str, Standing]:
    """By key, of every node of the process.

    Args:
        steps: where its steps and waits stand, which the picture tells as the strip does.
        withdrawn: the steps whose newest work was withdrawn.
    """
    marks = {mark.key: mark for mark in steps}
    live = {each.region for each in state.activations.values()}
    found: dict[str, Standing] = {
        key: _of_step(state, node, marks[key])
        if key in marks
        else _of_other(definition, state, node, live, withdrawn)
        for key, node in definition.nodes.items()
    }
    for node in definition.nodes.values():
        if found[node.key] == "ahead" and node.key not in marks:
            found[node.key] = _by_what_is_around(definition, node, live, found)
    return found


def _by_what_is_around(
    definition: Definition, node: Node, live: Set[str], found: Mapping[str, Standing]
) -> Standing:
    """Of what left no trace: it is done where the case is behind it, and passed where it went
    another way."""
    construct = node.construct
    owner = construct.host if isinstance(construct, Reaction) else None
    owner = owner or definition.regions[node.region].owner
    around = found.get(owner or "", "")
    if _is_behind(definition, node, found):
        return "done"
    if around in ("done", "passed", "withdrawn"):
        return "passed"
    if owner is None or around != "current" or node.region in live:
        return "ahead"
    is_choice = definition.nodes[owner].construct.enters_one
    return "passed" if is_choice else "ahead"


def _is_behind(definition: Definition, node: Node, found: Mapping[str, Standing]) -> bool:
    """Whether the case must have come by an act that leaves no trace: something behind it is
    reached, or the block is done in which it stands, and no branch."""
    if not node.construct.needs_no_step or node.regions:
        return False
    if found.get(node.next or "") in _REACHED:
        return True
    region = definition.regions[node.region]
    if region.owner is None or found[region.owner] != "done":
        return False
    is_branch = bool(definition.nodes[region.owner].construct.branching)
    return not is_branch or any(found[key] == "done" for key in region.nodes)


def _of_step(state: State, node: Node, mark: StepMark) -> Standing:
    if mark.state in ("ahead", "maybe"):
        return "lapsed" if _has_lapsed(state, node) else "ahead"
    if mark.state == "current":
        return "waits" if mark.waits else "current"
    return "late" if mark.state == "late" else "done"


def _of_other(
    definition: Definition, state: State, node: Node, live: Set[str], withdrawn: Set[str]
) -> Standing:
    """Of a block, an act, or of a step that the case has gone past."""
    if live & set(node.regions):
        return "current"
    if _has_lapsed(state, node):
        return "lapsed"
    if state.newest(node.key) is not None or _was_left(state, node):
        return "done"
    if node.key in withdrawn:
        return "withdrawn"
    if _was_passed_over(state, node):
        return "passed"
    may_come = isinstance(node.construct, Reaction) or _is_its_end(state, node)
    return "passed" if not may_come and is_over(definition, state, node) else "ahead"


def _has_lapsed(state: State, node: Node) -> bool:
    made = state.completions.get(node.key, ())
    lapsed = bool(made) and made[-1].lapsed
    return lapsed or any(each.node == node.key for each in state.lapsed)


def _was_left(state: State, node: Node) -> bool:
    if isinstance(node.construct, End) and node.region == ROOT_REGION:
        return state.status == "ended" and state.outcome == node.construct.outcome
    return any(not each.passed_over for each in state.done.get(node.key, ()))


def _is_its_end(state: State, node: Node) -> bool:
    """Whether a case that is being wound up comes to this end."""
    winding, construct = state.winding, node.construct
    if winding is None or not isinstance(construct, End):
        return False
    return node.region == ROOT_REGION and construct.outcome == winding.outcome


def _was_passed_over(state: State, node: Node) -> bool:
    return any(each.passed_over for each in state.done.get(node.key, ()))
