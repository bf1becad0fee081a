"""What is needed is not lost: withdrawn, since the block around it was left before it was done,
while what needs it waits on.

To lose it is harmless where whatever waits for it is itself withdrawn some day, as the block around
that is left without it. Whether it surely is, is seen by losing all that can be lost, in every way,
and asking each time whether the process still comes to its end: what can be done is done, as long
as there is anything.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, combinations

from tuoban.kernel.language import ways
from tuoban.kernel.language.choices import Choices
from tuoban.kernel.language.declared import Block, Body, Gate
from tuoban.kernel.language.order import is_left_early, is_optional, may_be_left
from tuoban.kernel.language.run import World, done_when_stuck
from tuoban.kernel.language.workspace import Workspace

MOST_WORLDS = 256
"""So many ways of losing something are looked at; of more, none is taken to be harmless."""


def check(root: Body, ws: Workspace) -> None:
    """Report needs for what may be withdrawn, where what has them would wait for ever."""
    gates = [gate for gate in ws.gates if _losing(gate)]
    # What winds up a case is never withdrawn itself; what could not be read may well lead on.
    surely = [gate for gate in gates if _waits_for_ever(gate.block, ws)]
    others = [gate for gate in gates if gate not in surely]
    found = _lost_for_ever(root, others, ws) if others and not ws.has_gaps else []
    for gate in (*surely, *found):
        line = _losing(gate)[0].place.said
        facts = {"name": gate.needed.known_as, "line": line, "path": ways.to(gate.block)}
        ws.findings.add(gate.place, "needs-withdrawn", **facts)


def _waits_for_ever(block: Block, ws: Workspace) -> bool:
    """Whether no block around can be left without it, as far as need be asked."""
    around = tuple(block.around())
    if any(each.kind.winds_up for each in around):
        return True
    return ws.has_gaps and not any(map(is_left_early, around))


def _losing(gate: Gate) -> list[Block]:
    """The blocks around what is needed, and not around what needs it, that may be left without
    it."""
    around, lost = tuple(gate.block.around()), _lost_with(gate.needed)
    left = lost.around() if lost is not None else ()
    return [each for each in left if each not in around and may_be_left(each)]


def _lost_with(needed: Block) -> Block | None:
    """What is not done where something needed is lost: the same; or, for a process that runs on
    once it has been called, what comes before the call and takes its time. None: nothing does, so
    that it is called as soon as what it stands in is begun."""
    if not needed.kind.outlives:
        return needed
    for each in (needed, *needed.around()):
        if each.host is not None or _may_come_later(each):
            return needed
        before = each.body.blocks[: each.index] if each.body.is_ordered else []
        waited_for = [one for one in before if not one.kind.outlives]
        if waited_for:
            return waited_for[-1]
    return None


def _may_come_later(block: Block) -> bool:
    """Whether it may begin, or begin again, after its turn has come."""
    held_back = any(word in block.properties for word in ("needs", "opens"))
    return held_back or block.kind.loops or block.kind.per_element or is_optional(block)


def _lost_for_ever(root: Body, gates: list[Gate], ws: Workspace) -> list[Gate]:
    """The needs that keep some run from its end."""
    ends = (each for each in root.walk() if each.is_end)
    may_be_lost = (end for end in ends if any(map(may_be_left, end.around())))
    withdrawn = filter(None, (_lost_with(gate.needed) for gate in gates))
    losable = list(dict.fromkeys((*withdrawn, *may_be_lost)))
    choices = _concerned(gates)
    if choices.count * 2 ** len(losable) > MOST_WORLDS:
        return gates
    needs: dict[Block, list[Block]] = {}
    for gate in ws.gates:
        needs.setdefault(gate.block, []).append(gate.needed)
    found: set[Block] = set()
    for lost in _subsets(losable):
        for way in () if found.intersection(lost) else choices.ways():
            done = done_when_stuck(root, needs, World(frozenset(lost), way))
            if done is not None:
                found.update(gate.needed for gate in gates if gate.needed not in done)
    return [gate for gate in gates if gate.needed in found]


def _concerned(gates: list[Gate]) -> Choices:
    """The choices that this depends on: those in what may be left, and in what may be left by those
    who wait."""
    beside = [each for gate in gates for each in gate.block.around() if is_left_early(each)]
    left = [each for gate in gates for each in _losing(gate)]
    among = dict.fromkeys(inner for each in (*beside, *left) for inner in each.walk())
    # A branch that is passed over is not done, and there is one less to wait for.
    branches = (body.blocks[0] for each in beside for body in each.bodies if body.blocks)
    return Choices(among, branches)


def _subsets(blocks: list[Block]) -> Iterator[tuple[Block, ...]]:
    """The smaller ones first."""
    sizes = range(len(blocks) + 1)
    return chain.from_iterable(combinations(blocks, size) for size in sizes)
