"""Playing a scenario: each move through the verbs of the runtime, each check on what they left.

A module for each family of moves.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction

from tuoban.kernel.definition import Text
from tuoban.kernel.language import Bases
from tuoban.runtime.cases.outside import using
from tuoban.runtime.people.exclusions import ExclusiveRoles
from tuoban.runtime.rehearsal import scenario as s
from tuoban.runtime.rehearsal.files import RehearsalFiles
from tuoban.runtime.rehearsal.moments import read_clock
from tuoban.runtime.rehearsal.player.answering import answered
from tuoban.runtime.rehearsal.player.beginning import begin
from tuoban.runtime.rehearsal.player.called import note_called, within
from tuoban.runtime.rehearsal.player.checking import check, compare
from tuoban.runtime.rehearsal.player.core import Player, Stop
from tuoban.runtime.rehearsal.player.messages import come_in
from tuoban.runtime.rehearsal.player.operations import correct, operate, pause
from tuoban.runtime.rehearsal.player.papers import move_paper
from tuoban.runtime.rehearsal.player.passing import change_hours, move_clock
from tuoban.runtime.rehearsal.player.played import Line, Played
from tuoban.runtime.rehearsal.player.work import complete
from tuoban.runtime.rehearsal.stage import ZONE

__all__ = [
    "Line",
    "Played",
    "play",
]


_STOPS = Text(
    "到此为止：后面的内容和期望没有演练",
    "It stops here: the rest, and what is expected, was not played",
)


def play(
    scenario: s.Scenario,
    text: str,
    translations: str,
    bases: Bases | None = None,
    *,
    with_frames: bool = False,
    are_published: bool = False,
) -> Played:
    """Play one scenario, and leave nothing of it behind.

    Args:
        bases: packs that the pack may extend, and call.
        with_frames: also tell where the case stood after each move.
        are_published: the pack and its bases were judged when they were published, and are not
            again.
    """
    with transaction.atomic(), using(RehearsalFiles()):
        try:
            player = Player(
                scenario,
                text,
                translations,
                bases,
                looks=with_frames,
                are_published=are_published,
            )
        except ExclusiveRoles as error:
            transaction.set_rollback(True)
            return _not_played(scenario, error, with_frames=with_frames)
        try:
            _perform(player)
        except Stop:
            player.note(player.last_line, _STOPS)
        player.look()
        transaction.set_rollback(True)
    return Played(scenario.name, scenario.line, tuple(player.lines), tuple(player.frames))


def _not_played(scenario: s.Scenario, error: ExclusiveRoles, *, with_frames: bool) -> Played:
    """What comes of a scenario whose cast cannot be hired."""
    begins = read_clock(scenario.clock, ZONE)
    if begins is None:
        raise ValueError(f"{scenario.clock!r} is not a date and time")
    line = Line(begins, scenario.line, Text(*str(error).split(" / ", 1)), failed=True)
    frames = (None,) if with_frames else ()
    return Played(scenario.name, scenario.line, (line,), frames)


def _perform(player: Player) -> None:
    _check_roles(player, player.scenario.cast)
    begin(player, player.scenario.begin)
    _settle(player, player.scenario.begin.line)
    player.look()
    for move in player.scenario.moves:
        _move(player, move)
        _settle(player, move.line)
        player.look()
    compare(player, player.scenario.expectation)


def _move(player: Player, move: s.Move) -> None:
    if isinstance(move, s.Inside):
        with within(player, move):
            _move(player, move.move)
    else:
        _MOVES[type(move)](player, move)


def _settle(player: Player, line: int) -> None:
    """Let what has come due by now happen, as the worker would."""
    if player.stage.case_id:
        player.attempt(line, None, player.stage.settle)
        note_called(player)


def _check_roles(player: Player, cast: Mapping[str, tuple[s.Holding, ...]]) -> None:
    held = {holding.role for holdings in cast.values() for holding in holdings}
    known = {role for each in player.stage.calls.played.values() for role in each.roles}
    unknown = sorted(held.difference(player.stage.definition.roles, known))
    for role in unknown:
        text = Text(f"流程包里没有角色“{role}”", f"the pack has no role “{role}”")
        player.fail(player.scenario.line, text)
    if unknown:
        raise Stop


_MOVES: Mapping[type[Any], Callable[[Player, Any], None]] = {
    s.Complete: complete,
    s.Operate: operate,
    s.Pause: pause,
    s.Correct: correct,
    s.Answered: answered,
    s.MovePaper: move_paper,
    s.Hours: change_hours,
    s.Clock: move_clock,
    s.Message: come_in,
    s.Check: check,
}
