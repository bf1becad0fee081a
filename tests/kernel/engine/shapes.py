"""Random shapes of sound processes, and what writes them as packs."""

from __future__ import annotations

import re
from itertools import count
from typing import Any

from hypothesis import strategies as st

Shape = tuple[str, Any]
BY_CHANCE = frozenset(("two-writers", "elements-write", "asides-write"))
"""What is wrong with a process because branches that run together were given the same field."""
STEP = st.just("step")
LEAF: st.SearchStrategy[Shape] = st.one_of(
    st.tuples(STEP, st.integers(0, 10)),
    st.tuples(STEP, st.integers(11, 22)),
    st.tuples(STEP, st.integers(23, 26)),
    st.tuples(STEP, st.integers(27, 31)),
    st.tuples(st.just("decide"), st.none()),
    st.tuples(st.just("wait"), st.integers(0, 3)),
    st.tuples(st.just("set"), st.integers(0, 2)),
    st.tuples(st.just("tell"), st.none()),
    st.tuples(st.just("link"), st.integers(0, 3)),
)

_BLOCK = re.compile(r"- (?:stage|plan|repeat|each): (\w+)")


def _blocks(inner: st.SearchStrategy[Shape]) -> st.SearchStrategy[Shape]:
    run = st.lists(inner, min_size=1, max_size=3)
    runs = st.lists(run, min_size=2, max_size=3)
    return st.one_of(
        st.tuples(st.just("stage"), run),
        st.tuples(st.just("choose"), runs),
        st.tuples(st.just("parallel"), runs),
        st.tuples(st.just("repeat"), run),
        st.tuples(st.just("each"), st.tuples(st.integers(0, 7), run)),
        st.tuples(st.just("plan"), st.tuples(st.integers(0, 11), runs)),
        st.tuples(st.just("call"), run),
        st.tuples(st.just("aside"), run),
    )


def shapes_of(
    leaf: st.SearchStrategy[Shape], least: int = 1, most: int = 4
) -> st.SearchStrategy[list[Shape]]:
    """Processes of these constructs that hold no others, and of all blocks.

    Args:
        least: so many follow one another at least, and `most` at most.
    """
    return st.lists(st.recursive(leaf, _blocks, max_leaves=8), min_size=least, max_size=most)


SHAPES = shapes_of(LEAF)


