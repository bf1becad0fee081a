"""What is laid over a drawing: where a case stands, or what many cases have come to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Standing = Literal["", "done", "current", "late", "waits", "ahead", "passed", "withdrawn", "lapsed"]
"""Where a case stands with a node: `done` and still counting; `current`, or `late` with it; it
`waits` by itself; `ahead` of it; it was `passed` over; `withdrawn` before it was done; or `lapsed`
since. Empty: nothing is said."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What is said of one node.

    Attributes:
        note: a short line in its box, such as who did it and when; empty: who may do it.
        count: the badge of its box, such as how many cases are there; empty: none.
        href: where its box leads; empty: nowhere.
        spoken: its standing in words, for whoever does not see the colour.
    """

    standing: Standing = ""
    note: str = ""
    count: str = ""
    href: str = ""
    spoken: str = ""


NOTHING = Mark()


@dataclass(frozen=True, slots=True)
class Overlay:
    """The marks by key of their node."""

    marks: Mapping[str, Mark] = field(default_factory=dict)

    def of(self, node: str) -> Mark:
        return self.marks.get(node, NOTHING)


PLAIN = Overlay()
"""The process by itself."""
