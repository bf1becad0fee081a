"""`undo`: what was done is undone when the case is cancelled, or ends so."""

from __future__ import annotations

from dataclasses import dataclass, field

from hypothesis import strategies as st

from tests.kernel.engine.families.case import FullCase
from tests.kernel.engine.shapes import Writer
from tuoban.kernel import commands as c
from tuoban.kernel import events as e
from tuoban.kernel.definition import Definition
from tuoban.kernel.engine import doing, evolve
from tuoban.kernel.state import NEW, ROOT, State

LEAVES = (st.tuples(st.just("undoing"), st.integers(0, 5)),)


class UndoWriter(Writer):
    """Steps with `undo`, and ends that undo."""

    def _undoing(self, variant: int, depth: int, before: list[str]) -> None:
        name, back = self._name("s"), self._back(before)
        one, other = self._name("u"), self._name("u")
        if variant == 5:
            self._add(depth, f"- {{step: {name}, by: worker, outcomes: {{yes_: Yes, no_: No}}}}")
            before.append(name)
            self._add(depth, "- choose:")
            end = f"{{end: {self._name('refused')}, undo: true}}"
            self._add(depth + 2, f'- {{when: {name}.outcome = "no_", then: [{end}]}}')
            return
        says = (
            f"{{step: {one}, by: worker}}",
            f"{{step: {one}, by: {{role: worker, same-as: {name}}}, within: 30 minutes}}",
            f"{{step: {one}, by: checker}}, {{step: {other}, by: worker, returns-to: [{one}]}}",
            f"{{step: {one}, by: worker, undo: [{{step: {other}, by: worker}}]}}",
            f"{{parallel: [{{step: {one}, by: worker}}, {{step: {other}, by: boss, when: good}}]}}",
            f"{{wait: {one}, for: 90 minutes}}, {{step: {other}, by: worker}}",
        )[variant]
        self._add(depth, f"- {{step: {name}, by: worker, undo: [{says}]{back}}}")
        before.append(name)


def _cancel(case: FullCase, draw: st.DataObject, person: str) -> c.Command | None:
    by = draw.draw(st.sampled_from(["wang", person]))
    seldom = draw.draw(st.integers(0, 5)) == 0
    return c.Cancel(by, "mistake") if seldom else None


def _recall(case: FullCase, draw: st.DataObject, person: str) -> c.Command | None:
    """Whoever did something takes it back."""
    made = [each for history in case.state.completions.values() for each in history if each.by]
    if not made:
        return None
    done = draw.draw(st.sampled_from(made))
    return c.Withdraw(done.by, done.item)


WISHES = (_cancel, _recall)


def check(case: FullCase) -> None:
    """Undoing goes from the latest to the first; when a process has ended so, all was undone that
    counted in it."""
    if not any(isinstance(each, e.WindingBegan) for each in case.journal):
        return
    state, definition = NEW, case.begun_with
    begun: dict[int, Wound] = {}
    for event in case.journal:
        if isinstance(event, e.CaseMigrated):
            definition = case.versions[event.version]
        if isinstance(event, e.WindingOver):
            _check_all(begun.pop(event.process))
        elif isinstance(event, e.CaseEnded) and ROOT in begun:
            assert event.outcome == begun[ROOT].outcome
            _check_all(begun[ROOT])
        elif isinstance(event, e.RegionLeft):
            begun.pop(event.activation, None)
        elif isinstance(event, e.UndoBegan):
            begun[event.process].by_steps.append(event.item)
        elif isinstance(event, e.ActivityUndone) and begun and not _falls(state, event.item):
            begun[_nearest(state, begun, event.item)].by_services.append(event.item)
        state = evolve(definition, state, event)
        if isinstance(event, e.WindingBegan):
            begun[event.process] = Wound(event.outcome, definition, state, event.process)


@dataclass
class Wound:
    """A process that is wound up: how it stood then, and what has been undone since."""

    outcome: str
    definition: Definition
    then: State
    process: int
    by_steps: list[int] = field(default_factory=list)
    by_services: list[int] = field(default_factory=list)


def _falls(state: State, item: int) -> bool:
    """Whether it was sent back past, and is not undone by an end."""
    made = state.completion_of(item)
    return made is None or not made.counts


def _nearest(state: State, begun: dict[int, Wound], item: int) -> int:
    made = state.completion_of(item)
    assert made is not None
    return next(each for each in reversed(made.scope) if each in begun)


def _check_all(wound: Wound) -> None:
    then, nodes = wound.then, wound.definition.nodes
    inside = [
        made
        for key, history in then.completions.items()
        if nodes[key].kind == "step"
        for made in history
        if wound.process in made.scope and made.item not in then.undone
    ]
    latest = sorted(inside, key=lambda each: -each.order)
    standing = [each for each in latest if each.counts or each.item in then.performed]
    steps = [each.item for each in standing if nodes[each.node].step.undo]
    assert wound.by_steps == steps
    done = [then.performed[each.item] for each in latest if each.item in then.performed]
    falling = [each.item for each in done if doing.is_undone_at_the_end(wound.definition, each)]
    lapsed = {each.item for each in inside if not each.counts}
    assert wound.by_services == [each for each in falling if each not in lapsed]
