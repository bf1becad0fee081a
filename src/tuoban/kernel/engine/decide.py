"""`decide`: what follows from a command.

A table of commands; each row looks at the state and the surroundings, and emits events. Before it,
what has come due is made up for, so that the outcome does not depend on who comes first, a person
or the worker. When nothing moves any more, performers, gates and clocks are judged once, on the
state as it then stands; a moment that the command has moved to one gone by comes at once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from tuoban.kernel import commands as c
from tuoban.kernel.definition import Definition
from tuoban.kernel.engine import (
    adding,
    attaching,
    cancelling,
    clocks,
    completing,
    correcting,
    delegating,
    doing,
    erasing,
    gates,
    joint,
    jumping,
    keeping,
    lapsing,
    learning,
    linking,
    messaging,
    migrating,
    opening,
    operations,
    outside,
    papers,
    pausing,
    planning,
    printing,
    reacting,
    recurring,
    returning,
    signing,
    starting,
    straight,
    telling,
    timers,
    turns,
    urging,
    waiting,
    winding,
    withdrawing,
)
from tuoban.kernel.engine.flow import Flow
from tuoban.kernel.events import Event
from tuoban.kernel.refusals import Refused
from tuoban.kernel.state import Item, State
from tuoban.kernel.surroundings import Surroundings


class Decision(NamedTuple):
    """The events of a decision, and the state they lead to."""

    events: tuple[Event, ...]
    state: State


def advance(
    definition: Definition, state: State, command: c.Command, surroundings: Surroundings
) -> Decision:
    """Decide, and fold: what follows from the command, and the state after it.

    Raises:
        Refused: the command is not allowed; the caller's state is untouched.
    """
    flow = Flow(definition, state, surroundings)
    if state.status == "running":
        learning.learn(flow)
    is_of_timer = isinstance(command, c.FireTimer)
    if not is_of_timer:
        _make_up(flow)
    doing.learn(flow)
    if flow.definition.joins or flow.state.is_shared:
        _settle_joint(flow)
        adding.settle(flow)
        signing.settle(flow)
    keeping.settle(flow)
    _ROWS[type(command)](flow, command)
    doing.learn(flow)
    is_over = state.status == "ended"
    _come_to_rest(flow, is_over=is_over)
    # Moments may have moved to ones gone by. Behind a timer they come as timers of their own, so
    # that what a worker has missed comes in portions and in order.
    while not is_of_timer and timers.fire_what_has_come(flow):
        _come_to_rest(flow, is_over=is_over)
    doing.settle(flow)
    return Decision(tuple(flow.events), flow.state)


def _come_to_rest(flow: Flow, *, is_over: bool) -> None:
    """Move on until nothing moves any more, and judge then what stands.

    Args:
        is_over: the case had ended before the command.
    """
    flow.run()
    while flow.state.status == "running" and _moves_by_itself(flow):
        flow.run()
    if not is_over:
        learning.learn_new(flow)
    if flow.state.status != "running":
        return
    if flow.state.is_shared:
        adding.settle(flow)
        signing.settle(flow)
    keeping.settle(flow)
    telling.settle(flow)
    gates.settle(flow)
    outside.settle(flow)
    clocks.settle(flow)
    lapsing.settle(flow)
    timers.settle(flow)


def _moves_by_itself(flow: Flow) -> bool:
    """Whether something moved that waits for nobody."""
    return (
        opening.let_in(flow)
        or lapsing.judge(flow)
        or straight.come_back(flow)
        or turns.free(flow)
        or waiting.go_on(flow)
        or winding.go_on(flow)
        or flow.judge()
        or reacting.judge(flow)
        or joint.settle(flow)
    )


def _settle_joint(flow: Flow) -> None:
    """Let joint work go on without those who may no longer take part."""
    while flow.state.status == "running" and joint.settle(flow):
        flow.run()


def decide(
    definition: Definition, state: State, command: c.Command, surroundings: Surroundings
) -> tuple[Event, ...]:
    """What follows from the command.

    Raises:
        Refused: the command is not allowed.
    """
    return advance(definition, state, command, surroundings).events


def _start(flow: Flow, command: c.Start) -> None:
    if flow.state.status != "new":
        raise Refused("case-over")
    starting.start(flow, command)


def _begin(flow: Flow, command: c.Begin) -> None:
    if flow.state.status != "new":
        raise Refused("case-over")
    recurring.begin(flow, command)


def _begin_called(flow: Flow, command: c.BeginCalled) -> None:
    if flow.state.status != "new":
        raise Refused("case-over")
    linking.begin(flow, command)


def _begin_by_message(flow: Flow, command: c.BeginByMessage) -> None:
    if flow.state.status != "new":
        raise Refused("case-over")
    messaging.begin(flow, command)


def _make_up(flow: Flow) -> None:
    """Fire what has come due, and let what it opened be open before the command looks at it."""
    timers.fire_what_has_come(flow)
    if flow.events and flow.state.status == "running":
        flow.run()
        gates.settle(flow)


def _fire_timer(flow: Flow, command: c.FireTimer) -> None:
    timers.fire(flow, command.timer)


def _running(act: Callable[[Flow, Any], None]) -> Callable[[Flow, Any], None]:
    def row(flow: Flow, command: Any) -> None:
        if flow.state.status != "running":
            raise Refused("case-over")
        act(flow, command)

    return row


def _recheck(flow: Flow, command: c.Recheck) -> None:
    """Everything is looked at again after any command."""


def _on_item(act: Callable[[Flow, Item, Any], None]) -> Callable[[Flow, Any], None]:
    def row(flow: Flow, command: Any) -> None:
        act(flow, _open_item(flow.state, command.item), command)

    return row


def _on_work(act: Callable[[Flow, Item, Any], None]) -> Callable[[Flow, Any], None]:
    """What is done to work in hand, not to a signature that somebody is asked for."""

    def row(flow: Flow, item: Item, command: Any) -> None:
        signing.check_is_work(flow, item)
        act(flow, item, command)

    return _on_item(row)


def _release(flow: Flow, item: Item, command: c.Release) -> None:
    signing.check_is_not_signed(flow, item)
    operations.release(flow, item, command)


def _get_back(flow: Flow, item: Item, command: c.GetBack) -> None:
    if item.signing is not None and item.person == command.by:
        signing.take_back(flow, item)
    else:
        delegating.get_back(flow, item, command)


def _perform(flow: Flow, command: c.Perform) -> None:
    has_changed = command.by is None and flow.events
    if has_changed and not doing.is_ready(flow, command.item):
        return  # what had come due has taken it away, or changed it: the system looks again
    doing.perform(flow, _open_item(flow.state, command.item), command)


def _open_item(state: State, number: int) -> Item:
    item = state.items.get(number)
    if item is not None:
        return item
    completion = state.completion_of(number)
    if completion is not None and completion.by:
        raise Refused("item-done", {"by": completion.by, "at": completion.at})
    signing.check_is_not_given(state, number)
    if state.was_withdrawn(number):
        raise Refused("item-withdrawn")
    raise Refused("case-over" if state.status == "ended" else "unknown-item")


_ROWS: Mapping[type[Any], Callable[[Flow, Any], None]] = {
    c.Start: _start,
    c.Begin: _begin,
    c.BeginCalled: _begin_called,
    c.Answer: linking.answer,
    c.GiveUp: _running(linking.give_up),
    c.Recall: linking.recall,
    c.BeginByMessage: _begin_by_message,
    c.Deliver: _running(messaging.deliver),
    c.Claim: _on_item(operations.claim),
    c.Release: _on_item(_release),
    c.Transfer: _on_work(operations.transfer),
    c.Complete: _on_work(completing.complete),
    c.Sign: _on_item(signing.sign),
    c.RefuseToSign: _on_item(signing.refuse),
    c.Return: _on_work(returning.send_back),
    c.Add: _running(planning.add),
    c.React: _running(reacting.react),
    c.Open: _on_item(operations.open_item),
    c.Withdraw: withdrawing.withdraw,
    c.Delegate: _on_work(delegating.delegate),
    c.GetBack: _on_item(_get_back),
    c.AddSigner: _on_work(adding.add_signer),
    c.GiveOpinion: _on_item(adding.give_opinion),
    c.DropSigner: _on_work(adding.drop_signer),
    c.Urge: _on_item(urging.urge),
    c.CopyTo: urging.copy_to,
    c.Jump: _on_item(jumping.jump),
    c.Cancel: cancelling.cancel,
    c.Migrate: _running(migrating.migrate),
    c.Correct: correcting.correct,
    c.HandIn: papers.hand_in,
    c.HandOn: papers.hand_on,
    c.StrikePaper: papers.strike,
    c.PrintDocument: printing.print_document,
    c.AttachFile: attaching.attach,
    c.WithdrawFile: attaching.withdraw,
    c.Comment: attaching.comment,
    c.EditComment: attaching.edit,
    c.Suspend: pausing.suspend,
    c.Resume: pausing.resume,
    c.Extend: pausing.extend,
    c.Recheck: _recheck,
    c.Perform: _perform,
    c.FireTimer: _fire_timer,
    c.Erase: erasing.erase,
}
