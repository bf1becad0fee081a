"""A decision in the making: the events so far, the state they lead to, and what is still to do.

A construct asks for the next node with `enter`, or reports that it is done with `leave`. The wishes
are queued and carried out by `run`, so that neither a long process nor a loop deepens the stack.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Mapping
from functools import cached_property
from typing import Any

from tuoban.kernel import events as e
from tuoban.kernel.definition import Definition, Node
from tuoban.kernel.engine import (
    archiving,
    clocks,
    hosts,
    lapsing,
    opening,
    processes,
    returning,
    reviving,
    turns,
    waiting,
    winding,
)
from tuoban.kernel.engine.barring import parts_of
from tuoban.kernel.engine.constructs.row import Row
from tuoban.kernel.engine.constructs.table import MOVING, ROWS
from tuoban.kernel.engine.evolve import evolve
from tuoban.kernel.expressions import Expression
from tuoban.kernel.names import Names, holds
from tuoban.kernel.refusals import Refused
from tuoban.kernel.sight import Vantage, vantage_of
from tuoban.kernel.state import At, State
from tuoban.kernel.surroundings import KnownCalendars, Surroundings

MOST_MOVES = 10_000
"""Moves that one command may cause; a loop that never stops is refused beyond them."""


class Flow:
    """The working place of one decision. Private to it, and thrown away after it."""

    def __init__(self, definition: Definition, state: State, surroundings: Surroundings) -> None:
        self.definition = definition
        self.state = state
        self.surroundings = surroundings
        self.events: list[e.Event] = []
        self._to_enter: deque[tuple[str, int]] = deque()
        self._moves = 0

    @cached_property
    def hours(self) -> KnownCalendars:
        """Every calendar by its name."""
        return self.surroundings.calendars

    def emit(self, event: e.Event) -> None:
        self.events.append(event)
        self.state = evolve(self.definition, self.state, event)

    def names(self, at: int, own: Mapping[str, Any] | None = None) -> Names:
        """What is read from the live activation `at`."""
        return self.names_from(vantage_of(self.state, at), own)

    def names_from(self, vantage: Vantage, own: Mapping[str, Any] | None = None) -> Names:
        """What is read from a place, such as one that has just been left."""
        surroundings = self.surroundings
        return Names(
            self.definition, self.state, surroundings.opened, surroundings.zone, own, vantage
        )

    def holds(self, condition: Expression | None, at: int) -> bool:
        """Whether a condition is true as seen from the live activation `at`; no condition is
        true."""
        return condition is None or holds(condition, self.names(at)) is True

    @staticmethod
    def row(node: Node) -> Row:
        """The behaviour of the node's construct."""
        return ROWS[node.kind]

    # -- moving through the graph ---------------------------------------------------------------

    def enter(self, node: str, activation: int) -> None:
        """Let the node's turn come."""
        self._to_enter.append((node, activation))

    def run(self) -> None:
        """Move on until everything waits for somebody, or the case has ended.

        Raises:
            Refused: `too-many-steps`.
        """
        while self._to_enter:
            self._moves += 1
            if self._moves > MOST_MOVES:
                raise Refused("too-many-steps", {"count": MOST_MOVES})
            key, activation = self._to_enter.popleft()
            node = self.definition.nodes[key]
            if not self.definition.regions[node.region].ordered and turns.hold(
                self, node, activation
            ):
                continue
            self._judge_and_enter(node, activation)

    def _judge_and_enter(self, node: Node, activation: int) -> None:
        if node.when is not None and not self.holds(node.when, activation):
            self.emit(e.PassedOver(node.key, activation))
            self.leave(node, activation)
        elif not (node.needs and turns.hold(self, node, activation)):
            self._enter_now(node, activation)

    def _enter_now(self, node: Node, activation: int) -> None:
        # What has many instances holds each of them back, and a step is offered and then locked.
        opens_whole = not node.construct.is_work and not node.many
        if not opens_whole or not opening.hold_back(self, node.key, activation):
            self._begin(node, activation)

    def _begin(self, node: Node, activation: int) -> None:
        """Enter a node; where work went back into it, at the step that it went back to."""
        back = self.state.reentry(node.key, activation)
        if back is None:
            self.row(node).enter(self, node, activation)
        else:
            self.emit(e.ReentryOver(node.key, activation))
            self.row(node).reopen(self, node, activation, back.target, back.scope)

    def enter_free(self, node: Node, activation: int) -> None:
        """Go on with a node that was held back by its needs, which now hold."""
        is_judged = self.definition.regions[node.region].ordered  # `when`, when its turn came
        if is_judged or self.state.reentry(node.key, activation) is not None:
            self._enter_now(node, activation)
        else:
            self._judge_and_enter(node, activation)

    def enter_opened(self, node: str, activation: int) -> None:
        """Enter a block that was held back: its `when` has been judged, its moment has come."""
        held = self.definition.nodes[node]
        if not held.many:
            self._begin(held, activation)
        elif (back := self.state.reentry(node, activation)) is not None:
            self.emit(e.ReentryOver(node, activation))
            returning.resume(self, activation, held.regions[0], back.target, back.scope)
        else:
            self._begin_region(held.regions[0], activation)

    def _are_running(self, host: Node, activation: int) -> bool:
        return hosts.is_running(self.definition, self.state, host, activation)

    def enter_again(self, node: str, activation: int) -> None:
        """Offer or enter something once more that has lapsed."""
        self._enter_now(self.definition.nodes[node], activation)

    def leave(self, node: Node, activation: int) -> None:
        """The node is done: go on behind it, unless it was done again for a gate alone."""
        if node.construct.is_work and node.reactions and self._are_running(node, activation):
            self.emit(e.BlockWaits(node.key, activation))
            return
        again = self.state.again
        if again and At(node.key, activation) in again:
            self.emit(e.AgainOver(node.key, activation))
            reviving.leave_again(self, activation)
            return
        if node.next is not None:
            self.enter(node.next, activation)
        elif self.definition.regions[node.region].ordered:
            self.finish_region(activation)

    def leave_block(self, node: Node, activation: int) -> None:
        """A block is done: mark it, and go on behind it, once its reactions are over."""
        if node.reactions and self._are_running(node, activation):
            self.emit(e.BlockWaits(node.key, activation))
            return
        clocks.stop_block(self, node.key, activation)
        covered = lapsing.covered_by(self, node, activation) if node.covers else ()
        self.emit(e.BlockDone(node.key, activation, covered))
        self.leave(node, activation)

    def go_on(self, host: Node, activation: int) -> None:
        """The last reaction of a host is over that waited for it alone."""
        live = self.state.activations[activation]
        if self.definition.regions[live.region].owner == host.key:
            self.finish_region(activation)
        elif host.construct.is_work:
            self.emit(e.HostLeft(host.key, activation))
            self.leave(host, activation)
        else:
            self.leave_block(host, activation)

    def enter_region(
        self, region: str, parent: int | None, round_number: int = 0, element: int = 0
    ) -> int:
        """Bring a region to life and let its first node's turn come."""
        activation = self.state.last_activation + 1 if parent is not None else 0
        at = self.surroundings.at
        self.emit(e.RegionEntered(activation, region, parent, round_number, at=at, element=element))
        self.open_region(region, activation)
        return activation

    def open_region(self, region: str, activation: int) -> None:
        """Let the first node's turn come in a region that has come to life, once that opens."""
        owner = self.definition.regions[region].owner
        many = owner is not None and self.definition.nodes[owner].many
        if owner is None or not many or not opening.hold_back(self, owner, activation):
            self._begin_region(region, activation)

    def _begin_region(self, region: str, activation: int) -> None:
        if not self.definition.regions[region].ordered:
            for key in self.definition.regions[region].nodes:
                if not self.definition.nodes[key].optional:
                    self.enter(key, activation)
            return
        first = self.definition.regions[region].first
        if first is None:
            self.finish_region(activation)
        else:
            self.enter(first, activation)

    def is_idle(self, activation: int) -> bool:
        """Whether nothing is open in an activation, and nothing waits there."""
        state = self.state
        return not (
            any(each.activation == activation for each in state.items.values())
            or any(each.parent == activation for each in state.activations.values())
            or any(each.activation == activation for each in state.turns)
            or any(each.activation == activation for each in state.waits.values())
            or any(
                each.activation == activation and clocks.holds_back(each)
                for each in state.clocks.values()
            )
        )

    def finish_region(self, activation: int) -> None:
        """Everything in a region is done: leave it, once the reactions in it are over, and the
        processes that were called in it without waiting."""
        live = self.state.activations[activation]
        owner = self.definition.regions[live.region].owner
        if owner is not None:
            host = self.definition.nodes[owner]
            if self._are_running(host, activation) or hosts.runs_on(self.state, activation):
                if At(owner, activation) not in self.state.waiting:
                    self.emit(e.BlockWaits(owner, activation))
                return
            clocks.stop_block(self, owner, activation)  # of an element of a list
        if self.state.again:
            lapsing.stop_again(self, activation)
            self.withdraw_within(reviving.living_again(self.state, activation))
        self.emit(e.RegionLeft(activation, withdrawn=False))
        if owner is None or live.parent is None:
            self.end("")
            return
        node = self.definition.nodes[owner]
        self.row(node).region_done(self, node, live)

    def judge(self) -> bool:
        """Let the live blocks that move by themselves do so; whether one has. The innermost come
        first, and one at a time, since what it does may change what another one sees."""
        if self.definition.kinds.isdisjoint(MOVING):
            return False
        for live in sorted(self.state.activations.values(), key=lambda each: -each.id):
            owner = self.definition.regions[live.region].owner
            if owner is not None and live.parent is not None and not live.again:
                node = self.definition.nodes[owner]
                if self.row(node).judge(self, node, live.parent):
                    return True
        return False

    # -- ending and withdrawing -----------------------------------------------------------------

    def end_process(self, outcome: str, activation: int, *, undo: bool = False) -> None:
        """End the process that an activation belongs to: that of the nearest call, or the case;
        what was done in it may be undone first."""
        process = processes.around(self, activation)
        if undo:
            winding.wind_up(self, process, outcome)
        else:
            processes.close(self, process, outcome)

    def end(self, outcome: str) -> None:
        """End the case from wherever it stands; what is open in it is withdrawn."""
        self.withdraw_within(frozenset(self.state.activations))
        self._to_enter.clear()
        clocks.stop_all(self)
        self.emit(e.CaseEnded(outcome, self.surroundings.at, archiving.keep_until(self)))

    def stop_waiting(self, activation: int, nodes: Collection[str] | None = None) -> None:
        """Wait no more for the reactions of what stands in an activation, or of these nodes."""
        for at in self.state.waiting:
            stands_there = self.definition.nodes[at.node].region == self._region(activation)
            if at.activation == activation and stands_there and (nodes is None or at.node in nodes):
                self.emit(e.HostLeft(at.node, activation))

    def _region(self, activation: int) -> str:
        return self.state.activations[activation].region

    def withdraw_node(self, node: str, activation: int) -> None:
        """Withdraw what is open at one node of an activation, with everything inside it."""
        self.withdraw_within(self.below(activation, node))
        for item in tuple(self.state.items.values()):
            if item.node == node and item.activation == activation:
                self.withdraw_item(item.id)
        self.withdraw_waits_at(node, activation)
        returning.stop_holding(self, activation, (node,))

    def withdraw_waits_at(self, node: str, activation: int) -> None:
        for each in tuple(self.state.waits.values()):
            if (each.node, each.activation) == (node, activation):
                waiting.withdraw(self, each)

    def withdraw_item(self, item: int) -> None:
        """Withdraw a work item, with what others are asked about it."""
        if item not in self.state.items:
            return  # with the one it belongs to
        for part in parts_of(self.state, item):
            self.withdraw_item(part.id)
        clocks.stop_item(self, item)
        self.emit(e.ItemWithdrawn(item, self.state.items[item].person))

    def empty(self, activation: int) -> None:
        """Withdraw all that is open in an activation, which itself stays."""
        bodies = {each.region for each in self.state.activations.values()}
        self.withdraw_within(self._descent(activation, tuple(bodies)))
        for item in tuple(self.state.items.values()):
            if item.activation == activation:
                self.withdraw_item(item.id)
        self._withdraw_waits(frozenset((activation,)))
        region = self.state.activations[activation].region
        for clock in tuple(self.state.clocks.values()):
            is_inside = clock.node and self.definition.nodes[clock.node].region == region
            opens = clocks.holds_back(clock)  # what is in it has not begun
            if clock.item is None and clock.activation == activation and (is_inside or opens):
                clocks.stop(self, clock)
        self.stop_waiting(activation)
        for turn in self.state.turns:
            if turn.activation == activation:
                self.emit(e.TurnFreed(turn.node, activation))
        for back in self.state.reentries:
            if back.activation == activation:
                self.emit(e.ReentryOver(back.node, activation))
        self._to_enter = deque(each for each in self._to_enter if each[1] != activation)

    def withdraw_within(self, activations: frozenset[int]) -> None:
        """Withdraw all that is open in these activations, and leave them, innermost first."""
        for item in tuple(self.state.items.values()):
            if item.activation in activations:
                self.withdraw_item(item.id)
        self._withdraw_waits(activations)
        for activation in sorted(activations, reverse=True):
            self.emit(e.RegionLeft(activation, withdrawn=True))
        self._to_enter = deque(each for each in self._to_enter if each[1] not in activations)
        clocks.stop_lost(self)

    def _withdraw_waits(self, activations: frozenset[int]) -> None:
        for each in tuple(self.state.waits.values()):
            if each.activation in activations:
                waiting.withdraw(self, each)

    def below(self, parent: int, owner: str) -> frozenset[int]:
        """The live activations of `owner` in `parent`, those of its reactions too, with everything
        inside them."""
        nodes = self.definition.nodes
        return self._descent(
            parent,
            (*nodes[owner].regions, *(nodes[each].regions[0] for each in nodes[owner].reactions)),
        )

    def bodies_below(self, parent: int, owner: str) -> frozenset[int]:
        """The same without its reactions."""
        return self._descent(parent, self.definition.nodes[owner].regions)

    def _descent(self, parent: int, regions: tuple[str, ...]) -> frozenset[int]:
        found: set[int] = set()
        for activation in sorted(self.state.activations):
            live = self.state.activations[activation]
            if live.parent in found or (live.parent == parent and live.region in regions):
                found.add(activation)
        return frozenset(found)
