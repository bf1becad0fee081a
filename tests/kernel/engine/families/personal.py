"""Personal values: entered, signed with, read, and erased while the case goes on."""

from __future__ import annotations

from hypothesis import strategies as st

from tests.kernel.engine.families.case import CLEAR, FullCase
from tests.kernel.engine.shapes import Writer
from tuoban.kernel import commands as c
from tuoban.kernel import events as e
from tuoban.kernel.codec import encode

LEAVES = (st.tuples(st.just("personal"), st.integers(0, 2)),)


class PersonalWriter(Writer):
    """Steps on whose forms personal values stand, of the case and of their own."""

    def _personal(self, variant: int, depth: int, before: list[str]) -> None:
        name, secret, back = self._name("s"), self._name("secret"), self._back(before)
        own = f"fields: {{{secret}: {{type: text, personal: true, en: Secret}}}}, form: [{secret}]"
        says = (
            own if self._together else "form: [name]",
            f"{own}, signed-by: customer",
            'needs: [{that: name != "nobody", else: Nobody}]',
        )[variant]
        self._add(depth, f"- {{step: {name}, by: worker, {says}{back}}}")
        before.append(name)


def _erase(case: FullCase, draw: st.DataObject, person: str) -> c.Command:
    """What the case holds is erased, or what it does not hold (any more)."""
    refs = draw.draw(st.sampled_from([*sorted(case.state.sealed), "name-99"]))
    for ref in case.state.sealed.intersection((refs,)):
        case.opened.pop(ref, None)
    return c.Erase("wang", (refs,), "asked for")


WISHES = (_erase,)


def check(case: FullCase) -> None:
    """Personal values stand nowhere in the clear, and the case knows which it holds still."""
    assert CLEAR not in str([encode(each) for each in case.journal[case.looked_at :]])
    for event in case.journal[case.looked_at :]:
        if isinstance(event, e.ValuesErased):
            case.erased |= set(event.refs)
    case.looked_at = len(case.journal)
    assert not {each for each in case.erased if each.startswith("name-")} & case.state.sealed
