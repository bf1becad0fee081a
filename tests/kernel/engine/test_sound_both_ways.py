"""Small random processes, every run of which is played: what the compiler takes never fails, and
what it refuses as unsound does.

Steps need anything, ends stand anywhere, and steps write one field, so that most of these are
unsound. Every choice reads a field of its own, so each condition may come out either way, as the
proof assumes.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass, field
from itertools import product
from textwrap import indent
from typing import Any

import pytest
from hypothesis import event, given, reject, settings
from hypothesis import strategies as st

from tests.kernel.engine.playing import HEADER, Play
from tuoban.kernel.definition import Definition, End
from tuoban.kernel.language import PackError, compile_pack, needs, soundness
from tuoban.kernel.state import State

Shape = tuple[Any, ...]
CONDITIONS = ("c_1", "c_2", "c_3")
FAULTS = {
    "no-end": {"no end"},
    "dead-step": {"never offered"},
    "two-writers": {"written twice"},
    "needs-withdrawn": {"stuck", "never done", "never offered"},
    "needs-overtaken": {"never done", "never offered"},
    "needs-ended": {"never done", "never offered"},
} | {
    code: {"stuck", "never done", "needed in vain"}
    for code in ("needs-never-met", "needs-circle", "needs-never-done", "needs-optional")
}
"""By the code of a problem, what may be wrong with the runs of a process because of it."""
HARMLESS = {"needed in vain"}
"""What is needed and never done before, but passed over, which counts as done."""


# -- random processes ------------------------------------------------------------------------------

STEP = st.tuples(st.just("step"), st.sampled_from([None, None, *range(1, 9)]), st.integers(0, 5))
LEAF: st.SearchStrategy[Shape] = st.one_of(*[STEP] * 6, st.just(("end",)))


def _blocks(inner: st.SearchStrategy[Shape]) -> st.SearchStrategy[Shape]:
    run = st.lists(inner, min_size=1, max_size=2)
    branch = st.tuples(run, st.sampled_from([False, False, False, True]))
    return st.one_of(
        st.tuples(st.just("stage"), run),
        st.tuples(st.just("choose"), run, st.none() | run),
        st.tuples(st.just("parallel"), st.sampled_from(["all", "any"]), branch, branch),
        st.tuples(st.just("parallel"), st.sampled_from(["any", "2"]), branch, branch, branch),
        st.tuples(st.just("plan"), st.lists(STEP, min_size=1, max_size=3)),
        st.tuples(st.just("aside"), run),
    )


SHAPES = st.lists(st.recursive(LEAF, _blocks, max_leaves=5), min_size=1, max_size=3)


@dataclass(slots=True)
class Writer:
    """Writes such a process."""

    lines: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    needed: list[tuple[str, int]] = field(default_factory=list)
    conditions: int = 0
    apart: int = 0
    """How many processes around have names of their own."""
    inside: int = 0
    """How many names they have."""
    processes: list[str] = field(default_factory=list)

    def text(self, shapes: list[Shape], *, ends: bool) -> str:
        self._run(shapes, 0)
        called = ["processes:", *self.processes] if self.processes else []
        text = "\n".join([*self.lines, *(["- end: over"] if ends else []), *called])
        for name, number in self.needed:
            text = text.replace(f"NEEDS_{name}.", self.names[number % len(self.names)])
        return text

    def _named(self, letter: str) -> str:
        if self.apart:
            self.inside += 1
            return f"{letter}_in_{self.inside}"
        self.names.append(f"{letter}_{len(self.names) + 1}")
        return self.names[-1]

    def _add(self, depth: int, text: str) -> None:
        self.lines.append("  " * depth + text)

    def _run(self, run: list[Shape], depth: int) -> None:
        for kind, *inside in run:
            getattr(self, f"_{kind}")(depth, *inside)

    def _step(self, depth: int, needs: int | None, writes: int) -> None:
        name = self._named("s")
        says = ", form: [amount]" if writes == 0 else ""
        if needs is not None and not self.apart:
            self.needed.append((name, needs))
            says += f", needs: [NEEDS_{name}.]"
        self._add(depth, f"- {{step: {name}, by: worker{says}}}")

    def _end(self, depth: int) -> None:
        # Behind work, so that how long it takes to come there is left open, as the proof assumes.
        self._add(depth, f"- {{step: {self._named('l')}, by: worker}}")
        if self.apart:
            return  # it would be the end of that process alone
        self._add(depth, f"- end: {self._named('e')}")

    def _stage(self, depth: int, run: list[Shape], condition: str | None = None) -> None:
        self._add(depth, f"- stage: {self._named('g')}")
        if condition is not None:
            self._add(depth + 1, f"when: {condition} = true")
        self._add(depth + 1, "steps:")
        self._run(run, depth + 2)

    def _plan(self, depth: int, run: list[Shape]) -> None:
        self._add(depth, f"- plan: {self._named('p')}")
        self._add(depth + 1, "steps:")
        self._run(run, depth + 2)

    def _aside(self, depth: int, run: list[Shape]) -> None:
        """Behind it comes work: an end at once would leave it no time, which is not proved."""
        name, lines = self._named("a"), self.lines
        self.lines, self.apart = [], self.apart + 1
        self._run(run, 2)
        self.processes.append("\n".join([f"  {name}:", "    en: Aside", "    steps:", *self.lines]))
        self.lines, self.apart = lines, self.apart - 1
        self._add(depth, f"- {{call: {name}, without-waiting: true}}")
        self._add(depth, f"- {{step: behind_{len(self.lines)}, by: worker}}")

    def _condition(self) -> str | None:
        """One that nothing else reads; None where all are taken."""
        self.conditions += 1
        return CONDITIONS[self.conditions - 1] if self.conditions <= len(CONDITIONS) else None

    def _choose(self, depth: int, run: list[Shape], otherwise: list[Shape] | None) -> None:
        condition = self._condition()
        if condition is None:
            return self._stage(depth, run)
        self._add(depth, "- choose:")
        self._add(depth + 2, f"- when: {condition} = true")
        self._add(depth + 3, "then:")
        self._run(run, depth + 4)
        if otherwise is not None:
            self._add(depth + 2, "- otherwise:")
            self._run(otherwise, depth + 4)
        return None

    def _parallel(self, depth: int, join: str, *branches: tuple[list[Shape], bool]) -> None:
        self._add(depth, "- parallel:")
        for run, guarded in branches:
            self._stage(depth + 2, run, condition=self._condition() if guarded else None)
        self._add(depth + 1, f"join: {join}")


def _pack(process: str) -> str:
    fields = "".join(f"  {each}: {{type: boolean, en: C}}\n" for each in CONDITIONS)
    header = HEADER.replace("\nfields:\n", f"\nfields:\n{fields}")
    header = header.replace("form: [kind,", f"form: [{', '.join(CONDITIONS)}, kind,")
    own, section, called = process.partition("\nprocesses:\n")
    return header + indent(own, "  ") + section + called + "\n"


@contextmanager
def _unproved() -> Iterator[None]:
    """The compiler takes what is not sound."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(soundness, "check", lambda root, ws: None)
        patch.setattr(needs, "_why_never", lambda needed, block: ())
        yield


