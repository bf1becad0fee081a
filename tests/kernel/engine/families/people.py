"""People beside the one who does a step: added signers, outside parties who sign, delegates."""

from __future__ import annotations

from hypothesis import strategies as st

from tests.kernel.engine.families.case import FullCase
from tests.kernel.engine.shapes import Writer
from tests.kernel.engine.wishes import PEOPLE
from tuoban.kernel import commands as c
from tuoban.kernel.state import Item

LEAVES = (st.tuples(st.just("signed"), st.integers(0, 6)),)
DOCUMENTS = "documents: {slip: {en: Slip, text: 'Received {amount}'}}"


class SignedWriter(Writer):
    """Steps that outside parties sign, or that pass from hand to hand."""

    def _signed(self, variant: int, depth: int, before: list[str]) -> None:
        name, back = self._name("s"), self._back(before)
        says = (
            "signed-by: {role: customer, with: [signature, stamp]}",
            "signed-by: [customer, checker], form: [good]"
            if not self._together
            else "signed-by: [customer, checker]",
            "transfer-to: {role: [worker, checker], in: case.unit}, within: 2 working hours",
            "transfer-to: nobody",
            "print: [slip]",
            """within: 2 hours, late: {'duration("PT30M") before': tell performer, """
            """'duration("PT1H") * 2 after': [tell boss, move on]}""",
            """within: 'duration("PT1H") * 3', """
            """late: {'every duration("PT2H") after': escalate to boss}""",
        )[variant]
        self._add(depth, f"- {{step: {name}, by: worker, {says}{back}}}")
        before.append(name)


def _held(case: FullCase, draw: st.DataObject) -> Item | None:
    items = [each for each in case.state.items.values() if each.person is not None]
    return draw.draw(st.sampled_from(items)) if items else None


def _add_signer(case: FullCase, draw: st.DataObject, person: str) -> c.Command | None:
    item = _held(case, draw)
    if item is None:
        return None
    by = draw.draw(st.sampled_from([item.person, item.person, person]))
    to, before = draw.draw(st.sampled_from(PEOPLE)), draw.draw(st.booleans())
    return c.AddSigner(by or person, item.id, to, before, "look at it")


def _answer(case: FullCase, draw: st.DataObject, person: str) -> c.Command | None:
    """Whoever was asked says something, or is done without."""
    asked = [
        each
        for each in case.state.items.values()
        if each.part is not None and each.part.added == "before"
    ]
    if not asked:
        return _add_signer(case, draw, person)
    item = draw.draw(st.sampled_from(asked))
    if item.part is not None and draw.draw(st.booleans()):
        whole = case.state.items[item.part.of]
        return c.DropSigner(whole.person or person, whole.id, item.person or person)
    agrees = draw.draw(st.booleans())
    return c.GiveOpinion(item.person or person, item.id, agrees, "" if agrees else "no")


def _hand_over(case: FullCase, draw: st.DataObject, person: str) -> c.Command | None:
    """Work passes on from whoever holds it: for good, or to be handed back."""
    item = _held(case, draw)
    if item is None or item.person is None:
        return None
    to = draw.draw(st.sampled_from(["li", "han", *PEOPLE]))
    match draw.draw(st.integers(0, 2)):
        case 0:
            return c.Transfer(item.person, item.id, to, "away")
        case 1:
            return c.Delegate(item.person, item.id, to, "help")
    return c.GetBack(item.delegated_by or item.person, item.id)


WISHES = (_add_signer, _answer, _hand_over, _hand_over)


def check(case: FullCase) -> None:
    """Whoever has a part of work, or does it for somebody, is somebody else than who holds it;
    while they are away, that one may be their deputy."""
    for item in case.state.items.values():
        if item.part is not None:
            assert item.part.of in case.state.items
        if item.delegated_by is not None:
            assert item.whose not in (None, item.delegated_by)
