"""How the case goes through blocks: regions, branches, elements, rounds and plans."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from tuoban.kernel.immutable import immutable


@immutable(frozen=True, slots=True)
class RegionEntered:
    """A block's region came alive. `round` counts a loop's rounds from 1; else it is 0. `element`
    likewise is the place of an element in the list of an `each`."""

    activation: int
    region: str
    parent: int | None
    round: int
    continues: int | None = None
    """The activation that this one goes on from in the middle, after a return."""
    at: datetime | None = None
    element: int = 0
    again: bool = False
    """It had been left, and lives again only for what is done again in it."""
    called_in: tuple[int, ...] = ()
    """Of a process that is not waited for: the chain of activations in which it was called."""


@immutable(frozen=True, slots=True)
class RegionLeft:
    """A region came to its end, or was withdrawn with what was open in it."""

    activation: int
    withdrawn: bool


@immutable(frozen=True, slots=True)
class BranchChosen:
    """A choice was judged; `branch` counts from 0, None: no branch was true."""

    node: str
    activation: int
    branch: int | None


@immutable(frozen=True, slots=True)
class ElementsListed:
    """An `each` read its list; these are its elements for good."""

    node: str
    activation: int
    values: tuple[Any, ...]


@immutable(frozen=True, slots=True)
class WorkAdded:
    """Somebody asked for a node of a plan that is optional, or for a repeatable one again."""

    node: str
    activation: int
    by: str
    reason: str = ""


@immutable(frozen=True, slots=True)
class PassedOver:
    """A construct whose `when` did not hold was passed over, which counts as done."""

    node: str
    activation: int


@immutable(frozen=True, slots=True)
class BlockDone:
    """A block (stage, choice, parallel part, loop) was left at its end."""

    node: str
    activation: int
    covered: tuple[tuple[int, str, Any], ...] = ()
    """What it stands for, as in `ItemCompleted`."""


@immutable(frozen=True, slots=True)
class LoopLeft:
    """A loop came to its end after so many rounds; `exhausted`: its condition never held.

    It stands in `activation`; -1: an old journal, which knew but one run of a loop at a time.
    """

    node: str
    rounds: int
    exhausted: bool
    activation: int = -1


@immutable(frozen=True, slots=True)
class LoopReset:
    """Work went back to before a loop: its rounds count from the beginning.

    It stands in `activation`, as in `LoopLeft`.
    """

    node: str
    activation: int = -1