# -- every run -------------------------------------------------------------------------------------


@dataclass(slots=True)
class Seen:
    """What happened in any of the runs."""

    definition: Definition
    offered: set[str] = field(default_factory=set)
    done: set[str] = field(default_factory=set)
    ends: set[str] = field(default_factory=set)
    met: set[tuple[str, str]] = field(default_factory=set)
    """What was done, or is over, while what needs it could be done."""
    faults: set[str] = field(default_factory=set)

    def explore(self) -> set[str]:
        """Play every run."""
        for values in product((True, False), repeat=len(CONDITIONS)):
            given: dict[str, Any] = dict(zip(CONDITIONS, values, strict=True))
            play = Play(self.definition).start(**given)
            self._from(play, set())
        nodes = self.definition.nodes
        steps = {key for key, node in nodes.items() if node.kind == "step"}
        ends = {each.holding(End).outcome for each in nodes.values() if each.kind == "end"}
        if steps - self.offered or ends - self.ends:
            self.faults.add("never offered")
        if self.offered - self.done:
            self.faults.add("never done")
        for key in steps:
            for need in self.definition.nodes[key].gate:
                if need.name and (key, need.name) not in self.met:
                    self.faults.add("needed in vain")
        return self.faults

    def _from(self, play: Play, known: set[object]) -> None:
        state = play.state
        if state.status == "ended":
            self.faults |= set() if state.outcome else {"no end"}
            self.ends.add(state.outcome or "")
            return
        if (seen := _sight(state)) in known:
            return
        known.add(seen)
        self.offered |= {each.node for each in state.items.values()}
        ready = [each for each in state.items.values() if each.locked is None]
        if not ready:
            self.faults.add("stuck")
        if sum("amount" in self._written(each.node) for each in ready) > 1:
            self.faults.add("written twice")
        for item in ready:
            gate = self.definition.nodes[item.node].gate
            names = (need.name for need in gate if need.name)
            self.met |= {(item.node, name) for name in names if self._is_done(state, name)}
            self.done.add(item.node)
            after = copy(play)
            after.journal = []
            self._from(after.do(item.node), known)

    def _written(self, node: str) -> set[str]:
        form = self.definition.nodes[node].step.form
        return {entry.field for section in form for entry in section.entries}

    def _is_done(self, state: State, node: str) -> bool:
        done = any(not mark.passed_over for mark in state.done.get(node, ()))
        return done or bool(state.completions.get(node))


