"""Where a case stands: the live instances of regions, and what is done in them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from tuoban.kernel.immutable import immutable

ROOT = 0
"""The activation of the process itself."""


@immutable(frozen=True, slots=True)
class Activation:
    """A live instance of a region. `round` counts a loop's rounds from 1, else 0. `continues` names
    the instance that this one goes on from in the middle, after a return. `at` is when it was
    entered, None where an old journal does not say."""

    id: int
    region: str
    parent: int | None
    round: int = 0
    continues: int | None = None
    at: datetime | None = None
    element: int = 0
    """Of an `each`: the place of its element in the list, from 1; else 0."""
    again: bool = False
    """It had been left, and lives only for what is done again in it."""
    called_in: tuple[int, ...] = ()
    """Of a process that is not waited for: the chain of activations in which it was called, which
    may have been left since. It lives in its `parent`, the process that called it."""

    @property
    def stands_in(self) -> int | None:
        """The activation in which its block stands; None: it is the process itself."""
        return self.called_in[-1] if self.called_in else self.parent


@immutable(frozen=True, slots=True)
class Loop:
    """A loop in the chain of activations `scope`: its newest round, and how it was left, if it was:
    `exhausted` when its condition never held."""

    scope: tuple[int, ...]
    rounds: int
    exhausted: bool | None = None


@immutable(frozen=True, slots=True)
class Listed:
    """The elements that an `each` read when it was entered in the chain of activations `scope`."""

    scope: tuple[int, ...]
    values: tuple[Any, ...]


@immutable(frozen=True, slots=True)
class Instance:
    """An activation, live or left, that has data of its own or stands for an element of a list.

    `scope` is its chain of activations, itself the last; `continues` as for an activation.
    """

    scope: tuple[int, ...]
    element: int = 0
    continues: int | None = None

    @property
    def id(self) -> int:
        return self.scope[-1]


@immutable(frozen=True, slots=True)
class Done:
    """A mark that a block was left, or a construct passed over, in this chain of activations."""

    node: str
    scope: tuple[int, ...]
    passed_over: bool
    covered: tuple[tuple[int, str, Any], ...] = ()


@immutable(frozen=True, slots=True)
class At:
    """A node in an activation."""

    node: str
    activation: int


@immutable(frozen=True, slots=True)
class Winding:
    """A process is wound up: it ends with `outcome` once what was done in it up to the work item
    `newest` is undone. `now` is the item that is being undone by steps (0: none yet). `closing`:
    all is undone, and what is done last has begun."""

    outcome: str
    newest: int
    now: int = 0
    closing: bool = False


@immutable(frozen=True, slots=True)
class Reentry:
    """A block, in an activation, that is entered again at the step `target` inside it, which work
    went back to, once it need not wait any more; `scope` is where that had been done."""

    node: str
    activation: int
    target: str
    scope: tuple[int, ...]


@immutable(frozen=True, slots=True)
class Turn:
    """A node whose turn has come and which waits for what it needs: `reasons` are the places of
    its failing needs."""

    node: str
    activation: int
    reasons: tuple[int, ...]