class Writer:
    """Writes a random shape as a pack, with returns to the steps that stand before in line."""

    def __init__(self, first: int = 0) -> None:
        self._numbers = count(1)
        self._kinds = count(first)
        self._lines: list[str] = []
        self._processes: list[str] = []
        """The processes that are called, each written whole."""
        self._beside_call = ""
        """What is said beside the next call."""
        self._decided = ""
        self._noted: list[str] = []
        """The fields of the blocks around."""
        self._blocks = list[str]()
        """The blocks that stand before in line."""
        self._together = 0
        """How many blocks around run together with something that may write the same fields."""

    def text(self, shapes: list[Shape]) -> str:
        self._run(shapes, 0, [])
        self._lines.append("- end: closed")
        called = ["processes:", *self._processes] if self._processes else []
        return "\n".join([*self._lines, *called])

    def _name(self, kind: str) -> str:
        return f"{kind}_{next(self._numbers)}"

    def _add(self, depth: int, text: str) -> None:
        self._lines.append("  " * depth + text)

    def _run(self, shapes: list[Shape], depth: int, before: list[str]) -> None:
        before, blocks = list(before), self._blocks
        for kind, inside in shapes:
            begun = len(self._lines)
            if kind == "step":
                before.append(self._step(inside, depth, before))
            else:
                getattr(self, f"_{kind}")(inside, depth, before)
                self._blocks = [*self._blocks, *_BLOCK.findall("".join(self._lines[begun:][:1]))]
        self._blocks = blocks

    def _step(self, variant: int, depth: int, before: list[str]) -> str:
        name = self._name("s")
        if self._together and variant in (11, 12, 28):
            variant = 19  # what runs together may not write the same field of the case
        extra = {
            0: "",
            1: ", within: 30 minutes, late: {at the limit: escalate to boss}",
            2: ", outcomes: {yes_: Yes, no_: No}",
            3: ', when: kind = "hard"',
            4: f", by: {{role: worker, not: {before[-1]}}}" if before else "",
            5: f", within: {self._decided}.limit" if self._decided else "",
            6: ", within: 2 working hours, late: {every hour after: tell performer}",
            7: ", opens: 1 working hour after start.at, within: 1 workday",
            8: ", due: 1 workday after start.at, late: {30 minutes before: tell performer}",
            9: ", within: {limit: 1 hour, stops-while: good = true, calendar: performer}",
            10: ", within: [{clock: a, limit: 1 hour}, {clock: b, limit: 1 day, from: start.at}]",
            11: ", form: [good, kind]",
            12: ", form: [wanted_at]",
            13: ", opens: wanted_at, within: {limit: 2 hours, from: wanted_at}",
            14: ", by: {role: worker, agree: all}, outcomes: {yes_: Yes, no_: No}",
            15: ", by: {role: [worker, checker], agree: 60 %}, within: 1 hour",
            16: ", by: {role: worker, pick: least-loaded, in: case.unit}",
            17: ", by: {role: worker, pick: round-robin}, transfer-to: checker",
            18: ", tell: {performer: inbox, boss: inbox}",
            19: f", form: [{self._noted[-1]}]" if self._noted else "",
            21: ", within: 30 minutes, late: {at the limit: [tell boss, move on]}",
            22: ", within: 30 minutes, late: {at the limit: {step: "
            + self._name("late")
            + ", by: worker}}",
            20: f", when: {self._noted[-1]} != true" if self._noted else "",
            23: ", covers: [amount]",
            24: f", covers: [{self._noted[-1]}]" if self._noted else ", covers: [kind]",
            25: f", needs: [{before[-1]}]" if before else "",
            26: self._valid_until(),
            27: ", signed-by: checker, outcomes: {yes_: Yes, no_: {en: No, unsigned: true}}",
            28: ", form: [good], signed-by: [checker, {role: boss, with: [signature, stamp]}]",
            29: ", by: {role: [worker, checker], agree: all, one-by-one: true}",
            30: f", by: {{role: worker, same-as: {before[-1]}}}" if before else "",
            31: ", checklist: [Seen]",
        }[variant]
        by = "" if extra.startswith(", by") else ", by: worker"
        during = f", during: [{self._reaction(name)}]" if variant in (2, 9) else ""
        self._add(depth, f"- {{step: {name}{by}{extra}{self._back(before)}{during}}}")
        return name

    def _back(self, before: list[str]) -> str:
        """To where it may be sent back."""
        steps = [each for each in before if each.startswith("s_")]
        names = ", ".join((*steps[-2:], *self._blocks[-1:]))
        return f", returns-to: [{names}]" if names else ""

    def _valid_until(self) -> str:
        until = self._name("until")
        fields = f"fields: {{{until}: {{type: datetime, en: Until}}}}, form: [{until}]"
        return f", {fields}, valid-until: {until}"

    def _reaction(self, host: str) -> str:
        """What may happen while a host is active, of another kind each time."""
        name, then = self._name("r"), self._name("rs")
        begun = f"then: [{{step: {then}, by: worker}}]"
        return (
            f"{{on: {name}, by: worker, form: [good], {begun}}}",
            f"{{on: {name}, by: worker, interrupting: true, {begun}}}",
            f"{{when: good = true, as: {name}, {begun}}}",
            f"{{when: good = true, as: {name}, interrupting: true, {begun}}}",
            f"{{every: 1 day, as: {name}, {begun}}}",
            f"{{on: {name}, by: worker, interrupting: true}}",
            f"{{at: 1 hour after start.at, as: {name}, interrupting: true, {begun}}}",
            f"{{on: {name}, by: boss, then: [{{step: {then}, by: worker, when: good = true}}]}}",
        )[next(self._kinds) % 8]

    def _during(self, depth: int, host: str) -> None:
        count_of = 1 + next(self._numbers) % 2
        for number in range(count_of):
            if number == 0:
                self._add(depth + 1, "during:")
            self._add(depth + 2, f"- {self._reaction(host)}")

    def _decide(self, inside: None, depth: int, before: list[str]) -> None:
        self._decided = self._name("d")
        self._add(depth, f"- {{decide: grade, as: {self._decided}}}")

    def _wait(self, variant: int, depth: int, before: list[str]) -> None:
        says = (
            "for: 90 minutes",
            "for: {limit: 3 working hours, calendar: always}",
            "until: 1 working hour after wanted_at",
            "until: wanted_at",
        )[variant]
        self._add(depth, f"- {{wait: {self._name('w')}, {says}}}")

    def _set(self, variant: int, depth: int, before: list[str]) -> None:
        says = (
            "amount, to: amount - 3",
            "wanted_at, to: now",
            '{kind: if good then "easy" else "hard", good: null}',
        )[variant]
        if self._together:
            says = f"{self._noted[-1]}, to: good"
        self._add(depth, f"- {{set: {says}}}")

    def _tell(self, inside: None, depth: int, before: list[str]) -> None:
        self._add(depth, '- {tell: {boss: inbox}, text: "{amount} for {name}"}')

    def _link(self, variant: int, depth: int, before: list[str]) -> None:
        name = self._name("link")
        says = (
            "returns: {good: {type: boolean, en: Good}}",
            "without-waiting: true",
            "within: 30 minutes, late: {at the limit: move on}",
            f"during: [{self._reaction(name)}]",
        )[variant]
        self._add(depth, f"- {{call: other, as: {name}, with: {{what: kind, who: name}}, {says}}}")

    def _stage(self, run: list[Shape], depth: int, before: list[str]) -> None:
        stage = self._name("stage")
        self._add(depth, f"- stage: {stage}")
        self._timed(depth)
        self._during(depth, stage)
        self._inside(run, depth, before)

    def _inside(self, run: list[Shape], depth: int, before: list[str]) -> None:
        """The steps of a block, which declares a field for them."""
        self._noted.append(self._name("note"))
        self._add(depth + 1, f"fields: {{{self._noted[-1]}: {{type: boolean, en: Note}}}}")
        self._add(depth + 1, "steps:")
        self._run(run, depth + 2, before)
        self._noted.pop()

    def _each(self, inside: tuple[int, list[Shape]], depth: int, before: list[str]) -> None:
        variant, run = inside
        elements = ("[9][item = 1]", "[1]", "[1, 2]", "[1, 2, 3]")[variant % 4]
        decided, together = self._decided, variant < 4
        part = self._name("part")
        self._add(depth, f"- each: {part}")
        self._add(depth + 1, f"in: '{elements}'")
        if not together:
            self._add(depth + 1, "order: one by one")
        self._timed(depth)
        self._during(depth, part)
        begun = len(self._lines)
        self._together += together
        self._inside(run, depth, before)
        self._together -= together
        self._decided = decided  # what is decided inside is not known behind it
        steps = re.findall(r"step: (s_\d+)", "\n".join(self._lines[begun:]))
        if steps and next(self._numbers) % 3 == 0:
            enough = f"{'  ' * (depth + 1)}enough-when: count({steps[-1]}.all) >= 2"
            self._lines.insert(begun, enough)

    def _plan(self, inside: tuple[int, list[list[Shape]]], depth: int, before: list[str]) -> None:
        """Entries of which later ones may need earlier ones, which are steps or stages."""
        variant, runs = inside
        plan, entries = self._name("plan"), list[str]()
        self._add(depth, f"- plan: {plan}")
        self._timed(depth)
        self._during(depth, plan)
        self._add(depth + 1, ("complete-when: good = true", "en: Plan")[variant % 4 > 0])
        self._noted.append(self._name("note"))
        self._add(depth + 1, f"fields: {{{self._noted[-1]}: {{type: boolean, en: Note}}}}")
        self._add(depth + 1, "steps:")
        self._together += 1
        for number, run in enumerate(runs):
            needed = entries[-1:] if variant % 3 else []
            asked = number > 0 and (variant + number) % 3 == 0
            entry = self._entry(run, depth + 2, needed, asked=asked)
            if not asked:
                entries.append(entry)
        self._together -= 1
        self._noted.pop()

    def _entry(self, run: list[Shape], depth: int, needed: list[str], *, asked: bool) -> str:
        """A step of a plan, or a stage with a run in it; `asked` for by people, again and again."""
        ((kind, inside), *others) = run
        if kind == "step" and not others and not asked:
            return self._step(25 if needed else inside, depth, needed)
        entry = self._name("entry")
        self._add(depth, f"- stage: {entry}")
        for key in ("optional: true", "repeatable: true") if asked else ():
            self._add(depth + 1, key)
        if needed:
            self._add(depth + 1, f"needs: [{needed[-1]}]")
        self._inside(run, depth, [])
        return entry

    def _aside(self, run: list[Shape], depth: int, before: list[str]) -> None:
        """One that nobody waits for, so that it runs together with what comes behind it."""
        self._together += 1
        self._beside_call = ", without-waiting: true, late: {at the limit: move on}"
        self._call(run, depth, before)
        self._together -= 1

    def _call(self, run: list[Shape], depth: int, before: list[str]) -> None:
        """A process of its own, which sees nothing of what stands around the call."""
        called, call, lines = self._name("process"), self._name("call"), self._lines
        self._add(depth, f"- {{call: {called}, as: {call}, within: 1 day{self._beside_call}}}")
        self._beside_call = ""
        decided, noted, self._decided, self._noted = self._decided, self._noted, "", []
        blocks, self._lines, self._blocks = self._blocks, [], []
        self._add(1, f"{called}:")
        self._inside(run, 1, [])
        self._add(3, "- end: over")
        self._processes.append("\n".join(self._lines))
        self._lines, self._decided, self._noted = lines, decided, noted
        self._blocks = blocks

    def _timed(self, depth: int) -> None:
        """Limits of a block, of another kind for each block that is written."""
        keys = (
            (),
            ("within: 3 working hours", "late: {at the limit: escalate to boss}"),
            ("opens: 2 working hours after start.at",),
            ("due: 2 workdays after start.at", "within: {limit: 1 day, stops-while: good = true}"),
            ("opens: wanted_at", "due: 2 hours after wanted_at"),
            ("within: 3 working hours", "late: {at the limit: move on}"),
        )[next(self._numbers) % 6]
        for key in keys:
            self._add(depth + 1, key)

    def _choose(self, runs: list[list[Shape]], depth: int, before: list[str]) -> None:
        self._add(depth, "- choose:")
        for number, run in enumerate(runs[:-1]):
            condition = ('kind = "hard"', "amount > 10")[number % 2]
            self._add(depth + 2, f"- when: {condition}")
            self._add(depth + 3, "then:")
            self._run(run, depth + 4, before)
        self._add(depth + 2, "- otherwise:")
        self._run(runs[-1], depth + 4, before)

    def _parallel(self, runs: list[list[Shape]], depth: int, before: list[str]) -> None:
        self._add(depth, "- parallel:")
        for number, run in enumerate(runs):
            self._together += number > 0  # so that the branches write no field of the case together
            self._stage(run, depth + 2, before)
            self._together -= number > 0
        self._add(depth + 1, f"join: {('all', 'any', '2')[next(self._numbers) % 3]}")

    def _repeat(self, run: list[Shape], depth: int, before: list[str]) -> None:
        loop = self._name("loop")
        self._add(depth, f"- repeat: {loop}")
        self._timed(depth)
        self._during(depth, loop)
        self._add(depth + 1, f"until: {loop}.round >= 2")
        self._add(depth + 1, "at-most: 3")
        self._inside(run, depth, before)
