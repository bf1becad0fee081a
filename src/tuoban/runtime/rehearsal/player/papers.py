"""Moves that take papers in, hand them on, and strike out what was put down by mistake."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from tuoban.kernel.definition import Text
from tuoban.runtime.cases import service
from tuoban.runtime.rehearsal import scenario as s
from tuoban.runtime.rehearsal.papers import key_in
from tuoban.runtime.rehearsal.player.core import Player


def move_paper(player: Player, move: s.MovePaper) -> None:
    """Do something with a paper beside the work."""
    stage, by = player.stage, player.person(move.who, move.line)
    name, row = key_in(stage.definition, stage.state(), move.paper)
    words: dict[str, Any] = {"by": by, "at": stage.now, "key": stage.key()}
    numbers: dict[str, Any] = {"originals": move.given.originals, "copies": move.given.copies}
    acts: Mapping[str, Callable[[], service.Outcome]] = {
        "hand-in": lambda: service.hand_in(
            stage.case_id, name, row, note=move.reason, **numbers, **words
        ),
        "hand-on": lambda: service.hand_on(
            stage.case_id, name, row, to=move.to, note=move.reason, **numbers, **words
        ),
        "strike-paper": lambda: service.strike_paper(
            stage.case_id, _newest(player, name, row), reason=move.reason, **words
        ),
        "print": lambda: service.print_document(
            stage.case_id, _printing(player, move), move.paper, **words
        ),
    }
    papers, documents = stage.definition.papers, stage.definition.documents
    what = documents.get(name) if move.operation == "print" else papers.get(name)
    label = what.label if what is not None else Text(move.paper, move.paper)
    verb = _VERBS[move.operation]
    zh, en = f"{move.who} {verb.zh}“{label.zh}”", f"{move.who} {verb.en} “{label.en}”"
    player.note(move.line, Text(zh, en))
    player.attempt(move.line, move.refusal, acts[move.operation])


def _printing(player: Player, move: s.MovePaper) -> str:
    """The step that prints a document: the one named, else the first that prints it."""
    nodes = player.stage.definition.nodes.values()
    steps = (each for each in nodes if each.construct.is_work and move.paper in each.step.prints)
    return move.to or next((each.key for each in steps), "")


def _newest(player: Player, paper: str, row: int) -> int:
    """The number of what was put down of a paper last and still stands; 0, which none has, if there
    is none."""
    moves = player.stage.state().papers.get(paper, ())
    standing = [each.number for each in moves if each.row == row and not each.struck]
    return standing[-1] if standing else 0


_VERBS = {
    "hand-in": Text("收到", "takes in"),
    "hand-on": Text("交出", "hands on"),
    "strike-paper": Text("作废登记", "strikes out an entry of"),
    "print": Text("打印", "prints"),
}
