"""What holds of every case, whatever happens to it."""

from __future__ import annotations

from collections.abc import Iterable

from tests.kernel.engine.playing import Play, replay
from tuoban.kernel import events as e
from tuoban.kernel.clocks import due
from tuoban.kernel.codec import decode, encode
from tuoban.kernel.definition import Definition, Step
from tuoban.kernel.engine import evolve, hosts
from tuoban.kernel.engine.linking import is_call
from tuoban.kernel.limits import GOES_ON, WAITS
from tuoban.kernel.state import At, Completion, Item, State

UNDOING = (e.CompletionVoided, e.CompletionLapsed, e.BlockLapsed)
BY_ITSELF = ("decide", "wait", "set", "link", "call")


def check_kept(play: Play) -> None:
    """The journal tells it all, with no surroundings, and the state can be written down."""
    assert replay(play.begun_with, play.journal, play.versions) == play.state
    assert decode(encode(play.state)) == play.state


def check_whole(play: Play) -> None:
    """No token is lost or doubled."""
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
        assert state.items or goes_on or calls_waited_for(play)
        _check_nothing_is_stranded(play)
    else:
        assert not state.items
        assert not state.waits
        assert not state.turns
        assert not state.activations
        assert not state.timers
        assert not state.clocks


def calls_waited_for(play: Play) -> list[int]:
    """The numbers of the calls of other packs that the case waits for."""
    return [number for number, each in play.state.waits.items() if is_call(play.definition, each)]


def _whose(play: Play, item: Item) -> str | None:
    """What tells apart work at one place: nobody has two parts of what people do together, and a
    signer's part stands beside the work that is signed."""
    if item.part is not None:
        return f"signs as {item.part.role}"
    return item.person if play.definition.nodes[item.node].step.by.agree is not None else ""


def _check_completions(play: Play) -> None:
    state = play.state
    made = [each for history in state.completions.values() for each in history]
    numbers = [each.item for each in made]
    assert len(numbers) == len(set(numbers))
    assert all(number <= state.last_item for number in numbers)
    assert not set(numbers) & set(state.items)
    for each in made:
        kind = play.definition.nodes[each.node].kind
        by_itself = kind in BY_ITSELF or each.outcome == "timeout"
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
    state = play.state
    assert all(each.activation in state.activations for each in state.turns)
    turns = [At(each.node, each.activation) for each in state.turns]
    assert len(turns) == len(set(turns))
    open_now = {At(each.node, each.activation) for each in state.items.values()}
    assert not open_now & set(turns)


def _check_hosts(play: Play) -> None:
    """Whatever waits for its reactions has one that runs; what has become true is still there."""
    state, definition = play.state, play.definition
    for each in state.waiting:
        host = definition.nodes[each.node]
        assert hosts.is_running(definition, state, host, each.activation)
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
    timed = (each for each in state.waits.values() if not is_call(play.definition, each))
    waits = {(each.node, each.activation) for each in timed}
    waiting = [each for each in state.clocks.values() if each.limit == WAITS]
    assert {(each.node, each.activation) for each in waiting} == waits
    kinds = [(each.node, each.activation, each.item, each.limit) for each in state.clocks.values()]
    assert len(kinds) == len(set(kinds))


# -- from one state to the next --------------------------------------------------------------------


def check_told(definition: Definition, before: State, events: Iterable[e.Event]) -> None:
    """Open work goes only by being done or withdrawn, and who held it is named; finished work
    stops counting only by being sent back or lapsing, never because of a gate."""
    state = before
    for event in events:
        after = evolve(definition, state, event)
        for number in state.items.keys() - after.items.keys():
            assert number in (getattr(event, "item", None), getattr(event, "part", None)), event
            if isinstance(event, e.ItemWithdrawn):
                assert event.person == state.items[number].person
        undone = _counting(state).keys() - _counting(after).keys()
        assert not undone or isinstance(event, UNDOING), event
        state = after


def _counting(state: State) -> dict[int, Completion]:
    return {
        each.item: each for history in state.completions.values() for each in history if each.counts
    }


def check_asked_again(play: Play, before: State, node: str) -> None:
    """What work was sent back to is open again, or waits to be."""
    state, definition = play.state, play.definition
    if state.status == "ended" or not isinstance(definition.nodes[node].construct, Step):
        return
    undone = _counting(before).keys() - _counting(state).keys()
    assert any(each.item in undone for each in state.completions[node])
    newest = max(before.last_item, 0)
    offered = any(each.node == node and each.id > newest for each in state.items.values())
    assert offered or any(each.node == node for each in state.turns), node
