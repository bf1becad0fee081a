"""The machine that looks for a pattern in a text.

It tries one way after the other, and remembers at every fork where it has already been: what led
to nothing once leads to nothing again. So it makes at most as many moves as the program has
instructions, times the characters of the text. Only with back-references does it matter by which
way a fork was reached; these patterns can take longer. Every move is paid for.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from tuoban.kernel.expressions.limits import CHARACTERS_PER_STEP, ITEMS_PER_STEP, Meter
from tuoban.kernel.expressions.patterns.characters import Characters, variants
from tuoban.kernel.expressions.patterns.limits import MOVES_PER_STEP

Captures = tuple[int, ...]
"""Where each group starts and ends, -1 where it has not matched."""


class Machine:
    """The state of one search: the instruction and the place in the text it is at, and the forks
    from which it has yet to try the other way."""

    __slots__ = ("at", "captures", "forks", "instruction", "meter", "moves", "pending", "text")

    def __init__(self, text: str, meter: Meter) -> None:
        self.text = text
        self.meter = meter
        self.instruction = 0
        self.at = 0
        self.captures: Captures = ()
        self.pending: list[tuple[int, int, Captures]] = []
        self.forks: defaultdict[int, set[Hashable]] = defaultdict(set)
        self.moves = 0

    def forget(self) -> None:
        """Get ready to go on after a match. The forks that led to it lie before its end or at it;
        all those behind it have led to nothing."""
        self.pending.clear()
        self.forks.pop(self.at, None)


class Instruction(Protocol):
    """One move of the machine."""

    def move(self, machine: Machine) -> bool:
        """Go on by one instruction, or say that this way leads to nothing."""


@dataclass(frozen=True, slots=True)
class Take:
    """Take one character of a set."""

    characters: Characters

    def move(self, machine: Machine) -> bool:
        at = machine.at
        if at >= len(machine.text) or machine.text[at] not in self.characters:
            return False
        machine.at = at + 1
        machine.instruction += 1
        return True


@dataclass(frozen=True, slots=True)
class Check:
    """Go on only at certain places of the text."""

    holds: Callable[[str, int], bool]

    def move(self, machine: Machine) -> bool:
        machine.instruction += 1
        return self.holds(machine.text, machine.at)


PLACES: Mapping[str, Callable[[str, int], bool]] = {
    "start": lambda text, at: at == 0,
    "end": lambda text, at: at == len(text),
    # A line does not start after a line feed at the very end of the text.
    "line start": lambda text, at: at == 0 or (text[at - 1] == "\n" and at < len(text)),
    "line end": lambda text, at: at == len(text) or text[at] == "\n",
}


@dataclass(frozen=True, slots=True)
class Jump:
    to: int

    def move(self, machine: Machine) -> bool:
        machine.instruction = self.to
        return True


@dataclass(frozen=True, slots=True)
class Split:
    """Try `first`, and when that leads to nothing `second`; lead to nothing the next time.

    `by_captures`: it is the next time only if the groups have matched the same.
    """

    first: int
    second: int
    by_captures: bool

    def move(self, machine: Machine) -> bool:
        here: Hashable = machine.instruction
        if self.by_captures:
            here = (here, machine.captures)
        tried = machine.forks[machine.at]
        if here in tried:
            return False
        tried.add(here)
        machine.pending.append((self.second, machine.at, machine.captures))
        machine.instruction = self.first
        return True


@dataclass(frozen=True, slots=True)
class Save:
    """Remember the place as the start or the end of a group."""

    slot: int

    def move(self, machine: Machine) -> bool:
        captures = machine.captures
        machine.captures = (*captures[: self.slot], machine.at, *captures[self.slot + 1 :])
        machine.instruction += 1
        return True


@dataclass(frozen=True, slots=True)
class Again:
    """Take what a group matched once more."""

    group: int
    blind: bool

    def move(self, machine: Machine) -> bool:
        start, end = machine.captures[2 * self.group - 2 : 2 * self.group]
        wanted = machine.text[start:end] if end >= 0 else ""
        machine.meter.charge(len(wanted) // (ITEMS_PER_STEP if self.blind else CHARACTERS_PER_STEP))
        ahead = machine.text[machine.at : machine.at + len(wanted)]
        machine.at += len(wanted)
        machine.instruction += 1
        return ahead == wanted or (self.blind and _same_but_case(ahead, wanted))


def _same_but_case(left: str, right: str) -> bool:
    return len(left) == len(right) and all(
        one in variants(other) for one, other in zip(left, right, strict=True)
    )


@dataclass(frozen=True, slots=True)
class Program:
    """A compiled pattern."""

    instructions: tuple[Instruction, ...]
    groups: int

    def find(self, meter: Meter, text: str) -> Captures | None:
        """The first of the `occurrences`."""
        return next(self.occurrences(meter, text), None)

    def occurrences(self, meter: Meter, text: str) -> Iterator[Captures]:
        """The matches from left to right, none touching what another took: where each starts and
        ends, then the same of its groups. Raises `BudgetExceeded`."""
        machine = Machine(text, meter)
        begin = 0
        while begin <= len(text):
            if self._matches_at(machine, begin):
                meter.charge(1)
                yield (begin, machine.at, *machine.captures)
                machine.forget()
                begin = max(machine.at, begin + 1)
            else:
                begin += 1

    def _matches_at(self, machine: Machine, begin: int) -> bool:
        machine.pending.append((0, begin, (-1,) * (2 * self.groups)))
        while machine.pending:
            machine.instruction, machine.at, machine.captures = machine.pending.pop()
            if self._runs_through(machine):
                return True
        return False

    def _runs_through(self, machine: Machine) -> bool:
        instructions = self.instructions
        end = len(instructions)
        while machine.instruction != end:
            machine.moves += 1
            if machine.moves % MOVES_PER_STEP == 0:
                machine.meter.charge(1)
            if not instructions[machine.instruction].move(machine):
                return False
        return True
