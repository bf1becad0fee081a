"""Moves in cases of other packs that the case has called."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

from tuoban.kernel.definition import Text
from tuoban.runtime.cases.models import CalledCase
from tuoban.runtime.jobs import retry
from tuoban.runtime.rehearsal import scenario as s
from tuoban.runtime.rehearsal.calls import label_of
from tuoban.runtime.rehearsal.player.core import Player, Stop


@contextmanager
def within(player: Player, move: s.Inside) -> Iterator[None]:
    """Play in the case that is meant, then go on where the play was.

    Raises:
        Stop: no such case has begun, or it is not clear which is meant.
    """
    stage = player.stage
    before = (stage.definition, stage.case_id, stage.inside)
    try:
        for call in move.calls:
            _go_into(player, move.line, call)
        yield
    finally:
        stage.definition, stage.case_id, stage.inside = before


def _go_into(player: Player, line: int, call: str) -> None:
    """Play on in what a call has begun, `ride.2` being the second time it was called."""
    name, _, number = call.partition(".")
    rows = player.stage.calls.of(player.stage.case_id, name)
    if number.isdecimal():
        rows = rows[int(number) - 1 : int(number)] if int(number) else []
    begun = [each for each in rows if each.case_id is not None]
    running = [each for each in begun if each.case is not None and each.case.status != "ended"]
    found = running or begun[-1:]
    if not found:
        _fail(player, line, call, rows)
    if len(found) > 1:
        text = Text(
            f"“{call}”有 {len(found)} 个工单在办，请写明第几个，例如 {name}.2",
            f"“{call}” has {len(found)} running cases; say which, such as {name}.2",
        )
        player.fail(line, text)
        raise Stop
    player.stage.enter(found[0])


def _fail(player: Player, line: int, call: str, rows: list[CalledCase]) -> NoReturn:
    zh, en = f"“{call}”没有工单可办", f"“{call}” has no case"
    why = retry.why(rows[-1].error) if rows else None
    if why is not None:
        zh, en = f"{zh}：{why.zh}", f"{en}: {why.en}"
    elif rows:
        zh, en = (
            f"{zh}：场景自己写明它的结果",
            f"{en}: the scenario answers it, or its pack is missing",
        )
    player.fail(line, Text(zh, en))
    raise Stop


def note_called(player: Player) -> None:
    """Note which cases have been begun for others, and which could not be."""
    stage = player.stage
    for row in stage.calls.news(stage.case_id):
        label = label_of(row)
        why = retry.why(row.error)
        if why is not None:
            text = Text(
                f"“{label.zh}”还开始不了：{why.zh}", f"“{label.en}” cannot begin yet: {why.en}"
            )
        else:
            text = Text(f"“{label.zh}”开始：{row.slug}", f"“{label.en}” begins: {row.slug}")
        player.note(player.last_line, text)
