"""Random sound processes, random histories: what must hold whatever happens."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from tests.kernel.engine.playing import OFFICE, Play, define
from tests.kernel.engine.playing import replay as replayed
from tests.kernel.engine.shapes import SHAPES, Shape, Writer
from tests.kernel.engine.wishes import PEOPLE, commands
from tuoban.kernel import commands as c
from tuoban.kernel import events as e
from tuoban.kernel.clocks import due
from tuoban.kernel.codec import decode, encode
from tuoban.kernel.definition import Reaction
from tuoban.kernel.engine import hosts
from tuoban.kernel.engine.linking import is_call
from tuoban.kernel.language import PackError
from tuoban.kernel.limits import GOES_ON, WAITS
from tuoban.kernel.refusals import Refused
from tuoban.kernel.state import At, Item


def _check_whole(play: Play) -> None:
    """No token lost or doubled, and the journal tells it all."""
    state = play.state
    assert replayed(play.begun_with, play.journal, play.versions) == state
    assert decode(encode(state)) == state
    nodes = [
        (item.node, item.activation, item.person if _is_joint(play, item) else "")
        for item in state.items.values()
    ]
    assert len(nodes) == len(set(nodes))
    for live in state.activations.values():
        assert live.parent is None or live.parent in state.activations
    assert all(item.activation in state.activations for item in state.items.values())
    made = [each for history in state.completions.values() for each in history]
    numbers = [each.item for each in made]
    assert len(numbers) == len(set(numbers))
    assert all(number <= state.last_item for number in numbers)
    for each in made:
        kind = play.definition.nodes[each.node].kind
        by_itself = kind in ("decide", "wait", "set", "link") or each.outcome == "timeout"
        assert by_itself == (each.by == "") or kind == "reaction"
    _check_clocks(play)
    _check_hosts(play)
    if state.status == "running":
        goes_on = any(each.limit in GOES_ON for each in state.clocks.values())
        assert state.items or goes_on or _calls(play)
    else:
        assert not state.items
        assert not state.waits
        assert not state.activations
        assert not state.timers
        assert not state.clocks


def _calls(play: Play) -> list[int]:
    """The calls of other packs that are waited for."""
    return [number for number, each in play.state.waits.items() if is_call(play.definition, each)]


def _is_joint(play: Play, item: Item) -> bool:
    """Whether the work is a part of a step that several people do; nobody has two."""
    return play.definition.nodes[item.node].step.by.agree is not None and item.person is not None


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


def _finish(play: Play) -> None:
    """From wherever the case stands it can still end."""
    for _ in range(400):
        play.wait(minutes=0)  # what opens by now may be all that the case was waiting for
        if play.state.status == "ended":
            return
        if play.state.suspended:
            play.carry_out(c.Resume("wang"))
        if calls := _calls(play):
            play.carry_out(c.Answer(calls[0], "fixed", "V-1", {}))
            continue
        ready = [each for each in play.state.items.values() if each.locked is None]
        if not ready:
            opens = [each.due for each in play.state.clocks.values() if each.limit in GOES_ON]
            play.wait(seconds=max(0, (min(filter(None, opens)) - play.at).total_seconds()))
            continue
        if not any(_complete(play, item) for item in ready):
            raise AssertionError(f"nobody can complete any of {ready}")
    raise AssertionError("the case does not end")


def _complete(play: Play, item: Item) -> bool:
    """Whether somebody could complete the work. A step waits for what its reactions have begun."""
    step = play.definition.nodes[item.node].step
    outcome = step.outcomes[0].key if step.outcomes else None
    for person in _doers(play, item):
        with suppress(Refused):
            play.carry_out(c.Complete(person or "li", item.id, outcome))
            return True
    return False


def _play(shapes: list[Shape], draw: st.DataObject, moves: int) -> None:
    try:
        definition = define(Writer(draw.draw(st.integers(0, 7))).text(shapes))
    except PackError as error:
        # Branches that run together may have been given the same field to fill in.
        if {each.code for each in error.problems} <= {"two-writers", "elements-write"}:
            reject()
        raise
    play = Play(definition, hours=OFFICE)
    kind = draw.draw(st.sampled_from(["easy", "hard"]))
    wanted_at = draw.draw(st.sampled_from([None, "2026-03-02 08:00", "2026-03-04 10:00"]))
    play.start(kind=kind, amount=draw.draw(st.integers(0, 20)), wanted_at=wanted_at)
    _check_whole(play)
    for _ in range(moves):
        if play.state.status == "ended":
            break
        before = play.state
        try:
            for command in commands(play, draw):
                _carry_out(play, command)
        except Refused:
            assert play.state is before
        _check_whole(play)
    _stop_forbidding(play)
    _finish(play)
    _check_whole(play)


def _carry_out(play: Play, command: c.Command) -> None:
    """One that interrupts withdraws what is said beforehand, no more and no less."""
    said = _would_withdraw(play, command)
    done = play.carry_out(command)
    if said is None:
        return
    begun = next(place for place, each in enumerate(done) if isinstance(each, e.ReactionBegun))
    withdrawn = {each.item for each in done[:begun] if isinstance(each, e.ItemWithdrawn)}
    assert withdrawn == said


def _would_withdraw(play: Play, command: c.Command) -> set[int] | None:
    if not isinstance(command, c.React) or command.activation is None:
        return None
    if any(timer.at <= play.at for timer in play.state.timers.values()):
        return None  # what has come due comes first
    reaction = play.definition.nodes[command.node].construct
    if not isinstance(reaction, Reaction) or not reaction.interrupting:
        return None
    where = At(reaction.host, command.activation)
    return {each.id for each in hosts.open_inside(play.definition, play.state, where)}


def _stop_forbidding(play: Play) -> None:
    """Hire a newcomer, so that a rule against the same person cannot hold the case for ever."""
    _hire(play, "nobody")
    play.carry_out(c.Recheck())


def _doers(play: Play, item: Item) -> Iterator[str | None]:
    """Who may be able to do it; a newcomer, if everybody did together what bars from it."""
    yield item.person
    yield from PEOPLE
    yield _hire(play, f"new{item.id}")


def _hire(play: Play, person: str) -> str:
    """Somebody new becomes a worker."""
    holders = dict(play.directory.holders)
    holders["worker", "east"] |= {person}
    play.directory = replace(
        play.directory, holders=holders, people=play.directory.people | {person}
    )
    return person


@given(shapes=SHAPES, draw=st.data())
@settings(max_examples=150, deadline=None)
def test_histories_stay_whole_and_can_end(shapes: list[Shape], draw: st.DataObject) -> None:
    _play(shapes, draw, moves=15)


@pytest.mark.long
@given(shapes=SHAPES, draw=st.data())
@settings(max_examples=2_000, deadline=None)
def test_long_histories_stay_whole_and_can_end(shapes: list[Shape], draw: st.DataObject) -> None:
    _play(shapes, draw, moves=40)


def test_every_event_survives_being_written_down() -> None:
    play = Play(
        "- {step: a, by: worker, within: 1 hours, late: {at the limit: escalate to boss}}\n- end: x"
    )
    play.start(amount="1.50").wait(hours=2).do("a")
    assert [decode(encode(event)) for event in play.journal] == play.journal
    assert {type(event) for event in play.journal} >= {e.LimitPassed, e.FieldsSet, e.CaseEnded}
