"""What the engine must know of a construct."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from tuoban.kernel import events as e
from tuoban.kernel.definition import Node
from tuoban.kernel.refusals import Refused
from tuoban.kernel.state import Activation

if TYPE_CHECKING:
    from tuoban.kernel.engine.flow import Flow


class Enter(Protocol):
    def __call__(self, flow: Flow, node: Node, activation: int, /) -> None: ...


class RegionDone(Protocol):
    def __call__(self, flow: Flow, node: Node, left: Activation, /) -> None: ...


class ProcessEnded(Protocol):
    def __call__(self, flow: Flow, node: Node, live: Activation, outcome: str, /) -> None: ...


class Judge(Protocol):
    def __call__(self, flow: Flow, node: Node, activation: int, /) -> bool: ...


class Reopen(Protocol):
    def __call__(
        self, flow: Flow, node: Node, activation: int, target: str, scope: tuple[int, ...], /
    ) -> None: ...


def enter_body(flow: Flow, node: Node, activation: int) -> None:
    """Enter the one body of a block."""
    flow.enter_region(node.regions[0], activation)


def leave_when_done(flow: Flow, node: Node, left: Activation) -> None:
    """Leave a block whose body is done."""
    flow.leave_block(node, parent_of(left))


def _no_regions(flow: Flow, node: Node, left: Activation) -> None:
    raise TypeError(f"{node.key}: a {node.kind} owns no region")


def _move_on_behind(flow: Flow, node: Node, activation: int) -> None:
    """Withdraw what is open in a block, and go on behind it."""
    flow.emit(e.MovedOn(None, node.key, activation, flow.surroundings.at))
    flow.withdraw_within(flow.below(activation, node.key))
    flow.leave_block(node, activation)


def move_on_inside(flow: Flow, node: Node, activation: int) -> None:
    """Withdraw what is open in one instance of a body, which then counts as done."""
    flow.emit(e.MovedOn(None, node.key, activation, flow.surroundings.at))
    flow.empty(activation)
    flow.finish_region(activation)


def stands(flow: Flow, node: Node, activation: int) -> bool:
    """A block that never moves by itself."""
    return False


def _not_reopened(
    flow: Flow, node: Node, activation: int, target: str, scope: tuple[int, ...]
) -> None:
    raise Refused("not-finished", {"to": flow.definition.nodes[target].label})


@dataclass(frozen=True, slots=True)
class Row:
    """The behaviour of one construct.

    Attributes:
        enter: its turn has come in `activation`.
        region_done: one of its regions came to its end; `left.parent` is where the block is.
        process_ended: the process ends that its live region is; None: no process is.
        move_on: it is late, and the process goes on without it; `activation` is what the limit
            counts in: of an element or an occurrence its own, else where it stands.
        judge: whether anything about the live block moves by itself, such as a condition that has
            come true; asked again after everything that happens to the case.
        reopen: work goes back to `target` inside the finished block; `scope` is the chain of
            activations in which `target` was done.
    """

    enter: Enter
    region_done: RegionDone = _no_regions
    process_ended: ProcessEnded | None = None
    move_on: Enter = _move_on_behind
    judge: Judge = stands
    reopen: Reopen = _not_reopened


def parent_of(left: Activation) -> int:
    """Where the block of a region stands that was left.

    Raises:
        TypeError: it is the process itself, which belongs to no block.
    """
    if left.parent is None:
        raise TypeError(f"{left.region} belongs to no block")
    return left.parent
