"""What an open step asks for of papers, and what of that is there and missing."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from tuoban.kernel import papers, sight
from tuoban.kernel.definition import Node
from tuoban.kernel.engine.demands import Demand, Group, demands_of, read_inside, rows_in
from tuoban.kernel.engine.gates import is_done
from tuoban.kernel.expressions import Row
from tuoban.kernel.forms import Place
from tuoban.kernel.names import Names, holds
from tuoban.kernel.papers import Paper, PaperMove
from tuoban.kernel.sight import is_each
from tuoban.kernel.state import ROOT


def asked_at(place: Place, values: Mapping[str, Any]) -> tuple[Group, ...]:
    """What an open step asks for, given what has been entered in its form so far."""
    node = place.definition.nodes[place.node or ""]
    if not node.step.papers:
        return ()
    names = place.names(values)
    only = _row_worked_on(place, names)
    groups = (
        Group(
            tuple(
                demand
                for name in wanted.papers
                for demand in _asked_of(place, node, name, values, only)
            ),
            wanted.is_choice,
        )
        for wanted in node.step.papers
        if wanted.when is None or holds(wanted.when, names) is True
    )
    return tuple(each for each in groups if each.demands)


def _asked_of(
    place: Place, node: Node, name: str, values: Mapping[str, Any], only: Collection[int]
) -> Iterator[Demand]:
    definition, state = place.definition, place.state
    paper = definition.papers[name]
    names = _names_of(place, paper, values)
    made_by_none = paper.made_by is not None and _was_passed_over(place, node, paper.made_by)
    if names is None or made_by_none:
        return
    drafted = _drafted(place, paper.name)
    for demand in demands_of(definition, state, paper, names):
        if not only or not demand.row or demand.row in only or not _holds_any(paper, names, only):
            yield _with_draft(demand, drafted)


def _holds_any(paper: Paper, names: Names, only: Collection[int]) -> bool:
    """Whether what is worked on is a row of the paper's list."""
    return any(row.key in only for row in rows_in(paper, names))


def _with_draft(demand: Demand, drafted: tuple[PaperMove, ...]) -> Demand:
    draft = papers.drafted(each for each in drafted if each.row == demand.row)
    return Demand(
        demand.paper,
        demand.row,
        demand.label,
        demand.needed,
        demand.there,
        draft,
        demand.about,
        demand.may_come,
    )


def _drafted(place: Place, paper: str) -> tuple[PaperMove, ...]:
    """What was handed in with the step the last time, if that does not count any more."""
    last = sight.last(place.definition, place.state, place.node or "", place.vantage)
    if last is None or last.counts:
        return ()
    moves = place.state.papers.get(paper, ())
    return tuple(each for each in moves if each.item == last.item and each.is_draft)


def _was_passed_over(place: Place, node: Node, maker: str) -> bool:
    definition, state = place.definition, place.state
    made = sight.newest(definition, state, maker, place.vantage) is not None
    return not made and is_done(definition, state, node.key, place.activation, maker)


def _names_of_case(place: Place, values: Mapping[str, Any]) -> Names:
    """What a paper's own conditions read: the case, with what is being entered of it."""
    own = {
        name: value
        for name, value in values.items()
        if not place.is_own(name) and place.home(name) == ROOT
    }
    return Names(place.definition, place.state, place.opened, place.zone).with_own(own)


def _names_of(place: Place, paper: Paper, values: Mapping[str, Any]) -> Names | None:
    """Likewise what those of a called process read: what is known inside it. None where it has not
    been called."""
    if not paper.call:
        return _names_of_case(place, values)
    definition = place.definition
    if definition.nodes[paper.call].regions[0] in place.vantage.regions:
        return place.names({name: each for name, each in values.items() if not place.is_own(name)})
    case = _names_of_case(place, values)
    return read_inside(definition, place.state, paper, case, place.vantage)


def _row_worked_on(place: Place, names: Names) -> frozenset[int]:
    """The rows that the elements around a step are."""
    owners = (
        place.definition.regions[region].owner
        for region in place.vantage.regions
        if is_each(place.definition, region)
    )
    elements = (names[owner] for owner in owners if owner is not None)
    return frozenset(each.key for each in elements if isinstance(each, Row))
