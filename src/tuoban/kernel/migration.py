"""Migration: whether, and how, a running case goes on by another version of its process.

`plan` compares the two versions with what the case holds. It is carried out whole or refused with
every reason: whatever the case has in hand must be in the new version too, in the same place, and
whatever value it keeps must fit. What was done at a step that is gone counts no more by name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tuoban.kernel.commands import Sealed
from tuoban.kernel.definition import Definition, Field, Node, Step
from tuoban.kernel.limits import OPENS
from tuoban.kernel.matching import Match, match
from tuoban.kernel.refusals import Problem
from tuoban.kernel.sight import owner_of
from tuoban.kernel.state import State
from tuoban.kernel.text import Text


@dataclass(frozen=True, slots=True)
class MigrationPlan:
    """What a migration does to a case.

    Attributes:
        nodes: every node that the case goes on with → its key in the new version.
        regions: the same of regions.
        fields: the fields of the case that are kept → their names in the new version.
        papers: the papers that are called otherwise → their names in the new version.
        documents: the same of documents that are printed.
    """

    nodes: Mapping[str, str]
    regions: Mapping[str, str]
    fields: Mapping[str, str]
    papers: Mapping[str, str]
    documents: Mapping[str, str]


def plan(
    old: Definition, new: Definition, state: State, renames: Mapping[str, str]
) -> MigrationPlan | tuple[Problem, ...]:
    """How the case goes on by the new version; else every reason why it cannot.

    Args:
        renames: names of nodes, fields, papers and documents of the old version → those that they
            have in the new.
    """
    found = match(old, new, renames)
    problems = (
        *_unknown_names(found),
        *_other_money(old, new),
        *_being_signed(old, state),
        *_done_by_services(found, state),
        *_lost_positions(found, state),
        *_done_elsewhere(found, state),
        *_needed_in_vain(found, state),
        *_misfits(found, state),
    )
    unique = {(each.code, each.place): each for each in problems}
    if unique:
        return tuple(unique.values())
    return MigrationPlan(
        found.nodes,
        found.regions,
        _fields(found),
        papers=dict(_papers(found)),
        documents=_called_otherwise(found, old.documents, new.documents),
    )


def _called_otherwise(
    found: Match, mine: Container[str], theirs: Container[str]
) -> Mapping[str, str]:
    return {
        name: other for name, other in found.renames.items() if name in mine and other in theirs
    }


def _papers(found: Match) -> Iterator[tuple[str, str]]:
    """The papers that are called otherwise, those of a called process also with their call."""
    for key, paper in found.old.papers.items():
        other = found.name(key)
        if paper.call:
            other = f"{found.nodes.get(paper.call, '')}.{other}"
        if other != key and other in found.new.papers:
            yield key, other


def _fields(found: Match) -> Mapping[str, str]:
    names = {name: found.name(name) for name in found.old.fields}
    return {name: other for name, other in names.items() if other in found.new.fields}


def _unknown_names(found: Match) -> Iterator[Problem]:
    """Names that are to be replaced, or to take their place, and do not exist."""
    for old, new in found.renames.items():
        for name, definition in ((old, found.old), (new, found.new)):
            known = {key.rpartition(".")[2] for key in definition.nodes}
            declared = (definition.fields, definition.papers, definition.documents)
            if name not in known and not any(name in each for each in declared):
                facts = {"name": name, "version": definition.version}
                yield Problem("rename-unknown", f"rename:{name}", facts)
    for name, count in Counter(found.renames.values()).items():
        if count > 1:
            yield Problem("rename-twice", f"rename:{name}", {"name": name})


def _other_money(old: Definition, new: Definition) -> Iterator[Problem]:
    """A case counts its money in one currency, and nobody can tell what that is in another."""
    if old.currency != new.currency:
        facts = {"currency": old.currency, "other": new.currency}
        yield Problem("currency-changed", "currency", facts)


def _lost_positions(found: Match, state: State) -> Iterator[Problem]:
    """What is in hand, and is not there, or is something else, in the new version."""
    for key in _in_hand(found.old, state):
        node = found.old.nodes[key]
        other = found.nodes.get(key)
        if other is None or not _goes_on(node, found.new.nodes[other]):
            yield Problem("position-gone", key, {"step": node.label, "name": key})
    for live in state.activations.values():
        owner = found.old.regions[live.region].owner
        if live.region not in found.regions and owner is not None:
            label = _region_label(found.old, live.region)
            yield Problem("position-gone", owner, {"step": label, "name": owner})
    for clock in state.clocks.values():
        holds_back = clock.item is None and clock.limit == OPENS
        other = found.nodes.get(clock.node) if holds_back else None
        if other is not None and found.new.nodes[other].opens is None:
            label = found.old.nodes[clock.node].label
            yield Problem("opening-gone", clock.node, {"step": label})


def _being_signed(old: Definition, state: State) -> Iterator[Problem]:
    """What signers were shown must stay what they sign."""
    for item in state.items.values():
        if item.signing is not None or item.part is not None:
            yield Problem("signing-open", item.node, {"step": old.nodes[item.node].label})


def _done_by_services(found: Match, state: State) -> Iterator[Problem]:
    """What a service did must stay where its step can still be sent back, and so undone; what it
    keeps, such as money taken, stands without its step."""
    for done in state.performed.values():
        if done.keeps:
            continue
        other = found.nodes.get(done.node)
        step = found.new.nodes[other].construct if other is not None else None
        does = step.do.activity.key if isinstance(step, Step) and step.do is not None else None
        if does != done.activity:
            yield Problem("service-gone", done.node, {"step": found.old.nodes[done.node].label})


def _in_hand(old: Definition, state: State) -> Iterator[str]:
    for item in state.items.values():
        yield item.node
    for waiting in state.waits.values():
        yield waiting.node
    yield from (each.node for each in state.turns)
    yield from (each.node for each in (*state.waiting, *state.again))
    yield from (each.target for each in state.reentries)
    for clock in state.clocks.values():
        if clock.item is None and clock.limit == OPENS:
            yield clock.node


def _goes_on(one: Node, other: Node) -> bool:
    """Whether work in hand may go on: joint work cannot become one person's, nor the reverse."""
    mine, theirs = one.construct, other.construct
    if isinstance(mine, Step) and isinstance(theirs, Step):
        joint = (mine.by.agree is None, mine.by.in_turn)
        return joint == (theirs.by.agree is None, theirs.by.in_turn)
    return True


