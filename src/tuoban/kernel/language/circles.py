"""What waits for what, as a graph of moments: each construct's turn coming, its being done, and its
being left. No circle is in it, and whoever waits for one of two is done after the other.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Literal

from tuoban.kernel.language import ways
from tuoban.kernel.language.declared import Block, Body, Gate
from tuoban.kernel.language.order import is_left_early, is_optional, may_be_cut_short
from tuoban.kernel.language.tree import Place
from tuoban.kernel.language.workspace import Workspace

Moment = tuple[str, Literal["turn", "done", "left"]]
"""The key of a construct, and what it comes to."""
Waits = dict[Moment, list[Moment]]
"""By moment, those that must have come before, where they come at all."""


def check(waits: Waits, ws: Workspace) -> None:
    """Report needs that go in a circle."""
    gates = {(waiting(gate.block), (gate.needed.key, "done")): gate for gate in ws.gates}
    for circle in _circles(waits):
        steps = zip(circle, [*circle[1:], circle[0]], strict=True)
        _report([gates[step] for step in steps if step in gates], ws)


def waits_of(root: Body, ws: Workspace, *, needs: bool = True) -> Waits:
    """What waits for what in a process, by its blocks and by what is needed."""
    waits: Waits = {}
    for block in root.walk():
        inside: list[Moment] = [(each.key, "left") for each in _last(block)]
        reactions: list[Moment] = [
            (each.key, "left") for each in block.reactions if not each.kind.winds_up
        ]
        # What has a body is done when it is left; a step is done, and then left by its reactions.
        waits[block.key, "turn"] = before(block)
        waits[block.key, "done"] = [(block.key, "turn"), *inside]
        waits[block.key, "left"] = [(block.key, "turn" if block.kind.outlives else "done")]
        waits[block.key, "done" if block.bodies else "left"] += reactions
    for block in root.walk():  # what runs on is over with the process that has called it
        if block.kind.outlives and block.call is not None:
            waits[block.call.key, "done"].append((block.key, "done"))
    for gate in ws.gates if needs else ():
        waits[waiting(gate.block)].append((gate.needed.key, "done"))
    return waits


class Order:
    """Which constructs surely come after which, as far as has been asked for."""

    def __init__(self, root: Body, ws: Workspace) -> None:
        self._root, self._ws = root, ws
        self._reached: dict[str, set[Moment]] = {}

    @cached_property
    def _waits(self) -> Waits:
        return waits_of(self._root, self._ws, needs=False)

    @cached_property
    def _gates(self) -> dict[Moment, list[Gate]]:
        found: dict[Moment, list[Gate]] = {}
        for gate in self._ws.gates:
            if gate.always:
                found.setdefault(waiting(gate.block), []).append(gate)
        return found

    def are_apart(self, one: Block, other: Block) -> bool:
        """Whether one is done only once the other is over."""
        return self._is_after(one, other) or self._is_after(other, one)

    def _is_after(self, one: Block, other: Block) -> bool:
        if one.key not in self._reached:
            self._reached[one.key] = self._before(one)
        return (other.key, "done") in self._reached[one.key]

    def _before(self, one: Block) -> set[Moment]:
        found = set[Moment]()
        todo: list[Moment] = [(one.key, "done")]
        while todo:
            moment = todo.pop()
            needed: list[Moment] = [
                (gate.needed.key, "done")
                for gate in self._gates.get(moment, ())
                if not _may_be_skipped(gate.block, one)
            ]
            new = [each for each in (*self._waits[moment], *needed) if each not in found]
            found.update(new)
            todo += new
        return found


def _may_be_skipped(block: Block, one: Block) -> bool:
    """Whether `one` may be done though a construct never is, nor what it needs: it is passed over,
    or what it stands in is not taken or left without it."""
    inside = {one, *one.around()}
    bodies = {each.body for each in inside}
    for each in (block, *block.around()):
        owner = each.body.owner
        if each not in inside and (
            "when" in each.properties
            or may_be_cut_short(each)
            or is_optional(each)
            or each.host is not None
        ):
            return True
        if owner is not None and each.body not in bodies and _may_lack(owner):
            return True
    return False


def _may_lack(owner: Block) -> bool:
    """Whether a block may be done without one of its bodies having been."""
    is_left = is_left_early(owner) or owner.kind.leaves_undone(owner)
    return is_left or owner.kind.ways == "exclusive" or owner.kind.per_element


def reached(waits: Waits, start: Moment) -> set[Moment]:
    """Everything that comes before a moment."""
    found, todo = set[Moment](), [start]
    while todo:
        new = [each for each in waits[todo.pop()] if each not in found]
        found.update(new)
        todo += new
    return found


def waiting(block: Block) -> Moment:
    """What the needs of a construct hold back: its turn, or that a step be done."""
    return (block.key, "turn" if block.bodies or not block.body.is_ordered else "done")


def _last(block: Block) -> list[Block]:
    """What must be left for a block to be left: the last of each body, in a plan all of it."""
    return [
        each
        for body in block.bodies
        for each in (body.blocks[-1:] if body.is_ordered else body.blocks)
    ]


def before(block: Block) -> list[Moment]:
    """What has come when the turn of a construct comes."""
    if block.host is not None:
        return [(block.host.key, "left" if block.kind.winds_up else "turn")]
    if block.previous is not None:
        return [(block.previous.key, "left")]
    return [(block.body.owner.key, "turn")] if block.body.owner else []


def _circles(waits: Waits) -> Iterator[list[Moment]]:
    """Circles such that breaking each of them leaves none: a depth-first search without recursion,
    since a process may be thousands of steps long."""
    finished: set[Moment] = set()
    for root, awaited in waits.items():
        if root in finished:
            continue
        path, on_path, todo = [root], {root}, [(root, iter(awaited))]
        while todo:
            moment, rest = todo[-1]
            following = next(rest, None)
            if following is None:
                todo.pop()
                path.pop()
                on_path.discard(moment)
                finished.add(moment)
            elif following in on_path:
                yield path[path.index(following) :]
            elif following not in finished:
                path.append(following)
                on_path.add(following)
                todo.append((following, iter(waits[following])))


def _report(gates: list[Gate], ws: Workspace) -> None:
    """Tell a circle by its needs: who waits, for what, who therefore cannot go on."""
    names: list[str] = []
    for gate in gates:
        for each in (gate.block, gate.needed):
            if names[-1:] != [each.known_as]:
                names.append(each.known_as)
    if names[0] != names[-1]:
        names.append(names[0])
    place: Place = max(gate.place for gate in gates)
    ws.findings.add(place, "needs-circle", circle=ways.ARROW.join(names))
