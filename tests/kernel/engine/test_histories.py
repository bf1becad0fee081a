"""Random sound processes, random histories: what must hold whatever happens."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from tests.kernel.engine.playing import OFFICE, Play, define
from tests.kernel.engine.shapes import SHAPES, Shape, Writer
from tests.kernel.engine.wholeness import (
    calls_waited_for,
    check_asked_again,
    check_kept,
    check_told,
    check_whole,
)
from tests.kernel.engine.wishes import PEOPLE, commands, shown
from tuoban.kernel import commands as c
from tuoban.kernel import events as e
from tuoban.kernel.codec import decode, encode
from tuoban.kernel.definition import Definition, Reaction
from tuoban.kernel.engine import hosts
from tuoban.kernel.language import PackError
from tuoban.kernel.limits import GOES_ON
from tuoban.kernel.refusals import Refused
from tuoban.kernel.state import At, Item, State, Timer


def finish(play: Play) -> None:
    """From wherever the case stands it can still end."""
    for _ in range(400):
        play.wait(minutes=0)  # what opens by now may be all that the case was waiting for
        if play.state.status == "ended":
            return
        if play.state.suspended:
            play.carry_out(c.Resume("wang"))
        if calls := calls_waited_for(play):
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
    """Whether somebody could complete the work, or sign it. A step waits for what its reactions
    have begun."""
    step = play.definition.nodes[item.node].step
    outcome = step.outcomes[0].key if step.outcomes else None
    ticked = frozenset(each.key for each in step.checklist)
    for person in _doers(play, item):
        by = person or "li"
        with suppress(Refused):
            if item.part is not None:
                play.carry_out(c.Sign(by, item.id, shown(play, item.part), stamped=True))
            else:
                play.carry_out(c.Complete(by, item.id, outcome, checked=ticked))
            return True
    return False


def _play(shapes: list[Shape], draw: st.DataObject, moves: int, histories: int = 1) -> None:
    """Several histories of one process, since to compile it costs as much as to play one."""
    try:
        definition = define(Writer(draw.draw(st.integers(0, 7))).text(shapes))
    except PackError as error:
        # Branches that run together may have been given the same field to fill in.
        if {each.code for each in error.problems} <= {"two-writers", "elements-write"}:
            reject()
        raise
    for _ in range(histories):
        _play_once(definition, draw, moves)


def _play_once(definition: Definition, draw: st.DataObject, moves: int) -> None:
    play = Play(definition, hours=OFFICE)
    kind = draw.draw(st.sampled_from(["easy", "hard"]))
    wanted_at = draw.draw(st.sampled_from([None, "2026-03-02 08:00", "2026-03-04 10:00"]))
    play.start(kind=kind, amount=draw.draw(st.integers(0, 20)), wanted_at=wanted_at)
    check_whole(play)
    for _ in range(moves):
        if play.state.status == "ended":
            break
        before, known = play.state, len(play.journal)
        try:
            for command in commands(play, draw):
                before, known = play.state, len(play.journal)
                _carry_out(play, command)
        except Refused:
            assert play.state is before
            assert len(play.journal) == known
        check_whole(play)
    check_kept(play)
    stop_forbidding(play)
    finish(play)
    check_whole(play)
    check_kept(play)


def _carry_out(play: Play, command: c.Command) -> None:
    """One that interrupts withdraws what is said beforehand, no more and no less."""
    said, before = _would_withdraw(play, command), play.state
    done = play.carry_out(command)
    check_told(play.definition, before, done)
    if isinstance(command, c.Return) and not any(each.at <= play.at for each in _timers(before)):
        check_asked_again(play, before, command.to)
    if said is None:
        return
    begun = next(place for place, each in enumerate(done) if isinstance(each, e.ReactionBegun))
    withdrawn = {each.item for each in done[:begun] if isinstance(each, e.ItemWithdrawn)}
    assert withdrawn == said


def _timers(state: State) -> Iterable[Timer]:
    return state.timers.values()


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


def stop_forbidding(play: Play) -> None:
    """Hire a newcomer, so that a rule against the same person cannot hold the case for ever."""
    _hire(play, "nobody")
    play.carry_out(c.Recheck())


def _doers(play: Play, item: Item) -> Iterator[str | None]:
    """Who may be able to do it; a newcomer, if everybody did together what bars from it."""
    yield item.person
    yield from PEOPLE
    yield _hire(play, f"new{item.id}")


def _hire(play: Play, person: str) -> str:
    """Somebody new becomes whatever the process asks for."""
    holders = dict(play.directory.holders)
    for place in (("worker", "east"), ("checker", "east"), ("boss", "hq")):
        holders[place] |= {person}
    play.directory = replace(
        play.directory, holders=holders, people=play.directory.people | {person}
    )
    return person


@given(shapes=SHAPES, draw=st.data())
@settings(max_examples=60, deadline=None)
def test_histories_stay_whole_and_can_end(shapes: list[Shape], draw: st.DataObject) -> None:
    _play(shapes, draw, moves=15, histories=2)


@pytest.mark.long
@given(shapes=SHAPES, draw=st.data())
@settings(max_examples=3_400, deadline=None)
def test_long_histories_stay_whole_and_can_end(shapes: list[Shape], draw: st.DataObject) -> None:
    _play(shapes, draw, moves=25, histories=3)


def test_every_event_survives_being_written_down() -> None:
    play = Play(
        "- {step: a, by: worker, within: 1 hours, late: {at the limit: escalate to boss}}\n- end: x"
    )
    play.start(amount="1.50").wait(hours=2).do("a")
    assert [decode(encode(event)) for event in play.journal] == play.journal
    assert {type(event) for event in play.journal} >= {e.LimitPassed, e.FieldsSet, e.CaseEnded}
