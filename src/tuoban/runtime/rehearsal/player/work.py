"""Moves that do work, and that begin reactions."""

from __future__ import annotations

from tuoban.kernel.definition import Node, Reaction, Text
from tuoban.kernel.names import Names
from tuoban.kernel.sight import vantage_of
from tuoban.runtime.cases import service
from tuoban.runtime.cases.models import WorkItem
from tuoban.runtime.people.models import User
from tuoban.runtime.rehearsal import scenario as s
from tuoban.runtime.rehearsal.papers import handed_in
from tuoban.runtime.rehearsal.player.core import Player
from tuoban.runtime.rehearsal.stage import ZONE


def complete(player: Player, move: s.Complete) -> None:
    """Complete a step, or begin a reaction."""
    stage = player.stage
    node = stage.definition.nodes.get(move.step)
    if node is not None and isinstance(node.construct, Reaction):
        _react(player, move)
        return
    item = player.item(move.step, move.line, move.who, move.of)
    by = player.person(move.who, move.line)
    node = stage.definition.nodes[move.step]
    signed = {role: service.SignatureInput(name=role, strokes=[]) for role in move.signatures}
    player.say(move.line, move.who, Text("办理", "completes"), move.step, move.outcome)
    player.check_fields(move.step, move)
    player.attempt(
        move.line,
        move.refusal,
        lambda: service.complete(
            item,
            outcome=move.outcome,
            data=player.data(move.step, move.data, by),
            checked=_ticked(player, move, node, item),
            signatures=signed,
            stamped=move.stamps,
            named={
                step: player.person(name, move.line).person_id for step, name in move.names.items()
            },
            papers=_papers(player, move, item, by),
            by=by,
            at=stage.now,
            key=stage.key(),
        ),
    )


def _papers(player: Player, move: s.Complete, item: int, by: User) -> dict[str, tuple[str, str]]:
    """What is handed in with the work."""
    if move.papers == {}:
        return {}
    number = WorkItem.objects.get(pk=item).number
    if number not in player.stage.state().items:
        return {}
    return handed_in(player.stage, number, player.data(move.step, move.data, by), move.papers)


def _ticked(player: Player, move: s.Complete, node: Node, item: int) -> frozenset[str]:
    """The keys of the lines ticked. Those of rows are written by their places, `1.2`."""
    keys = {}
    for line in node.step.checklist:
        rows = (None,) if line.per is None else _rows_of(player, item, line.per)
        for place, row in enumerate(rows, start=1):
            name = line.key if row is None else f"{line.key}.{place}"
            keys[name] = line.key if row is None else f"{line.key}.{row}"
    if move.checklist is None:
        return frozenset(keys.values())
    return frozenset(keys.get(name, name) for name in move.checklist)


def _rows_of(player: Player, work: int, name: str) -> tuple[int, ...]:
    """The keys of a list's rows, as the open piece of work sees it."""
    state = player.stage.state()
    item = state.items.get(WorkItem.objects.get(pk=work).number)
    if item is None:
        return ()
    vantage = vantage_of(state, item.activation)
    names = Names(player.stage.definition, state, {}, ZONE, None, vantage)
    return tuple(row.key for row in names[name] or ())


def _react(player: Player, move: s.Complete) -> None:
    stage, by = player.stage, player.person(move.who, move.line)
    player.say(move.line, move.who, Text("提出", "begins"), move.step)
    player.check_fields(move.step, move)
    player.attempt(
        move.line,
        move.refusal,
        lambda: service.react(
            stage.case_id,
            move.step,
            activation=stage.reaction(move.step, move.of),
            data=player.data(move.step, move.data, by),
            by=by,
            at=stage.now,
            key=stage.key(),
        ),
    )
