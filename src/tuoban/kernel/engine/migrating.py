"""Migration: a running case goes on by another version of its process.

What it has in hand stays in the same hands, and keeps the time that was used and held. What is new
before the place where the case stands is passed over; what is new in a block where everything is
open at once is opened. Gates, performers and limits are judged by the new version.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from tuoban.kernel import events as e
from tuoban.kernel.commands import Migrate
from tuoban.kernel.definition import Definition, Parallel, Setting
from tuoban.kernel.engine import clocks
from tuoban.kernel.engine.performers import acting_roles, pools_of
from tuoban.kernel.limits import OPENS
from tuoban.kernel.migration import MigrationPlan, plan
from tuoban.kernel.refusals import Refused
from tuoban.kernel.settings import in_force
from tuoban.kernel.state import Clock, Item, State
from tuoban.kernel.text import Text

if TYPE_CHECKING:
    from tuoban.kernel.engine.flow import Flow


def migrate(flow: Flow, command: Migrate) -> None:
    """Go on by another version.

    Raises:
        Refused: `same-version`, `unknown-version`; `not-migratable`, with every reason.
    """
    old = flow.definition
    if command.version == old.version:
        raise Refused("same-version", {"version": command.version})
    new = flow.surroundings.versions.get(command.version)
    if new is None or new.slug != old.slug:
        facts = {"version": command.version, "process": old.title}
        raise Refused("unknown-version", facts)
    planned = plan(old, new, flow.state, command.renames)
    if not isinstance(planned, MigrationPlan):
        reasons = tuple(Text(each.read("zh"), each.read("en")) for each in planned)
        facts = {"version": command.version, "reasons": reasons}
        raise Refused("not-migratable", facts, planned)
    before = flow.state
    _stop_lost_clocks(flow, new, planned)
    event = _event(flow, new, command, planned)
    flow.definition = new
    flow.emit(event)
    _offer_to_new_roles(flow)
    _pass_over(flow, old, before, planned)
    _open_what_is_new(flow, planned)


def _event(flow: Flow, new: Definition, command: Migrate, planned: MigrationPlan) -> e.CaseMigrated:
    old, surroundings = flow.definition, flow.surroundings
    nodes, regions, fields = planned.nodes, planned.regions, planned.fields
    gone = (*old.nodes.keys() - nodes.keys(), *old.regions.keys() - regions.keys())
    return e.CaseMigrated(
        slug=new.slug,
        before=old.version,
        version=new.version,
        digest=new.digest,
        by=command.by,
        reason=command.reason.strip(),
        at=surroundings.at,
        nodes={key: other for key, other in nodes.items() if key != other},
        regions={key: other for key, other in regions.items() if key != other},
        fields={key: other for key, other in fields.items() if key != other},
        gone=tuple(sorted(gone)),
        dropped=tuple(sorted(old.fields.keys() - fields.keys())),
        settings=_settings(flow.state, old, new, surroundings.settings),
        papers=planned.papers,
        documents=planned.documents,
    )


def _settings(
    state: State, old: Definition, new: Definition, given: Mapping[str, Any]
) -> dict[str, Any]:
    """The case keeps its settings; those it does not have are as they are in force now."""
    found = in_force(new, given)
    for name, value in state.settings.items():
        mine, theirs = old.settings.get(name), new.settings.get(name)
        if mine is None or theirs is None or not _are_alike(mine, theirs):
            continue
        found[name] = {**found[name], **value} if theirs.per else value
    return found


def _are_alike(mine: Setting, theirs: Setting) -> bool:
    """Whether the values of one are values of the other."""
    elements = [[column.type for column in each.field.columns] for each in (mine, theirs)]
    if (mine.type, mine.per) != (theirs.type, theirs.per) or elements[0] != elements[1]:
        return False
    return dict(mine.field.options).keys() <= dict(theirs.field.options).keys()


def _stop_lost_clocks(flow: Flow, new: Definition, planned: MigrationPlan) -> None:
    for clock in tuple(flow.state.clocks.values()):
        if _is_lost(flow.definition, new, clock, planned):
            clocks.stop(flow, clock)


def _is_lost(old: Definition, new: Definition, clock: Clock, planned: MigrationPlan) -> bool:
    """Whether what a clock is for has no such limit any more."""
    if clock.node and clock.node not in planned.nodes:
        return True
    if old.limit(clock.node, clock.limit) is None:
        return False  # of a finished step, whose clocks are looked at for themselves
    return new.limit(planned.nodes[clock.node] if clock.node else "", clock.limit) is None


def _offer_to_new_roles(flow: Flow) -> None:
    """Work that other roles do now lies in their pools; whoever holds it may lose it for that."""
    for item in tuple(flow.state.items.values()):
        by = flow.definition.nodes[item.node].step.by
        roles = acting_roles(flow.definition, by.roles)
        if roles == item.roles:
            continue
        if item.person is not None and item.delegated_by is not None:
            back = e.ItemGotBack(item.id, item.delegated_by, item.delegated_by, item.person)
            flow.emit(back)
        held = flow.state.items[item.id]
        pools = pools_of(flow, by, roles, item.activation)
        flow.emit(e.ItemReoffered(item.id, pools, held.whose, held.assigned, roles))


def _pass_over(flow: Flow, old: Definition, before: State, planned: MigrationPlan) -> None:
    """Pass over what stands before the place where the case is, and did not do so."""
    origin = {new: key for key, new in planned.nodes.items()}
    for live in sorted(flow.state.activations):
        region = flow.definition.regions[flow.state.activations[live].region]
        if not region.ordered:
            continue
        order, former = region.nodes, old.regions[before.activations[live].region].nodes
        here = _standing(flow.definition, flow.state, live)
        there = _standing(old, before, live)
        places = [order.index(node) for node in here if node in order]
        passed = former[: max((former.index(n) for n in there if n in former), default=0)]
        for node in order[: max(places, default=0)]:
            if origin.get(node) not in passed and not _is_settled(flow.state, node, live):
                flow.emit(e.PassedOver(node, live))


def _standing(definition: Definition, state: State, activation: int) -> set[str]:
    """The nodes of an activation at which something is in hand, but what is done again."""
    found = {item.node for item in state.items.values() if item.activation == activation}
    found |= {each.node for each in state.waits.values() if each.activation == activation}
    found |= {each.node for each in state.turns if each.activation == activation}
    found |= {each.node for each in state.waiting if each.activation == activation}
    found |= {
        clock.node
        for clock in state.clocks.values()
        if clock.activation == activation and clock.item is None and clock.limit == OPENS
    }
    for live in state.activations.values():
        owner = definition.regions[live.region].owner
        if live.parent == activation and owner is not None:
            found.add(owner)
    return found - {each.node for each in state.again if each.activation == activation}


def _is_settled(state: State, node: str, activation: int) -> bool:
    """Whether a node was done, or passed over, or is in hand, in an activation."""
    made = state.completions.get(node, ())
    return (
        any(each.counts and each.scope[-1] == activation for each in made)
        or any(each.scope[-1] == activation for each in state.done.get(node, ()))
        or any(_is_at(each, node, activation) for each in state.items.values())
    )


def _is_at(item: Item, node: str, activation: int) -> bool:
    return (item.node, item.activation) == (node, activation)


def _open_what_is_new(flow: Flow, planned: MigrationPlan) -> None:
    """Open what is new in live plans, and the new branches of live parallels."""
    known = {*planned.nodes.values(), *planned.regions.values()}
    for live in sorted(flow.state.activations):
        region = flow.definition.regions[flow.state.activations[live].region]
        for key in region.nodes if not region.ordered else ():
            if key not in known and not flow.definition.nodes[key].optional:
                flow.enter(key, live)
    for owner, parent in sorted(set(_live_parallels(flow))):
        node = flow.definition.nodes[owner]
        conditions = node.holding(Parallel).conditions
        for branch, condition in zip(node.regions, conditions, strict=True):
            if branch not in known and flow.holds(condition, parent):
                flow.enter_region(branch, parent)


def _live_parallels(flow: Flow) -> Iterator[tuple[str, int]]:
    for live in flow.state.activations.values():
        owner = flow.definition.regions[live.region].owner
        if owner is None or live.parent is None:
            continue
        if flow.definition.nodes[owner].kind == "parallel":
            yield owner, live.parent
