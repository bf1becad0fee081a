"""Papers: asked for by steps, for rows, made, handed on, given back and struck out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hypothesis import strategies as st

from tests.kernel.engine.families.case import FullCase
from tests.kernel.engine.shapes import Shape, Writer
from tuoban.kernel import commands as c
from tuoban.kernel.engine import asking, demands, step_place
from tuoban.kernel.forms import read_form
from tuoban.kernel.names import Names
from tuoban.kernel.state import Item

LEAVES = (
    st.tuples(st.just("paper"), st.integers(0, 3)),
    st.tuples(st.just("paper"), st.integers(4, 8)),
)
CHILDREN = [{"name": "Ann", "young": "true"}, {"name": "Bob", "young": "false"}]
RECORD = "records: {child: {name: {type: text, en: Name}, young: {type: boolean, en: Young}}}"
FIELD = "  children: {type: list, of: child, en: Children}"


class PaperWriter(Writer):
    """Steps with `papers`, and the papers."""

    def __init__(self, first: int = 0) -> None:
        super().__init__(first)
        self.papers: list[str] = []
        self._made: dict[str, str] = {}
        """By step, the paper it makes."""
        self._called = 0
        self._back_by = ""
        """The step by which the paper of the one before it has gone back."""

    def _paper(self, variant: int, depth: int, before: list[str]) -> None:
        name, back = self._name("s"), self._back(before)
        self._back_by = ""
        self._add(
            depth, f"- {{step: {name}, by: worker{self._wanted(variant, name, before)}{back}}}"
        )
        before.append(name)
        if self._back_by:
            back = self._back(before)
            self._add(depth, f"- {{step: {self._back_by}, by: worker{back}}}")
            before.append(self._back_by)

    def _wanted(self, variant: int, step: str, before: list[str]) -> str:
        made = [self._made[each] for each in before if each in self._made]
        match variant:
            case 0:
                return f", papers: [{self._declare('originals: 1, copies: 2, from: customer')}]"
            case 1:
                one, other = (
                    self._declare("from: customer"),
                    self._declare("copies: 1, from: boss"),
                )
                return f", papers: [{{one-of: [{one}, {other}]}}]"
            case 2:
                return f", papers: [{self._declare('from: customer, per: children, when: young')}]"
            case 3 if self._called == 0 and not self._together:
                later = self._name("s")
                self._back_by = later
                return f", papers: [{self._declare(f'from: customer, returned: {later}')}]"
            case 4 | 5 if self._called == 0:
                self._made[step] = self._declare(
                    f"made-by: {step}, hand-to: {{customer: original}}"
                )
                return ""
            case 6 if made:
                return f", papers: [{made[-1]}]"
            case 7:
                often = (
                    "originals: 'if kind = \"hard\" then 2 else 1', from: customer, returned: true"
                )
                unsigned = "lacking_: {en: Lacking, unsigned: true}"
                asked = self._declare(often)
                return f", papers: [{asked}], outcomes: {{fine_: Fine, {unsigned}}}"
        paper = self._declare("from: customer")
        return f", papers: [{{paper: {paper}, when: good}}], form: [good]" * (not self._together)

    def _declare(self, says: str) -> str:
        name = self._name("paper")
        self.papers.append(f"  {name}: {{en: Paper, {says}}}")
        return name

    def _call(self, run: list[Shape], depth: int, before: list[str]) -> None:
        made, self._made = self._made, {}
        self._called += 1
        super()._call(run, depth, before)
        self._called -= 1
        self._made = made


# -- what people wish ------------------------------------------------------------------------------


def _row(case: FullCase, draw: st.DataObject) -> int:
    rows = [row.key for row in case.state.values.get("children") or ()]
    found: int = draw.draw(st.sampled_from([0, 0, *rows]))
    return found


def _hand_in(case: FullCase, draw: st.DataObject, person: str) -> c.Command | None:
    papers = [*case.definition.papers]
    if not papers:
        return None
    counts = (draw.draw(st.integers(0, 2)), draw.draw(st.integers(0, 3)))
    paper = draw.draw(st.sampled_from(papers))
    return c.HandIn(person, paper, *counts, row=_row(case, draw), note="by post")


def _hand_on(case: FullCase, draw: st.DataObject, person: str) -> c.Command | None:
    papers = [*case.definition.papers]
    if not papers:
        return None
    paper, to = draw.draw(st.sampled_from(papers)), draw.draw(st.sampled_from(["customer", "boss"]))
    return c.HandOn(person, paper, to, draw.draw(st.integers(0, 2)), row=_row(case, draw))


def _strike(case: FullCase, draw: st.DataObject, person: str) -> c.Command | None:
    numbers = [each.number for moves in case.state.papers.values() for each in moves]
    if not numbers:
        return None
    return c.StrikePaper(person, draw.draw(st.sampled_from(numbers)), "a mistake")


WISHES = (_hand_in, _hand_in, _hand_on, _strike)


# -- what is missing -------------------------------------------------------------------------------


def lacking(case: FullCase, item: Item, data: Mapping[str, Any]) -> dict[str, tuple[int, int]]:
    """What has to be handed in with a step so that nothing is missing."""
    place = step_place(case.definition, case.state, item, case.surroundings())
    groups = asking.asked_at(place, read_form(place, data).values)
    short = (each for group in groups for each in group.lacking({}) if each.may_come)
    return {each.key: (each.missing.originals, each.missing.copies) for each in short}


def give_back(case: FullCase, item: Item) -> None:
    """Give back what has to be given back before the step can be completed."""
    names = demands.names_of(case.definition, case.state, case.surroundings())
    kept = list(demands.kept_back(case.definition, case.state, item.node, names))
    for demand, left in kept:
        there = demand.there.originals
        if there < left.originals:  # it was handed to somebody else, and comes again first
            wanted = left.originals - there
            case.carry_out(c.HandIn("wang", demand.paper.name, wanted, row=demand.row))
        back = c.HandOn("wang", demand.paper.name, "customer", left.originals, row=demand.row)
        case.carry_out(back)


def check(case: FullCase) -> None:
    """Nothing of a paper is there that did not come, and every entry is one of its own."""
    state = case.state
    numbers = [each.number for moves in state.papers.values() for each in moves]
    assert len(numbers) == len(set(numbers))
    assert not set(numbers) & {*state.items}
    done = {each.item: each for made in state.completions.values() for each in made}
    for name, moves in state.papers.items():
        for move in moves:
            assert move.paper == name
            if move.item in done and not move.struck and move.to is None:
                made = done[move.item]
                assert move.counts == (made.counts or made.lapsed), move
    for standing in demands.sheet(
        case.definition, state, Names(case.definition, state, case.opened, case.surroundings().zone)
    ):
        there = standing.demand.there
        assert min(there.originals, there.copies) >= 0
