"""Soundness, proved on the blocks: every way ends, no step is dead, no loop spins, no gates
wait for one another, and nothing that runs together writes the same field.
"""

from __future__ import annotations

from collections.abc import Iterator

from tuoban.kernel.language import lapsing, plans, waiting
from tuoban.kernel.language.declared import Block, Body, Gate
from tuoban.kernel.language.places import home_of
from tuoban.kernel.language.tree import Place
from tuoban.kernel.language.workspace import Workspace


def check(root: Body, ws: Workspace) -> None:
    """Report everything unsound about the process."""
    _check_ends(root, ws)
    _check_circles(root, ws)
    waiting.check(ws)
    lapsing.check(ws)
    for block in root.walk():
        block.kind.check(block, ws)
        if not block.kind.ordered:
            for body in block.bodies:
                plans.check(body, ws)
        elif block.kind.ways == "together":
            _check_writers(block.bodies, ws)
        if block.reactions:
            _check_writers([*block.bodies, *(each.bodies[0] for each in block.reactions)], ws)
        if block.kind.loops:
            _check_spinning(block, ws)


def _check_ends(root: Body, ws: Workspace) -> None:
    for body in (root, *(body for block in root.walk() for body in block.bodies)):
        for block, following in zip(body.blocks, body.blocks[1:], strict=False):
            if _ends(block) and body.is_ordered:
                ws.findings.add(following.place, "dead-step", line=block.place.said)
                break
    # A construct that could not be read may well have been the end.
    if root.blocks and not ws.has_gaps and not _body_ends(root):
        ws.findings.add(root.blocks[-1].place, "no-end")


def _ends(block: Block) -> bool:
    """Whether the process it stands in never goes on behind it."""
    if "when" in block.properties:
        return False
    return block.kind.ends(block, [_body_ends(body) for body in block.bodies])


def _body_ends(body: Body) -> bool:
    return any(_ends(block) for block in body.blocks)


def _check_spinning(block: Block, ws: Workspace) -> None:
    """A loop that can be gone round without anybody doing anything may never let go of the case."""
    # A construct that could not be read may well have been a step.
    if "at-most" in block.properties or ws.has_gaps:
        return
    if not all(_body_stops(body) for body in block.bodies):
        ws.findings.add(block.place, "loop-may-spin")


def _stops(block: Block) -> bool:
    if "when" in block.properties:
        return False
    return block.kind.stops(block, [_body_stops(body) for body in block.bodies])


def _body_stops(body: Body) -> bool:
    """An empty body was reported, so that nothing more is said of it."""
    return not body.blocks or any(_stops(block) for block in body.blocks)


def _check_writers(bodies: list[Body], ws: Workspace) -> None:
    """Report what two of these bodies, which may run at the same time, would overwrite."""
    first: dict[tuple[str, str], tuple[Body, Block]] = {}
    for body in bodies:
        for step in body.walk():
            for name, place in ws.writes.get(step.key, {}).items():
                home = home_of(step, name)
                field = (home.key if home is not None else "", name)
                other_body, other = first.setdefault(field, (body, step))
                if other_body is not body:
                    ws.findings.add(place, "two-writers", name=name, step=step.key, other=other.key)


# Circles: "is done only after" as a graph of moments, each block's turn coming and its being done.

_Moment = tuple[str, bool]
"""A block's key, and whether it is done (else: its turn comes)."""


def _check_circles(root: Body, ws: Workspace) -> None:
    waits: dict[_Moment, list[_Moment]] = {}
    for block in root.walk():
        waits[block.key, False] = _before(block)
        waits[block.key, True] = [(block.key, False), *_last(block)]
    gates: dict[tuple[str, str], Gate] = {}
    for gate in ws.gates:
        is_entered_after = gate.block.kind.word != "step"
        waits[gate.block.key, not is_entered_after].append((gate.needed.key, True))
        gates[gate.block.key, gate.needed.key] = gate
    for circle in _circles(waits):
        _report(circle, gates, ws)


def _last(block: Block) -> list[_Moment]:
    """What must be done for a block to be done: the last of each body, in a plan everything that
    is not optional."""
    return [
        (each.key, True)
        for body in block.bodies
        for each in (body.blocks[-1:] if body.is_ordered else body.blocks)
        if "optional" not in each.properties
    ]


def _before(block: Block) -> list[_Moment]:
    if block.previous is not None:
        return [(block.previous.key, True)]
    return [(block.body.owner.key, False)] if block.body.owner else []


def _circles(waits: dict[_Moment, list[_Moment]]) -> Iterator[list[_Moment]]:
    """Circles such that breaking each of them leaves none: a depth-first search without recursion,
    since a process may be thousands of steps long."""
    finished: set[_Moment] = set()
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


def _report(circle: list[_Moment], gates: dict[tuple[str, str], Gate], ws: Workspace) -> None:
    steps = zip(circle, [*circle[1:], circle[0]], strict=True)
    found = [
        gates[left, right]
        for (left, _), (right, right_done) in steps
        if right_done and (left, right) in gates
    ]
    names = [gate.block.key for gate in found]
    place: Place = max(gate.place for gate in found)
    ws.findings.add(place, "needs-circle", circle=" → ".join([*names, names[0]]))
