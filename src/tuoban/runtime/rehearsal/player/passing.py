"""Moves that let time pass, and that change the hours."""

from __future__ import annotations

from tuoban.kernel.definition import Text
from tuoban.runtime.rehearsal import scenario as s
from tuoban.runtime.rehearsal.moments import read_moment
from tuoban.runtime.rehearsal.player.core import Player, Stop
from tuoban.runtime.rehearsal.stage import ZONE


def change_hours(player: Player, move: s.Hours) -> None:
    """Give the unit other hours."""
    player.stage.change_hours(move.week)
    shown = ", ".join(f"{days} {spans}" for days, spans in move.week.items())
    text = Text(f"作息改为 {shown}", f"the hours are now {shown}")
    player.note(move.line, text)


def move_clock(player: Player, move: s.Clock) -> None:
    """Let time pass. Raises `Stop` where the clock would go back."""
    to = read_moment(move.moment, player.stage.now, ZONE)
    if to is None or to < player.stage.now:
        text = Text(f"时钟不能拨到“{move.moment}”", f"the clock cannot go to “{move.moment}”")
        player.fail(move.line, text)
        raise Stop
    cases = player.stage.case_count()
    player.attempt(move.line, None, lambda: player.stage.move_clock(to))
    begun = player.stage.case_count() - cases
    if begun:
        player.note(move.line, Text(f"开始了 {begun} 个工单", f"cases begun: {begun}"))
    shown = f"{to:%Y-%m-%d %H:%M}"
    player.note(move.line, Text(f"时钟到 {shown}", f"the clock moves to {shown}"))
