"""What a case demands of papers: what is needed, what is there, what is missing, what goes back.

All of it is read from the state when it is asked for; nothing of it stands in events, which tell
only what was received and handed on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tuoban.kernel import papers, sight
from tuoban.kernel.definition import Definition, Field
from tuoban.kernel.expressions import Row
from tuoban.kernel.names import Names, holds, whole_of
from tuoban.kernel.papers import NONE, Paper, PaperMove, Sheets, Wanted, key_of
from tuoban.kernel.rows import Inside, titles_of
from tuoban.kernel.sight import OUTSIDE, Vantage
from tuoban.kernel.state import State
from tuoban.kernel.surroundings import Surroundings
from tuoban.kernel.text import Text


@dataclass(frozen=True, slots=True)
class Demand:
    """One paper that is asked for, or one row's. `draft` is what was handed in with the step before
    it was sent back."""

    paper: Paper
    row: int
    label: Text
    needed: Sheets
    there: Sheets
    draft: Sheets = NONE
    about: Text | None = None
    """How the row is called."""
    may_come: bool = True
    """Whether somebody can hand it in: not what a step makes and nobody has been given yet."""

    @property
    def key(self) -> str:
        return key_of(self.paper.name, self.row)

    @property
    def missing(self) -> Sheets:
        return self.needed.without(self.there)


@dataclass(frozen=True, slots=True)
class Group:
    """What one entry of a step's `papers` comes to: all of it, or of a choice one paper."""

    demands: tuple[Demand, ...]
    is_choice: bool = False

    def lacking(self, given: Mapping[str, Sheets]) -> tuple[Demand, ...]:
        """What is missing even with what is given; nothing where one paper of a choice is whole."""
        lacking = tuple(
            each for each in self.demands if each.missing.without(given.get(each.key, NONE))
        )
        if self.is_choice:
            short = {each.paper.name for each in lacking}
            if any(each.paper.name not in short for each in self.demands):
                return ()
        return lacking


@dataclass(frozen=True, slots=True)
class Onward:
    """What is still to be handed to a role; `back`: to whoever brought it."""

    role: str
    sheets: Sheets
    back: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """How one paper, or one row's, stands in the case."""

    demand: Demand
    steps: tuple[str, ...]
    """The steps that ask for it."""
    instead: tuple[Text, ...]
    """The papers that would do in its place."""
    moves: tuple[PaperMove, ...]
    onward: tuple[Onward, ...]
    is_demanded: bool = True


def demands_of(
    definition: Definition, state: State, paper: Paper, names: Names
) -> Iterator[Demand]:
    """The paper as it is asked for now: once, for each row of its list, or not at all.

    Args:
        names: read from inside the called process, if it is a paper of one.
    """
    if paper.per is None:
        if paper.when is None or holds(paper.when, names) is True:
            yield from _demand(definition, state, paper, names)
        return
    field = _list_of(definition, paper)
    rows = rows_in(paper, names)
    titles = titles_of(field, rows)
    for row in rows:
        inside = Inside(row, names)
        if paper.when is None or holds(paper.when, inside) is True:
            yield from _demand(definition, state, paper, inside, row.key, titles[row.key])


def _list_of(definition: Definition, paper: Paper) -> Field:
    """The list that a paper is asked for each row of."""
    own = definition.place_fields.get(paper.call, {})
    return own.get(paper.per or "") or definition.fields[paper.per or ""]


def read_inside(
    definition: Definition,
    state: State,
    paper: Paper,
    names: Names,
    vantage: Vantage = OUTSIDE,
) -> Names | None:
    """The names as a paper reads them; None where it belongs to a call that was never made.

    Args:
        vantage: from where its newest call is looked for.
    """
    if not paper.call:
        return names
    body = definition.nodes[paper.call].regions[0]
    newest = sight.instance(definition, state, body, vantage)
    if newest is None:
        return None
    return names.seen_from(Vantage(newest.scope, definition.region_paths[body]))


def rows_of(definition: Definition, state: State, paper: Paper, names: Names) -> tuple[Row, ...]:
    """The rows for each of which a paper is asked, whenever it is."""
    here = read_inside(definition, state, paper, names)
    return rows_in(paper, here) if here is not None else ()


def rows_in(paper: Paper, names: Names) -> tuple[Row, ...]:
    rows = names[paper.per] if paper.per is not None else ()
    return tuple(each for each in rows or () if isinstance(each, Row))


def _demand(
    definition: Definition,
    state: State,
    paper: Paper,
    names: Mapping[str, Any],
    row: int = 0,
    about: Text | None = None,
) -> Iterator[Demand]:
    needed = whole_of(paper, names)
    if not needed:
        return
    made = _made(definition, state, paper, needed)
    moves = moves_of(state, paper.name, row)
    may_come = paper.made_by is None or bool(papers.away(moves))
    label, there = _labelled(paper, about), papers.there(moves, made)
    yield Demand(paper, row, label, needed, there, about=about, may_come=may_come)


def _labelled(paper: Paper, about: Text | None) -> Text:
    """How a paper is called, with the row that it is for."""
    label = paper.label
    if about is None:
        return label
    return Text(f"{about.zh}：{label.zh}", f"{about.en}: {label.en}")


