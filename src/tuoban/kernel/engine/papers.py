"""Papers 材料: what came in, what was handed on, and what was put down by mistake."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from tuoban.kernel import events as e
from tuoban.kernel.commands import HandIn, HandOn, StrikePaper
from tuoban.kernel.definition import Definition, Node, Outcome, Step
from tuoban.kernel.engine import asking, demands
from tuoban.kernel.engine.demands import Demand, Group, Standing
from tuoban.kernel.engine.pausing import is_in_charge
from tuoban.kernel.engine.performers import acting_roles
from tuoban.kernel.forms import Place
from tuoban.kernel.papers import MOST, Paper, PaperMove, Sheets
from tuoban.kernel.refusals import Problem, Refused, refuse_invalid
from tuoban.kernel.state import Item, State
from tuoban.kernel.surroundings import Directory
from tuoban.kernel.text import Text

if TYPE_CHECKING:
    from tuoban.kernel.engine.flow import Flow

_COUNT = re.compile(r"\d{1,3}", re.ASCII)
Counts = tuple[Any, Any]
"""How many originals and how many copies, as typed."""


def hand_in(flow: Flow, command: HandIn) -> None:
    """Take in a paper, before or while a step asks for it.

    Raises:
        Refused: `case-over`, `unknown-paper`, `not-to-handle`, `paper-made`, or `invalid` beside
            the numbers.
    """
    if flow.state.status != "running":
        raise Refused("case-over")
    standing = _standing(flow, command.paper, command.row, command.by)
    if standing.demand.paper.made_by is not None and not standing.demand.may_come:
        raise _made_by_a_step(flow.definition, standing.demand.paper)
    sheets = _counted(command.originals, command.copies)
    _receive(flow, standing.demand, sheets, command.by, command.note.strip())


def hand_on(flow: Flow, command: HandOn) -> None:
    """Hand a paper on to somebody, or back to whoever brought it. An ended case allows it too.

    Raises:
        Refused: `case-over`, `unknown-paper`, `not-to-handle`, `unknown-receiver`,
            `papers-not-there`, or `invalid` beside the numbers.
    """
    standing = _standing(flow, command.paper, command.row, command.by)
    demand = standing.demand
    if command.to not in flow.definition.roles:
        raise Refused("unknown-receiver", {"to": command.to[:40]})
    sheets = _counted(command.originals, command.copies)
    if sheets.without(demand.there):
        raise Refused("papers-not-there", {"paper": demand.label, "there": demand.there.text})
    flow.emit(
        e.PaperHandedOn(
            number=flow.state.last_item + 1,
            paper=demand.paper.name,
            row=demand.row,
            originals=sheets.originals,
            copies=sheets.copies,
            to=command.to,
            by=command.by,
            at=flow.surroundings.at,
            note=command.note.strip(),
            about=demand.about,
        )
    )


def strike(flow: Flow, command: StrikePaper) -> None:
    """Let something that was put down by mistake count no more. An ended case allows it too.

    Raises:
        Refused: `case-over`, `unknown-move`, `not-to-handle`, `reason-missing`, `paper-went-on`.
    """
    state = flow.state
    if state.status == "new":
        raise Refused("case-over")
    move = _move(state, command.number)
    if move is None or move.paper not in flow.definition.papers:
        raise Refused("unknown-move")
    paper = flow.definition.papers[move.paper]
    if not may_strike(flow.definition, state, flow.surroundings.directory, move, command.by):
        raise Refused("not-to-handle", {"paper": paper.label})
    if not command.reason.strip():
        raise Refused("reason-missing")
    standing = _standing_of(flow, paper, move.row)
    if move.to is None and move.counts and move.sheets.without(standing.demand.there):
        raise Refused("paper-went-on", {"paper": standing.demand.label})
    flow.emit(
        e.PaperStruck(
            move=move.number,
            paper=move.paper,
            by=command.by,
            at=flow.surroundings.at,
            reason=command.reason.strip(),
        )
    )


def may_strike(
    definition: Definition, state: State, directory: Directory, move: PaperMove, person: str
) -> bool:
    """Whether an entry is somebody's to strike out: they made it, or they are in charge."""
    is_own = move.by == person and person in directory.people
    return is_own or is_in_charge(definition, state, directory, person)


def may_handle(
    definition: Definition, state: State, directory: Directory, paper: Paper, person: str
) -> bool:
    """Whether somebody may take a paper in and hand it on: they may work on a step that asks for it
    or makes it, they act for whoever brings it, or they are in charge."""
    steps = _steps_with(definition, paper)
    if any(each.person == person and each.node in steps for each in state.items.values()):
        return person in directory.people
    roles = [role for key in steps for role in definition.nodes[key].step.by.roles]
    roles += [paper.source] if paper.source is not None else []
    acting = acting_roles(definition, tuple(dict.fromkeys(roles)))
    units = directory.upwards(state.unit)
    return any(directory.holds(person, acting, unit) for unit in units) or is_in_charge(
        definition, state, directory, person
    )


def _steps_with(definition: Definition, paper: Paper) -> frozenset[str]:
    """The steps that ask for a paper or make it; where there is none, all."""
    steps = {
        key: node.construct
        for key, node in definition.nodes.items()
        if isinstance(node.construct, Step)
    }
    named = {
        key
        for key, step in steps.items()
        if any(paper.name in wanted.papers for wanted in step.papers)
    }
    if paper.made_by is not None:
        named.add(paper.made_by)
    return frozenset(named or steps)


