"""Checks on what the moves have left."""

from __future__ import annotations

from collections.abc import Iterator

from tuoban.kernel.definition import Text
from tuoban.runtime.rehearsal import checks
from tuoban.runtime.rehearsal import scenario as s
from tuoban.runtime.rehearsal.player.core import Player, Stop
from tuoban.runtime.rehearsal.stage import Ambiguous


def check(player: Player, move: s.Check) -> None:
    """Look at how things stand in the midst of a play."""
    if not player.stage.case_id:
        player.fail(move.line, Text("工单还没有开始", "no case has begun"))
        raise Stop
    _take(player, move.line, checks.judge(player.stage, move))


def compare(player: Player, wanted: s.Expectation) -> None:
    """Look at how things stand at its end."""
    _take(player, wanted.line, checks.judge_end(player.stage, wanted))


def _take(player: Player, line: int, findings: Iterator[checks.Finding]) -> None:
    try:
        for finding in findings:
            (player.note if finding.holds else player.fail)(line, finding.text)
    except Ambiguous as several:
        player.fail(line, several.told())
