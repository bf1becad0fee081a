"""What the engine must know of a construct."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from tuoban.kernel.definition import Node
from tuoban.kernel.refusals import Refused

if TYPE_CHECKING:
    from tuoban.kernel.engine.flow import Flow


class Enter(Protocol):
    def __call__(self, flow: Flow, node: Node, activation: int, /) -> None: ...


class Reopen(Protocol):
    def __call__(
        self, flow: Flow, node: Node, activation: int, target: str, scope: tuple[int, ...], /
    ) -> None: ...


def _no_regions(flow: Flow, node: Node, activation: int) -> None:
    raise TypeError(f"{node.key}: a {node.kind} owns no region")


def _not_reopened(
    flow: Flow, node: Node, activation: int, target: str, scope: tuple[int, ...]
) -> None:
    raise Refused("not-finished", {"to": flow.definition.nodes[target].label})


@dataclass(frozen=True, slots=True)
class Row:
    """The behaviour of one construct.

    Attributes:
        enter: its turn has come in `activation`.
        region_done: one of its regions came to its end; `activation` is the one the block is in.
        reopen: work goes back to `target` inside the finished block; `scope` is the chain of
            activations in which `target` was done.
    """

    enter: Enter
    region_done: Enter = _no_regions
    reopen: Reopen = _not_reopened
