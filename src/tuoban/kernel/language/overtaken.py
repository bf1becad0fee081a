"""What waits for so much that it is too late once all of that is there: the block around it has
been left by then, or the process has ended, and nobody can ever do it.

It is asked what has surely been done when a construct need wait no longer, and where that leads
before anybody could do anything more.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from tuoban.kernel.language import exits, ways
from tuoban.kernel.language.choices import Choices, Way
from tuoban.kernel.language.circles import Moment, Waits, before, reached, waiting
from tuoban.kernel.language.declared import Block, Body, Gate
from tuoban.kernel.language.exits import Exit
from tuoban.kernel.language.order import is_left_early, is_optional, may_be_cut_short
from tuoban.kernel.language.workspace import Workspace

MOST_WAYS = 256
"""So many ways through the choices beside something are looked at one by one."""

Known = set[Moment]
"""What has surely come before."""


class _Leads(Enum):
    """Where the case surely goes by itself."""

    NOWHERE = 0
    """Somebody may have to do something first."""
    ON = 1
    END = 2
    """The process ends."""


@dataclass(frozen=True, slots=True)
class Found:
    """What is too late, as a problem: the block around in which it is, and what ends that."""

    code: str
    around: Block
    left_by: Block


def check(root: Body, ws: Workspace) -> None:
    """Report what needs so much that nobody can ever do it.

    What could not be read may well take time.
    """
    ending = {each for end in root.walk() if end.is_end for each in end.around()}
    told = {gate.block for gate in ws.gates if exits.of_block(gate.needed) is Exit.END}
    waiters: defaultdict[Block, list[Block]] = defaultdict(list)
    for block in dict.fromkeys(gate.block for gate in ws.gates):
        early = [each for each in block.around() if is_left_early(each) or each in ending]
        if early and block not in told and not ws.has_gaps:
            waiters[early[-1]].append(block)
    for outermost, blocks in waiters.items():
        _check(blocks, outermost, root, ws)


def _check(blocks: list[Block], outermost: Block, root: Body, ws: Workspace) -> None:
    """Report which of these are too late on every way through the choices beside them."""
    found: dict[Block, Found | None] = dict.fromkeys(blocks)
    early = [each for each in root.walk() if is_left_early(each)]
    for way in _ways(outermost, ws):
        waits = _surely(root, way, ws) if found else {}
        for block in [each for each in found if way.missed(each) is None]:
            found[block] = _too_late(block, reached(waits, waiting(block)), way, early)
            if found[block] is None:
                del found[block]
    for block, late in found.items():
        if late is not None:
            gate = _told_at(block, late.around, ws)
            facts = {"name": gate.needed.known_as, "line": late.left_by.place.said}
            ws.findings.add(gate.place, late.code, **facts, path=ways.to(block))


def _ways(outermost: Block, ws: Workspace) -> Iterator[Way]:
    """Every way through the choices in a block; where they are too many, one that leaves all of
    them open."""
    among = list(outermost.walk())
    needed = {each for gate in ws.gates for each in (gate.needed, *gate.needed.around())}
    guarded = (each for each in among if each in needed or each.is_end)
    choices = Choices(among, guarded)
    yield from choices.ways() if choices.count <= MOST_WAYS else (Way(),)


def _surely(root: Body, way: Way, ws: Workspace) -> Waits:
    """What has come before each moment in every run in which that comes."""
    found: Waits = {}
    for block in root.walk():
        is_open = may_be_cut_short(block) or ("when" in block.properties and not way.decides(block))
        is_passed = is_open or way.passed.get(block, False)
        found[block.key, "turn"] = before(block)
        found[block.key, "done"] = [(block.key, "turn"), *_surely_inside(block, way)]
        goes_on = is_passed or block.kind.outlives
        found[block.key, "left"] = [(block.key, "turn" if goes_on else "done")]
    for gate in ws.gates:
        missed, known = way.missed(gate.needed), found[waiting(gate.block)]
        if missed is not None:
            known.append((missed.key, "turn"))
        elif gate.always and not any(_may_be_missed(each, way) for each in _apart(gate)):
            known.append((gate.needed.key, "done"))
    return found


def _apart(gate: Gate) -> Iterator[Block]:
    """What is needed, and what that stands in and what needs it does not."""
    around = tuple(gate.block.around())
    return (each for each in (gate.needed, *gate.needed.around()) if each not in around)


def _may_be_missed(needed: Block, way: Way) -> bool:
    """Whether something may count as done without having been, for all that the way says."""
    is_conditional = "when" in needed.properties or needed.kind.ways == "exclusive"
    return may_be_cut_short(needed) or (is_conditional and not way.decides(needed))


def _surely_inside(block: Block, way: Way) -> Iterator[Moment]:
    """What is left in a block whenever that is done."""
    bodies = block.bodies
    if block.kind.ways == "exclusive":
        taken = way.taken.get(block)
        bodies = [taken] if taken is not None else []
    for body in bodies if not block.kind.leaves_undone(block) and not block.is_call else ():
        for each in body.blocks[-1:] if body.is_ordered else body.blocks:
            if not is_optional(each):
                yield each.key, "left"


def _too_late(block: Block, known: Known, way: Way, early: list[Block]) -> Found | None:
    for each in early:
        if each not in block.around() and _is_too_much(each, known, way):
            return Found("needs-withdrawn", each, each)
    inner = block
    for around in block.around():
        entered = [each for each in _beside(inner, around) if not way.passed.get(each[0])]
        led_to = [_along(each, known, way) for each in entered]
        if _Leads.END in led_to:
            end = _end_in(entered[led_to.index(_Leads.END)])
            return Found("needs-ended", around, end)
        if is_left_early(around) and _are_enough(around, led_to, len(entered) + 1):
            return Found("needs-overtaken", around, around)
        inner = around
    return None


def _is_too_much(block: Block, known: Known, way: Way) -> bool:
    """Whether more of its branches would have to be done than it waits for."""
    entered = [body for body in block.bodies if body.blocks and not way.passed.get(body.blocks[0])]
    over = [body for body in entered if _along(body.blocks, known, way) is _Leads.ON]
    is_needed = any((each.key, "done") in known for body in over for each in body.walk())
    return is_needed and len(over) > min(block.kind.enough(block), len(entered))


def _are_enough(block: Block, led_to: list[_Leads], entered: int) -> bool:
    """Whether so many of the branches that are entered are over; those passed over do not count."""
    return led_to.count(_Leads.ON) >= min(block.kind.enough(block), entered)


def _end_in(run: list[Block]) -> Block:
    return next(each for block in run for each in block.walk() if each.is_end)


def _beside(block: Block, around: Block) -> list[list[Block]]:
    """What runs beside a block in the one around it."""
    if not around.kind.ordered:
        return [[each] for body in around.bodies for each in body.blocks if each is not block]
    if around.kind.ways != "together":
        return []
    return [body.blocks for body in around.bodies if body is not block.body and body.blocks]


def _along(run: list[Block], known: Known, way: Way) -> _Leads:
    """Where what follows one another leads, whose turn has come."""
    for block in run:
        leads = _through(block, known, way)
        if leads is not _Leads.ON:
            return leads
    return _Leads.ON


def _through(block: Block, known: Known, way: Way) -> _Leads:
    is_left = (block.key, "left") in known or (block.bodies and (block.key, "done") in known)
    if is_left or way.passed.get(block) or block.kind.outlives:
        return _Leads.ON
    if any(not each.kind.winds_up for each in block.reactions):
        return _Leads.NOWHERE  # one of them may be running
    is_open = "when" in block.properties and not way.decides(block)
    if block.is_end:
        return _Leads.NOWHERE if is_open else _Leads.END
    if not block.bodies:
        is_over = (block.key, "done") in known or block.kind.instant(block)
        return _Leads.ON if is_over else _Leads.NOWHERE
    return _out_of(block, known, way)


def _out_of(block: Block, known: Known, way: Way) -> _Leads:
    """Where what is in a block leads."""
    if block.kind.loops:
        return _Leads.NOWHERE
    if block.kind.ways == "exclusive":
        taken = way.taken.get(block)
        if taken is None:
            return _Leads.ON if way.decides(block) else _Leads.NOWHERE
        return _along(taken.blocks, known, way)
    runs = [body.blocks for body in block.bodies if body.blocks]
    if not block.kind.ordered:
        runs = [[each] for run in runs for each in run]
    elif is_left_early(block):
        runs = [each for each in runs if not way.passed.get(each[0])]
    led_to = [_along(run, known, way) for run in runs]
    if _Leads.END in led_to:
        # A called process ends, and the case goes on; in a list there may be nothing.
        surely = not block.kind.per_element and (
            "when" not in block.properties or way.decides(block)
        )
        return _Leads.ON if block.is_call else _Leads.END if surely else _Leads.NOWHERE
    is_over = (
        _are_enough(block, led_to, len(runs))
        if block.kind.ordered
        else all(each is _Leads.ON for each in led_to)
    )
    return _Leads.ON if is_over else _Leads.NOWHERE


def _told_at(block: Block, around: Block, ws: Workspace) -> Gate:
    """The need by which this is told: the last one for something in that block, else the last."""
    gates = [gate for gate in ws.gates if gate.block is block]
    inside = [gate for gate in gates if around in (gate.needed, *gate.needed.around())]
    return (inside or gates)[-1]