def _sight(state: State) -> object:
    """All that what comes depends on: processes without loops come to no place twice."""
    return (
        frozenset((each.node, each.locked) for each in state.items.values()),
        frozenset(key for key, made in state.completions.items() if made),
        frozenset((key, mark.passed_over) for key, marks in state.done.items() for mark in marks),
        frozenset((each.node, each.reasons) for each in state.turns),
    )


def _check(shapes: list[Shape], *, ends: bool) -> None:
    writer = Writer()
    process = writer.text(shapes, ends=ends)
    if not writer.names:
        reject()
    pack = _pack(process)
    try:
        definition = compile_pack(pack, packs=None)
    except PackError as error:
        told = {each.code for each in error.problems}
        if not told <= FAULTS.keys():
            reject()
        with _unproved():
            found = Seen(compile_pack(f"{pack}# unproved\n", packs=None)).explore()
        event(f"refused: {sorted(told)}")
        if told == {"two-writers"} and "without-waiting" in process:
            event("refused: may be strict")
            return  # where an end or a branch keeps the two apart, as soundness.md says
        # One fault may keep a run from coming to another.
        assert any(FAULTS[each] & found for each in told), (process, told, found)
    else:
        event("taken")
        found = Seen(definition).explore() - HARMLESS
        assert found == set(), process


ENDS = st.sampled_from([True, True, True, False])
"""Whether the process ends with an end."""


@given(shapes=SHAPES, ends=ENDS)
@settings(max_examples=60, deadline=None)
def test_a_process_is_refused_if_and_only_if_a_run_of_it_fails(
    shapes: list[Shape], ends: bool
) -> None:
    _check(shapes, ends=ends)


@pytest.mark.long
@given(shapes=SHAPES, ends=ENDS)
@settings(max_examples=550, deadline=None)
def test_many_processes_are_refused_if_and_only_if_a_run_of_them_fails(
    shapes: list[Shape], ends: bool
) -> None:
    _check(shapes, ends=ends)
