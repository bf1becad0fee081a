"""Scenarios as data: a cast, a start, a run of moves and checks, and what is expected at the end.

What a move may be is one frozen class each; `reading` makes them, `player` acts on them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from tuoban.kernel.definition import Text

Raw = str | list[str | dict[str, str]]
"""What is entered into a field: a text, or the rows of a list, each a text or its cells by name."""


Plain = str | Mapping[str, str]
"""What is said of what a service keeps: a text, or texts by names."""


class ScenarioError(Exception):
    """A scenarios file cannot be read. `lines` say where and why, in both languages."""

    def __init__(self, lines: tuple[Text, ...]) -> None:
        super().__init__("\n".join(f"{each.zh} / {each.en}" for each in lines))
        self.lines = lines

    def read(self, language: str) -> str:
        """Every problem, one a line, in `language`."""
        return "\n".join(each.read(language) for each in self.lines)


@dataclass(frozen=True, slots=True)
class Refusal:
    """The refusal that a move must meet: its code, and the entries it must stand beside."""

    code: str
    at: frozenset[str] | None = None


class Given(NamedTuple):
    """How much of a paper, as written: originals and copies, or a number alone, which means
    originals, or copies where no original is asked for."""

    originals: str = ""
    copies: str = ""
    plain: str = ""


@dataclass(frozen=True, slots=True)
class Complete:
    """Work is done, or the button of a reaction is pressed, if `step` is one.

    `of` says for which element of a list, by its place from 1 or by how it is called; several where
    one list stands inside another, outermost first; empty where there is no need to say.
    """

    line: int
    who: str
    step: str
    outcome: str | None
    data: Mapping[str, Raw]
    checklist: frozenset[str] | None
    """The lines ticked; None: all that apply."""
    signatures: tuple[str, ...]
    stamps: tuple[str, ...]
    refusal: Refusal | None
    of: tuple[str, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    """By step, who of the cast is to do it."""
    papers: Mapping[str, Given] | None = field(default_factory=dict)
    """What is handed in with it, by paper, `birth.2` for the second row; None: all that is
    missing."""


@dataclass(frozen=True, slots=True)
class Operate:
    """Something else is done with a piece of work, `of` the element as in `Complete`; work goes
    back into the element `into`."""

    line: int
    who: str
    operation: str
    step: str
    to: str
    reason: str
    refusal: Refusal | None
    of: tuple[str, ...] = ()
    into: tuple[str, ...] = ()
    stamped: bool = False
    straight: bool | None = None
    when: str = ""
    """Of an added signer: `before` or `after`; of an opinion, whether they agree: `yes`, `no`."""


@dataclass(frozen=True, slots=True)
class Pause:
    """The case is suspended, resumed, cancelled or copied to somebody, `node` is added to its plan,
    or a limit of `node` (the case, if empty) is extended.

    `limit` is the key of the limit, empty where there is but one.
    """

    line: int
    who: str
    operation: str
    reason: str
    refusal: Refusal | None
    node: str = ""
    limit: str = ""
    length: str = ""
    to: str = ""


@dataclass(frozen=True, slots=True)
class Correct:
    """A field is given another value; `block` declares it (its newest instance), else the case."""

    line: int
    who: str
    field: str
    value: Raw
    reason: str
    block: str
    refusal: Refusal | None


@dataclass(frozen=True, slots=True)
class Answered:
    """The case has ended that the case called, of which nothing is played: the scenario says how it
    ended."""

    line: int
    call: str
    outcome: str
    values: Mapping[str, Raw]
    of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MovePaper:
    """A paper is taken in (`hand-in`), handed `to` a role (`hand-on`), or what was put down of it
    last is struck out (`strike-paper`); or a document is printed (`print`) with the step `to`."""

    line: int
    who: str
    operation: str
    paper: str
    given: Given
    to: str
    reason: str
    refusal: Refusal | None


@dataclass(frozen=True, slots=True)
class Hours:
    """From now on the unit works by these hours."""

    line: int
    week: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Clock:
    line: int
    moment: str


@dataclass(frozen=True, slots=True)
class Message:
    """A message comes from outside, with what it carries."""

    line: int
    name: str
    data: Mapping[str, Raw]
    refusal: Refusal | None


@dataclass(frozen=True, slots=True)
class Check:
    """Something that must hold at this point, `of` an element as in `Complete`."""

    line: int
    kind: str
    names: tuple[str, ...] = ()
    values: Mapping[str, Raw] = field(default_factory=dict)
    of: tuple[str, ...] = ()
    papers: Mapping[str, Given] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Inside:
    """A move or a check in a case that was called: `calls` lead to it, outermost first, each by the
    name of the call or the slug of its pack."""

    line: int
    calls: tuple[str, ...]
    move: Move


Move = (
    Complete
    | Operate
    | Pause
    | Correct
    | Answered
    | MovePaper
    | Hours
    | Clock
    | Message
    | Check
    | Inside
)


class Holding(NamedTuple):
    """A role that somebody holds, and the unit; empty: the one there is."""

    role: str
    unit: str


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of the scenario's organisation, below `above`; the topmost has none above it."""

    above: str
    level: str
    head: str
    """A member of the cast; empty: nobody."""


@dataclass(frozen=True, slots=True)
class Begin:
    """Somebody makes a request; or, where `who` is nobody, cases begin by the schedule of the start
    `request` as the clock goes on, of which the one for the element `of` is played; or a case
    begins by a `message`."""

    line: int
    who: str
    request: str
    data: Mapping[str, Raw]
    refusal: Refusal | None
    of: str = ""
    message: bool = False
    """Whether `request` is the name of a message that comes."""


@dataclass(frozen=True, slots=True)
class Expectation:
    """How it must end. What is None is not looked at; `cases` counts the cases that there are."""

    line: int
    ended: str | None = None
    late: int | None = None
    cases: int = 1
    values: Mapping[str, Raw] = field(default_factory=dict)
    papers: Mapping[str, Given] = field(default_factory=dict)
    indicators: Mapping[str, str] = field(default_factory=dict)
    """What indicators come to, as `measures.read_value` reads it."""
    props: Mapping[str, Plain] = field(default_factory=dict)
    """What services must have, `{paid: 860.00, stock: {BP-204: -1}}`."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """`clock` is the moment at which it begins, as `moments.read_clock` reads it."""

    name: Text
    line: int
    clock: str
    cast: Mapping[str, tuple[Holding, ...]]
    """Who plays: a name and the roles it holds."""
    skills: Mapping[str, tuple[str, ...]]
    """What members of the cast are able to do."""
    units: Mapping[str, Unit]
    """The units, from the top down; without any there is one that is called nothing."""
    hours: Mapping[str, str] | None
    """The week of the unit, by weekdays; None: the standard hours, with public holidays."""
    settings: Mapping[str, str]
    """What the organisation has set, by the keys of the entries."""
    files: Mapping[str, Mapping[str, Raw]]
    """Customers and assets that are on file, by what they are called: their `kind` and facts."""
    given: Mapping[str, Plain]
    """What services have to begin with, `{stock: {BP-204: 5}}`."""
    begin: Begin
    moves: tuple[Move, ...]
    expectation: Expectation

    @property
    def answers(self) -> frozenset[str]:
        """The calls that it answers itself."""
        plain = (each.move if isinstance(each, Inside) else each for each in self.moves)
        return frozenset(each.call for each in plain if isinstance(each, Answered))
