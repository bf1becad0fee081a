"""Packs of every family of constructs at once, and what people may wish in cases of them."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import indent
from typing import Any

from hypothesis import strategies as st

from tests.kernel.engine.families import (
    activities,
    aimed,
    facts,
    gated,
    messages,
    papers,
    people,
    personal,
    straight,
    undoing,
)
from tests.kernel.engine.families.case import CATALOGUE, SEAL, FullCase
from tests.kernel.engine.playing import HEADER
from tests.kernel.engine.shapes import LEAF, Shape, shapes_of
from tests.kernel.engine.wishes import PEOPLE, commands
from tuoban.kernel import commands as c
from tuoban.kernel.definition import Definition, Field
from tuoban.kernel.language import compile_pack
from tuoban.kernel.state import Item

FAMILIES = (activities, papers, messages, undoing, people, straight, facts, personal, gated)
FULL_SHAPES = shapes_of(st.one_of(LEAF, *(leaf for each in FAMILIES for leaf in each.LEAVES)), 3, 6)
DEFAULTS = (
    "",
    "every-step: {within: 2 days, late: {1 hour before: tell performer, 1 day after: tell boss}}",
    "every-step: {late: {at the limit: [escalate to boss, move on]}}",
    "every-step: {tell: {performer: inbox}, transfer-to: worker, checklist: [Seen]}",
    "every-step: {opens: 1 working hour after start.at, needs: [{that: good != false, else: Bad}]}",
)
"""What holds for every step that does not say otherwise."""
ON_CANCEL = "cancel: {by: boss, then: [{step: tidy_up, by: worker}]}"
"""What is done when a case is cancelled."""


class FullWriter(
    activities.ActivityWriter,
    papers.PaperWriter,
    messages.MessageWriter,
    undoing.UndoWriter,
    people.SignedWriter,
    straight.StraightWriter,
    facts.FactWriter,
    personal.PersonalWriter,
    gated.GatedWriter,
):
    """Writes every construct. `first` also says which defaults there are for every step, and
    whether cases are joined by messages."""

    def __init__(self, first: int = 0) -> None:
        super().__init__(first)
        self._first = first

    def pack(self, shapes: list[Shape]) -> str:
        process, section, called = self.text(shapes).partition("\nprocesses:\n")
        header, fields = HEADER, papers.FIELD + facts.FIELDS.rstrip("\n")
        header = header.replace("\nfields:\n", f"\n{papers.RECORD}\nfields:\n{fields}\n")
        header = header.replace("form: [kind,", "form: [children, thing, buyer, kind,")
        declared = [messages.SECTION, facts.SECTION, DEFAULTS[self._first % len(DEFAULTS)]]
        declared += ["papers:", *self.papers] if self.papers else []
        declared += [people.DOCUMENTS] if " print: " in process + called else []
        declared += [ON_CANCEL] if self._first % 3 == 0 else []
        start = messages.START if self._first % 2 else ""
        before = "\n".join(each.strip("\n") for each in declared)
        header = header.replace("\nstarts:\n", f"\n{before}\nstarts:\n{start}\n")
        return header + indent(process, "  ") + section + called + "\n"


def define(pack: str) -> Definition:
    return compile_pack(pack, catalogue=CATALOGUE, packs=None)


def begin(case: FullCase, draw: st.DataObject) -> None:
    """Start it with what is entered at random."""
    case.start(
        kind=draw.draw(st.sampled_from(["easy", "hard"])),
        amount=draw.draw(st.integers(0, 20)),
        wanted_at=draw.draw(st.sampled_from([None, "2026-03-02 08:00", "2026-03-04 10:00"])),
        thing=draw.draw(st.sampled_from(["asset-1", "asset-2", None])),
        buyer="customer-1",
        children=papers.CHILDREN,
        name=case.seal(),
    )


def wish(case: FullCase, draw: st.DataObject) -> Iterator[c.Command]:
    """One random wish, legal or not: of a family, of all processes, or work that is done well."""
    person = draw.draw(st.sampled_from(PEOPLE))
    if case.state.suspended is not None and draw.draw(st.booleans()):
        yield c.Resume("wang")  # else little would come of most histories
        return
    match aimed.dice(case, draw).randrange(16):
        case 9 | 10 | 11 | 12 | 13 | 14:
            yield from aimed.wish(case, draw)
        case 0 | 1:
            yield from commands(case, draw)
        case (2 | 3 | 4) as what if case.state.items:
            item = draw.draw(st.sampled_from([*case.state.items.values()]))
            able = case.directory.holders.get(item.pools[0]) if item.pools else None
            by = item.person or draw.draw(st.sampled_from(sorted(able or {person})))
            yield c.Claim(by, item.id) if what == 2 else well_done(case, item, by)
        case 5 | 6 if (back := straight.send_back(case, draw, person)) is not None:
            yield back
        case _:
            family = draw.draw(st.sampled_from(FAMILIES))
            command = draw.draw(st.sampled_from(family.WISHES))(case, draw, person)
            if command is not None:
                yield command


def well_done(case: FullCase, item: Item, by: str) -> c.Command:
    """Work completed with all that it asks for, signed, or thought well of."""
    if item.part is not None:
        if item.part.added == "before":
            return c.GiveOpinion(by, item.id, agrees=True)
        signing = case.state.items[item.part.of].signing
        return c.Sign(by, item.id, signing.shown if signing is not None else "", stamped=True)
    step = case.definition.nodes[item.node].step
    if step.is_unattended:
        return c.Perform(item.id, by)
    names = [entry.field for section in step.form for entry in section.entries]
    data = {name: _value(case, item.node, name) for name in names}
    outside = [each for each in step.signers if not each.is_inside]
    return c.Complete(
        by,
        item.id,
        step.outcomes[0].key if step.outcomes else None,
        data,
        frozenset(each.key for each in step.checklist),
        {each.role: SEAL for each in outside if "signature" in each.marks},
        frozenset(each.role for each in step.stamping),
        papers=papers.lacking(case, item, data),
    )


def _value(case: FullCase, node: str, name: str) -> Any:
    field = case.definition.step_fields.get(node, {}).get(name) or case.definition.fields.get(name)
    if isinstance(field, Field) and field.personal:
        return case.seal()
    match field.type if isinstance(field, Field) else "boolean":
        case "money":
            return "5"
        case "asset":
            return "asset-1"
        case "datetime":
            return "2026-03-05 10:00"
        case "choice":
            return "easy"
        case "list":
            return papers.CHILDREN
    return True


def check(case: FullCase) -> None:
    """What every family promises."""
    for family in FAMILIES:
        family.check(case)