def _region_label(definition: Definition, region: str) -> Text:
    owner = definition.regions[region].owner
    return definition.regions[region].label or definition.label_of(owner or "")


def _done_elsewhere(found: Match, state: State) -> Iterator[Problem]:
    """What was done and stands somewhere else now, where nobody could tell what it counts for."""
    names = {key.rpartition(".")[2]: node for key, node in found.new.nodes.items()}
    for key, history in state.completions.items():
        moved = names.get(found.name(key))
        if key not in found.nodes and moved is not None and any(each.counts for each in history):
            yield Problem("done-elsewhere", key, {"step": found.old.nodes[key].label})


def _needed_in_vain(found: Match, state: State) -> Iterator[Problem]:
    """What is new, stands in a block that the case has left, and is needed by name."""
    known = set(found.nodes.values())
    origin = {new: old for old, new in found.regions.items()}
    for node in found.new.nodes.values():
        for need in node.gate:
            if need.name is None or need.name in known:
                continue
            region = next(each for each in reversed(found.new.path(need.name)) if each in origin)
            if _was_left(found.old, state, origin[region]):
                label = found.new.nodes[need.name].label
                facts = {"step": node.label, "needed": label}
                yield Problem("needed-in-vain", need.name, facts)


def _was_left(old: Definition, state: State, region: str) -> bool:
    """Whether something was done in a region, or passed over, that is not live any more."""
    if any(live.region == region for live in state.activations.values()):
        return False
    touched = [key for key, made in state.completions.items() if any(m.counts for m in made)]
    touched += [key for key, marks in state.done.items() if marks]
    return any(region in old.path(key) for key in touched)


# -- values ---------------------------------------------------------------------------------------


def _misfits(found: Match, state: State) -> Iterator[Problem]:
    """Values that the new version could not keep."""
    for name, other in _fields(found).items():
        kept = [entry.value for entry in state.entries.get(name, ())]
        values = (state.values.get(name), *kept)
        yield from _misfit(found.old.fields[name], found.new.fields[other], values)
    for place, given in state.places.items():
        owner = owner_of(found.old, state, place)
        if owner not in found.nodes:
            continue
        theirs = found.new.place_fields.get(found.nodes[owner], {})
        for name, entries in given.items():
            mine = found.old.place_fields[owner].get(name)
            if mine is not None and name in theirs:
                yield from _misfit(mine, theirs[name], [each.value for each in entries])
    for key, history in state.completions.items():
        theirs = found.new.step_fields.get(found.nodes.get(key, ""), {})
        for name, mine in found.old.step_fields.get(key, {}).items():
            if name in theirs:
                yield from _misfit(mine, theirs[name], [each.data.get(name) for each in history])


def _misfit(mine: Field, theirs: Field, values: Any) -> Iterator[Problem]:
    """One problem if one of the values, kept as `mine`, is none that `theirs` can keep."""
    kept = [value for value in values if value is not None]
    if not kept:
        return
    facts: Mapping[str, object] = {"label": mine.label}
    if not _is_kept_alike(mine, theirs) or any(
        isinstance(v, Sealed) != theirs.personal for v in kept
    ):
        yield Problem("field-changed", mine.name, facts)
    elif theirs.type == "choice" and not all(theirs.option(value) for value in kept):
        yield Problem("option-gone", mine.name, facts)


def _is_kept_alike(mine: Field, theirs: Field) -> bool:
    """Whether every value of one field is of the type of the other; the rows of lists must have
    the same columns."""
    if theirs.type in ("number", "percent") and mine.type in ("integer", "number", "percent"):
        return True
    if (mine.type, mine.kind) != (theirs.type, theirs.kind) or mine.decimals > theirs.decimals:
        return False
    columns = {each.name: each for each in theirs.columns}
    return {each.name for each in mine.columns} == columns.keys() and all(
        (each.type, each.kind) == (columns[each.name].type, columns[each.name].kind)
        and set(each.options) <= set(columns[each.name].options)
        for each in mine.columns
    )
