"""Direct returns: the case comes straight back, and what covers what has changed is done again."""

from __future__ import annotations

from hypothesis import strategies as st

from tests.kernel.engine.families.case import FullCase
from tests.kernel.engine.shapes import Writer
from tuoban.kernel import commands as c
from tuoban.kernel.state import Item

LEAVES = (st.tuples(st.just("straight"), st.integers(0, 4)),)


class StraightWriter(Writer):
    """Steps that cover what stands before them, and send back so that it comes straight back."""

    def _straight(self, variant: int, depth: int, before: list[str]) -> None:
        name = self._name("s")
        steps = [each for each in before if each.startswith("s_")][-3:]
        direct = ", ".join(f"{{{each}: direct}}" for each in steps)
        also = ", ".join(steps)
        ways = (f"{direct}", f"{also}, {direct}")[variant % 2]
        back = f", returns-to: [{ways}]" if steps else ""
        covers = (", covers: [amount, kind]", "", ", covers: [good]")[variant % 3]
        form = ", form: [amount]" if variant == 4 and not self._together else ""
        self._add(depth, f"- {{step: {name}, by: worker{covers}{form}{back}, within: 2 hours}}")
        before.append(name)


def send_back(case: FullCase, draw: st.DataObject, person: str) -> c.Command | None:
    """Somebody who may sends work back, straight or not."""
    able = [
        (item, to)
        for item in case.state.items.values()
        for to in ways_back(case, item)
        if case.state.newest(to) is not None
    ]
    if not able:
        return None
    item, to = draw.draw(st.sampled_from(able))
    by = item.person or draw.draw(st.sampled_from(["li", "han"]))
    straight = draw.draw(st.sampled_from([None, None, True, False]))
    return c.Return(by, item.id, to, "again", (), straight)


def ways_back(case: FullCase, item: Item) -> tuple[str, ...]:
    step = case.definition.nodes[item.node].step
    return (*step.returns_to, *step.straight_from)


WISHES = (send_back,)


def check(case: FullCase) -> None:
    """What waits for a step is locked, and that step is being done, or will be."""
    state = case.state
    for item in state.items.values():
        if item.waits_for is not None:
            assert item.locked
            assert item.waits_for.node in case.definition.nodes
