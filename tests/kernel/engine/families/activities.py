"""Activities: steps that have services do, keep, undo and settle things."""

from __future__ import annotations

from hypothesis import strategies as st

from tests.kernel.engine.families.case import FullCase
from tests.kernel.engine.shapes import Writer
from tuoban.kernel import commands as c
from tuoban.kernel import events as e

LEAVES = (
    st.tuples(st.just("activity"), st.integers(0, 4)),
    st.tuples(st.just("activity"), st.integers(5, 8)),
)


class ActivityWriter(Writer):
    """Steps with `do`."""

    def _activity(self, variant: int, depth: int, before: list[str]) -> None:
        name = self._name("s")
        back = self._back(before)
        again = f", covers: [amount]{back}"
        says = (
            f"by: worker, do: price{back}",
            f"by: worker, do: take, amount: amount + 5{back}",
            "do: note, amount: amount",
            f"by: worker, do: ring, within: 30 minutes{back}",
            f"by: worker, do: take, amount: 7, when: amount > 3{again}",
            f"by: worker, do: price{again}",
            "do: note, opens: 1 working hour after start.at",
            f"by: worker, do: take, amount: 3, undo: [{self._giving_back()}]{back}",
            "by: checker, needs: [{that: case.paid >= 0, else: Not paid}]" + back,
        )[variant]
        self._add(depth, f"- {{step: {name}, {says}}}")
        before.append(name)

    def _giving_back(self) -> str:
        """What gives back, by a service too."""
        return f"{{step: {self._name('back')}, by: worker, do: price}}"


def _switch(case: FullCase, draw: st.DataObject, person: str) -> c.Command:
    """The services stand still, or work again."""
    case.services.is_down = not case.services.is_down
    return c.Recheck()


def _try_again(case: FullCase, draw: st.DataObject, person: str) -> c.Command | None:
    """What the system could not do is tried again; what is no such work, too."""
    numbers = [*case.state.items]
    return c.Perform(draw.draw(st.sampled_from(numbers)), person) if numbers else None


WISHES = (_switch, _try_again)


def check(case: FullCase) -> None:
    """Services hold what the case says, and nothing stands for work that counts no more but what
    is kept."""
    state, standing = case.state, case.services.standing
    assert standing.keys() == state.performed.keys()
    is_undone = any(isinstance(event, e.WindingBegan) for event in case.journal)
    for number, done in state.performed.items():
        made = state.completion_of(number)
        assert made is not None
        assert standing[number].keeps == done.keeps
        assert done.keeps or made.counts or made.lapsed
    for key, history in state.completions.items():
        node = case.definition.nodes[key]
        if node.kind == "step" and node.step.do is not None and not is_undone:
            for made in history:
                assert not made.counts or made.outcome == "timeout" or made.item in standing
    _check_settled(case)


def _check_settled(case: FullCase) -> None:
    """What is kept at one place is settled when it is done there again, not done a second time."""
    state = case.state
    for node, history in state.completions.items():
        counting = [each for each in history if each.counts]
        for made in history:
            done = state.performed.get(made.item)
            if done is None or not done.keeps or made.counts:
                continue
            later = [
                each for each in counting if each.item > made.item and each.outcome != "timeout"
            ]
            assert not any(each.scope == made.scope for each in later), (node, made.scope)
