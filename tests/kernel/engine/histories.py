"""Random histories: wishes that come to a case, and what must hold of each that is carried out."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from hypothesis import event

from tests.kernel.engine.playing import Play
from tests.kernel.engine.wholeness import (
    a_gate_never_touches_finished_work,
    interrupting_withdraws_what_was_said,
    no_token_is_lost_or_doubled,
    replay_needs_no_surroundings,
    the_state_is_the_fold_of_the_events,
    undone_work_is_asked_again,
    what_has_come_due_has_happened,
    what_would_be_withdrawn,
    withdrawn_work_is_told,
)
from tuoban.kernel import commands as c
from tuoban.kernel.refusals import Refused
from tuoban.kernel.state import State


def live(
    play: Play,
    wish: Callable[[], Iterable[c.Command]],
    moves: int,
    check: Callable[[], None] = lambda: None,
) -> None:
    """Let so many wishes come to a case that has begun, or as many as come before its end.

    Args:
        check: what else holds after each of them.
    """
    no_token_is_lost_or_doubled(play)
    check()
    for _ in range(moves):
        if play.state.status == "ended":
            break
        a_refused_command_changes_nothing(play, wish())
        no_token_is_lost_or_doubled(play)
        check()
    the_state_is_the_fold_of_the_events(play)
    replay_needs_no_surroundings(play)


def a_refused_command_changes_nothing(play: Play, commands: Iterable[c.Command]) -> None:
    """These are carried out one after the other, until one is refused."""
    before, known = play.state, len(play.journal)
    try:
        for command in commands:
            before, known = play.state, len(play.journal)
            _carry_out(play, command)
            event(f"{type(command).__name__}: carried out")
    except Refused:
        assert play.state is before
        assert len(play.journal) == known


def _carry_out(play: Play, command: c.Command) -> None:
    before, definition = play.state, play.definition
    is_overdue = any(each.at <= play.at for each in before.timers.values())
    said = what_would_be_withdrawn(play, command) if not is_overdue else None
    events = play.carry_out(command)
    withdrawn_work_is_told(definition, before, events)
    a_gate_never_touches_finished_work(definition, before, events)
    what_has_come_due_has_happened(play)
    if said is not None:
        interrupting_withdraws_what_was_said(said, events)
    undone = _sent_back_to(before, command)
    if undone is not None and not is_overdue:
        undone_work_is_asked_again(play, before, undone)


def _sent_back_to(before: State, command: c.Command) -> str | None:
    """The step that was sent or taken back; not one to which the case goes straight back."""
    if isinstance(command, c.Return) and not command.straight:
        return command.to
    made = before.completion_of(command.item) if isinstance(command, c.Withdraw) else None
    return made.node if made is not None else None
