"""Papers in a rehearsal: what is handed in, and what is there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tuoban.kernel.definition import Definition
from tuoban.kernel.engine import asking, demands, step_place
from tuoban.kernel.forms import read_form
from tuoban.kernel.names import Names
from tuoban.kernel.papers import NONE, Paper, Sheets, key_of
from tuoban.kernel.state import State
from tuoban.kernel.surroundings import Surroundings
from tuoban.runtime.people import directory
from tuoban.runtime.rehearsal.scenario import Given
from tuoban.runtime.rehearsal.stage import ZONE, Stage

Counts = tuple[str, str]


def key_in(definition: Definition, state: State, written: str) -> tuple[str, int]:
    """The paper that is meant, and the key of the row: `birth.2` is that of the second row; -1,
    which no row has, where there is none such."""
    if written in definition.papers:
        return written, 0
    name, _, place = written.rpartition(".")
    paper = definition.papers.get(name)
    if paper is None:
        return written, 0
    rows = demands.rows_of(definition, state, paper, Names(definition, state, {}, ZONE))
    number = int(place) if paper.per is not None and place.isdecimal() else 0
    return name, rows[number - 1].key if 0 < number <= len(rows) else -1


def counts(paper: Paper | None, given: Given) -> Counts:
    """The numbers that are entered: one alone is of originals, or of copies where no original is
    asked for."""
    if not given.plain:
        return given.originals, given.copies
    is_copied = paper is not None and paper.originals == 0
    return ("", given.plain) if is_copied else (given.plain, "")


def handed_in(
    stage: Stage, item: int, data: Mapping[str, Any], papers: Mapping[str, Given] | None
) -> dict[str, Counts]:
    """What is handed in with a work item, by the keys of the papers.

    Args:
        data: what is entered in its form.
        papers: as written; None: all that is missing, of a choice the first.
    """
    definition, state = stage.definition, stage.state()
    if papers is None:
        return _all_missing(stage, state, item, data)
    found = {}
    for written, given in papers.items():
        name, row = key_in(definition, state, written)
        found[key_of(name, row)] = counts(definition.papers.get(name), given)
    return found


def _all_missing(
    stage: Stage, state: State, item: int, data: Mapping[str, Any]
) -> dict[str, Counts]:
    surroundings = Surroundings(at=stage.now, zone=ZONE, directory=directory.snapshot())
    place = step_place(stage.definition, state, state.items[item], surroundings)
    found = {}
    for group in asking.asked_at(place, read_form(place, data).values):
        wanted = group.demands[0].paper.name
        for each in group.lacking({}):
            if not group.is_choice or each.paper.name == wanted:
                missing = each.missing
                found[each.key] = (str(missing.originals), str(missing.copies))
    return found


def standing(
    stage: Stage, wanted: Mapping[str, Given]
) -> Iterator[tuple[str, Sheets | None, Sheets]]:
    """For each paper that is looked at: what is there (None: there is no such paper), and what
    should be."""
    definition, state = stage.definition, stage.state()
    names = Names(definition, state, {}, ZONE)
    there = {each.demand.key: each.demand.there for each in demands.sheet(definition, state, names)}
    for written, given in wanted.items():
        name, row = key_in(definition, state, written)
        paper = definition.papers.get(name)
        originals, copies = (int(each or 0) for each in counts(paper, given))
        found = there.get(key_of(name, row), NONE) if paper is not None and row >= 0 else None
        yield written, found, Sheets(originals, copies)
