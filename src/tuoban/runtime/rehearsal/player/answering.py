"""The move by which a case of another pack comes to its end."""

from __future__ import annotations

from tuoban.kernel.definition import CANCELLED, Link, Text
from tuoban.runtime.rehearsal import scenario as s
from tuoban.runtime.rehearsal.player.core import Player, Stop


def answered(player: Player, move: s.Answered) -> None:
    """Let the case end that is waited for.

    Raises:
        Stop: nothing is waited for, or what is called never ends so.
    """
    stage = player.stage
    node = stage.definition.nodes.get(move.call)
    number = stage.call(move.call, move.of)
    if node is None or number is None:
        text = Text(f"没有在等“{move.call}”", f"“{move.call}” is not waited for")
        player.fail(move.line, text)
        raise Stop
    _check_outcome(player, move, node.holding(Link).pack)
    own = stage.definition.step_fields.get(move.call, {})
    for name in move.values:
        if name not in own:
            text = Text(f"“{move.call}”不带回“{name}”", f"“{move.call}” brings back no “{name}”")
            player.fail(move.line, text)
            raise Stop
    values = {name: player.value(own[name], raw) for name, raw in move.values.items()}
    zh, en = f"“{node.label.zh}”办结", f"“{node.label.en}” is over"
    player.note(move.line, Text(f"{zh} {move.outcome}", f"{en} {move.outcome}"))
    stage.answer(number, move.outcome or None, values)


def _check_outcome(player: Player, move: s.Answered, pack: str) -> None:
    called = player.stage.packs.get(pack)
    if called is None or move.outcome in ("", CANCELLED, *called.outcomes):
        return
    known = ", ".join((*called.outcomes, CANCELLED))
    text = Text(
        f"{pack} 没有结束“{move.outcome}”，可写：{known}",
        f"{pack} has no end “{move.outcome}”; possible: {known}",
    )
    player.fail(move.line, text)
    raise Stop
