"""What the compiler must know of a construct."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Literal

from tuoban.kernel.definition import Construct, Limit, Text
from tuoban.kernel.expressions import Shape
from tuoban.kernel.language.declared import Block, Body
from tuoban.kernel.language.exits import Exit
from tuoban.kernel.language.limits import KEYS
from tuoban.kernel.language.reading import Properties
from tuoban.kernel.language.scope import Scope
from tuoban.kernel.language.tree import Mapping, Node, Place
from tuoban.kernel.language.workspace import Workspace
from tuoban.kernel.limits import OPENS

COMMON_KEYS = ("when", "zh", "en", "rests-on")
"""Every construct may carry these."""

PLAN_KEYS = ("optional", "repeatable")
"""What an entry of a plan may carry beside them."""

DURING = "during"
"""What a construct may carry that is active for a while: what may happen meanwhile."""

CONTACT = "contact"
"""What a block may carry that people stand in: the role by which others reach them."""

TIME_KEYS = (*KEYS, OPENS)
"""What a construct that takes time may carry beside them."""

Naming = Literal["named", "may be named", "named beside", "unnamed"]
Ways = Literal["one", "exclusive", "together"]


@dataclass(frozen=True, slots=True)
class Branch:
    """A body of a construct as written: the constructs in it, its guard and its label."""

    place: Place
    items: tuple[Node, ...]
    when: Node | None = None
    label: Text | None = None


def _no_branches(value: Node, properties: Properties, ws: Workspace) -> list[Branch]:
    return []


def _nothing(block: Block, ws: Workspace) -> None:
    """Declares nothing, has nothing left to find."""


def _offers_nothing(block: Block, ws: Workspace) -> Shape | None:
    return None


def _same(body: Body, outer: Scope, ws: Workspace) -> Scope:
    return outer


def goes_on(block: Block, bodies: list[Exit]) -> Exit:
    """What is done leads on, whatever is in it."""
    return Exit.ON


def through_its_body(block: Block, bodies: list[Exit]) -> Exit:
    """What holds one body leads where that does."""
    return reduce(or_, bodies, Exit.NONE)


def in_some_body(block: Block, bodies: list[bool]) -> bool:
    """What surely happens in one body happens in a block all of whose bodies are run."""
    return any(bodies)


def in_the_branch_taken(block: Block, bodies: list[bool]) -> bool:
    """What surely happens in every branch happens where some branch is always taken."""
    return bool(block.bodies) and block.bodies[-1].when is None and all(bodies)


def _never_true(block: Block) -> str:
    return "never-true"


def _is_always_named(properties: Properties) -> bool:
    return True


def _no_limits(block: Block, ws: Workspace) -> tuple[Limit, ...]:
    return ()


def _never_leaves_undone(block: Block) -> bool:
    return False


def _all_bodies(block: Block) -> int:
    return len(block.bodies)


def takes_time(block: Block) -> bool:
    return False


def in_no_time(block: Block) -> bool:
    """What is done as soon as its turn comes."""
    return True


def always(block: Block, bodies: list[bool]) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Kind:
    """One construct.

    Attributes:
        word: its key; with it the construct's mapping begins.
        label: how it is called in both languages, and shown where it has no name.
        keys: what may stand beside the word, apart from `COMMON_KEYS`.
        later: words of the language that will stand there and are not carried out yet.
        naming: whether the word's value names it, so that others can refer to it.
        is_named: whether the value of the word names it; else it says something else.
        named_by: another key that names it instead, where it is written; the only one where it is
            "named beside" its word.
        ways: how its bodies lie to one another: there is one, one of them runs, or all do.
        read: the construct itself; the outline and all names are known by then.
        branches: its bodies as written; reports what is wrong with the way they are written.
        declare: takes up the fields it declares for itself, into `Block.own`.
        offers: what an expression may read by its name, None if nothing.
        inside: what is known inside one of its bodies, given what is known around it.
        per_element: whether everything inside exists once for every element of a list.
        many: whether several instances of it may be active in one place, so that its limits hold
            for each of them and read what it declares.
        check: what is left to find once the whole process has been read.
        ordered: whether what stands in its body follows one another.
        gated: whether `needs` may stand beside it, and it waits for them to be entered.
        covers: whether `covers` may stand beside it.
        hosts: whether `during` may stand beside it.
        reached: whether `contact` may stand beside it.
        holds_reactions: whether its reactions stand in its body, and so see its fields.
        at_once: of a reaction, whether it may happen as soon as its host is active.
        overlaps: of a reaction, whether it may happen again while it is still running.
        runs_as: what the engine calls it, where that is not its word.
        which: where the word means several constructs, which of them one is, as written.
        winds_up: whether it is done when the case is wound up, all else having been withdrawn.
        guarded: whether `when` beside it says if it is done at all.
        limits: the limits that belong to its own meaning.
        timed: whether it takes time, so that it may carry limits (`TIME_KEYS`).
        loops: whether its body may run more than once.
        outlives: whether the case goes on at once behind it, and it runs on beside what it was
            begun in.
        exits: how it may be left once its turn has come, given how its bodies may be.
        judges: the keys under which conditions stand that are judged while it is active.
        if_never: the problem where such a condition never holds, "" where that is none.
        stops: whether the case surely comes to a stop in it, at a step or an end, given in which
            of its bodies it does.
        instant: whether it is over as soon as its turn comes; of what holds bodies they say that.
        enough: so many of its bodies done are enough to leave it.
        leaves_undone: whether it may be left while some of its bodies are not done, which are then
            withdrawn.
    """

    word: str
    label: Text
    keys: tuple[str, ...]
    naming: Naming
    read: Callable[[Block, Workspace], Construct | None]
    ways: Ways = "one"
    later: tuple[str, ...] = ()
    branches: Callable[[Node, Properties, Workspace], list[Branch]] = _no_branches
    declare: Callable[[Block, Workspace], None] = _nothing
    named_by: str = ""
    is_named: Callable[[Properties], bool] = _is_always_named
    offers: Callable[[Block, Workspace], Shape | None] = _offers_nothing
    inside: Callable[[Body, Scope, Workspace], Scope] = _same
    per_element: bool = False
    many: bool = False
    exits: Callable[[Block, list[Exit]], Exit] = goes_on
    judges: tuple[str, ...] = ()
    if_never: Callable[[Block], str] = _never_true
    check: Callable[[Block, Workspace], None] = _nothing
    ordered: bool = True
    gated: bool = False
    covers: bool = False
    hosts: bool = False
    reached: bool = False
    holds_reactions: bool = False
    at_once: bool = False
    overlaps: bool = False
    runs_as: str = ""
    which: Callable[[Mapping, Workspace], Kind] | None = None
    guarded: bool = True
    winds_up: bool = False
    limits: Callable[[Block, Workspace], tuple[Limit, ...]] = _no_limits
    timed: bool = False
    loops: bool = False
    outlives: bool = False
    stops: Callable[[Block, list[bool]], bool] = in_some_body
    instant: Callable[[Block], bool] = takes_time
    enough: Callable[[Block], int] = _all_bodies
    leaves_undone: Callable[[Block], bool] = _never_leaves_undone

    @property
    def is_in_flow(self) -> bool:
        """Whether it stands among what follows one another; a reaction does not."""
        return self.runs_as != "reaction"
