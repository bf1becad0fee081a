"""Events of papers."""

from __future__ import annotations

from dataclasses import replace

from tuoban.kernel import events as e
from tuoban.kernel.definition import Definition
from tuoban.kernel.engine.evolve.changes import Rows, Slots
from tuoban.kernel.papers import PaperMove
from tuoban.kernel.state import State


def _received(definition: Definition, state: State, event: e.PaperReceived) -> Slots:
    return _with(
        state,
        PaperMove(
            number=event.number,
            paper=event.paper,
            row=event.row,
            originals=event.originals,
            copies=event.copies,
            by=event.by,
            at=event.at,
            note=event.note,
            item=event.item,
        ),
    )


def _handed_on(definition: Definition, state: State, event: e.PaperHandedOn) -> Slots:
    return _with(
        state,
        PaperMove(
            number=event.number,
            paper=event.paper,
            row=event.row,
            originals=event.originals,
            copies=event.copies,
            by=event.by,
            at=event.at,
            to=event.to,
            note=event.note,
        ),
    )


def _struck(definition: Definition, state: State, event: e.PaperStruck) -> Slots:
    moves = tuple(
        replace(each, counts=False, struck=True) if each.number == event.move else each
        for each in state.papers.get(event.paper, ())
    )
    return {"papers": {**state.papers, event.paper: moves}}


def drafted(state: State, item: int) -> Slots:
    """What came with work that has been sent back counts no more, until it is done again."""
    fallen = {
        paper: tuple(replace(each, counts=False) if each.item == item else each for each in moves)
        for paper, moves in state.papers.items()
        if any(each.item == item and each.counts for each in moves)
    }
    return {"papers": {**state.papers, **fallen}} if fallen else {}


def _with(state: State, move: PaperMove) -> Slots:
    moves = (*state.papers.get(move.paper, ()), move)
    return {
        "papers": {**state.papers, move.paper: moves},
        "last_item": max(state.last_item, move.number),
    }


ROWS: Rows = {
    e.PaperReceived: _received,
    e.PaperHandedOn: _handed_on,
    e.PaperStruck: _struck,
}
