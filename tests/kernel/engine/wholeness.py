"""What holds of every case, whatever happens to it, each property in a function of its name.

That every case can still end is in `ending`, that a refused command changes nothing in `histories`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tests.kernel.engine.playing import Play, replay
from tuoban.kernel import commands as c
from tuoban.kernel import events as e
from tuoban.kernel.clocks import due
from tuoban.kernel.codec import decode, encode
from tuoban.kernel.definition import Definition, Reaction, Step, Wait
from tuoban.kernel.engine import evolve, hosts
from tuoban.kernel.engine.linking import is_call
from tuoban.kernel.limits import GOES_ON, OPENS, WAITS
from tuoban.kernel.state import At, Completion, Item, State, Waiting

UNDOING = (e.CompletionVoided, e.CompletionLapsed, e.BlockLapsed)
SENT_BACK = (e.WorkReturned, e.WorkTakenBack, e.WorkJumped)
BY_ITSELF = ("decide", "wait", "set", "link", "call", "aside", "send")


def the_state_is_the_fold_of_the_events(play: Play) -> None:
    """And it can be written down as it is."""
    assert replay(play.begun_with, play.journal, play.versions) == play.state
    assert decode(encode(play.state)) == play.state


def replay_needs_no_surroundings(play: Play) -> None:
    """The events as they are written down tell it all: no people, hours, files or services."""
    written = [decode(encode(each)) for each in play.journal]
    assert replay(play.begun_with, written, play.versions) == play.state


def no_token_is_lost_or_doubled(play: Play) -> None:
    """Wherever the case is, something is open, once; and all that is there belongs to something."""
    state = play.state
    nodes = [(each.node, each.activation, _whose(play, each)) for each in state.items.values()]
    assert len(nodes) == len(set(nodes))
    for live in state.activations.values():
        assert live.parent is None or live.parent in state.activations
    assert all(item.activation in state.activations for item in state.items.values())
    _check_completions(play)
    _check_clocks(play)
    _check_hosts(play)
    _check_turns(play)
    if state.status == "running":
        goes_on = any(each.limit in GOES_ON for each in state.clocks.values())
        comes = calls_waited_for(play) or messages_waited_for(play) or _is_shut(play)
        assert state.items or goes_on or comes
        _check_nothing_is_stranded(play)
    else:
        assert not state.items
        assert not state.waits
        assert not state.turns
        assert not state.activations
        assert not state.timers
        assert not state.clocks


def _is_shut(play: Play) -> bool:
    """Whether a block waits for what a field says, which somebody may correct."""
    gates = (play.definition.nodes[each.node].gate for each in play.state.turns)
    return any(need.name is None for gate in gates for need in gate)


def calls_waited_for(play: Play) -> list[int]:
    """The numbers of the calls of other packs that the case waits for."""
    return [number for number, each in play.state.waits.items() if is_call(play.definition, each)]


def messages_waited_for(play: Play) -> list[Waiting]:
    """The waits that nothing but a message lets go on."""
    timed = {each.node for each in play.state.clocks.values() if each.limit == WAITS}
    return [
        each
        for each in play.state.waits.values()
        if not is_call(play.definition, each)
        and play.definition.nodes[each.node].holding(Wait).message is not None
        and each.node not in timed
    ]


def _whose(play: Play, item: Item) -> str | None:
    """What tells apart work at one place: nobody has two parts of what people do together, and a
    signer's part stands beside the work that is signed."""
    if item.part is not None:
        asked = f" {item.part.added} {item.person}" if item.part.added else ""
        return f"signs as {item.part.role}{asked}"
    return item.person if play.definition.nodes[item.node].step.by.agree is not None else ""


def _check_completions(play: Play) -> None:
    state = play.state
    made = [each for history in state.completions.values() for each in history]
    numbers = [each.item for each in made]
    assert len(numbers) == len(set(numbers))
    assert all(number <= state.last_item for number in numbers)
    assert not set(numbers) & set(state.items)
    for each in made:
        node = play.definition.nodes[each.node]
        kind = node.kind
        unattended = kind == "step" and node.step.is_unattended
        by_itself = kind in BY_ITSELF or each.outcome == "timeout" or unattended
        assert by_itself == (each.by == "") or kind == "reaction"


def _check_nothing_is_stranded(play: Play) -> None:
    """Wherever the case is, something is open there, or waits for its turn or its moment."""
    state = play.state
    busy = {each.parent for each in state.activations.values()}
    busy |= {each.activation for each in state.items.values()}
    busy |= {each.activation for each in state.waits.values()}
    busy |= {each.activation for each in state.turns}
    busy |= {each.activation for each in state.waiting}
    busy |= {each.activation for each in state.clocks.values() if each.limit in GOES_ON}
    stranded = set(state.activations) - busy
    assert not stranded, [state.activations[each] for each in stranded]