def _made(definition: Definition, state: State, paper: Paper, whole: Sheets) -> Sheets:
    """What the step that makes the paper has put there: all of it, while its work counts."""
    if paper.made_by is None or sight.newest(definition, state, paper.made_by) is None:
        return NONE
    return whole


def moves_of(state: State, paper: str, row: int) -> tuple[PaperMove, ...]:
    """What came and went of a paper, for one row or for none."""
    return tuple(each for each in state.papers.get(paper, ()) if each.row == row)


# -- of the whole case ----------------------------------------------------------------------------


def names_of(definition: Definition, state: State, surroundings: Surroundings) -> Names:
    """What the papers of a case are read by."""
    return Names(definition, state, surroundings.opened, surroundings.zone)


def sheet(definition: Definition, state: State, names: Names) -> tuple[Standing, ...]:
    """How every paper of the case stands that is asked for, or of which something was there."""
    return tuple(
        standing
        for paper in definition.papers.values()
        for standing in standing_of(definition, state, paper, names)
    )


def standing_of(
    definition: Definition,
    state: State,
    paper: Paper,
    names: Names,
    *,
    undemanded: bool = False,
) -> Iterator[Standing]:
    """How one paper stands, or each row's of it.

    Args:
        undemanded: whether also where nothing asks for it now and nothing of it was there.
    """
    asked = _asked_by_steps(definition, paper.name)
    is_asked = not asked or any(
        wanted.when is None or holds(wanted.when, names) is not False for _, wanted in asked
    )
    here = read_inside(definition, state, paper, names)
    if here is None:
        return
    names = here
    demands = {each.row: each for each in demands_of(definition, state, paper, names)}
    moves = state.papers.get(paper.name, ())
    is_passed = any(mark.passed_over for mark in state.done.get(paper.made_by or "", ()))
    others = [each for _, wanted in asked for each in _instead_of(paper, wanted)]
    is_replaced = bool(asked) and all(
        any(_is_whole(definition, state, other, names) for other in _instead_of(paper, wanted))
        for _, wanted in asked
    )
    rows = dict.fromkeys((*demands, *(each.row for each in moves)))
    if undemanded and paper.per is None:
        rows.setdefault(0)
    for row in rows:
        is_demanded = row in demands and is_asked and not is_passed and not is_replaced
        of_row = tuple(each for each in moves if each.row == row)
        if not is_demanded and not of_row and not undemanded:
            continue
        demand = demands.get(row) or _no_longer_asked(definition, state, paper, row, names)
        yield Standing(
            demand=demand,
            steps=tuple(step for step, _ in asked),
            instead=tuple(definition.papers[each].label for each in others),
            moves=of_row,
            onward=tuple(_onward(paper, of_row, demand)),
            is_demanded=is_demanded,
        )


def _instead_of(paper: Paper, wanted: Wanted) -> Iterator[str]:
    """The papers of a choice that would do in the place of one."""
    return (each for each in wanted.papers if each != paper.name)


def _is_whole(definition: Definition, state: State, paper: str, names: Names) -> bool:
    """Whether a paper is asked for, and nothing of it is missing."""
    demands = list(demands_of(definition, state, definition.papers[paper], names))
    return bool(demands) and not any(each.missing for each in demands)


def _asked_by_steps(definition: Definition, paper: str) -> tuple[tuple[str, Wanted], ...]:
    return tuple(
        (node.key, wanted)
        for node in definition.nodes.values()
        if node.construct.is_work
        for wanted in node.step.papers
        if paper in wanted.papers
    )


def _no_longer_asked(
    definition: Definition, state: State, paper: Paper, row: int, names: Names
) -> Demand:
    """A paper, or a row's, that is there and that nothing asks for any more."""
    about = Text(f"#{row}", f"#{row}") if row else None
    if row and paper.per is not None:
        titles = titles_of(_list_of(definition, paper), rows_in(paper, names))
        about = titles.get(row, about)
    there = papers.there(moves_of(state, paper.name, row))
    label = _labelled(paper, about)
    return Demand(paper, row, label, NONE, there, about=about, may_come=paper.made_by is None)


def _onward(paper: Paper, moves: tuple[PaperMove, ...], demand: Demand) -> Iterator[Onward]:
    """What of a paper is still to go to whom, as far as there is anything of it."""
    left = papers.to_give_back(paper, moves)
    if left and paper.source is not None:
        yield Onward(paper.source, left, back=True)
    for role, share in paper.hand_to:
        wanted = share if share is not None else demand.needed
        left = wanted.without(papers.went_to(moves, role))
        if left and demand.there:
            yield Onward(role, left)


def kept_back(
    definition: Definition, state: State, step: str, names: Names
) -> Iterator[tuple[Demand, Sheets]]:
    """The originals that have to be given back before a step can be completed."""
    for paper in definition.papers.values():
        if paper.back_by != step or not state.papers.get(paper.name):
            continue
        for standing in standing_of(definition, state, paper, names):
            left = papers.to_give_back(paper, standing.moves)
            if left:
                yield standing.demand, left
