"""How any case is brought to its end, from wherever it stands."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from typing import Any

from tests.kernel.engine.playing import Play
from tests.kernel.engine.wholeness import calls_waited_for
from tests.kernel.engine.wishes import PEOPLE, shown
from tuoban.kernel import commands as c
from tuoban.kernel.limits import GOES_ON
from tuoban.kernel.refusals import Refused
from tuoban.kernel.state import Item

Completing = Callable[[Any, Item, str], c.Command]
"""How somebody completes work, or signs it."""


def plainly(play: Play, item: Item, by: str) -> c.Command:
    """With the first outcome and every line ticked."""
    if item.part is not None:
        return c.Sign(by, item.id, shown(play, item.part), stamped=True)
    step = play.definition.nodes[item.node].step
    outcome = step.outcomes[0].key if step.outcomes else None
    return c.Complete(by, item.id, outcome, checked=frozenset(each.key for each in step.checklist))


def from_there_it_can_still_end(
    play: Play,
    completing: Completing = plainly,
    helping: Callable[[Any], bool] = lambda play: False,
) -> None:
    """From wherever the case stands it can still end.

    Args:
        helping: does what no work in hand asks for, such as to let a message come; whether there
            was anything to do.
    """
    for _ in range(400):
        play.wait(minutes=0)  # what opens by now may be all that the case was waiting for
        if play.state.status == "ended":
            return
        if play.state.suspended:
            play.carry_out(c.Resume("wang"))
        if play.state.status == "running" and helping(play):
            continue
        if calls := calls_waited_for(play):
            play.carry_out(c.Answer(calls[0], "fixed", "V-1", {}))
            continue
        ready = [each for each in play.state.items.values() if each.locked is None]
        if not ready:
            opens = [each.due for each in play.state.clocks.values() if each.limit in GOES_ON]
            play.wait(seconds=max(0, (min(filter(None, opens)) - play.at).total_seconds()))
            continue
        if not any(_complete(play, item, completing) for item in ready):
            raise AssertionError(f"nobody can complete any of {ready}")
    raise AssertionError("the case does not end")


def _complete(play: Play, item: Item, completing: Completing) -> bool:
    """Whether somebody could complete the work, or sign it. A step waits for what its reactions
    have begun."""
    for person in _doers(play, item):
        with suppress(Refused):
            play.carry_out(completing(play, item, person or "li"))
            return True
    return False


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