def _standing(flow: Flow, name: str, row: int, by: str) -> Standing:
    """How a paper stands that somebody may handle."""
    definition, state = flow.definition, flow.state
    if state.status == "new":
        raise Refused("case-over")
    paper = definition.papers.get(name)
    if paper is None:
        raise Refused("unknown-paper", {"paper": name[:40]})
    if not may_handle(definition, state, flow.surroundings.directory, paper, by):
        raise Refused("not-to-handle", {"paper": paper.label})
    return _standing_of(flow, paper, row)


def _standing_of(flow: Flow, paper: Paper, row: int) -> Standing:
    definition, state = flow.definition, flow.state
    names = demands.names_of(definition, state, flow.surroundings)
    found = demands.standing_of(definition, state, paper, names, undemanded=True)
    standing = next((each for each in found if each.demand.row == row), None)
    if standing is None:
        raise Refused("unknown-paper", {"paper": paper.label})
    return standing


def _move(state: State, number: int) -> PaperMove | None:
    moves = (each for known in state.papers.values() for each in known)
    return next((each for each in moves if each.number == number and not each.struck), None)


def _made_by_a_step(definition: Definition, paper: Paper) -> Refused:
    maker = definition.nodes[paper.made_by or ""].label
    return Refused("paper-made", {"paper": paper.label, "step": maker})


def _receive(
    flow: Flow, demand: Demand, sheets: Sheets, by: str, note: str = "", item: int = 0
) -> None:
    flow.emit(
        e.PaperReceived(
            number=flow.state.last_item + 1,
            paper=demand.paper.name,
            row=demand.row,
            originals=sheets.originals,
            copies=sheets.copies,
            by=by,
            at=flow.surroundings.at,
            note=note,
            item=item,
            about=demand.about,
        )
    )


def _counted(originals: Any, copies: Any) -> Sheets:
    """The numbers as typed; there must be something."""
    problems: list[Problem] = []
    sheets = _read((originals, copies), ("originals", "copies"), problems)
    if not problems and not sheets:
        problems.append(Problem("paper-nothing", "originals"))
    if problems:
        raise refuse_invalid(problems)
    return sheets


def _read(raw: Counts, places: tuple[str, str], problems: list[Problem]) -> Sheets:
    counts = [0, 0]
    for index, (each, place) in enumerate(zip(raw, places, strict=True)):
        text = "" if each is None else str(each).strip()
        if text and not _COUNT.fullmatch(text):
            problems.append(Problem("paper-count", place, {"most": MOST}))
        elif text:
            counts[index] = int(text)
    return Sheets(*counts)


# -- with the form of a step ----------------------------------------------------------------------


def read_given(
    groups: tuple[Group, ...], raw: Mapping[str, Counts], definition: Definition
) -> tuple[dict[str, Sheets], list[Problem]]:
    """What is handed in with a step, by the keys of the papers it asks for."""
    asked = {each.key: each for group in groups for each in group.demands}
    given: dict[str, Sheets] = {}
    problems: list[Problem] = []
    for key, counts in raw.items():
        place = f"paper:{key}"
        sheets = _read(counts, (f"{place}:originals", f"{place}:copies"), problems)
        if not sheets:
            continue
        demand = asked.get(key)
        if demand is None:
            problems.append(Problem("paper-not-asked", place, {"paper": key[:60]}))
        elif not demand.may_come:
            facts = dict(_made_by_a_step(definition, demand.paper).facts)
            problems.append(Problem("paper-made", place, facts))
        else:
            given[key] = sheets
    return given, problems


def lacking(groups: tuple[Group, ...], given: Mapping[str, Sheets]) -> Iterator[Problem]:
    """What a step cannot be completed without, one problem for each paper."""
    for group in groups:
        short = group.lacking(given)
        if short and group.is_choice:
            papers = tuple(dict.fromkeys(each.paper.label for each in group.demands))
            yield Problem("papers-one-of", f"paper:{short[0].key}", {"papers": papers})
            continue
        for each in short:
            there = each.there + given.get(each.key, Sheets())
            facts = {
                "paper": each.label,
                "needed": each.needed.text,
                "there": there.text,
                "missing": each.needed.without(there).text,
            }
            yield Problem("paper-missing", f"paper:{each.key}", facts)


def check(
    flow: Flow,
    place: Place,
    node: Node,
    outcome: Outcome | None,
    raw: Mapping[str, Counts],
    values: Mapping[str, Any],
) -> tuple[Mapping[str, tuple[Demand, Sheets]], list[Problem]]:
    """The papers handed in with a step, and what is wrong with them or missing."""
    if not node.step.papers and not raw and not flow.state.papers:
        return {}, []
    groups = asking.asked_at(place, values)
    given, problems = read_given(groups, raw, flow.definition)
    if outcome is None or not outcome.unsigned:
        problems += lacking(groups, given)
        names = demands.names_of(flow.definition, flow.state, flow.surroundings)
        problems += [
            Problem(
                "paper-to-give-back",
                f"paper:{demand.key}",
                {"paper": demand.label, "sheets": left.text, "to": _giver(flow, demand.paper)},
            )
            for demand, left in demands.kept_back(flow.definition, flow.state, node.key, names)
        ]
    asked = (each for group in groups for each in group.demands)
    return {each.key: (each, given[each.key]) for each in asked if each.key in given}, problems


def _giver(flow: Flow, paper: Paper) -> Text:
    return flow.definition.roles[paper.source or ""].label


def take_up(flow: Flow, item: Item, by: str, given: Mapping[str, tuple[Demand, Sheets]]) -> None:
    """Receive what was handed in with a work item."""
    for demand, sheets in given.values():
        _receive(flow, demand, sheets, by, item=item.id)