def _check_turns(play: Play) -> None:
    """Whatever waits for its turn does so once and is not open; what is to be entered again where
    work went back to waits for its turn, or for its moment."""
    state = play.state
    held = {(each.node, each.activation) for each in state.turns}
    clocks = (each for each in state.clocks.values() if each.limit == OPENS and each.item is None)
    held |= {(each.node, each.activation) for each in clocks}
    assert {(each.node, each.activation) for each in state.reentries} <= held
    assert all(each.activation in state.activations for each in state.turns)
    turns = [At(each.node, each.activation) for each in state.turns]
    assert len(turns) == len(set(turns))
    open_now = {At(each.node, each.activation) for each in state.items.values()}
    assert not open_now & set(turns)


def _check_hosts(play: Play) -> None:
    """Whatever waits for its reactions, or for what it called without waiting, has one that runs;
    what has become true is still there."""
    state, definition = play.state, play.definition
    for each in state.waiting:
        host = definition.nodes[each.node]
        runs_on = hosts.runs_on(state, each.activation)
        assert runs_on or hosts.is_running(definition, state, host, each.activation)
    for each in (*state.waiting, *state.held):
        assert each.activation in state.activations
    assert len(set(state.waiting)) == len(state.waiting)


def _check_clocks(play: Play) -> None:
    """Every clock is for something that is there, and its ledger gives its due moment."""
    state = play.state
    assert {timer.clock for timer in state.timers.values()} <= set(state.clocks)
    calendars = play.surroundings().calendars
    for clock in state.clocks.values():
        assert due(clock.ledger, calendars) == clock.due
        if clock.item is not None:
            assert state.items[clock.item].node == clock.node
        else:
            assert clock.activation in state.activations
    untimed = (*calls_waited_for(play), *(each.id for each in messages_waited_for(play)))
    timed = (each for number, each in state.waits.items() if number not in untimed)
    waits = {(each.node, each.activation) for each in timed}
    waiting = [each for each in state.clocks.values() if each.limit == WAITS]
    assert {(each.node, each.activation) for each in waiting} == waits
    kinds = [(each.node, each.activation, each.item, each.limit) for each in state.clocks.values()]
    assert len(kinds) == len(set(kinds))


# -- from one state to the next --------------------------------------------------------------------


def withdrawn_work_is_told(definition: Definition, before: State, events: list[e.Event]) -> None:
    """Open work goes only by being done or withdrawn, and then who held it is named."""
    for state, event, after in _one_by_one(definition, before, events):
        for number in state.items.keys() - after.items.keys():
            assert number in (getattr(event, "item", None), getattr(event, "part", None)), event
            if isinstance(event, e.ItemWithdrawn):
                assert event.person == state.items[number].person


def a_gate_never_touches_finished_work(
    definition: Definition, before: State, events: list[e.Event]
) -> None:
    """Finished work stops counting only because somebody sends it back, or because it lapses."""
    is_sent_back = any(isinstance(each, SENT_BACK) for each in events)
    for state, event, after in _one_by_one(definition, before, events):
        if _counting(state).keys() - _counting(after).keys():
            assert isinstance(event, UNDOING), event
            assert is_sent_back or not isinstance(event, e.CompletionVoided), event


def _one_by_one(
    definition: Definition, state: State, events: Iterable[e.Event]
) -> Iterator[tuple[State, e.Event, State]]:
    for event in events:
        after = evolve(definition, state, event)
        yield state, event, after
        state = after


def _counting(state: State) -> dict[int, Completion]:
    return {
        each.item: each for history in state.completions.values() for each in history if each.counts
    }


def what_has_come_due_has_happened(play: Play) -> None:
    """No command leaves it to the next."""
    assert not [each for each in play.state.timers.values() if each.at <= play.at]


def undone_work_is_asked_again(play: Play, before: State, node: str) -> None:
    """What work was sent back to is open again, or waits to be, itself or the block around it; or
    the system has done it again at once."""
    state, definition = play.state, play.definition
    if state.status == "ended" or not isinstance(definition.nodes[node].construct, Step):
        return
    undone = _counting(before).keys() - _counting(state).keys()
    assert any(each.item in undone for each in state.completions[node])
    newest = max(before.last_item, 0)
    offered = any(each.node == node and each.id > newest for each in state.items.values())
    waits = any(each.node == node for each in state.turns)
    is_done = any(each.item > newest and not each.by for each in state.completions[node])
    assert offered or waits or is_done or any(each.target == node for each in state.reentries), node


def what_would_be_withdrawn(play: Play, command: c.Command) -> set[int] | None:
    """What is said beforehand of an interrupting reaction; None: of anything else nothing is."""
    if not isinstance(command, c.React) or command.activation is None:
        return None
    reaction = play.definition.nodes[command.node].construct
    if not isinstance(reaction, Reaction) or not reaction.interrupting:
        return None
    where = At(reaction.host, command.activation)
    return {each.id for each in hosts.open_inside(play.definition, play.state, where)}


def interrupting_withdraws_what_was_said(said: set[int], events: list[e.Event]) -> None:
    """No more and no less."""
    begun = next(place for place, each in enumerate(events) if isinstance(each, e.ReactionBegun))
    withdrawn = {each.item for each in events[:begun] if isinstance(each, e.ItemWithdrawn)}
    assert withdrawn == said
